"""Recommendations: what they say in named cases, and how the positions come about."""

import msgspec
import pytest

from rules import Rulebook, load, recommend
from rules.answers import problem_with
from rules.recommendation import Position, Recommendation

from .conftest import PROTOTYPE, QUESTIONS, SHOP, Edit, disputed

CASES = {
    "a blog": ("small none beginners open none", "flask", "clear"),
    "a prototype": ("small relational newcomers tight few", "flask", "clear"),
    "a shop": ("large relational experienced tight full", "django", "clear"),
    "an intranet whose people come and go": ("large relational changing normal none", "django", "clear"),
    "a startup": ("growing relational newcomers tight full", "django", "clear"),
    "a microservice": ("small nosql experienced normal service", "flask", "clear"),
    "a medium project on SQL": ("medium relational newcomers normal full", "django", "tie"),
    "a large system on several stores": ("large mixed experienced normal full", "django", "close"),
    "a static site": ("small none unsure normal none", "flask", "clear"),
    "someone learning": ("unsure unsure beginners open unsure", "flask", "clear"),
    "nothing known but the size": ("large unsure unsure unsure unsure", "django", "clear"),
}


def answers(options: str) -> dict[str, str]:
    return dict(zip(QUESTIONS, options.split(), strict=True))


def position(result: Recommendation, question: str, source: str) -> Position:
    finding = next(finding for finding in result.findings if finding.question == question)
    return next(position for position in finding.positions if position.source == source)


@pytest.mark.parametrize("case", CASES)
def test_a_known_case_comes_out_as_a_practitioner_would_expect(rulebook: Rulebook, case: str) -> None:
    options, verdict, strength = CASES[case]
    result = recommend(rulebook, answers(options))
    assert (result.verdict, result.strength) == (verdict, strength)


SENTENCES = {
    "large relational experienced tight full": "Use Django. A clear case: 9 votes to 1.",
    "medium unsure newcomers unsure unsure": "Use Flask. A leaning: 3 votes to 0.",
    "unsure none unsure unsure unsure": "Use Flask. A close call: 1 vote to 0.",
    "large nosql newcomers normal none": (
        "It is a tie. 4 votes to 4. Django by default: 2 of 5 articles choose it in the end."
    ),
    "large none flask normal few": "It is a tie. 4 votes to 4. Flask by default: the team knows it.",
    "large mixed django normal few": "It is a tie. 5 votes to 5. Django by default: the team knows it.",
    "unsure unsure unsure normal none": (
        "Not enough to go on. No article speaks on these answers. "
        "Django by default: 2 of 5 articles choose it in the end."
    ),
}


@pytest.mark.parametrize("options", SENTENCES)
def test_the_verdict_is_a_sentence_a_person_would_say(rulebook: Rulebook, options: str) -> None:
    assert recommend(rulebook, answers(options)).sentence == SENTENCES[options]


STANCES = {
    "all passages on one side": (PROTOTYPE, "size", "jonna", "flask"),
    "passages on both sides": (PROTOTYPE, "size", "positiwise", "both"),
    "no passage": (PROTOTYPE, "size", "indepth", "silent"),
    "a disputed passage beside others": (SHOP | {"size": "growing"}, "size", "positiwise", "django"),
    "not answered": (PROTOTYPE | {"size": "unsure"}, "size", "jonna", "silent"),
    "tight alone": (PROTOTYPE | {"size": "medium", "team": "changing"}, "deadline", "hostit", "both"),
    "tight and large": (SHOP, "deadline", "hostit", "django"),
    "tight and experienced": (PROTOTYPE | {"team": "experienced"}, "deadline", "ddi", "flask"),
    "tight, large and experienced": (SHOP, "deadline", "ddi", "both"),
    "tight and small": (PROTOTYPE | {"team": "changing"}, "deadline", "hostit", "flask"),
    "tight and new to the framework": (PROTOTYPE | {"size": "medium"}, "deadline", "hostit", "flask"),
    "tight, large and new to the framework": (SHOP | {"team": "newcomers"}, "deadline", "hostit", "both"),
    "NoSQL alone": (SHOP | {"database": "nosql", "team": "django"}, "database", "ddi", "silent"),
    "NoSQL and experienced": (SHOP | {"database": "nosql"}, "database", "ddi", "django"),
}


