"""What the tests share: the rulebook as it is, edited copies of it, and applications on databases of their own."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.templating import Environment
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from app import create_app
from questionnaire.results.archive import Archive
from rules import Rulebook, load
from rules.answers import combinations
from rules.load import decode

from .support.postgres import INITDB, Postgres
from .support.servers import ROOT

DATA, RELEASES = ROOT / "data", ROOT / "tests" / "releases"

Answers = dict[str, str]

QUESTIONS = ("size", "database", "team", "deadline", "api")


def answers(options: str) -> Answers:
    """Answers written as their options, in the order of the questions."""
    return dict(zip(QUESTIONS, options.split(), strict=True))


PROTOTYPE = answers("small relational newcomers tight few")
SHOP = answers("large relational experienced tight full")

# Answers with as many votes for one framework as for the other, and answers on which no article speaks.
TIED = SHOP | {"size": "small"}
EMPTY = dict.fromkeys(QUESTIONS, "unsure") | {"deadline": "normal"}

Edit = Callable[..., Path]
Give = Callable[[Answers], str]
Later = Callable[..., FlaskClient]


def create(database_url: str, **config: object) -> Flask:
    """An application that archives its rulebook only when it is told to."""
    return create_app({"DATABASE_URL": database_url, "ARCHIVE_IN_BACKGROUND": False, **config})


def pinned(number: int) -> tuple[Rulebook, list[str]]:
    """The rulebook of a release, and a line on what it gave for each combination of answers."""
    content, given = ((RELEASES / f"{number}.{kind}").read_text("utf-8") for kind in ("json", "txt"))
    return decode(content), given.splitlines()


def disputed(*quotes: str) -> list[tuple[str, str, str]]:
    """The edits that mark passages as disputed, found by how their quotes begin."""
    return [("passages.toml", f'quote = "{quote}', f'disputed = "Wrong."\nquote = "{quote}') for quote in quotes]


def code_of_link(link: str) -> str:
    """The code in the path of a result."""
    return link.removeprefix("/r/").partition("?")[0]


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile each template once for all applications."""
    templates = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    create_environment = Flask.create_jinja_environment

    def create_with_cache(app: Flask) -> Environment:
        environment = create_environment(app)
        environment.bytecode_cache = templates
        return environment

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "create_jinja_environment", create_with_cache)
        yield


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load(DATA)


@pytest.fixture(scope="session")
def every_answers(rulebook: Rulebook) -> list[Answers]:
    return list(combinations(rulebook))


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """A copy of the data files in which old text, found exactly once in a file, is replaced by new."""

    def edit(*edits: tuple[str, str, str]) -> Path:
        folder = tmp_path / "edited"
        shutil.copytree(DATA, folder, dirs_exist_ok=True)
        for name, old, new in edits:
            text = (folder / name).read_text("utf-8")
            assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times"
            (folder / name).write_text(text.replace(old, new), "utf-8")
        return folder

    return edit


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server for all tests that do not stop it; required if CI is set, skipped if there is none."""
    if not INITDB and not os.environ.get("CI"):
        pytest.skip("there is no PostgreSQL on this machine; install the package “postgresql”")
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "results.sqlite"


@pytest.fixture
def database_url(database: Path) -> str:
    return f"sqlite:///{database}"


@pytest.fixture
def app(database_url: str) -> Flask:
    return create(database_url, TESTING=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def archive(app: Flask, rulebook: Rulebook) -> Archive:
    """The archive, with today's rulebook in it."""
    archive: Archive = app.extensions["results"].archive
    archive.keep(rulebook)
    return archive


@pytest.fixture
def later(edited: Edit, database_url: str) -> Later:
    """A client of the same database under an edited rulebook."""
    return lambda *edits: create(database_url, DATA_DIR=edited(*edits)).test_client()


@pytest.fixture
def give(client: FlaskClient) -> Give:
    """Post answers and return the path of their result."""

    def post(answers: Answers) -> str:
        response = client.post("/", data=answers)
        assert response.status_code == 303, response.text
        return response.location

    return post
