"""The record of a recommendation: complete in itself, so that it can be stored and shown as it was given."""

from typing import Literal

from msgspec import Struct

from .rulebook import Framework, Guide, NotSaid, Passage, Rule, Source, Supplied

# `neither` is a source that names no winner; no rule cites such passages.
Stance = Literal["django", "flask", "both", "neither", "disputed", "silent"]

Strength = Literal["clear", "leaning", "close", "tie"]

# What decided: the votes, or in a tie the framework that the team knows, or else the closing verdicts.
DecidedBy = Literal["votes", "team", "closing"]

STRENGTH_WORDS: dict[Strength, str] = {
    "clear": "A clear case",
    "leaning": "A leaning",
    "close": "A close call",
    "tie": "A tie",
}


class Tally(Struct, frozen=True):
    """How many votes each framework has."""

    django: int
    flask: int

    def __str__(self) -> str:
        most, least = max(self.django, self.flask), min(self.django, self.flask)
        return f"{most} vote{'' if most == 1 else 's'} to {least}"


class QuotedPassage(Passage, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A passage as quoted, with the rule that quoted it, if it was a rule."""

    rule: str = ""


class Position(Struct, frozen=True):
    """Where one source stands, and the passages behind it."""

    source: str
    stance: Stance
    passages: tuple[QuotedPassage, ...]


class Finding(Struct, frozen=True):
    """Where the sources stand on the answer to one question, and the rules that say so."""

    question: str
    name: str
    answer: str
    label: str
    silent: str
    positions: tuple[Position, ...]
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


class StandingAdvice(Struct, frozen=True):
    """Where the sources stand on something that no question asks, and what it would do if it were counted."""

    id: str
    title: str
    text: str
    positions: tuple[Position, ...]
    counted: Judgement
    turns: bool


class SuppliedPart(Supplied, frozen=True, kw_only=True):
    """A part that the answers call for, as a framework has it, and the passages that say so."""

    id: str
    title: str
    passages: tuple[QuotedPassage, ...]


class Edition(Struct, frozen=True):
    """Which rulebook a recommendation was given under."""

    revision: str
    date: str


class Recommendation(Judgement, frozen=True):
    """Everything a reader needs to check the verdict, frozen as it was given."""

    answers: dict[str, str]
    rulebook: Edition
    findings: tuple[Finding, ...]
    flips: tuple[Flip, ...]
    closing: tuple[Position, ...]
    advice: tuple[StandingAdvice, ...]
    parts: dict[Framework, tuple[SuppliedPart, ...]]
    guides: tuple[Guide, ...]
    not_said: tuple[NotSaid, ...]
    sources: tuple[Source, ...]

    @property
    def rival(self) -> Framework:
        """The framework that is not recommended."""
        return "flask" if self.verdict == "django" else "django"

    @property
    def empty(self) -> bool:
        """Whether no article takes a side on any of the answers."""
        return self.votes == Tally(0, 0)

    @property
    def heading(self) -> str:
        """The verdict in a word or two, or that the votes give none."""
        if self.empty:
            return "Not enough to go on"
        return "It is a tie" if self.strength == "tie" else f"Use {self.verdict.title()}"

    @property
    def grounds(self) -> str:
        """The strength and the votes in words; in a tie, what decides it."""
        if self.strength != "tie":
            return f"{STRENGTH_WORDS[self.strength]}: {self.votes}"
        silent = all(position.stance == "silent" for finding in self.findings for position in finding.positions)
        votes = "No article speaks on these answers" if silent else str(self.votes)
        return f"{votes}. {self.verdict.title()} by default: {self.default}"

    @property
    def default(self) -> str:
        """Why a tie goes to the verdict."""
        if self.decided_by == "team":
            return "the team knows it"
        choosing = [position for position in self.closing if position.stance == self.verdict]
        return f"{len(choosing)} of {len(self.closing)} articles choose it in the end"

    @property
    def sentence(self) -> str:
        """The verdict as a person would say it."""
        return f"{self.heading}. {self.grounds}."

    @property
    def summary(self) -> str:
        """The answers in one line."""
        return " · ".join(f"{finding.name}: {finding.label}" for finding in self.findings)

    @property
    def sources_by_id(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}
