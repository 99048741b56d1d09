"""Layout: nothing scrolls sideways, large text loses nothing, nothing moves, and older browsers show it all."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Page

from ..conftest import DATA, SHOP
from .conftest import KINDS, Open, Show, answer


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_at_320_pixels(show: Show, kind: str) -> None:
    page = show(kind, viewport={"width": 320, "height": 640})
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_twice_the_size_loses_nothing(show: Show, kind: str) -> None:
    page = show(kind, viewport={"width": 1280, "height": 900})
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    cut = page.evaluate(
        """[...document.querySelectorAll('main *')].filter(one => getComputedStyle(one).overflow === 'hidden'
            && one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 1).map(one => one.outerHTML)"""
    )
    assert cut == []


@pytest.mark.parametrize("kind", ["questionnaire", "clear", "compare", "map-at", "rules", "sources", "source"])
def test_text_has_at_most_five_sizes(show: Show, kind: str) -> None:
    page = show(kind, viewport={"width": 1280, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    sizes = page.evaluate(
        "[...new Set([...document.querySelectorAll('body :not(input)')].map(one => getComputedStyle(one).fontSize))]"
    )
    assert len(sizes) <= 5, sizes


@pytest.mark.parametrize("width", [320, 1280])
def test_no_vote_lies_on_the_quotations_that_are_folded_out(show: Show, width: int) -> None:
    page = show("flask", viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    covered = page.evaluate(
        """[...document.querySelectorAll(".why td:not(.because)")].filter(cell => {
            const quoted = cell.parentElement.querySelector("details > div")?.getBoundingClientRect();
            const box = cell.getBoundingClientRect();
            return quoted && box.bottom > quoted.top && box.top < quoted.bottom }).map(one => one.outerHTML)"""
    )
    assert covered == []


def test_an_older_browser_shows_colours_buttons_and_marks_and_no_wrong_count(open_page: Open, address: str) -> None:
    style = (DATA.parent / "static" / "style.css").read_text("utf-8")
    style = re.sub(r'content: [^;]* / "";', "", style)
    style = re.sub(r"\b(has|is|light-dark|color-mix|details-content)\b", r"x-\1", style)
    page = open_page()
    page.route("**/style.css", lambda route: route.fulfill(content_type="text/css", body=style))
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.querySelector('button')).backgroundColor") == "rgb(10, 79, 143)"
    assert page.evaluate("getComputedStyle(document.querySelector('.progress'), '::after').content") == "none"
    answer(page, SHOP)
    mark = page.evaluate("getComputedStyle(document.querySelector('.mark.django'), '::before').content")
    assert mark not in ("none", "normal")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 250)"


@pytest.mark.parametrize("path", ["/", "result", "/rules", "/sources"])
def test_nothing_moves_while_a_page_loads(open_page: Open, address: str, path: str) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    if path == "result":
        page.goto(address)
        answer(page, SHOP)
        path = page.url.removeprefix(address)
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver(list => { for (const one of list.getEntries())
            window.shift += one.value }).observe({type: "layout-shift", buffered: true})"""
    )
    page.goto(address + path, wait_until="networkidle")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") == 0


@pytest.mark.parametrize("path", ["/", "result"])
def test_a_first_visit_makes_at_most_four_requests(page: Page, address: str, served_app: Flask, path: str) -> None:
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    path = served_app.test_client().post("/", data=SHOP).location if path == "result" else path
    page.goto(address + path, wait_until="networkidle")
    assert len(asked) <= 4
