"""Links into the articles: the browser scrolls to the passage."""

from html import escape

import pytest
from playwright.sync_api import Page, Route, expect

from rules import Rulebook

from ..conftest import SHOP
from .conftest import answer


@pytest.mark.parametrize(
    "id",
    [
        "jonna-django-huge-project",
        "jonna-django-drf-everything",
        "hostit-faq-large-tight",
        "hostit-django-feature-rich",
        "hostit-flask-highlight-flexibility",
    ],
)
def test_a_quote_leads_to_its_sentence_in_the_article(page: Page, address: str, rulebook: Rulebook, id: str) -> None:
    passage = rulebook.passages_by_id[id]
    filler = "<p>Other words.</p>" * 200
    article = f"<!doctype html><title>Article</title>{filler}<p id=here>{escape(passage.quote)}</p>{filler}"

    def publish(route: Route) -> None:
        route.fulfill(content_type="text/html; charset=utf-8", body=article)

    page.route(lambda url: not url.startswith(address), publish)
    page.goto(address)
    answer(page, SHOP)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.locator("figure", has_text=passage.quote).get_by_role("link", name="read at").first.click()
    expect(page).to_have_title("Article")
    expect(page.locator("#here")).to_be_in_viewport()
