"""The recommendation: a value with everything that a reader needs to check the verdict."""

from typing import Literal

from msgspec import Struct

from .passages import Framework, QuotedPassage, Source
from .positions import Position, Positioned, Tally
from .rulebook import Guide, NotSaid, Rule, Status

Strength = Literal["clear", "leaning", "close", "tie"]

# What decided: the votes, or in a tie the framework that the team knows, or else the closing verdicts.
DecidedBy = Literal["votes", "team", "closing"]


class Finding(Positioned, frozen=True):
    """Where the sources stand on the answer to one question, and the rules that say so."""

    question: str
    name: str
    answer: str
    label: str
    silent: str
    rules: tuple[Rule, ...]


class Judgement(Struct, frozen=True):
    """A verdict, how strong it is, and what it follows from."""

    verdict: Framework
    strength: Strength
    votes: Tally
    decided_by: DecidedBy


class Flip(Judgement, frozen=True):
    """A change of one answer that turns the verdict."""

    question: str
    name: str
    answer: str
    label: str


class CountedAdvice(Positioned, frozen=True):
    """Where the sources stand on something that no question asks, and what it would do if it were counted."""

    id: str
    title: str
    text: str
    counted: Judgement
    turns: bool


class CountedWhatIf(Struct, frozen=True):
    """Something that no question asks, with what either answer would make of the verdict."""

    id: str
    title: str
    help: str
    yes: CountedAdvice
    no: CountedAdvice


class OpenAnswers(Struct, frozen=True):
    """The questions left open, by their names: in how many ways they can be answered, and how many keep the verdict.

    `first` is the name of the question to answer first; it is empty if every way keeps the verdict.
    """

    questions: tuple[str, ...]
    ways: int
    keep: int
    first: str


class SuppliedPart(Struct, frozen=True):
    """A part that the answers call for, as a framework has it, and the passages that say so."""

    status: Status
    package: str
    note: str
    id: str
    title: str
    passages: tuple[QuotedPassage, ...]


class Edition(Struct, frozen=True):
    """Which rulebook a recommendation was given under."""

    revision: str
    date: str


class Recommendation(Judgement, frozen=True):
    """A judgement with everything behind it.

    `open_answers` says what is settled where questions are open, and `team_knows` which framework the team knows.
    `recount` is what this program counts, where that differs from the judgement that was archived.
    """

    answers: dict[str, str]
    rulebook: Edition
    findings: tuple[Finding, ...]
    flips: tuple[Flip, ...]
    closing: tuple[Position, ...]
    advice: tuple[CountedAdvice, ...]
    parts: dict[Framework, tuple[SuppliedPart, ...]]
    guides: tuple[Guide, ...]
    not_said: tuple[NotSaid, ...]
    sources: tuple[Source, ...]
    what_if: tuple[CountedWhatIf, ...] = ()
    open_answers: OpenAnswers | None = None
    team_knows: Framework | None = None
    recount: Judgement | None = None

    @property
    def rival(self) -> Framework:
        """The framework that is not recommended."""
        return "flask" if self.verdict == "django" else "django"

    @property
    def sources_by_id(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}
