"""The whole journey by keyboard alone."""

from playwright.sync_api import Page, expect

from ..conftest import PROTOTYPE
from .conftest import Open, chosen


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what has the focus is called so, and check on the way that the focus can be seen."""
    page.wait_for_load_state()
    for _ in range(60):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", focused(page)
        if focused(page) == name:
            return
    raise AssertionError(f"no Tab leads to {name}")


def test_the_questionnaire_is_answered_read_and_changed_by_keyboard(open_page: Open, address: str) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to the content"
    page.keyboard.press("Enter")
    for question, option in PROTOTYPE.items():
        tab_to(page, question)
        values = [radio.get_attribute("value") for radio in page.locator(f"input[name={question}]").all()]
        page.keyboard.press("Space")
        for _ in range(values.index(option)):
            page.keyboard.press("ArrowDown")
        obscured = page.evaluate(
            """() => { const box = document.activeElement.getBoundingClientRect();
                return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
                    !== document.activeElement }"""
        )
        assert not obscured, question
    assert chosen(page) == PROTOTYPE
    tab_to(page, "Show the recommendation")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Use Flask")

    tab_to(page, "Change the answers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Django or Flask for your project?")
    assert chosen(page) == PROTOTYPE


def test_progress_is_shown_and_read_out_without_javascript(open_page: Open, address: str) -> None:
    page = open_page(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.goto(address)
    devtools = page.context.new_cdp_session(page)
    for count, (question, option) in enumerate([*PROTOTYPE.items(), ("", "")]):
        tree = devtools.send("Accessibility.getFullAXTree")["nodes"]
        said = "".join(node["name"]["value"] for node in tree if node["role"]["value"] == "StaticText")
        assert f"{count}of5answered" in said.replace(" ", "")
        if question:
            page.locator(f"input[name={question}][value={option}]").check()
    page.locator("input[name=size][value=unsure]").check()
    tree = devtools.send("Accessibility.getFullAXTree")["nodes"]
    said = "".join(node["name"]["value"] for node in tree if node["role"]["value"] == "StaticText")
    assert "4of5answered,1leftopen" in said.replace(" ", "")
