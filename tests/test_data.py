"""The data files agree with the design and with what is known of the articles."""

import pytest

from rules import Rulebook
from rules.positions import stance

from .conftest import QUESTIONS

OPTIONS = {
    "size": "small medium large growing unsure",
    "database": "relational nosql mixed none unsure",
    "team": "beginners python experienced changing unsure",
    "deadline": "tight normal open unsure",
    "api": "none few full service unsure",
}

# The sources that speak for Django, and for Flask, by rules without further conditions. The README's notes on the
# rulebook say where this differs from the first count of the evidence, and why.
SPEAKERS = {
    ("size", "small"): ("positiwise", "ddi positiwise jonna hostit"),
    ("size", "medium"): ("positiwise hostit", "positiwise hostit"),
    ("size", "large"): ("ddi positiwise jonna hostit", ""),
    ("size", "growing"): ("ddi positiwise jonna hostit", "hostit"),
    ("database", "relational"): ("ddi indepth positiwise jonna hostit", "ddi positiwise hostit"),
    ("database", "nosql"): ("", "positiwise jonna"),
    ("database", "mixed"): ("", "ddi positiwise jonna hostit"),
    ("database", "none"): ("", "ddi"),
    ("team", "beginners"): ("positiwise", "indepth positiwise jonna hostit"),
    ("team", "python"): ("positiwise", "indepth positiwise hostit"),
    ("team", "experienced"): ("", "ddi"),
    ("team", "changing"): ("indepth positiwise hostit", ""),
    ("deadline", "tight"): ("ddi positiwise jonna hostit", "positiwise hostit"),
    ("deadline", "normal"): ("", ""),
    ("deadline", "open"): ("hostit", "ddi jonna"),
    ("api", "none"): ("positiwise hostit", "hostit"),
    ("api", "few"): ("positiwise", "indepth positiwise hostit"),
    ("api", "full"): ("indepth positiwise jonna", "indepth positiwise"),
    ("api", "service"): ("positiwise", "positiwise hostit"),
}

JOINT = {
    ("tight", "team", ("experienced",)): ("flask", "ddi"),
    ("tight", "size", ("large",)): ("django", "ddi hostit"),
    ("tight", "size", ("small",)): ("flask", "hostit"),
    ("tight", "team", ("beginners", "python")): ("flask", "hostit"),
    ("nosql", "team", ("experienced",)): ("django", "ddi"),
}


def test_the_questions_and_options_have_the_names_that_links_are_made_of(rulebook: Rulebook) -> None:
    assert tuple(question.id for question in rulebook.questions) == QUESTIONS
    asked = {question.id: " ".join(option.id for option in question.options) for question in rulebook.questions}
    assert asked == OPTIONS


def test_every_option_has_a_help_text_a_reader_can_apply(rulebook: Rulebook) -> None:
    for question in rulebook.questions:
        assert question.help
        assert all(option.help for option in question.options if option.id != "unsure")


def test_there_are_between_100_and_150_quotations_of_at_most_45_words(rulebook: Rulebook) -> None:
    assert 100 <= len(rulebook.passages) <= 150
    assert max(len(passage.quote.split()) for passage in rulebook.passages) <= 45


@pytest.mark.parametrize(("question", "option"), SPEAKERS)
def test_the_sources_that_speak_on_an_option_are_those_of_the_evidence(
    rulebook: Rulebook, question: str, option: str
) -> None:
    for framework, expected in zip(("django", "flask"), SPEAKERS[question, option], strict=True):
        speakers = {
            rulebook.passages_by_id[id].source
            for rule in rulebook.rules_on[question, option]
            if rule.favours == framework and not rule.given
            for id in rule.passages
            if not rulebook.passages_by_id[id].disputed
        }
        assert speakers == set(expected.split()), framework


def test_the_joint_rules_are_those_of_the_evidence(rulebook: Rulebook) -> None:
    joint = {
        (rule.option, question, options): (
            rule.favours,
            " ".join(dict.fromkeys(rulebook.passages_by_id[id].source for id in rule.passages)),
        )
        for rule in rulebook.rules
        for question, options in rule.given.items()
    }
    assert joint == JOINT


def test_two_of_the_five_articles_conclude_and_both_for_django(rulebook: Rulebook) -> None:
    concluded = {source.id: stance(rulebook.passages_by_id[id] for id in source.closing) for source in rulebook.sources}
    assert concluded == {
        "ddi": "django",
        "indepth": "neither",
        "positiwise": "neither",
        "jonna": "django",
        "hostit": "neither",
    }


def test_the_claims_known_to_be_wrong_are_disputed(rulebook: Rulebook) -> None:
    assert {passage.id for passage in rulebook.passages if passage.disputed} == {
        "positiwise-django-clustering",
        "positiwise-django-no-apis",
        "positiwise-django-only-monolith",
        "positiwise-django-sso",
        "positiwise-flask-fewer-lines",
        "positiwise-table-render-time",
    }
