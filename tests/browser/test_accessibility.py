"""WCAG 2.2 AA holds on every kind of page, light and dark, on a phone and on a desktop."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import KINDS, MODULES, Show, needed

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

RUN = """async tags => (await axe.run(document, {runOnly: {type: "tag", values: tags}})).violations
    .map(one => one.id + ": " + one.nodes.map(node => node.html).slice(0, 3).join(" | "))"""


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(show: Show, kind: str) -> None:
    axe = needed(MODULES / "axe-core" / "axe.min.js", "axe-core")
    page = show(kind)
    page.add_script_tag(path=axe)
    for details in page.locator("details").all():
        details.evaluate("element => element.open = true")
    for width in (320, 1280):
        for scheme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert page.evaluate(RUN, TAGS) == [], (width, scheme)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_a_language_a_title_landmarks_and_headings_in_order(show: Show, kind: str) -> None:
    page = show(kind)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title().startswith("Error: ") == (kind in ("error-422", "choose-wrong"))
    assert "Django or Flask?" in page.title()
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)  # type: ignore[arg-type]
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => Number(one.tagName[1]))")
    assert levels.count(1) == 1
    # The error summary comes before the heading of the page, as its first and most urgent part.
    start = levels.index(1)
    assert all(after <= before + 1 for before, after in zip(levels[start:], levels[start + 1 :], strict=False))


def test_the_error_summary_has_the_focus_and_leads_to_the_question(show: Show) -> None:
    page = show("error-422")
    summary = page.locator(".errors")
    expect(summary).to_be_focused()
    assert "Where will it keep its data? Choose one of the answers" in summary.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#database")
    expect(page.locator("#database")).to_be_in_viewport()


def test_each_question_is_a_group_with_its_help_and_error_read_out(show: Show) -> None:
    page = show("error-422")
    group = page.get_by_role("group", name="What is the team like?")
    expect(group).to_have_accessible_description(re.compile("^Think of those .* Error: Choose one of the answers$"))
    expect(group.get_by_role("radio")).to_have_count(7)


def test_the_accessibility_tree_has_verdict_grid_and_quotes_in_a_sensible_order(show: Show) -> None:
    for width in (320, 1280):
        tree = show("clear", viewport={"width": width, "height": 900}).locator("body").aria_snapshot()
        order = [
            'link "Skip to the content"',
            'heading "Use Django. 9 votes to 1: a clear case." [level=1]',
            'heading "The answers" [level=2]',
            'link "Change Project size"',
            'heading "Who says what" [level=2]',
            "- table",
            'columnheader "DDI Development"',
            'row "Project size: Large DDI Development argues for Django',
            'rowheader "Project size: Large"',
            'cell "DDI Development argues for Django"',
            'cell "In-Depth (2019+) Says nothing"',
            'cell "DDI Development argues Both ways"',
            'heading "The evidence, question by question" [level=2]',
            'heading "Project size: Large" [level=3]',
            'heading "DDI Development Django" [level=4]',
            "blockquote",
            "Django is great for building complex sites",
            'heading "How the articles conclude" [level=2]',
            'heading "What would change it" [level=2]',
            'heading "What was not asked" [level=2]',
            'heading "Take it with you" [level=2]',
        ]
        place = 0
        for line in order:
            found = tree.find(line, place)
            assert found >= 0, f"{line} at {width} pixels, after {tree[max(0, place - 200) : place]}"
            place = found


@pytest.mark.parametrize("kind", ["questionnaire", "clear", "rules", "sources", "compare"])
def test_what_can_be_clicked_is_at_least_24_pixels_high_or_stands_in_a_line_of_text(show: Show, kind: str) -> None:
    page = show(kind, viewport={"width": 320, "height": 900})
    small = page.evaluate(
        """[...document.querySelectorAll('button, input:not([type=hidden]), summary, label, .grid td a, .button')]
            .filter(one => { const box = one.getBoundingClientRect(); return box.height && box.height < 24 })
            .filter(one => !(one.matches('input') && one.closest('label')))
            .map(one => one.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_the_page_stands_in_forced_colours_and_with_reduced_motion(show: Show, media: dict[str, str]) -> None:
    page = show("clear", **media)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    marks = page.evaluate(
        "[...document.querySelectorAll('.grid .stance')].map(one => getComputedStyle(one, '::before').content)"
    )
    assert len(marks) == 25
    assert all(mark not in ("none", "normal") for mark in marks)
    moving = page.evaluate("document.getAnimations().length")
    assert moving == 0
