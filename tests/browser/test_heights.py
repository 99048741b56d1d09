"""How far a visitor has to scroll: limits for every kind of result, on a desktop and on a phone."""

import pytest
from flask import Flask
from playwright.sync_api import Page

from rules import Rulebook
from rules.judge import judge

from ..conftest import EMPTY, PROTOTYPE, SHOP
from .conftest import Open

WINDOWS = {"desktop": (1280, 800), "phone": (390, 844)}

# In pixels, by window: the first reason, what would change it, and the whole page as it opens.
RESULT = {"desktop": (560, 760, 2200), "phone": (620, 1500, 3600)}
OTHERS = {"/": {"desktop": 1600, "phone": 3000}, "/rules": {"desktop": 5000, "phone": 8500}}

MEASURE = """() => {
    const top = found => document.querySelector(found).getBoundingClientRect().top + scrollY;
    return [top(".reasons"), top("#changes"), document.documentElement.scrollHeight] }"""

# What is read out before the first reason.
HEARD = """() => {
    const range = document.createRange();
    range.setStartBefore(document.body.firstChild);
    range.setEndBefore(document.querySelector(".reasons dd"));
    return range.toString().split(/\\s+/).filter(word => /\\w/.test(word) && !/^[DF]+$/.test(word)).length }"""


@pytest.fixture(scope="module")
def results(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """Two results of every strength and verdict, an empty one, and one for every question left open."""
    found: dict[str, dict[str, str]] = {"empty": EMPTY}
    for question in SHOP:
        found[f"{question} open"] = PROTOTYPE | {question: "unsure"}
    complete = [answers for answers in every_answers if "unsure" not in answers.values()]
    for answers in [*complete, *reversed(complete)]:
        judgement = judge(rulebook, answers)
        kind = f"{judgement.strength} {judgement.verdict}"
        if len(found) < 40 and sum(name.startswith(kind) for name in found) < 2:
            found[f"{kind} {sum(name.startswith(kind) for name in found)}"] = answers
    assert len(found) >= 16
    return found


@pytest.fixture(params=WINDOWS)
def window(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(open_page: Open, window: str) -> Page:
    width, height = WINDOWS[window]
    return open_page(viewport={"width": width, "height": height})


def test_a_result_answers_on_its_first_screen(
    page: Page, window: str, address: str, served_app: Flask, results: dict[str, dict[str, str]]
) -> None:
    client, limits = served_app.test_client(), RESULT[window]
    for kind, answers in results.items():
        page.goto(address + client.post("/", data=answers).location)
        measured = page.evaluate(MEASURE)
        assert all(pixels <= limit for pixels, limit in zip(measured, limits, strict=True)), (kind, measured, answers)
        assert page.evaluate(HEARD) <= 90, kind


@pytest.mark.parametrize("path", OTHERS)
def test_a_page_is_no_longer_than_a_visitor_can_take_in(page: Page, window: str, address: str, path: str) -> None:
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollHeight") <= OTHERS[path][window]


def test_no_result_scrolls_sideways(
    open_page: Open, address: str, served_app: Flask, results: dict[str, dict[str, str]]
) -> None:
    client, page = served_app.test_client(), open_page()
    for answers in results.values():
        page.goto(address + client.post("/", data=answers).location)
        for width in (320, 390, 640, 768, 1024):
            page.set_viewport_size({"width": width, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") == width, answers
