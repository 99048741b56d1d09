"""Recommendations: what they say in named cases, and how the voices come about."""

import msgspec
import pytest

from rules.answers import AnswersError
from rules.load import load
from rules.recommend import recommend
from rules.recommendation import Recommendation, Voice
from rules.rulebook import Rulebook

from .conftest import PROTOTYPE, QUESTIONS, SHOP, Edit

CASES = {
    "a blog": ("small none beginners open none", "flask", "clear"),
    "a prototype": ("small relational python tight few", "flask", "clear"),
    "a shop": ("large relational experienced tight full", "django", "clear"),
    "an intranet whose people come and go": ("large relational changing normal none", "django", "clear"),
    "a startup": ("growing relational python tight full", "django", "clear"),
    "a microservice": ("small nosql experienced normal service", "flask", "clear"),
    "a medium project on SQL": ("medium relational python normal full", "django", "close"),
    "a large system on several stores": ("large mixed experienced normal full", "django", "close"),
    "a static site": ("small none unsure normal none", "flask", "leaning"),
    "someone learning": ("unsure unsure beginners open unsure", "flask", "clear"),
    "nothing known but the size": ("large unsure unsure unsure unsure", "django", "clear"),
}


def answers(options: str) -> dict[str, str]:
    return dict(zip(QUESTIONS, options.split(), strict=True))


def voice(given: Recommendation, question: str, source: str) -> Voice:
    finding = next(finding for finding in given.findings if finding.question == question)
    return next(voice for voice in finding.voices if voice.source == source)


@pytest.mark.parametrize("case", CASES)
def test_a_known_case_comes_out_as_a_practitioner_would_expect(rulebook: Rulebook, case: str) -> None:
    options, verdict, strength = CASES[case]
    given = recommend(rulebook, answers(options))
    assert (given.verdict, given.strength) == (verdict, strength)


SENTENCES = {
    "large relational experienced tight full": "Use Django. 9 voices to 1: a clear case.",
    "medium unsure python unsure unsure": "Use Flask. 2 voices to 0: a leaning, not a clear case.",
    "unsure none unsure unsure unsure": "Use Flask. 1 voice to 0: a close call.",
    "large mixed experienced normal full": "Use Django. The answers are level, 5 voices to 5; "
    "the articles’ closing verdicts decide.",
    "medium unsure unsure normal unsure": "Use Django. The answers are level, 0 voices to 0; "
    "the articles’ closing verdicts decide.",
}


@pytest.mark.parametrize("options", SENTENCES)
def test_the_verdict_is_a_sentence_a_person_would_say(rulebook: Rulebook, options: str) -> None:
    assert recommend(rulebook, answers(options)).sentence == SENTENCES[options]


STANCES = {
    "all passages on one side": (PROTOTYPE, "size", "jonna", "flask"),
    "passages on both sides": (PROTOTYPE, "size", "positiwise", "split"),
    "no passage": (PROTOTYPE, "size", "indepth", "silent"),
    "a disputed passage beside others": (SHOP | {"size": "growing"}, "size", "positiwise", "django"),
    "not answered": (PROTOTYPE | {"size": "unsure"}, "size", "jonna", "silent"),
    "tight alone": (PROTOTYPE | {"size": "medium", "team": "changing"}, "deadline", "hostit", "split"),
    "tight and large": (SHOP, "deadline", "hostit", "django"),
    "tight and experienced": (PROTOTYPE | {"team": "experienced"}, "deadline", "ddi", "flask"),
    "tight, large and experienced": (SHOP, "deadline", "ddi", "split"),
    "tight and small": (PROTOTYPE | {"team": "changing"}, "deadline", "hostit", "flask"),
    "tight and new to the framework": (PROTOTYPE | {"size": "medium"}, "deadline", "hostit", "flask"),
    "tight, large and new to the framework": (SHOP | {"team": "python"}, "deadline", "hostit", "split"),
    "NoSQL alone": (SHOP | {"database": "nosql", "team": "python"}, "database", "ddi", "silent"),
    "NoSQL and experienced": (SHOP | {"database": "nosql"}, "database", "ddi", "django"),
}


@pytest.mark.parametrize("case", STANCES)
def test_a_source_stands_where_its_most_specific_passages_do(rulebook: Rulebook, case: str) -> None:
    given, question, source, expected = STANCES[case]
    assert voice(recommend(rulebook, given), question, source).stance == expected


