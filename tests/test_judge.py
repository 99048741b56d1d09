"""The rules, tried on every one of the 3,500 combinations of answers."""

from collections import Counter

import pytest
from msgspec import structs

from rules import Rulebook
from rules.check import Report, check
from rules.judge import judge, strength_of
from rules.positions import positions_on
from rules.recommendation import Judgement

Answers = dict[str, str]
Key = tuple[str, ...]

# Options that weigh as much as no answer, with the stances of the sources that speak on them.
GIVE_NO_VOTE = {
    ("deadline", "normal"): set[str](),
    ("api", "none"): set[str](),
}


@pytest.fixture(scope="module")
def verdicts(rulebook: Rulebook, every_answers: list[Answers]) -> dict[Key, Judgement]:
    return {tuple(answers.values()): judge(rulebook, answers) for answers in every_answers}


@pytest.fixture(scope="module")
def report(rulebook: Rulebook) -> Report:
    return check(rulebook)


def changed(answers: Key, position: int, option: str) -> Key:
    return (*answers[:position], option, *answers[position + 1 :])


def test_every_combination_but_the_empty_one_has_one_verdict(verdicts: dict[Key, Judgement]) -> None:
    assert len(verdicts) == 3_499
    assert {judgement.verdict for judgement in verdicts.values()} == {"django", "flask"}


def test_neither_framework_takes_more_than_65_percent(verdicts: dict[Key, Judgement]) -> None:
    shares = Counter(judgement.verdict for judgement in verdicts.values())
    assert max(shares.values()) <= 0.65 * len(verdicts)


def test_more_votes_win_and_ties_go_to_the_team_or_else_to_the_closing_verdicts(
    verdicts: dict[Key, Judgement],
) -> None:
    decided = Counter[str]()
    for (_, _, team, *_), judgement in verdicts.items():
        django, flask = judgement.votes.django, judgement.votes.flask
        if django != flask:
            assert (judgement.verdict, judgement.decided_by) == ("flask" if flask > django else "django", "votes")
        elif team in ("django", "flask"):
            assert (judgement.verdict, judgement.decided_by) == (team, "team")
        else:
            assert (judgement.verdict, judgement.decided_by) == ("django", "closing")
        assert (judgement.strength == "tie") == (django == flask)
        decided[judgement.decided_by] += 1
    assert min(decided["votes"], decided["team"], decided["closing"]) > 50


@pytest.mark.parametrize(
    ("lead", "strength"),
    [(0, "tie"), (1, "close"), (2, "leaning"), (3, "leaning"), (4, "clear"), (25, "clear")],
)
def test_the_strength_follows_from_the_lead(lead: int, strength: str) -> None:
    assert strength_of(lead) == strength


def test_a_source_has_at_most_one_vote_on_a_question(rulebook: Rulebook, every_answers: list[Answers]) -> None:
    for answers in every_answers:
        votes = judge(rulebook, answers).votes
        positions = [
            position for question in rulebook.questions for position in positions_on(rulebook, question, answers)
        ]
        assert len(positions) == 25
        assert votes.django == sum(position.stance == "django" for position in positions)
        assert votes.flask == sum(position.stance == "flask" for position in positions)


def test_every_rule_speaks_somewhere(rulebook: Rulebook, every_answers: list[Answers]) -> None:
    speaking = {
        passage.rule
        for answers in every_answers
        for question in rulebook.questions
        for position in positions_on(rulebook, question, answers)
        for passage in position.passages
    }
    assert speaking == {rule.id for rule in rulebook.rules}


def test_every_question_and_option_can_turn_a_verdict(rulebook: Rulebook, verdicts: dict[Key, Judgement]) -> None:
    for position, question in enumerate(rulebook.questions):
        for option in question.options:
            assert any(
                verdicts[key].verdict != verdicts[other].verdict
                for key in verdicts
                if key[position] == option.id
                for rival in question.options
                if (other := changed(key, position, rival.id)) in verdicts
            ), (question.id, option.id)


def test_an_option_turns_at_least_2_percent_of_its_verdicts_unless_it_gives_no_vote(report: Report) -> None:
    for question, options in report.options.items():
        for option, weight in options.items():
            assert weight == 0 if (question, option) in GIVE_NO_VOTE else weight >= 0.02, (question, option)


def test_leaving_any_one_source_out_turns_at_most_12_percent(report: Report) -> None:
    assert len(report.sources) == 5
    assert max(report.sources.values()) <= 0.12


@pytest.mark.parametrize(("question", "option"), GIVE_NO_VOTE)
def test_an_option_that_weighs_nothing_says_so(rulebook: Rulebook, question: str, option: str) -> None:
    answers = {one.id: "unsure" for one in rulebook.questions} | {question: option}
    positions = positions_on(rulebook, rulebook.questions_by_id[question], answers)
    stances = {position.stance for position in positions} - {"silent"}
    assert stances == GIVE_NO_VOTE[question, option]
    assert bool(rulebook.questions_by_id[question][option].silent) == (not stances)


def test_taking_out_a_rule_never_helps_the_framework_it_favours(
    rulebook: Rulebook, every_answers: list[Answers], verdicts: dict[Key, Judgement]
) -> None:
    for rule in rulebook.rules:
        without = structs.replace(rulebook, rules=tuple(one for one in rulebook.rules if one is not rule))
        for answers in every_answers:
            if rule.holds(answers):
                before, after = verdicts[tuple(answers.values())], judge(without, answers)
                lead = before.votes.django - before.votes.flask
                lead_after = after.votes.django - after.votes.flask
                assert lead_after <= lead if rule.favours == "django" else lead_after >= lead, rule.id
                assert after.verdict == before.verdict or after.verdict != rule.favours, rule.id
