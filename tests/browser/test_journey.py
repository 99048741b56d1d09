"""The whole journey in a real browser, with JavaScript off: answer, read, share, change, go back."""

import pytest
from playwright.sync_api import Page, expect

from ..conftest import PROTOTYPE
from .conftest import Open, answer, chosen


@pytest.fixture
def page(open_page: Open) -> Page:
    return open_page(java_script_enabled=False)


@pytest.fixture
def result(page: Page, address: str) -> Page:
    """A page that shows the result of the prototype."""
    page.goto(address)
    answer(page, PROTOTYPE)
    return page


def test_answering_leads_to_a_verdict_that_opens_elsewhere_too(result: Page, open_page: Open) -> None:
    expect(result.get_by_role("heading", level=1)).to_have_text("Use Flask")
    permalink = result.locator(".foot a").first.inner_text()
    assert permalink == result.url

    other = open_page(java_script_enabled=False)
    other.goto(permalink)
    expect(other.get_by_role("heading", level=1)).to_have_text("Use Flask")
    assert other.content() == result.content()


def test_one_answer_can_be_changed_and_the_others_stay_and_the_result_can_be_kept(result: Page) -> None:
    link = result.url
    result.get_by_role("link", name="Change the answers").click()
    assert chosen(result) == PROTOTYPE
    expect(result.get_by_role("button", name="Show the recommendation")).to_be_in_viewport()
    result.get_by_role("link", name="Keep it as it is").click()
    expect(result).to_have_url(link)
    result.go_back()
    answer(result, {"size": "large"})
    expect(result.get_by_role("heading", level=1)).to_have_text("Use Django")


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
    expect(page.get_by_role("heading", level=1)).to_have_text("Use Flask")


def test_a_link_to_a_quotation_opens_its_fold_and_leads_on_to_its_article_and_its_rule(result: Page) -> None:
    quote = result.locator("#size-positiwise")
    expect(quote).to_be_hidden()
    result.goto(f"{result.url}#size-positiwise")
    expect(quote).to_be_in_viewport()
    quote.locator("figcaption a").first.click()
    expect(result.locator("figure:target")).to_be_in_viewport()
    result.locator("section:has(figure:target) h2 a").click()
    expect(result.locator("div:target")).to_be_visible()
    expect(result.locator("details:has(> :target) > summary")).to_be_in_viewport()
