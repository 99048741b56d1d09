"""Sharing from a real browser: the link copied, the page printed."""

import re
import shutil
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

from flask import Flask
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader

from rules import Rulebook, recommend

from ..conftest import SHOP, Answers, Edit, create
from ..support.archives import insert
from .conftest import Open, answer, served

COULD_NOT = "Could not copy"


def copied(page: Page, start: str) -> str:
    """What is on the clipboard as soon as it begins as expected, or after five seconds."""
    for _ in range(50):
        text: str = page.evaluate("navigator.clipboard.readText()")
        if text.startswith(start):
            break
        page.wait_for_timeout(100)
    return text


def test_the_link_is_copied_by_a_button_that_is_there_only_with_javascript(open_page: Open, address: str) -> None:
    for javascript in (True, False):
        page = open_page(java_script_enabled=javascript)
        page.goto(address)
        answer(page, SHOP)
        button = page.get_by_role("button", name="Copy link")
        if javascript:
            page.context.grant_permissions(["clipboard-read", "clipboard-write"])
            button.click()
            expect(page.get_by_role("button", name="Copied")).to_be_visible()
            expect(page.get_by_role("status")).to_have_text("Copy link: Copied")
            assert page.evaluate("navigator.clipboard.readText()") == page.url
            page.get_by_role("button", name="Copy record").click()
            assert copied(page, "---") == page.request.get(f"{page.url}.md").text()
            page.get_by_text("More ways to share").click()
            page.get_by_role("button", name="Copy the sentences").click()
            assert page.url in copied(page, "We ")
        else:
            expect(button).to_have_count(0)
            page.get_by_text("More ways to share").click()
            expect(page.get_by_role("link", name="Decision record")).to_be_visible()


def test_where_the_browser_does_not_copy_the_text_is_selected_to_be_copied_by_hand(
    page: Page, address: str, served_app: Flask
) -> None:
    def fetch(route: Route) -> None:
        route.fulfill(response=route.fetch(url=route.request.url.replace("http://choose.example", address)))

    page.route("http://choose.example/**", fetch)
    page.goto(f"http://choose.example{served_app.test_client().post('/', data=SHOP).location}")
    assert not page.evaluate("isSecureContext")
    expect(page.get_by_label("Text to copy")).to_be_hidden()
    page.get_by_text("More ways to share").click()
    for name, start in (("Copy link", "http"), ("Copy record", "---\n"), ("Copy the sentences", "We chose")):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("button", name=COULD_NOT)).to_be_visible()
        expect(page.get_by_role("status")).to_have_text("Your browser does not allow it. Copy the selected text.")
        assert page.evaluate("getSelection().toString()").startswith(start)
        expect(page.get_by_label("Text to copy")).to_be_in_viewport()
        expect(page.get_by_role("button", name=name)).to_be_visible()


def test_a_record_that_cannot_be_loaded_is_not_copied_and_the_visitor_is_told_what_to_do(
    page: Page, rulebook: Rulebook, edited: Edit, tmp_path: Path
) -> None:
    database = tmp_path / "archive" / "results.sqlite"
    database.parent.mkdir()
    link = insert(f"sqlite:///{database}", SHOP, rulebook.content)
    newer = edited(("questions.toml", 'label = "Large"', 'label = "Huge"'))
    with served(create(f"sqlite:///{database}", DATA_DIR=newer)) as address:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{address}{link}")
        page.evaluate("navigator.clipboard.writeText('before')")
        shutil.rmtree(database.parent)
        database.parent.touch()
        with page.expect_response("**/*.md") as response:
            page.get_by_role("button", name="Copy record").click()
        assert response.value.status == 503
        expect(page.get_by_role("button", name=COULD_NOT)).to_be_visible()
        expect(page.get_by_role("status")).to_have_text(
            "The record cannot be loaded. Try again in a minute, or copy the link."
        )
        assert page.evaluate("navigator.clipboard.readText()") == "before"


def test_the_address_that_is_copied_from_the_bar_says_nothing_of_the_result_before(page: Page, address: str) -> None:
    page.goto(address)
    answer(page, SHOP)
    before = page.url
    page.get_by_role("link", name="Change the answers").click()
    answer(page, {"size": "small"})
    expect(page.get_by_text("You changed Project size")).to_be_visible()
    expect(page).not_to_have_url(before)
    expect(page).to_have_url(re.compile(r"/r/\w+$"))


def test_a_result_prints_on_two_pages_with_its_reasons_and_its_link(
    page: Page, address: str, rulebook: Rulebook, every_answers: list[Answers]
) -> None:
    complete = [answers for answers in every_answers if "unsure" not in answers.values()]
    for answers in complete[::113]:
        page.goto(address)
        answer(page, answers)
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
        assert len(printed.pages) <= 2
        assert [round(float(side)) for side in printed.pages[0].mediabox[2:]] == [595, 842]
        text = normalize("NFKC", "".join("".join(sheet.extract_text() for sheet in printed.pages).split()))
        assert page.url in text
        for finding in recommend(rulebook, answers).findings:
            reasons = ["".join(rule.because.split()) for rule in finding.rules]
            assert not finding.votes.leader or any(reason in text for reason in reasons), reasons
