"""Answers: one option for every question, at least one of them not `unsure`."""

from collections.abc import Iterator
from itertools import product

from .rulebook import UNSURE, Answers, Rulebook

NOTHING_ANSWERED = "Answer at least one question"


class AnswersError(ValueError):
    """The answers do not answer every question; says which options are right."""


def check_answers(rulebook: Rulebook, answers: Answers) -> None:
    """Raise AnswersError unless the answers are complete, known and not all `unsure`."""
    for question in rulebook.questions:
        right = [option.id for option in question.option]
        if answers.get(question.id) not in right:
            raise AnswersError(f"“{question.id}” must be answered with one of {', '.join(right)}")
    if all(answers[question.id] == UNSURE for question in rulebook.questions):
        raise AnswersError(NOTHING_ANSWERED)


def combinations(rulebook: Rulebook) -> Iterator[dict[str, str]]:
    """Every combination of answers that has a recommendation."""
    ids = [question.id for question in rulebook.questions]
    for options in product(*([option.id for option in question.option] for question in rulebook.questions)):
        if any(option != UNSURE for option in options):
            yield dict(zip(ids, options, strict=True))
