"""The renderings of a result: page, JSON, decision record, terminal and card say the same."""

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
from msgspec import structs
from PIL import Image, ImageFont

from app import create_app
from questionnaire.card import result_card
from questionnaire.record import quoted_by
from questionnaire.renderings import as_text, markdown, permalink
from questionnaire.sentences import sentences
from rules import Rulebook, recommend
from rules.recommendation import Finding, Recommendation
from rules.rulebook import Rule

from .conftest import EMPTY, PROTOTYPE, SHOP, TIED, Edit, Give
from .support.pages import words

commonmark = MarkdownIt("commonmark")


KINDS = [
    SHOP,
    PROTOTYPE,
    TIED,
    EMPTY,
]


def facts(result: Recommendation) -> list[str]:
    """What every rendering must say, as a reader sees it."""
    return [
        result.grounds,
        *(finding.label for finding in result.findings),
        result.rulebook.revision,
        *([] if result.strength == "tie" else [f"Use {result.verdict.title()}"]),
        *(rule.because for finding in result.findings for rule in finding.rules if voted(finding, rule)),
        *(f"{flip.name}: {flip.label}" for flip in result.flips),
        *(advice.title for advice in result.advice),
    ]


def voted(finding: Finding, rule: Rule) -> bool:
    """Whether the record must name a rule: it is the one behind the passage by which some article votes."""
    return any(
        position.stance == rule.favours and quoted_by(position).rule == rule.id for position in finding.positions
    )


def test_page_record_and_terminal_agree_with_the_record(
    app: Flask, client: FlaskClient, give: Give, rulebook: Rulebook, every_answers: list[dict[str, str]]
) -> None:
    for answers in [*KINDS, *every_answers[::40]]:
        link, result = give(answers), recommend(rulebook, answers)
        page = words(client.get(link).text)
        decision = words(commonmark.enable("table").render(client.get(f"{link}.md").text))
        with app.test_request_context():
            terminal = " ".join(as_text(link.removeprefix("/r/"), result).split())
            two = sentences(result, permalink(link.removeprefix("/r/")))
        for fact in [*facts(result), two]:
            assert fact in page, (answers, fact)
            assert fact in decision, (answers, fact)
        for fact in (result.sentence, two, result.rulebook.revision, *(finding.label for finding in result.findings)):
            assert fact in terminal, (answers, fact)


def test_the_record_has_each_reason_once_and_one_quotation_for_every_vote(
    client: FlaskClient, give: Give, rulebook: Rulebook, every_answers: list[dict[str, str]]
) -> None:
    for answers in [*KINDS, *every_answers[::40]]:
        result = recommend(rulebook, answers)
        text = client.get(f"{give(answers)}.md").text
        names = "|".join(re.escape(markdown(source.name)) for source in result.sources)
        quoted = re.findall(rf"^  \* “(.*)” \(\[?({names})", text, re.MULTILINE)
        votes = [
            (markdown(quoted_by(position).text), markdown(result.sources_by_id[position.source].name))
            for finding in result.findings
            for position in finding.positions
            if position.stance in ("django", "flask")
        ]
        assert sorted(quoted) == sorted(votes)
        assert len(votes) == result.votes.django + result.votes.flask
        reasons = re.findall(r"^\* Good, because of “.*?”: (.*)$", text, re.MULTILINE)
        assert len(reasons) == len(set(reasons))


def test_the_usual_record_is_read_in_a_minute(
    client: FlaskClient, give: Give, every_answers: list[dict[str, str]]
) -> None:
    usual = [answers for answers in every_answers if "unsure" not in answers.values()]
    lengths = []
    for answers in usual[::60]:
        text = client.get(f"{give(answers)}.md").text
        assert len(text.splitlines()) <= 100
        lengths.append(len(words(commonmark.enable("table").render(text)).split()))
    assert sorted(lengths)[len(lengths) * 4 // 5] <= 700


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
    text = client.get(f"{give(SHOP)}.md").text
    assert re.match(r"---\nstatus: proposed\ndate: \d{4}-\d\d-\d\d\ndecision-makers:\n---\n\n# Use Django as", text)
    assert re.findall(r"^(#+) (.*)$", text, re.MULTILINE) == [
        ("#", "Use Django as the web framework"),
        ("##", "Context and Problem Statement"),
        ("##", "Considered Options"),
        ("##", "Decision Outcome"),
        ("###", "Consequences"),
        ("###", "Confirmation"),
        ("##", "Pros and Cons of the Options"),
        ("###", "Django"),
        ("###", "Flask"),
        ("##", "More Information"),
    ]
    assert "Chosen option: “Django”, because" in text
    assert "* Revisit if" in text
    assert "* Neutral, because not asked:" in text
    again = "&".join(f"{question}={option}" for question, option in SHOP.items())
    assert f"<http://localhost/?{again}>" in text


def test_the_answer_in_two_sentences_can_stand_alone(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> None:
    for answers in every_answers[::7]:
        result = recommend(rulebook, answers)
        said = sentences(result, "https://choose.example/r/x")
        first, second, link = said.rsplit(" ", 1)[0].partition(". ")[0], said.partition(". ")[2], said.split()[-1]
        assert link == "https://choose.example/r/x"
        assert result.verdict.title() in first
        assert second.startswith(("We would choose ", "No other answer "))
        assert not re.search(r"  | ,|None|[a-z]\.[a-z]", said.removesuffix(link)), said
    known = sentences(recommend(rulebook, SHOP), "")
    assert known.startswith("We chose Django over Flask for a large project on a relational database with ")
    assert "a tight deadline and a full API: " in known
    assert known.endswith("We would choose Flask if it were small. ")


def test_an_answer_that_has_no_phrase_is_quoted_by_its_label(rulebook: Rulebook) -> None:
    result = recommend(rulebook, SHOP)
    finding = structs.replace(result.findings[0], answer="gigantic", label="Gigantic")
    said = sentences(structs.replace(result, findings=(finding,)), "")
    assert f"for a project with “Gigantic” for {finding.name}:" in said


HOSTILE = "# *a* _b_ `c` <d> & [e](f) ![g](h) | ~~i~~ \\ &amp; &#35; <!-- j --> http://k.l 1. - + > “m”"


def test_every_character_of_a_quote_survives_the_decision_record(edited: Edit, database: Path) -> None:
    quote = 'quote = "Not considered a reliable choice for creating large applications"'
    folder = edited(("passages.toml", quote, f"quote = '''{HOSTILE}'''"))
    client = create_app({"DATABASE_URL": f"sqlite:///{database}", "DATA_DIR": folder}).test_client()
    link = client.post("/", data=SHOP).location
    shown = words(commonmark.render(client.get(f"{link}.md").text))
    # The record quotes an article once for each vote, and may choose another passage.
    assert f"“{HOSTILE}”" in shown or quote.split('"')[1] not in shown
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
        assert f'<http://localhost{link}>; rel="canonical"; type="text/html"' in named
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
    assert shown["og:title"] == "Use Django. A clear case: 9 votes to 1."
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
    for character in set(
        "".join([*labels, "It is a tie. Not enough to go on. : default choose end 0123456789 DF±=!-"])
    ):
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
    assert "Today’s rules say the same:" in page
    assert page.count("Today’s rules") == 1
