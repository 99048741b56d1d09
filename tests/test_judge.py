"""The rules, tried on every one of the 3,499 combinations of answers."""

from collections import Counter
from fractions import Fraction
from itertools import product

import pytest
from msgspec import structs

from rules import Rulebook, recommend
from rules.judge import judge
from rules.positions import Tally, positions_on
from rules.recommendation import Recommendation
from rules.rulebook import UNSURE, Supposed, meet

from .conftest import Answers

Key = tuple[str, ...]
Verdicts = dict[Key, Recommendation]

TEAM = 2


@pytest.fixture(scope="module")
def verdicts(rulebook: Rulebook, every_answers: list[Answers]) -> Verdicts:
    return {tuple(answers.values()): recommend(rulebook, answers) for answers in every_answers}


@pytest.fixture(scope="module")
def ways(rulebook: Rulebook, verdicts: Verdicts) -> dict[Key, list[Key]]:
    """Every way to answer the questions that a combination leaves open."""
    definite = [[option.id for option in question.options if option.id != UNSURE] for question in rulebook.questions]
    return {
        key: list(product(*(ids if answer == UNSURE else [answer] for ids, answer in zip(definite, key, strict=True))))
        for key in verdicts
    }


def winner(key: Key, votes: Tally) -> str:
    """Who wins with these votes: more votes, or what the team knows, or else the closing verdicts."""
    if votes.django != votes.flask:
        return "django" if votes.django > votes.flask else "flask"
    return key[TEAM] if key[TEAM] in ("django", "flask") else "django"


def test_a_source_has_one_vote_a_question_more_votes_win_and_ties_go_to_the_team_or_else_to_the_closing_verdicts(
    rulebook: Rulebook, verdicts: Verdicts
) -> None:
    decided = Counter[str]()
    for key, judgement in verdicts.items():
        for finding in judgement.findings:
            assert [position.source for position in finding.positions] == list(rulebook.sources_by_id)
        stances = [position.stance for finding in judgement.findings for position in finding.positions]
        assert judgement.votes == Tally(stances.count("django"), stances.count("flask"))
        assert judgement.verdict == winner(key, judgement.votes)
        even = judgement.votes.django == judgement.votes.flask
        in_a_tie = "team" if key[TEAM] in ("django", "flask") else "closing"
        assert judgement.decided_by == (in_a_tie if even else "votes")
        decided[judgement.decided_by] += 1
    assert min(decided["votes"], decided["team"], decided["closing"]) > 50


def test_the_strength_is_the_lead_but_clear_only_if_no_open_answer_turns_it_and_the_team_does_not_know_the_other(
    verdicts: Verdicts, ways: dict[Key, list[Key]]
) -> None:
    kinds = Counter[tuple[bool, bool]]()
    for key, judgement in verdicts.items():
        if judgement.votes.lead >= 4:
            kept = all(verdicts[way].verdict == judgement.verdict for way in ways[key])
            against = key[TEAM] == ("flask" if judgement.verdict == "django" else "django")
            assert judgement.strength == ("clear" if kept and not against else "leaning")
            kinds[kept, against] += 1
        else:
            assert judgement.strength == ["tie", "close", "leaning", "leaning"][judgement.votes.lead]
    assert len(kinds) == 4


def test_that_a_framework_can_be_used_too_changes_no_stance(rulebook: Rulebook, every_answers: list[Answers]) -> None:
    rules = tuple(structs.replace(rule, also=()) for rule in rulebook.rules)
    without, alone = structs.replace(rulebook, rules=rules), 0
    for answers in every_answers:
        for question in rulebook.questions:
            stances = [position.stance for position in positions_on(rulebook, question, answers)]
            bare = [position.stance for position in positions_on(without, question, answers)]
            pairs = {pair for pair in zip(stances, bare, strict=True) if pair[0] != pair[1]}
            assert pairs <= {("neither", "silent"), ("neither", "disputed")}
            alone += len(pairs)
    assert alone


def test_what_is_settled_and_what_to_answer_first_is_what_trying_all_ways_gives(
    rulebook: Rulebook, verdicts: Verdicts, ways: dict[Key, list[Key]]
) -> None:
    settled = Counter[bool]()
    for key, result in verdicts.items():
        places = [place for place, answer in enumerate(key) if answer == UNSURE]
        if not places:
            assert result.open_answers is None
            continue
        keeps = {way: verdicts[way].verdict == result.verdict for way in ways[key]}
        differences = []
        for place in places:
            by_option: dict[str, list[bool]] = {}
            for way, kept in keeps.items():
                by_option.setdefault(way[place], []).append(kept)
            shares = [Fraction(sum(kept), len(kept)) for kept in by_option.values()]
            differences.append(max(shares) - min(shares))
        names = [rulebook.questions[place].name for place in places]
        # Of equals, `index` finds the one that is asked first.
        first = "" if len(set(keeps.values())) == 1 else names[differences.index(max(differences))]
        assert result.open_answers
        left = result.open_answers
        assert (left.questions, left.first) == (tuple(names), first)
        assert (left.ways, left.keep) == (len(keeps), sum(keeps.values()))
        settled[all(keeps.values())] += 1
    assert len(settled) == 2


def test_either_answer_to_the_what_if_counts_like_the_answer_to_a_question(
    rulebook: Rulebook, verdicts: Verdicts, ways: dict[Key, list[Key]]
) -> None:
    def votes_of(supposed: Supposed) -> Tally:
        sources = {rulebook.passages_by_id[id].source for id in supposed.passages}
        return Tally(len(sources), 0) if supposed.favours == "django" else Tally(0, len(sources))

    for key, result in verdicts.items():
        for what_if, counted in zip(rulebook.what_if, result.what_if, strict=True):
            for supposed, answer in ((what_if.yes, counted.yes), (what_if.no, counted.no)):
                more, would_be = votes_of(supposed), answer.counted
                assert would_be.votes == result.votes + more
                assert would_be.verdict == winner(key, would_be.votes)
                outcomes = {winner(way, verdicts[way].votes + more) for way in ways[key]}
                against = key[TEAM] in ("django", "flask") and key[TEAM] != would_be.verdict
                assert (would_be.strength == "clear") == (
                    would_be.votes.lead >= 4 and outcomes == {would_be.verdict} and not against
                )


def test_taking_out_a_rule_never_helps_the_framework_it_favours(
    rulebook: Rulebook, every_answers: list[Answers], verdicts: Verdicts
) -> None:
    for rule in rulebook.rules:
        without = structs.replace(rulebook, rules=tuple(one for one in rulebook.rules if one is not rule))
        for answers in every_answers:
            if meet(answers, {rule.question: (rule.option,), **rule.given}):
                before, after = verdicts[tuple(answers.values())], judge(without, answers)
                lead = before.votes.django - before.votes.flask
                lead_after = after.votes.django - after.votes.flask
                assert lead_after <= lead if rule.favours == "django" else lead_after >= lead, rule.id
                assert after.verdict == before.verdict or after.verdict != rule.favours, rule.id