def test_a_joint_rule_leaves_the_sources_it_does_not_quote_to_their_general_rules(rulebook: Rulebook) -> None:
    given = recommend(rulebook, PROTOTYPE | {"size": "large", "team": "changing"})
    rules = {voice.source: {passage.rule for passage in voice.passages} for voice in given.findings[3].voices}
    assert rules["ddi"] == rules["hostit"] == {"tight-large-django"}
    assert rules["jonna"] == {"tight-django"}
    assert rules["positiwise"] == {"tight-django", "tight-flask"}


def test_a_source_with_nothing_but_disputed_passages_has_no_voice_and_is_shown(edited: Edit) -> None:
    folder = edited(
        ("passages.toml", 'quote = "Flask’s modular', 'disputed = "Wrong."\nquote = "Flask’s modular'),
        (
            "rules.toml",
            '"hostit-django-grow-significantly", "hostit-flask-complexity-grows",\n',
            "",
        ),
        (
            "rules.toml",
            'passages = ["hostit-flask-when-small-team"]',
            'passages = ["hostit-django-grow-significantly", "hostit-flask-complexity-grows"]\n'
            '[[advice]]\nid = "x"\ntitle = "X"\ntext = "X."\npassages = ["hostit-flask-when-small-team"]',
        ),
    )
    said = voice(recommend(load(folder), SHOP | {"size": "growing"}), "size", "hostit")
    assert said.stance == "disputed"
    assert [passage.disputed for passage in said.passages] == ["Wrong."]


def test_disputed_joint_rules_do_not_silence_the_general_rule(edited: Edit) -> None:
    folder = edited(
        ("passages.toml", 'quote = "Flask is really so simple', 'disputed = "W."\nquote = "Flask is really so simple')
    )
    said = voice(recommend(load(folder), PROTOTYPE | {"team": "experienced"}), "deadline", "ddi")
    assert said.stance == "django"


def test_the_flips_are_every_single_change_that_turns_the_verdict(rulebook: Rulebook) -> None:
    given = recommend(rulebook, PROTOTYPE)
    turned = {
        (question.id, option.id)
        for question in rulebook.questions
        for option in question.option
        if recommend(rulebook, PROTOTYPE | {question.id: option.id}).verdict != given.verdict
    }
    assert {(flip.question, flip.answer) for flip in given.flips} == turned != set()
    for flip in given.flips:
        other = recommend(rulebook, PROTOTYPE | {flip.question: flip.answer})
        assert (flip.verdict, flip.strength, flip.voices) == (other.verdict, other.strength, other.voices)


def test_a_firm_verdict_has_no_flips(rulebook: Rulebook) -> None:
    assert recommend(rulebook, answers("large relational changing normal none")).flips == ()


def test_the_only_answer_is_not_taken_back_to_find_a_flip(rulebook: Rulebook) -> None:
    flips = recommend(rulebook, answers("unsure none unsure unsure unsure")).flips
    assert "unsure" not in {flip.answer for flip in flips}


def test_a_recommendation_says_what_was_not_asked(rulebook: Rulebook) -> None:
    given = recommend(rulebook, SHOP)
    topics = {advice.id: advice for advice in given.advice}
    assert {
        "flexibility", "built-in", "security", "performance", "architecture", "community", "testing",
        "templates", "routing", "cost",
    } <= set(topics)  # fmt: skip
    stances = {voice.source: voice.stance for voice in topics["performance"].voices}
    assert stances == {
        "ddi": "silent", "indepth": "silent", "positiwise": "flask", "jonna": "neither", "hostit": "flask",
    }  # fmt: skip


def test_a_recommendation_survives_being_written_and_read(rulebook: Rulebook) -> None:
    given = recommend(rulebook, SHOP)
    assert msgspec.json.decode(msgspec.json.encode(given), type=Recommendation) == given


WRONG = {
    "an unknown option": (SHOP | {"size": "huge"}, "“size” must be answered with one of small, medium"),
    "a missing answer": ({"size": "small"}, "“database” must be answered with one of relational, nosql"),
    "nothing answered": (dict.fromkeys(QUESTIONS, "unsure"), "Answer at least one question"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_answers_are_refused_and_the_right_ones_named(rulebook: Rulebook, case: str) -> None:
    given, message = WRONG[case]
    with pytest.raises(AnswersError, match=message):
        recommend(rulebook, given)
