"""The whole journey in a real browser, with JavaScript off: answer, read, share, change, go back."""

import pytest
from playwright.sync_api import Page, expect

from ..conftest import PROTOTYPE
from .conftest import Open, answer, chosen

FLASK = "Use Flask"
DJANGO = "Use Django"


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page(java_script_enabled=False)


def test_answering_leads_to_a_verdict_that_opens_elsewhere_too(page: Page, open_page: Open, address: str) -> None:
    page.goto(address)
    answer(page, PROTOTYPE)
    expect(page.get_by_role("heading", level=1)).to_have_text(FLASK)
    permalink = page.locator(".foot a").first.inner_text()
    assert permalink == page.url

    other = open_page(java_script_enabled=False)
    other.goto(permalink)
    expect(other.get_by_role("heading", level=1)).to_have_text(FLASK)
    assert other.content() == page.content()


def test_one_answer_can_be_changed_and_the_others_stay(page: Page, address: str) -> None:
    page.goto(address)
    answer(page, PROTOTYPE)
    page.get_by_role("link", name="Change the answers").click()
    assert chosen(page) == PROTOTYPE
    answer(page, {"size": "large"})
    expect(page.get_by_role("heading", level=1)).to_have_text(DJANGO)


def test_back_keeps_the_answers(page: Page, address: str) -> None:
    page.goto(address)
    answer(page, PROTOTYPE)
    expect(page.get_by_role("heading", level=1)).to_have_text(FLASK)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Django or Flask for your project?")
    assert chosen(page) == PROTOTYPE


def test_a_forgotten_answer_is_pointed_out_and_the_others_are_kept(page: Page, address: str) -> None:
    page.goto(address)
    answered = {question: option for question, option in PROTOTYPE.items() if question != "team"}
    answer(page, answered)
    expect(page).to_have_title("Error: Django or Flask? Five questions, a verdict with its sources")
    assert chosen(page) == answered
    page.get_by_role("link", name="Say what the team is like").click()
    assert page.url.endswith("#team-0")
    expect(page.locator("#team legend")).to_be_in_viewport()
    answer(page, {"team": PROTOTYPE["team"]})
    expect(page.get_by_role("heading", level=1)).to_have_text(FLASK)


def test_a_link_to_a_quotation_opens_what_it_is_folded_into(page: Page, address: str) -> None:
    page.goto(address)
    answer(page, PROTOTYPE)
    quote = page.locator("#size-positiwise")
    expect(quote).to_be_hidden()
    page.goto(f"{page.url}#size-positiwise")
    expect(quote).to_be_in_viewport()


def test_a_quotation_leads_to_its_place_among_all_of_its_article_and_from_there_to_its_rule(
    page: Page, address: str
) -> None:
    page.goto(address)
    answer(page, PROTOTYPE)
    page.goto(f"{page.url}#size-positiwise")
    page.locator("#size-positiwise figcaption a").first.click()
    expect(page.locator("figure:target")).to_be_in_viewport()
    page.locator("section:has(figure:target) h2 a").click()
    expect(page.locator("div:target")).to_be_visible()
    expect(page.locator("details:has(> :target) > summary")).to_be_in_viewport()


def test_what_would_change_it_leads_to_a_result_that_says_the_other(page: Page, address: str) -> None:
    page.goto(address)
    answer(page, PROTOTYPE)
    page.locator("section:has(#changes) li a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(DJANGO)


def test_who_changes_an_answer_can_go_back_to_the_result(page: Page, address: str) -> None:
    page.goto(address)
    answer(page, PROTOTYPE)
    result = page.url
    page.get_by_role("link", name="Change the answers").click()
    expect(page.get_by_role("button", name="Show the recommendation")).to_be_in_viewport()
    page.get_by_role("link", name="Keep it as it is").click()
    assert page.url == result
