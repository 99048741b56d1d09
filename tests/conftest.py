"""What the tests share: the rulebook as it is, edited copies of it, and applications on databases of their own."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from rules.answers import combinations
from rules.load import load
from rules.rulebook import Rulebook

from .postgres import INITDB, Postgres

DATA = Path(__file__).parent.parent / "data"

QUESTIONS = ("size", "database", "team", "deadline", "api")
PROTOTYPE = dict(zip(QUESTIONS, ("small", "relational", "python", "tight", "few"), strict=True))
SHOP = dict(zip(QUESTIONS, ("large", "relational", "experienced", "tight", "full"), strict=True))

Edit = Callable[..., Path]


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return load(DATA)


@pytest.fixture(scope="session")
def every_answers(rulebook: Rulebook) -> list[dict[str, str]]:
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


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "instance" / "results.sqlite"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server for all tests that do not stop it; required where CI is set, skipped where there is none."""
    if not INITDB and not os.environ.get("CI"):
        pytest.skip("there is no PostgreSQL on this machine; install the package “postgresql”")
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture
def database_url(database: Path) -> str:
    return f"sqlite:///{database}"


@pytest.fixture
def app(database_url: str) -> Flask:
    return create_app({"DATABASE_URL": database_url, "TESTING": True})


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def give(client: FlaskClient) -> Callable[[dict[str, str]], str]:
    """Post answers and return the path of their result."""

    def post(answers: dict[str, str]) -> str:
        response = client.post("/", data=answers)
        assert response.status_code == 303, response.text
        return response.location

    return post
