"""The rules, tried on every one of the 3,499 combinations of answers."""

from collections import Counter
from collections.abc import Iterable

import pytest
from msgspec import structs

from rules import Rulebook
from rules.judge import judge, strength_of
from rules.positions import positions_on
from rules.recommendation import Judgement, Tally
from rules.rulebook import UNSURE

Answers = dict[str, str]
Key = tuple[str, ...]


@pytest.fixture(scope="module")
def verdicts(rulebook: Rulebook, every_answers: list[Answers]) -> dict[Key, Judgement]:
    return {tuple(answers.values()): judge(rulebook, answers) for answers in every_answers}


def share(turned: Iterable[bool]) -> float:
    each = list(turned)
    return sum(each) / len(each)


def test_neither_framework_takes_more_than_65_percent(verdicts: dict[Key, Judgement]) -> None:
    assert len(verdicts) == 3_499
    shares = Counter(judgement.verdict for judgement in verdicts.values())
    assert max(shares.values()) <= 0.65 * len(verdicts)


def test_more_votes_win_and_ties_go_to_the_team_or_else_to_the_closing_verdicts(verdicts: dict[Key, Judgement]) -> None:
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


def test_the_strength_follows_from_the_lead() -> None:
    strengths = [strength_of(lead) for lead in (0, 1, 2, 3, 4, 25)]
    assert strengths == ["tie", "close", "leaning", "leaning", "clear", "clear"]


def test_a_source_has_at_most_one_vote_on_a_question(rulebook: Rulebook, every_answers: list[Answers]) -> None:
    for answers in every_answers:
        votes = Tally(0, 0)
        for question in rulebook.questions:
            positions = positions_on(rulebook, question, answers)
            assert [position.source for position in positions] == list(rulebook.sources_by_id)
            stances = [position.stance for position in positions]
            votes += Tally(stances.count("django"), stances.count("flask"))
        assert judge(rulebook, answers).votes == votes


def test_an_option_turns_at_least_2_percent_of_its_verdicts_unless_the_articles_are_silent_on_it(
    rulebook: Rulebook, verdicts: dict[Key, Judgement]
) -> None:
    for place, question in enumerate(rulebook.questions):
        for option in question.definite_options:
            weight = share(
                verdicts[without].verdict != judgement.verdict
                for key, judgement in verdicts.items()
                if key[place] == option.id and (without := (*key[:place], UNSURE, *key[place + 1 :])) in verdicts
            )
            assert weight == 0 if option.silent else weight >= 0.02, (question.id, option.id)


def test_leaving_any_one_source_out_turns_at_most_12_percent(
    rulebook: Rulebook, every_answers: list[Answers], verdicts: dict[Key, Judgement]
) -> None:
    for source in rulebook.sources:
        others = tuple(other for other in rulebook.sources if other is not source)
        rules = tuple(
            structs.replace(
                rule, passages=tuple(id for id in rule.passages if rulebook.passages_by_id[id].source != source.id)
            )
            for rule in rulebook.rules
        )
        without = structs.replace(rulebook, sources=others, rules=rules)
        turned = share(
            judge(without, answers).verdict != verdicts[tuple(answers.values())].verdict for answers in every_answers
        )
        assert 0 < turned <= 0.12, source.id


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
