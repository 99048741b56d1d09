"""The record of a recommendation: complete in itself, so that it can be kept and shown as given."""

from typing import Literal

from msgspec import Struct

from .rulebook import Framework, Passage, Rule, Source
from .stance import Stance

Strength = Literal["clear", "leaning", "close"]

IN_WORDS: dict[Strength, str] = {
    "clear": "a clear case",
    "leaning": "a leaning, not a clear case",
    "close": "a close call",
}


class Voices(Struct, frozen=True):
    """How many voices each framework has."""

    django: int
    flask: int

    def __str__(self) -> str:
        most, least = sorted((self.django, self.flask), reverse=True)
        return f"{most} voice{'' if most == 1 else 's'} to {least}"


class Quotation(Passage, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A passage as quoted, with the rule that quoted it, if it was a rule."""

    rule: str = ""


class Voice(Struct, frozen=True):
    """Where one source stands, and the passages behind it."""

    source: str
    stance: Stance
    passages: tuple[Quotation, ...]


class Finding(Struct, frozen=True):
    """What the sources say to the answer given to one question, and the rules they say it by."""

    question: str
    name: str
    answer: str
    label: str
    silent: str
    voices: tuple[Voice, ...]
    rules: tuple[Rule, ...]


class Judgement(Struct, frozen=True):
    """A verdict, how strong it is, and the voices that it follows from."""

    verdict: Framework
    strength: Strength
    voices: Voices


class Flip(Judgement, frozen=True):
    """A change of one answer that turns the verdict."""

    question: str
    name: str
    answer: str
    label: str


class StandingAdvice(Struct, frozen=True):
    """What the sources say on something that no question asks."""

    id: str
    title: str
    text: str
    voices: tuple[Voice, ...]


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
    closing: tuple[Voice, ...]
    advice: tuple[StandingAdvice, ...]
    sources: tuple[Source, ...]

    @property
    def level(self) -> bool:
        """Whether the voices were level, so that the closing verdicts had to decide."""
        return self.voices.django == self.voices.flask

    @property
    def grounds(self) -> str:
        """The voices and the strength in words."""
        if self.level:
            return f"The answers are level, {self.voices}; the articles’ closing verdicts decide."
        return f"{self.voices}: {IN_WORDS[self.strength]}."

    @property
    def sentence(self) -> str:
        """The verdict as a person would say it."""
        return f"Use {self.verdict.title()}. {self.grounds}"

    @property
    def summary(self) -> str:
        """The answers in one line."""
        return " · ".join(f"{finding.name}: {finding.label}" for finding in self.findings)
