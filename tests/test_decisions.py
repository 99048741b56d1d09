"""Decisions on record: which are near to a result, how they compare with ours, and that they have no vote."""

import re

import pytest
from flask.testing import FlaskClient

from rules import Rulebook, RulebookError, load
from rules.decisions import Decision, load_decisions, nearest
from rules.judge import judge
from rules.load import decode

from .conftest import DATA, EMPTY, SHOP, Answers, Edit, Give
from .support.pages import words


@pytest.fixture(scope="session")
def decisions(rulebook: Rulebook) -> tuple[Decision, ...]:
    return load_decisions(DATA, rulebook)


def known(decision: Decision) -> set[tuple[str, str]]:
    return {(question, answer) for question, answer in decision.answers.items() if answer != "unsure"}


def test_there_are_enough_of_them_on_either_side(decisions: tuple[Decision, ...]) -> None:
    chosen = [decision.chose for decision in decisions]
    assert len(chosen) >= 38
    assert min(chosen.count("django"), chosen.count("flask")) >= 15


NHS = 'id = "nhs-breast-screening"'
DAMAGED = [
    (NHS, 'id = "NHS"', "decision “NHS” must have an “id” of its own"),
    (NHS, 'id = "darts-orda"', "decision “darts-orda” must have an “id” of its own"),
    ('"https://github.com/NHSDigital', '"http://github.com/NHSDigital', "must have an https “address”, not “http:"),
    ('project = "DARTS"', 'project = ""', "decision “darts-orda”, field “project”: expected a text with a word in it"),
    ('"beginners", deadline', '"beginners", mood = "x", deadline', "mood"),
    ('["flask", "FastAPI", "Express"]', '["django"]', "must name the other of the two first in “over”"),
    ("Django is fully-featured", "word " * 40, "decision “darts-orda” must quote at most 45 words"),
]


@pytest.mark.parametrize(("old", "new", "problem"), DAMAGED, ids=[problem for *_, problem in DAMAGED])
def test_a_damaged_decision_is_refused_and_named(
    edited: Edit, rulebook: Rulebook, old: str, new: str, problem: str
) -> None:
    with pytest.raises(RulebookError, match=r"^decisions.toml: decision “") as refused:
        load_decisions(edited(("decisions.toml", old, new)), rulebook)
    assert problem in str(refused.value)


def test_a_decision_whose_answers_are_gone_is_refused(rulebook: Rulebook) -> None:
    with pytest.raises(RulebookError, match=r"decision “chrome-status” has “answers” that cannot be given: “database”"):
        load_decisions(DATA, decode(rulebook.content.replace('"nosql"', '"documents"')))


def test_an_edited_decision_changes_no_link(edited: Edit, rulebook: Rulebook) -> None:
    assert load(edited(("decisions.toml", 'project = "DARTS"', 'project = "Darts"'))).revision == rulebook.revision


def test_those_near_share_at_least_three_answers_and_no_other_is_nearer_or_as_near_and_newer(
    decisions: tuple[Decision, ...], rulebook: Rulebook, every_answers: list[Answers]
) -> None:
    none = 0
    for answers in every_answers:
        ranks = [(-len(known(decision) & answers.items()), -decision.year) for decision in decisions]
        shown = nearest(decisions, answers)
        expected = sorted(rank for rank in ranks if rank[0] <= -3)[:3]
        assert [ranks[decisions.index(decision)] for decision in shown] == expected
        none += not shown
    assert 0 < none < len(every_answers)


def test_a_result_shows_the_nearest_without_a_vote_and_where_none_is_near_nothing(
    client: FlaskClient, give: Give, decisions: tuple[Decision, ...]
) -> None:
    link = give(SHOP)
    page = client.get(link).text
    _, _, shown = page.partition('<details id="projects">')
    near = nearest(decisions, SHOP)
    assert near
    for decision in near:
        assert f"“{decision.quote}”" in words(shown)
        assert f'href="{decision.address}"' in shown
    assert "They have no vote." in words(shown)
    for suffix in (".json", ".md"):
        assert near[0].project not in client.get(link + suffix).text
    assert 'id="projects"' not in client.get(give(EMPTY)).text


def test_the_page_shows_all_with_our_verdict_on_their_answers_and_counts_right_and_wrong(
    client: FlaskClient, decisions: tuple[Decision, ...], rulebook: Rulebook
) -> None:
    page = client.get("/decisions").text
    compared = [decision for decision in decisions if len(known(decision)) >= 3]
    same = [one for one in compared if judge(rulebook, one.answers).verdict == one.chose]
    tally = f"In {len(same)} of the {len(compared)} decisions with at least three known answers, our verdict is the"
    assert tally in words(page)
    folds = dict(re.findall(r'<details class="decision" id="([a-z0-9-]+)">(.*?)</details>', page, re.DOTALL))
    assert len(folds) == len(decisions) == page.count('class="decision"')
    for decision in decisions:
        text = words(folds[decision.id])
        assert f"“{decision.quote}”" in text
        assert text.startswith(f"{decision.project} {decision.year} {decision.chose.title()}")
        ours = judge(rulebook, decision.answers)
        assert (" Agrees " in text) == (decision in same)
        assert ("Too few answers known" in text) == (decision not in compared)
        assert decision not in compared or ours.votes.score in text
    years = [decision.year for decision in decisions if not decision.switched and decision.chose == "flask"]
    assert years == sorted(years, reverse=True)
    for address in ("/rules", "/sources", "/"):
        assert 'href="/decisions"' in client.get(address).text
