"""The decision record: it says what the page says, in the form of MADR, and is read in a minute."""

import re

import pytest
from flask.testing import FlaskClient
from markdown_it import MarkdownIt

from questionnaire.texts import caveats, grounds, md, two_sentences, would_be
from rules import Rulebook, recommend
from rules.recommendation import Position, Recommendation
from rules.rulebook import QuotedPassage

from .conftest import EMPTY, PROTOTYPE, SHOP, TIED, Give, Later
from .support.pages import words

commonmark = MarkdownIt("commonmark").enable("table")


@pytest.fixture(scope="module")
def some_answers(every_answers: list[dict[str, str]]) -> list[dict[str, str]]:
    """Answers of every kind, and some more."""
    return [SHOP, PROTOTYPE, TIED, EMPTY, *every_answers[::41]]


def first_that_votes(position: Position) -> QuotedPassage:
    """The first passage, in the order of the rules, that takes the side for which its article votes."""
    return next(
        passage
        for passage in position.passages
        if passage.favours == position.stance and not passage.disputed and not passage.also
    )


def voting(result: Recommendation) -> list[Position]:
    """The positions that have a vote."""
    positions = [position for finding in result.findings for position in finding.positions]
    return [position for position in positions if position.stance in ("django", "flask")]


def facts(result: Recommendation) -> list[str]:
    """What page and record must say, as a reader sees it: of the rules, those by which some article votes."""
    by_rule = {first_that_votes(position).rule for position in voting(result)}
    supposed = [answer for what_if in result.what_if for answer in (what_if.yes, what_if.no)]
    return [
        grounds(result),
        *caveats(result),
        result.rulebook.revision,
        *(finding.label for finding in result.findings),
        *(rule.because for finding in result.findings for rule in finding.rules if rule.id in by_rule),
        *(f"{flip.name}: {flip.label}" for flip in result.flips),
        *(advice.title for advice in result.advice),
        *(what_if.title for what_if in result.what_if),
        *(would_be(answer) for answer in supposed),
        *(part.note for part in result.parts[result.verdict]),
    ]


def test_page_and_record_agree_with_the_recommendation(
    client: FlaskClient, give: Give, rulebook: Rulebook, some_answers: list[dict[str, str]]
) -> None:
    for answers in some_answers:
        link, result = give(answers), recommend(rulebook, answers)
        page = words(client.get(link).text)
        record = words(commonmark.render(client.get(f"{link}.md").text))
        for fact in [*facts(result), two_sentences(result, rulebook, f"http://localhost{link}")]:
            assert fact in page, (answers, fact)
            assert fact in record, (answers, fact)


def test_the_record_has_each_reason_once_and_one_quotation_for_every_vote(
    client: FlaskClient, give: Give, rulebook: Rulebook, some_answers: list[dict[str, str]]
) -> None:
    for answers in some_answers:
        result = recommend(rulebook, answers)
        text = client.get(f"{give(answers)}.md").text
        names = "|".join(re.escape(md(source.name)) for source in result.sources)
        quoted = re.findall(rf"^  \* “(.*)” \(\[?({names})", text, re.MULTILINE)
        votes = [
            (md(first_that_votes(position).text), md(result.sources_by_id[position.source].name))
            for position in voting(result)
        ]
        assert sorted(quoted) == sorted(votes)
        assert len(votes) == result.votes.django + result.votes.flask
        reasons = re.findall(r"^\* Good, because of (.*)$", text, re.MULTILINE)
        assert bool(reasons) == bool(votes)
        assert len(reasons) == len(set(reasons))


def test_the_record_says_what_the_verdict_is_against_what_is_open_and_what_the_what_if_would_do(
    client: FlaskClient, give: Give
) -> None:
    record = words(commonmark.render(client.get(f"{give(SHOP | {'team': 'flask', 'api': 'unsure'})}.md").text))
    decision, _, more = record.partition("Pros and Cons of the Options")
    assert "Your team knows Flask. That is one vote here; no article says what changing costs." in decision
    assert re.search(r"1 of 5 questions is open; (all|\d of the) 4 ways to answer it keeps? Django\.", decision)
    assert re.search(r"save you work\? If so: Django, \d+–\d+\. If not: (Django|Flask), \d+–\d+\.", more)
    assert "Your team knows" not in client.get(f"{give(SHOP)}.md").text


def test_a_record_is_read_in_a_minute(client: FlaskClient, give: Give, every_answers: list[dict[str, str]]) -> None:
    usual = [answers for answers in every_answers if "unsure" not in answers.values()]
    lengths = []
    for answers in usual[::61]:
        text = client.get(f"{give(answers)}.md").text
        assert len(text.splitlines()) <= 100
        lengths.append(len(words(commonmark.render(text)).split()))
    assert sorted(lengths)[len(lengths) * 4 // 5] <= 900


OUTLINE = """# Use Django as the web framework
## Context and Problem Statement
## Considered Options
## Decision Outcome
### Consequences
### Confirmation
## Pros and Cons of the Options
### Django
### Flask
## More Information"""


def test_the_decision_record_has_the_parts_of_madr_in_order(client: FlaskClient, give: Give) -> None:
    text = client.get(f"{give(SHOP)}.md").text
    assert text.startswith("---\nstatus: proposed\ndate:\ndecision-makers:\n---\n\n# Use Django as")
    assert re.findall(r"^#+ .*$", text, re.MULTILINE) == OUTLINE.splitlines()
    assert "Chosen option: “Django”, because" in text
    assert "* Revisit if" in text
    assert "* Neutral, because not asked:" in text
    again = "&".join(f"{question}={option}" for question, option in SHOP.items())
    assert f"<http://localhost/?{again}>" in text


HOSTILE = "# *a* _b_ `c` <d> & [e](f) ![g](h) | ~~i~~ \\ &amp; &#35; <!-- j --> http://k.l 1. - + > “m”"

# The only passage of its article on the deadline, so the record must quote it.
ONLY = "If you’re building a large, feature-rich app with tight deadlines, Django is better because it has everything you need built in."  # noqa: E501


def test_every_character_of_a_quote_survives(client: FlaskClient, give: Give, later: Later) -> None:
    link = give(SHOP)
    assert f"“{ONLY}”" in words(commonmark.render(client.get(f"{link}.md").text))
    edited = later(("passages.toml", f'quote = "{ONLY}"', f"quote = '''{HOSTILE}'''"))
    record = edited.get(f"{edited.post('/', data=SHOP).location}.md").text
    assert f"“{HOSTILE}”" in words(commonmark.render(record))
