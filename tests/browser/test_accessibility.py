"""Accessible to WCAG 2.2 AA, on every kind of page, light and dark, on a phone and on a desktop."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from questionnaire.texts import SPOKEN_STANCES, grounds, heading, votes_cast
from rules import Rulebook, recommend
from rules.passages import FRAMEWORKS

from ..conftest import SHOP
from .conftest import KINDS, MODULES, Show, needed

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

RUN = """async tags => (await axe.run(document, {runOnly: {type: "tag", values: tags}})).violations
    .map(one => one.id + ": " + one.nodes.map(node => node.html).slice(0, 3).join(" | "))"""


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(show: Show, kind: str) -> None:
    axe = needed(MODULES / "axe-core" / "axe.min.js", "axe-core")
    page = show(kind)
    page.add_script_tag(path=axe)
    for folds in ("closed", "open"):
        page.evaluate("state => document.querySelectorAll('details').forEach(one => one.open = state)", folds == "open")
        for width in (320, 1280):
            for scheme in ("light", "dark"):
                # High enough that nothing is scrolled under the sticky bar, where axe would find it too small.
                page.set_viewport_size({"width": width, "height": 6000})
                page.emulate_media(color_scheme=scheme)
                assert page.evaluate(RUN, TAGS) == [], (width, scheme, folds)


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_has_a_language_a_title_landmarks_and_headings_in_order(show: Show, kind: str) -> None:
    page = show(kind)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title().startswith("Error: ") == (kind in ("error-422", "choose-wrong"))
    assert "Django or Flask?" in page.title()
    for landmark in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(landmark)).to_have_count(1)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => Number(one.tagName[1]))")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_error_summary_has_the_focus_and_leads_to_the_question(show: Show) -> None:
    page = show("error-422")
    summary = page.locator(".errors")
    expect(summary).to_be_focused()
    assert "Say where it will keep its data" in summary.inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#database-0")
    expect(page.locator("#database")).to_be_in_viewport()


def test_the_accessibility_tree_has_verdict_reasons_and_table_in_a_sensible_order(
    show: Show, rulebook: Rulebook
) -> None:
    result = recommend(rulebook, SHOP)
    first, second = result.findings[:2]
    for width in (320, 1280):
        tree = show("clear", viewport={"width": width, "height": 900}).locator("body").aria_snapshot()
        order = [
            'link "Skip to the content"',
            f'heading "{heading(result)}" [level=1]',
            grounds(result),
            votes_cast(result),
            'heading "Why, answer by answer" [level=2]',
            "- table",
            *(f'columnheader "{source.name}"' for source in result.sources),
            f'rowheader "{first.label} {first.name}"',
            *(f'cell "{SPOKEN_STANCES[position.stance]}"' for position in first.positions),
            f'rowheader "{second.label} {second.name}"',
            result.what_if[0].title,
            'heading "What would change it" [level=2]',
            'heading "Show your team" [level=2]',
            'heading "Another project?" [level=2]',
            'heading "How each concludes" [level=2]',
        ]
        place = 0
        for line in order:
            found = tree.find(line, place)
            assert found >= 0, f"{line} at {width} pixels, after {tree[max(0, place - 200) : place]}"
            place = found + 1


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_the_page_stands_in_forced_colours_and_with_reduced_motion(show: Show, media: dict[str, str]) -> None:
    page = show("clear", **media)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    marks = page.evaluate(
        "[...document.querySelectorAll('.grid .mark')].map(one => getComputedStyle(one, '::before').content)"
    )
    edges = page.evaluate("[...document.querySelectorAll('button')].map(one => getComputedStyle(one).borderTopStyle)")
    assert set(edges) == {"solid"}
    assert len(marks) == 35
    assert all(mark not in ("none", "normal") for mark in marks)
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("medium", [{"forced_colors": "active"}, {"media": "print"}], ids=str)
def test_on_the_map_borders_alone_tell_frameworks_and_strengths_apart(show: Show, medium: dict[str, str]) -> None:
    page = show("map")
    page.emulate_media(**medium)  # type: ignore[arg-type]
    kinds = [".tie", *(f".{side}.{strength}" for side in FRAMEWORKS for strength in ("clear", "leaning", "close"))]
    look = "style => style.borderTopWidth + style.borderTopStyle + style.borderRadius"
    drawn = {
        page.locator(f".map .spot{kind}").first.evaluate(f"one => ({look})(getComputedStyle(one))") for kind in kinds
    }
    assert len(drawn) == len(kinds)
