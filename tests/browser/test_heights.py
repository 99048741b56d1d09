"""How far a visitor has to scroll: limits for every kind of result, on a desktop and on a phone."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from ..conftest import EMPTY, Answers
from .conftest import Open

WINDOWS = {"desktop": (1280, 800), "phone": (390, 844)}

# In pixels, by window, of complete results: the end of the grid and of what would change it, for nine of ten and for
# all; the start of the grid; the whole page as it opens.
ENDS = {"desktop": (800, 880), "phone": (1320, 1400)}
STARTS = {"desktop": 320, "phone": 480}
WHOLE = {"desktop": 1700, "phone": 3000}
OTHERS = {
    "/": {"desktop": 1600, "phone": 3000},
    "/rules": {"desktop": 5000, "phone": 8500},
    "/map": {"desktop": 2600, "phone": 6000},
}

MEASURE = """() => {
    const end = found => document.querySelector(found).getBoundingClientRect().bottom + scrollY;
    const changes = document.querySelector("section:has(> #changes)").getBoundingClientRect();
    return [end(".what-if tr:last-child"), changes.bottom + scrollY,
        document.querySelector(".why").getBoundingClientRect().top + scrollY,
        document.documentElement.scrollHeight] }"""


@pytest.fixture(scope="module")
def results(every_answers: list[Answers]) -> list[Answers]:
    """Complete results from all over the map."""
    return [answers for answers in every_answers if "unsure" not in answers.values()][::37]


@pytest.fixture(params=WINDOWS)
def window(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(open_page: Open, window: str) -> Page:
    width, height = WINDOWS[window]
    return open_page(viewport={"width": width, "height": height})


def test_a_result_answers_on_its_first_screen(
    page: Page, window: str, address: str, served_app: Flask, results: list[Answers]
) -> None:
    measured = []
    for answers in results:
        page.goto(address + served_app.test_client().post("/", data=answers).location)
        measured.append(page.evaluate(MEASURE))
    grids, changes, starts, heights = ([row[place] for row in measured] for place in range(4))
    # On a phone what would change it stands under the grid.
    ends = sorted([*grids, *changes] if window == "desktop" else grids)
    assert ends[len(ends) * 9 // 10] <= ENDS[window][0]
    assert ends[-1] <= ENDS[window][1]
    assert max(starts) <= STARTS[window]
    assert max(heights) <= WHOLE[window]


@pytest.mark.parametrize("path", OTHERS)
def test_a_page_is_no_longer_than_a_visitor_can_take_in(page: Page, window: str, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollHeight") <= OTHERS[path][window]


def test_no_result_scrolls_sideways(open_page: Open, address: str, served_app: Flask, results: list[Answers]) -> None:
    client, page = served_app.test_client(), open_page()
    for answers in [*results[::5], EMPTY]:
        page.goto(address + client.post("/", data=answers).location)
        for width in (320, 390, 640, 768, 1024):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") == width, answers
