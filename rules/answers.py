"""Answers: one option for every question, at least one of them not `unsure`."""

from collections.abc import Iterator
from itertools import product

from .rulebook import UNSURE, Answers, Rulebook


def problem_with(rulebook: Rulebook, answers: Answers) -> str:
    """What is wrong with the answers, in a sentence; empty if they are complete, known and not all `unsure`."""
    if unknown := answers.keys() - rulebook.questions_by_id.keys():
        return f"there is no question “{min(unknown)}”"
    for question in rulebook.questions:
        options = [option.id for option in question.options]
        if answers.get(question.id) not in options:
            return f"“{question.id}” must be answered with one of {', '.join(options)}"
    if all(answers[question.id] == UNSURE for question in rulebook.questions):
        return f"Tell us at least one thing: all are “{rulebook.unsure}”"
    return ""


def completions(rulebook: Rulebook, answers: Answers) -> Iterator[dict[str, str]]:
    """Every way to answer the questions that are open."""
    choices = []
    for question in rulebook.questions:
        answer = answers[question.id]
        choices.append([option.id for option in question.definite_options] if answer == UNSURE else [answer])
    for options in product(*choices):
        yield dict(zip(rulebook.questions_by_id, options, strict=True))


def combinations(rulebook: Rulebook) -> Iterator[dict[str, str]]:
    """Every combination of answers that has a recommendation."""
    for options in product(*([option.id for option in question.options] for question in rulebook.questions)):
        if set(options) != {UNSURE}:
            yield dict(zip(rulebook.questions_by_id, options, strict=True))
