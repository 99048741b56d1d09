"""The rules, tried on every one of the 2,500 combinations of answers."""

from collections import Counter

import pytest
from msgspec import structs

from rules.judge import hear, judge
from rules.recommendation import Judgement
from rules.rulebook import Rulebook
from rules.stance import stance

Answers = dict[str, str]
Key = tuple[str, ...]

DECIDED_BY_NO_VOICE = {
    ("size", "medium"): {"split"},
    ("deadline", "normal"): set[str](),
}
"""Options that weigh as much as no answer: the stances of the sources that speak on them."""


@pytest.fixture(scope="module")
def verdicts(rulebook: Rulebook, every_answers: list[Answers]) -> dict[Key, Judgement]:
    return {tuple(answers.values()): judge(rulebook, answers) for answers in every_answers}


def changed(answers: Key, position: int, option: str) -> Key:
    return (*answers[:position], option, *answers[position + 1 :])


def test_every_combination_but_the_empty_one_has_one_verdict(verdicts: dict[Key, Judgement]) -> None:
    assert len(verdicts) == 2_499
    assert {judgement.verdict for judgement in verdicts.values()} == {"django", "flask"}


def test_neither_framework_takes_more_than_65_percent(verdicts: dict[Key, Judgement]) -> None:
    shares = Counter(judgement.verdict for judgement in verdicts.values())
    assert max(shares.values()) <= 0.65 * len(verdicts)


def test_more_voices_win_and_level_voices_go_to_the_closing_verdicts(verdicts: dict[Key, Judgement]) -> None:
    for judgement in verdicts.values():
        django, flask = judgement.voices.django, judgement.voices.flask
        assert judgement.verdict == ("flask" if flask > django else "django")


def test_the_strength_follows_from_the_lead(verdicts: dict[Key, Judgement]) -> None:
    for judgement in verdicts.values():
        lead = abs(judgement.voices.django - judgement.voices.flask)
        assert judgement.strength == ("clear" if lead >= 4 else "leaning" if lead >= 2 else "close")


def test_a_source_has_at_most_one_voice_on_a_question(rulebook: Rulebook, every_answers: list[Answers]) -> None:
    for answers in every_answers:
        judgement = judge(rulebook, answers)
        speakers = sum(
            bool(spoken)
            for question in rulebook.questions
            for spoken in hear(rulebook, question, answers).said.values()
        )
        assert judgement.voices.django + judgement.voices.flask <= speakers <= 25


def test_every_rule_fires_somewhere(rulebook: Rulebook, every_answers: list[Answers]) -> None:
    fired = {
        rule.id
        for answers in every_answers
        for question in rulebook.questions
        for spoken in hear(rulebook, question, answers).said.values()
        for rule, _ in spoken
    }
    assert fired == {rule.id for rule in rulebook.rules}


def test_every_question_and_option_can_turn_a_verdict(rulebook: Rulebook, verdicts: dict[Key, Judgement]) -> None:
    for position, question in enumerate(rulebook.questions):
        for option in question.option:
            assert any(
                verdicts[key].verdict != verdicts[other].verdict
                for key in verdicts
                if key[position] == option.id
                for rival in question.option
                if (other := changed(key, position, rival.id)) in verdicts
            ), (question.id, option.id)


def test_an_option_weighs_more_than_no_answer_unless_the_sources_are_split_or_silent_on_it(
    rulebook: Rulebook, verdicts: dict[Key, Judgement]
) -> None:
    for position, question in enumerate(rulebook.questions):
        for option in question.option[:-1]:
            turns = any(
                verdicts[key].verdict != verdicts[unsure].verdict
                for key in verdicts
                if key[position] == option.id and (unsure := changed(key, position, "unsure")) in verdicts
            )
            assert turns != ((question.id, option.id) in DECIDED_BY_NO_VOICE), (question.id, option.id)


@pytest.mark.parametrize(("question", "option"), DECIDED_BY_NO_VOICE)
def test_an_option_that_weighs_nothing_says_so(rulebook: Rulebook, question: str, option: str) -> None:
    answers = {one.id: "unsure" for one in rulebook.questions} | {question: option}
    spoken = hear(rulebook, rulebook.question[question], answers).said.values()
    stances = {stance(passage for _, passage in said) for said in spoken} - {"silent"}
    assert stances == DECIDED_BY_NO_VOICE[question, option]
    assert bool(rulebook.question[question][option].silent) == (not stances)


def test_taking_out_a_rule_never_helps_the_framework_it_favours(
    rulebook: Rulebook, every_answers: list[Answers], verdicts: dict[Key, Judgement]
) -> None:
    for rule in rulebook.rules:
        without = structs.replace(rulebook, rules=tuple(one for one in rulebook.rules if one is not rule))
        for answers in every_answers:
            if rule.holds(answers):
                before, after = verdicts[tuple(answers.values())], judge(without, answers)
                lead = before.voices.django - before.voices.flask
                lead_after = after.voices.django - after.voices.flask
                assert lead_after <= lead if rule.favours == "django" else lead_after >= lead, rule.id
                assert after.verdict == before.verdict or after.verdict != rule.favours, rule.id
