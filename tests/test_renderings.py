"""The four renderings of a result: page, JSON, decision record and card say the same."""

import json
import re
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from PIL import Image, ImageFont

from app import create_app
from questionnaire.card import result_card
from questionnaire.renderings import markdown
from rules import Rulebook, recommend

from .conftest import PROTOTYPE, SHOP, Edit, Give
from .support.pages import words

commonmark = MarkdownIt("commonmark")


def facts(record: dict) -> list[str]:  # type: ignore[type-arg]
    """What every rendering must say, as a reader sees it."""
    django, flask = record["votes"]["django"], record["votes"]["flask"]
    quotes = [
        passage["quote"]
        for finding in record["findings"]
        for position in finding["positions"]
        for passage in position["passages"]
    ]
    votes = f" {max(django, flask)} vote{'' if max(django, flask) == 1 else 's'} to {min(django, flask)}"
    return [
        *([f"Use {record['verdict'].title()}", votes] if quotes else ["No article speaks on these answers"]),
        *(finding["label"] for finding in record["findings"]),
        record["rulebook"]["revision"],
        record["permalink"],
        *quotes,
    ]


def test_page_json_and_record_agree_on_every_fact(
    client: FlaskClient, give: Give, every_answers: list[dict[str, str]]
) -> None:
    strengths = {"clear": "a clear case", "leaning": "a leaning", "close": "a close call", "tie": "decide"}
    for answers in every_answers[::41]:
        link = give(answers)
        record = client.get(f"{link}.json").get_json()
        page = words(client.get(link).text)
        decision = words(commonmark.render(client.get(f"{link}.md").text))
        assert record["answers"] == answers
        for fact in facts(record):
            assert fact in page, (answers, fact)
            assert fact in decision, (answers, fact)
        expected = strengths[record["strength"]]
        assert expected in page
        assert expected in decision
        for flip in record["flips"]:
            assert f"{flip['name']}: {flip['label']}" in page
            assert f"{flip['name']} “{flip['label']}”" in decision


def test_every_json_is_as_the_schema_says(client: FlaskClient, give: Give, every_answers: list[dict[str, str]]) -> None:
    response = client.get("/r/schema.json")
    assert response.mimetype == "application/schema+json"
    schema = response.get_json()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for answers in every_answers[::41]:
        validator.validate(client.get(f"{give(answers)}.json").get_json())
    assert not validator.is_valid({"code": "0000000000"})


def test_the_decision_record_has_the_parts_of_madr_in_order(client: FlaskClient, give: Give) -> None:
    rendered = commonmark.render(client.get(f"{give(SHOP)}.md").text)
    assert re.findall(r"<h(\d)>(.*?)</h\d>", rendered) == [
        ("1", "Use Django as the web framework"),
        ("2", "Context and Problem Statement"),
        ("2", "Decision Drivers"),
        ("2", "Considered Options"),
        ("2", "Decision Outcome"),
        ("3", "Consequences"),
        ("2", "Pros and Cons of the Options"),
        ("3", "Django"),
        ("3", "Flask"),
        ("2", "More Information"),
    ]
    assert "Chosen option: “Django”, because" in rendered
    assert rendered.count("<blockquote>") == 41


HOSTILE = "# *a* _b_ `c` <d> & [e](f) ![g](h) | ~~i~~ \\ &amp; &#35; <!-- j --> http://k.l 1. - + > “m”"


def test_every_character_of_a_quote_survives_the_decision_record(edited: Edit, database: Path) -> None:
    quote = 'quote = "Not considered a reliable choice for creating large applications"'
    folder = edited(("passages.toml", quote, f"quote = '''{HOSTILE}'''"))
    client = create_app({"DATABASE_URL": f"sqlite:///{database}", "DATA_DIR": folder}).test_client()
    link = client.post("/", data=SHOP).location
    assert f"“{HOSTILE}”" in words(commonmark.render(client.get(f"{link}.md").text))
    assert f"{HOSTILE}" in words(client.get(link).text)


@pytest.mark.parametrize("character", [chr(code) for code in range(33, 127)])
def test_every_printable_character_means_itself_in_markdown(character: str) -> None:
    for text in (
        f"a {character} b",
        f"a{character}b{character}c",
        f"a {character}{character}b{character}{character} c",
    ):
        assert words(commonmark.render(f"“{markdown(text)}”")) == f"“{text}”"


