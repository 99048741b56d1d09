"""The decision record: it says what the page says, in the form of MADR, and is read in three minutes."""

import re

import pytest
from flask.testing import FlaskClient
from markdown_it import MarkdownIt

from questionnaire.texts import caveats, grounds, md, project, would_be
from rules import Rulebook, recommend
from rules.passages import FRAMEWORKS, QuotedPassage
from rules.positions import Position
from rules.recommendation import Recommendation
from rules.rulebook import UNSURE

from .conftest import PROTOTYPE, SHOP, TIED, Answers, Give
from .support.pages import words

commonmark = MarkdownIt("commonmark").enable("table")

Records = list[tuple[Recommendation, str, str]]


@pytest.fixture
def records(client: FlaskClient, give: Give, rulebook: Rulebook, every_answers: list[Answers]) -> Records:
    """Results of every kind that have a record, and some more, with their links and records."""
    results = [recommend(rulebook, answers) for answers in (SHOP, PROTOTYPE, TIED, *every_answers[::41])]
    links = [(result, give(dict(result.answers))) for result in results if result.votes]
    return [(result, link, client.get(f"{link}.md").text) for result, link in links]


def first_that_votes(position: Position) -> QuotedPassage:
    """The first passage, in the order of the rules, that takes the side for which its article votes."""
    return next(
        passage
        for passage in position.passages
        if passage.favours == position.stance and not passage.disputed and not passage.also
    )


def voting(result: Recommendation) -> list[Position]:
    positions = [position for finding in result.findings for position in finding.positions]
    return [position for position in positions if position.stance in FRAMEWORKS]


def test_page_and_record_agree_with_the_recommendation(
    client: FlaskClient, rulebook: Rulebook, records: Records
) -> None:
    for result, link, text in records:
        flips = [flip for flip in result.flips if flip.answer != UNSURE]
        turning = [
            asked.title
            for asked in result.what_if
            if {asked.yes.counted.verdict, asked.no.counted.verdict} != {result.verdict}
        ]
        page, record = words(client.get(link).text), words(commonmark.render(text))
        for fact in (
            project(result, rulebook),
            grounds(result),
            *caveats(result),
            result.rulebook.revision,
            *(f"{flip.name}: {flip.label} ({would_be(flip)})" for flip in flips[:3]),
            *(advice.title for advice in result.advice if advice.turns),
            *turning,
            *(said for part in result.parts[result.verdict] for said in (part.title, part.note)),
        ):
            assert fact in page, (link, fact)
            assert fact in record, (link, fact)
        assert ("Not asked: " in record) == bool(turning)


def test_the_record_has_each_reason_once_a_quotation_for_every_vote_of_the_verdict_and_one_against_it(
    records: Records,
) -> None:
    for result, _, text in records:
        names = "|".join(re.escape(md(source.name)) for source in result.sources)
        quoted = re.findall(rf"^  \* “(.*)” \(\[?({names})", text, re.MULTILINE)
        as_quoted: dict[str, list[tuple[str, str]]] = {side: [] for side in FRAMEWORKS}
        for one in voting(result):
            name = result.sources_by_id[one.source].name
            as_quoted[one.stance].append((md(first_that_votes(one).text), md(name)))
        against = [one for one in quoted if one in as_quoted[result.rival]]
        assert len(against) == bool(as_quoted[result.rival])
        assert sorted(quoted) == sorted([*as_quoted[result.verdict], *against])
        reasons = {rule.because for finding in result.findings for rule in finding.rules}
        by_rule = {first_that_votes(one).rule for one in voting(result)}
        given = [rule.because for finding in result.findings for rule in finding.rules if rule.id in by_rule]
        said = words(commonmark.render(text))
        assert {reason for reason in reasons if reason in said} == set(given)
        assert all(said.count(reason) == 1 for reason in given)


def test_the_outcome_names_the_answers_that_decide_with_their_votes(records: Records) -> None:
    for result, _, text in records:
        outcome = words(commonmark.render(text)).partition("Chosen option: ")[2].partition("Consequences")[0]
        outcome, _, even = outcome.partition("Even: ")
        pro, _, against = outcome.partition("Against it: ")
        assert pro.startswith(f"“{result.verdict.title()}”, because ")
        for finding in result.findings:
            named, leader = f"{finding.name}: {finding.label} ({finding.votes.score})", finding.votes.leader
            assert (named in pro) == (leader == result.verdict)
            assert (named in against) == (leader == result.rival)
            assert (named in even) == (not leader and bool(finding.votes))


def test_a_record_is_read_in_three_minutes(client: FlaskClient, give: Give, every_answers: list[Answers]) -> None:
    complete = [answers for answers in every_answers if UNSURE not in answers.values()][::3]
    # Links are counted as their addresses too, if they are not left out.
    texts = [re.sub(r"\(<[^>]*>\)", "", client.get(f"{give(answers)}.md").text) for answers in complete]
    lengths = sorted(len(re.findall(r"[^\s*#]\S*", text)) for text in texts)
    assert lengths[len(lengths) * 4 // 5] <= 600
    assert lengths[-1] <= 700


OUTLINE = """## Context and Problem Statement
## Considered Options
## Decision Outcome
### Consequences
### Confirmation
## Pros and Cons of the Options
### Django
### Flask
## More Information"""


def test_every_record_is_valid_markdown_with_the_parts_of_madr_in_order(records: Records) -> None:
    for _, link, text in records:
        empty, matter, body = text.split("---\n", 2)
        assert (empty, matter) == ("", "status: proposed\ndate:\ndecision-makers:\n")
        # Tools that list decisions look for the title in the first line.
        assert body.startswith("# ")
        title, *parts = re.findall(r"^#+ .*$", body, re.MULTILINE)
        assert parts == OUTLINE.splitlines()
        assert title.startswith(("# Use Django as", "# Use Flask as", "# Django by default", "# Flask by default"))
        assert f"<http://localhost{link}>" in body
        assert not re.search(r"\n\n\n|[ \t]+$|[{}]", body, re.MULTILINE)