@pytest.mark.parametrize("case", STANCES)
def test_a_source_stands_where_its_most_specific_passages_do(rulebook: Rulebook, case: str) -> None:
    given, question, source, expected = STANCES[case]
    assert position(recommend(rulebook, given), question, source).stance == expected


def test_a_joint_rule_leaves_the_sources_it_does_not_quote_to_their_general_rules(rulebook: Rulebook) -> None:
    result = recommend(rulebook, PROTOTYPE | {"size": "large", "team": "changing"})
    deadline = result.findings[3]
    rules = {position.source: {passage.rule for passage in position.passages} for position in deadline.positions}
    assert rules["ddi"] == rules["hostit"] == {"tight-large-django"}
    assert rules["jonna"] == {"tight-django"}
    assert rules["positiwise"] == set()


def test_a_source_with_nothing_but_disputed_passages_has_no_vote_and_is_shown(edited: Edit) -> None:
    cited = (
        '"hostit-django-grow-significantly", "hostit-faq-switch", "hostit-flask-limited-scalability",\n'
        '    "hostit-flask-complexity-grows",\n'
    )
    only = ("rules.toml", cited, "")
    elsewhere = (
        "rules.toml",
        'passages = ["hostit-flask-when-small-team"]',
        f"passages = [{cited}]\n"
        '[[advice]]\nid = "x"\ntitle = "X"\ntext = "X."\npassages = ["hostit-flask-when-small-team"]',
    )
    folder = edited(*disputed("Flask’s modular"), only, elsewhere)
    hostit = position(recommend(load(folder), SHOP | {"size": "growing"}), "size", "hostit")
    assert hostit.stance == "disputed"
    assert [passage.disputed for passage in hostit.passages] == ["Wrong."]


def test_disputed_joint_rules_do_not_silence_the_general_rule(edited: Edit) -> None:
    folder = edited(*disputed("Flask is really so simple"))
    ddi = position(recommend(load(folder), PROTOTYPE | {"team": "experienced"}), "deadline", "ddi")
    assert ddi.stance == "django"


def test_the_flips_are_every_single_change_that_turns_the_verdict(rulebook: Rulebook) -> None:
    result = recommend(rulebook, PROTOTYPE)
    turned = {
        (question.id, option.id)
        for question in rulebook.questions
        for option in question.options
        if recommend(rulebook, PROTOTYPE | {question.id: option.id}).verdict != result.verdict
    }
    assert {(flip.question, flip.answer) for flip in result.flips} == turned != set()
    for flip in result.flips:
        other = recommend(rulebook, PROTOTYPE | {flip.question: flip.answer})
        assert (flip.verdict, flip.strength, flip.votes) == (other.verdict, other.strength, other.votes)


def test_a_firm_verdict_has_no_flips(rulebook: Rulebook) -> None:
    assert recommend(rulebook, answers("large relational changing normal none")).flips == ()


def test_the_only_answer_is_not_taken_back_to_find_a_flip(rulebook: Rulebook) -> None:
    flips = recommend(rulebook, answers("unsure none unsure unsure unsure")).flips
    assert "unsure" not in {flip.answer for flip in flips}


def test_a_recommendation_says_what_was_not_asked(rulebook: Rulebook) -> None:
    result = recommend(rulebook, SHOP)
    topics = {advice.id: advice for advice in result.advice}
    asked = "flexibility built-in security performance architecture community testing templates routing cost"
    assert set(asked.split()) <= set(topics)
    stances = {position.source: position.stance for position in topics["performance"].positions}
    assert list(stances.values()) == ["silent", "silent", "both", "neither", "flask"]


def test_a_recommendation_survives_being_written_and_read(rulebook: Rulebook) -> None:
    result = recommend(rulebook, SHOP)
    assert msgspec.json.decode(msgspec.json.encode(result), type=Recommendation) == result


WRONG = {
    "an unknown option": (SHOP | {"size": "huge"}, "“size” must be answered with one of small, medium"),
    "a missing answer": ({"size": "small"}, "“database” must be answered with one of relational, nosql"),
    "nothing answered": (dict.fromkeys(QUESTIONS, "unsure"), "Tell us at least one thing"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_answers_are_named(rulebook: Rulebook, case: str) -> None:
    given, message = WRONG[case]
    assert problem_with(rulebook, given).startswith(message)


def test_right_answers_have_no_problem(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> None:
    assert {problem_with(rulebook, answers) for answers in every_answers} == {""}
