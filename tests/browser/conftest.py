"""A real server and a real browser: required where CI is set, skipped with the reason where there is none."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route, sync_playwright
from werkzeug.serving import make_server

from app import create_app

from ..conftest import DATA, EMPTY, PROTOTYPE, SHOP, TIED

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
MODULES = Path(__file__).parent / "node_modules"

LEANING = PROTOTYPE | {"size": "medium", "database": "unsure", "deadline": "normal", "api": "unsure"}

Show = Callable[..., Page]


def needed(path: Path | str | None, what: str) -> str:
    """A tool that CI must have; skips the test elsewhere where it is missing."""
    if path and Path(path).exists():
        return str(path)
    if os.environ.get("CI"):
        pytest.fail(f"{what} is required here")
    pytest.skip(f"there is no {what} on this machine; .ci/run says how to install it")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = needed(CHROMIUM, "Chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which an application is served meanwhile."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def served_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    database = tmp_path_factory.mktemp("instance") / "results.sqlite"
    app = create_app({"DATABASE_URL": f"sqlite:///{database}"})
    yield app
    app.extensions["results"].store.engine.dispose()


@pytest.fixture(scope="session")
def address(served_app: Flask) -> Iterator[str]:
    """Where the application is served for the tests."""
    with served(served_app) as address:
        yield address


@pytest.fixture(scope="session")
def kinds(served_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every kind of page that a visitor can meet, by name."""
    client = served_app.test_client()
    links = {
        name: client.post("/", data=answers).location
        for name, answers in {
            "clear": SHOP,
            "flask": PROTOTYPE,
            "leaning": LEANING,
            "tied": TIED,
            "empty": EMPTY,
        }.items()
    }
    codes = {name: link.removeprefix("/r/") for name, link in links.items()}
    pages = {
        "questionnaire": client.get("/"),
        "prefilled": client.get("/", query_string=PROTOTYPE),
        "changing": client.get("/", query_string=PROTOTYPE | {"since": codes["flask"]}),
        **{name: client.get(link) for name, link in links.items()},
        "changed": client.get(f"{links['flask']}?since={codes['clear']}"),
        "compare": client.get(f"/compare/{codes['clear']}/{codes['flask']}"),
        "compare-four": client.get(
            "/compare/" + "/".join(codes[name] for name in ("clear", "flask", "leaning", "tied"))
        ),
        "choose": client.get("/compare"),
        "choose-wrong": client.get("/compare?before=x&after="),
        "map": client.get("/map"),
        "map-at": client.get(f"/map?at={codes['clear']}"),
        "rules": client.get("/rules"),
        "sources": client.get("/sources"),
        "source": client.get("/sources/positiwise"),
        "error-403": client.post("/", headers={"Sec-Fetch-Site": "cross-site"}),
        "error-404": client.get("/r/0000000000"),
        "error-405": client.post("/rules"),
        "error-413": client.post("/", data={"size": "x" * 20_000}),
        "error-422": client.post("/", data={"size": "small"}),
    }
    return {name: page.text for name, page in pages.items()} | {
        "outdated": _outdated(served_app, links["clear"], tmp_path_factory.mktemp("data")),
        **_broken(tmp_path_factory.mktemp("broken")),
    }


def _outdated(app: Flask, link: str, folder: Path) -> str:
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    questions = folder / "questions.toml"
    questions.write_text(questions.read_text("utf-8").replace('label = "Large"', 'label = "Huge"'), "utf-8")
    later = create_app({"DATABASE_URL": app.config["DATABASE_URL"], "DATA_DIR": folder})
    page = later.test_client().get(link).text
    later.extensions["results"].store.engine.dispose()
    return page


def _broken(folder: Path) -> dict[str, str]:
    (folder / "blocked").write_text("")
    app = create_app({"DATABASE_URL": f"sqlite:///{folder}/blocked/results.sqlite"})
    app.add_url_rule("/fail", "fail", view_func=lambda: str(1 // 0))
    app.add_url_rule("/bad", "bad", view_func=lambda: abort(400))
    client: FlaskClient = app.test_client()
    paths = {"error-400": "/bad", "error-500": "/fail", "error-503": "/r/0000000000"}
    return {name: client.get(path).text for name, path in paths.items()}


@pytest.fixture
def show(browser: Browser, address: str, kinds: dict[str, str]) -> Iterator[Show]:
    """Open a kind of page, in a browser of its own, as it would be at its address."""
    contexts = []

    def show(kind: str, **options: object) -> Page:
        context = browser.new_context(**options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()

        def fulfill(route: Route) -> None:
            route.fulfill(content_type="text/html; charset=utf-8", body=kinds[kind])

        page.route(f"{address}/shown/{kind}", fulfill)
        page.goto(f"{address}/shown/{kind}")
        return page

    yield show
    for context in contexts:
        context.close()


KINDS = [
    "questionnaire", "prefilled", "changing", "clear", "flask", "leaning", "tied", "empty", "changed", "outdated",
    "compare", "compare-four", "choose", "choose-wrong", "map", "map-at", "rules", "sources",
    "source", "error-400", "error-403", "error-404",
    "error-405", "error-413", "error-422", "error-500", "error-503",
]  # fmt: skip
