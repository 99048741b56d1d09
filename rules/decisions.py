"""Decisions on record: what real projects chose between the two, in their own words. They have no vote."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from .answers import problem_with
from .load import RulebookError, read_file
from .passages import FRAMEWORKS, Framework
from .rulebook import UNSURE, Answers, Rulebook
from .validate import ADDRESS, MAX_WORDS, SLUG

# A project is near if so many answers are equal, and compared with the articles if so many are known.
ENOUGH = 3


class Decision(Struct, frozen=True, kw_only=True):
    """What a project chose, over what else, and how its own page answers the questions.

    `quote` is its reason, `against` a second one against the other framework; `switched` how it changed frameworks.
    """

    id: str
    project: str
    what: str
    by: str
    year: int
    chose: Framework
    over: tuple[str, ...]
    address: str
    quote: str
    answers: dict[str, str]
    against: str = ""
    switched: str = ""

    def shares(self, answers: Answers) -> int:
        """How many of its answers, `unsure` left out, are among these."""
        return sum(answers.get(question) == answer != UNSURE for question, answer in self.answers.items())


def load_decisions(folder: Path, rulebook: Rulebook) -> tuple[Decision, ...]:
    """Read and check decisions.toml, newest decision first. Raise RulebookError with every problem found."""
    _, file = read_file(folder, "decisions.toml", [("decision", tuple[Decision, ...])])
    decisions: tuple[Decision, ...] = file.decision
    problems = [f"decision “{one.id}” {text}" for one in decisions for text in _problems(one, decisions, rulebook)]
    if problems:
        raise RulebookError(f"decisions.toml: {problem}" for problem in problems)
    return tuple(sorted(decisions, key=lambda decision: -decision.year))


def _problems(decision: Decision, decisions: Iterable[Decision], rulebook: Rulebook) -> Iterator[str]:
    if not SLUG.fullmatch(decision.id) or sum(other.id == decision.id for other in decisions) > 1:
        yield "must have an “id” of its own, of small letters, digits and hyphens"
    if not ADDRESS.fullmatch(decision.address):
        yield f"must have an https “address”, not “{decision.address}”"
    if {*decision.over[:1]} != {*FRAMEWORKS} - {decision.chose}:
        yield "must name the other of the two first in “over”"
    for quote in (decision.quote, decision.against):
        if len(quote.split()) > MAX_WORDS:
            yield f"must quote at most {MAX_WORDS} words"
    if problem := problem_with(rulebook, decision.answers):
        yield f"has “answers” that cannot be given: {problem}"


def nearest(decisions: Iterable[Decision], answers: Answers) -> list[Decision]:
    """Up to three decisions that share most answers, the first of those that share as many."""
    near = [decision for decision in decisions if decision.shares(answers) >= ENOUGH]
    return sorted(near, key=lambda decision: -decision.shares(answers))[:3]
