"""The preview card, and the tags by which a shared link unfurls to it."""

import re
from html import unescape
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from msgspec import structs
from PIL import Image, ImageFont

from questionnaire.card import result_card
from questionnaire.texts import SIGNS, caveats, heading, sentence
from rules import Rulebook, recommend

from .conftest import EMPTY, PROTOTYPE, SHOP, TIED, Answers, Give


def test_a_shared_link_unfurls_to_the_verdict_the_answers_what_is_open_and_the_card(
    client: FlaskClient, give: Give, rulebook: Rulebook
) -> None:
    for answers in (SHOP, PROTOTYPE, TIED, EMPTY, SHOP | {"team": "unsure"}, SHOP | {"team": "flask"}):
        link, result = give(answers), recommend(rulebook, answers)
        page = client.get(link).text
        tags = re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', page)
        shown, said = {name: unescape(content) for name, content in tags}, sentence(result)
        labels = [f"{finding.name}: {finding.label}" for finding in result.findings]
        assert (shown["og:title"], shown["og:image:alt"].startswith(said)) == (said, True)
        assert shown["og:description"] == shown["description"] == " · ".join(labels)
        assert all(said in shown["og:image:alt"] for said in [*labels, *caveats(result)])
        assert ("questions open" in shown["og:image:alt"]) == (bool(result.open_answers) and answers != EMPTY)
        assert (shown["og:url"], shown["og:image"]) == (f"http://localhost{link}", f"http://localhost{link}.png")
        assert (shown["og:image:width"], shown["og:image:height"]) == ("1200", "630")
        assert shown["twitter:card"] == "summary_large_image"
        assert f'<link rel="canonical" href="http://localhost{link}">' in page


COLOURS = [(SHOP, (11, 93, 63)), (PROTOTYPE, (90, 58, 158)), (TIED, (86, 91, 98))]


@pytest.mark.parametrize(("answers", "colour"), COLOURS, ids=["Django", "Flask", "a tie"])
def test_the_card_is_a_picture_of_the_verdict_in_its_colour(
    client: FlaskClient, give: Give, answers: Answers, colour: tuple[int, int, int]
) -> None:
    response = client.get(f"{give(answers)}.png")
    assert response.mimetype == "image/png"
    assert len(response.data) < 60_000
    image = Image.open(BytesIO(response.data))
    assert image.size == (1200, 630)
    stripe = image.convert("RGB").crop((10, 315, 11, 316)).tobytes()
    assert all(abs(shown - meant) <= 4 for shown, meant in zip(stripe, colour, strict=True))


def test_the_cards_font_has_every_character_that_a_card_may_show(rulebook: Rulebook) -> None:
    font = ImageFont.load_default(36)
    missing = bytes(font.getmask("\uffff"))
    labels = [f"{question.name}: {option.label}" for question in rulebook.questions for option in question.options]
    some = [SHOP, PROTOTYPE, TIED, EMPTY, SHOP | {"team": "flask"}, *(SHOP | {one: "unsure"} for one in SHOP)]
    results = [recommend(rulebook, answers) for answers in some]
    said = [text for result in results for text in (heading(result), *caveats(result))]
    written = [*labels, *said, *SIGNS.values(), ": by default votes to 0123456789 -"]
    for character in set("".join(written)) - {" ", "–"}:
        assert bytes(font.getmask(character)) != missing, character


def test_a_card_can_be_drawn_however_long_a_name_is(rulebook: Rulebook) -> None:
    result = recommend(rulebook, SHOP)
    sources = tuple(structs.replace(source, name="x" * 3000) for source in result.sources)
    assert result_card(structs.replace(result, sources=sources)).startswith(b"\x89PNG")