def test_the_renderings_name_each_other_and_are_open_to_every_site(client: FlaskClient, give: Give) -> None:
    link = give(SHOP)
    for suffix in ("", ".json", ".md", ".png"):
        response = client.get(link + suffix)
        named = ", ".join(response.headers.get_all("Link"))
        assert f'<{link}>; rel="canonical"; type="text/html"' in named
        for other in (".json", ".md", ".png"):
            assert f'<{link}{other}>; rel="alternate"' in named
        assert '</r/schema.json>; rel="describedby"' in named
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/").headers


def tags(page: str) -> dict[str, str]:
    return dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', page))


def test_a_shared_link_unfurls_to_the_verdict_the_answers_and_the_card(client: FlaskClient, give: Give) -> None:
    link = give(SHOP)
    page = client.get(link).text
    shown = tags(page)
    assert shown["og:title"] == "Use Django. 9 votes to 1: a clear case."
    assert shown["og:description"].startswith("Project size: Large · Database: Relational · ")
    assert shown["og:url"] == f"http://localhost{link}"
    assert shown["og:image"] == f"http://localhost{link}.png"
    assert (shown["og:image:width"], shown["og:image:height"]) == ("1200", "630")
    assert "Use Django" in shown["og:image:alt"]
    assert shown["twitter:card"] == "summary_large_image"
    assert f'<link rel="canonical" href="http://localhost{link}">' in page


def test_the_questionnaire_has_a_card_of_its_own(client: FlaskClient) -> None:
    shown = tags(client.get("/").text)
    assert shown["og:image"] == "http://localhost/card.png"
    assert Image.open(BytesIO(client.get("/card.png").data)).size == (1200, 630)


def test_the_card_is_a_picture_of_the_verdict_in_its_colour(client: FlaskClient, give: Give) -> None:
    for answers, colour in ((SHOP, (11, 93, 63)), (PROTOTYPE, (90, 58, 158))):
        response = client.get(f"{give(answers)}.png")
        assert response.mimetype == "image/png"
        image = Image.open(BytesIO(response.data))
        assert image.size == (1200, 630)
        stripe = image.convert("RGB").getpixel((10, 315))
        assert isinstance(stripe, tuple)
        assert all(abs(shown - meant) <= 4 for shown, meant in zip(stripe, colour, strict=True))
        assert len(response.data) < 60_000


def test_making_a_card_costs_under_150_ms(rulebook: Rulebook) -> None:
    given = recommend(rulebook, SHOP)
    result_card(given)
    began = process_time()
    for _ in range(5):
        result_card(given)
    assert (process_time() - began) / 5 < 0.150


def test_the_cards_font_has_every_character_that_a_card_may_show(rulebook: Rulebook) -> None:
    font = ImageFont.load_default(36)
    missing = bytes(font.getmask("\uffff"))
    labels = [f"{question.name}: {option.label}" for question in rulebook.questions for option in question.options]
    grounds = "A tie, votes; the articles’ closing verdicts decide. What the team knows decides. 0123456789"
    for character in set("".join([*labels, grounds, "Neither yet. No article speaks on these answers"])):
        assert character == " " or bytes(font.getmask(character)) != missing, character


def test_the_json_is_plain_utf_8(client: FlaskClient, give: Give) -> None:
    text = client.get(f"{give(SHOP)}.json").data.decode("utf-8")
    assert "’" in text
    assert json.loads(text)["code"]


def test_a_result_of_an_older_rulebook_keeps_all_its_renderings(
    app: Flask, give: Give, edited: Edit, database: Path
) -> None:
    link = give(SHOP)
    folder = edited(("questions.toml", 'label = "Large"', 'label = "Huge"'))
    later = create_app({"DATABASE_URL": f"sqlite:///{database}", "DATA_DIR": folder}).test_client()
    for suffix in (".json", ".md", ".png"):
        assert later.get(link + suffix).data == app.test_client().get(link + suffix).data
    page = later.get(link).text
    assert "Today’s rulebook says the same:" in page
    assert page.count("Today’s rulebook") == 1
