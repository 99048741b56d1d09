"""A real server and a real browser: required where CI is set, skipped with the reason where there is none."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask, abort
from playwright.sync_api import Browser, Page, Route, sync_playwright
from werkzeug.serving import make_server

from questionnaire.results.archive import RESULTS

from ..conftest import DATA, EMPTY, PROTOTYPE, SHOP, TIED, Answers, code_of_link, create
from ..support.archives import execute, insert

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
MODULES = Path(__file__).parent / "node_modules"

LEANING = PROTOTYPE | {"size": "medium", "database": "unsure", "deadline": "normal", "api": "unsure"}

# Open a page in a browser context of its own, with the options of the context.
Open = Callable[..., Page]
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
def served_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create(f"sqlite:///{tmp_path_factory.mktemp('instance')}/results.sqlite")


@pytest.fixture(scope="session")
def address(served_app: Flask) -> Iterator[str]:
    """Where the application is served for the tests."""
    with served(served_app) as address:
        yield address


@pytest.fixture(scope="session")
def kinds(served_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every kind of page that a visitor can meet, by name."""
    client = served_app.test_client()
    given = {"clear": SHOP, "flask": PROTOTYPE, "leaning": LEANING, "tied": TIED, "empty": EMPTY}
    links = {name: client.post("/", data=answers).location for name, answers in given.items()}
    codes = {name: code_of_link(link) for name, link in links.items()}
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
        "choose-one": client.get("/compare", query_string={"links": codes["clear"]}),
        "choose-wrong": client.get("/compare", query_string={"links": f"{links['clear']}\nx\ny"}),
        "map": client.get("/map"),
        "map-at": client.get(f"/map?at={codes['clear']}"),
        "rules": client.get("/rules"),
        "sources": client.get("/sources"),
        "source": client.get("/sources/positiwise"),
        "decisions": client.get("/decisions"),
        "error-403": client.post("/", headers={"Sec-Fetch-Site": "cross-site"}),
        "error-404": client.get("/r/0000000000"),
        "error-405": client.post("/rules"),
        "error-411": client.post("/", headers={"Transfer-Encoding": "chunked"}),
        "error-413": client.post("/", data={"size": "x" * 20_000}),
        "error-422": client.post("/", data={"size": "small"}),
    }
    return {name: page.text for name, page in pages.items()} | {
        "outdated": _outdated(tmp_path_factory.mktemp("outdated")),
        **_broken(tmp_path_factory.mktemp("broken")),
    }


def _outdated(folder: Path) -> str:
    """A result of an older rulebook, with votes that are counted otherwise today."""
    url, data = f"sqlite:///{folder}/results.sqlite", folder / "data"
    link = insert(url, SHOP, (DATA.parent / "tests" / "releases" / "1.json").read_text("utf-8"))
    execute(url, RESULTS.update().values(django=RESULTS.c.django + 1))
    shutil.copytree(DATA, data)
    questions = data / "questions.toml"
    questions.write_text(questions.read_text("utf-8").replace('label = "Large"', 'label = "Huge"'), "utf-8")
    return create(url, DATA_DIR=data).test_client().get(link).text


def _broken(folder: Path) -> dict[str, str]:
    (folder / "blocked").write_text("")
    app = create(f"sqlite:///{folder}/blocked/results.sqlite")
    app.add_url_rule("/fail", "fail", view_func=lambda: str(1 // 0))
    app.add_url_rule("/bad", "bad", view_func=lambda: abort(400))
    client = app.test_client()
    paths = {"error-400": "/bad", "error-500": "/fail", "error-503": "/r/0000000000"}
    return {name: client.get(path).text for name, path in paths.items()}


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    contexts = []

    def open_page(**options: object) -> Page:
        contexts.append(browser.new_context(**options))  # type: ignore[arg-type]
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page()


@pytest.fixture
def show(open_page: Open, address: str, kinds: dict[str, str]) -> Show:
    """Open a kind of page as it would be at its address."""

    def show(kind: str, **options: object) -> Page:
        page = open_page(**options)

        def fulfill(route: Route) -> None:
            route.fulfill(content_type="text/html; charset=utf-8", body=kinds[kind])

        page.route(f"{address}/shown/{kind}", fulfill)
        page.goto(f"{address}/shown/{kind}")
        return page

    return show


def answer(page: Page, answers: Answers) -> None:
    """Choose some answers, submit the questionnaire and wait for the page that follows."""
    for question, option in answers.items():
        page.locator(f"input[name={question}][value={option}]").check()
    page.get_by_role("button", name="Show the recommendation").click()
    page.wait_for_load_state()


def chosen(page: Page) -> dict[str, str]:
    """The answers that are chosen. Without JavaScript a page cannot be asked for values, but the browser knows them."""
    # A click returns as soon as the next page begins to arrive.
    page.wait_for_load_state()
    radios = [radio for question in PROTOTYPE for radio in page.locator(f"input[name={question}]").all()]
    return {
        radio.get_attribute("name") or "": radio.get_attribute("value") or "" for radio in radios if radio.is_checked()
    }


KINDS = [
    "questionnaire", "prefilled", "changing", "clear", "flask", "leaning", "tied", "empty", "changed", "outdated",
    "compare", "compare-four", "choose", "choose-one", "choose-wrong", "map", "map-at", "rules", "sources", "source",
    "decisions", "error-400", "error-403", "error-404", "error-405", "error-411", "error-413", "error-422", "error-500",
    "error-503",
]  # fmt: skip
