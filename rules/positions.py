"""Where the sources stand on an answer, by the passages that each has on it, and the votes that they give."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from .passages import Framework, QuotedPassage
from .rulebook import Answers, Question, Rule, Rulebook, meet

# A source that is `neither` names no winner.
Stance = Literal["django", "flask", "both", "neither", "disputed", "silent"]


class Tally(Struct, frozen=True):
    """How many votes each framework has."""

    django: int
    flask: int

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.django + other.django, self.flask + other.flask)

    def __sub__(self, other: "Tally") -> "Tally":
        return Tally(self.django - other.django, self.flask - other.flask)

    def __bool__(self) -> bool:
        return bool(self.django or self.flask)

    def of(self, framework: Framework) -> int:
        """The votes of one framework."""
        return self.django if framework == "django" else self.flask

    @property
    def leader(self) -> Framework | None:
        """The framework with more votes, if one has."""
        return None if self.django == self.flask else "django" if self.django > self.flask else "flask"

    @property
    def lead(self) -> int:
        """By how many votes the leader leads."""
        return abs(self.django - self.flask)

    @property
    def score(self) -> str:
        """The votes in short, the greater number first: 3–1."""
        return f"{max(self.django, self.flask)}–{min(self.django, self.flask)}"


class Position(Struct, frozen=True):
    """Where one source stands, and the passages behind it."""

    source: str
    stance: Stance
    passages: tuple[QuotedPassage, ...]


def count(positions: Iterable[Position]) -> Tally:
    """The votes of some positions: one for each that takes a side."""
    stances = Counter(position.stance for position in positions)
    return Tally(stances["django"], stances["flask"])


class Positioned(Struct, frozen=True, kw_only=True):
    """Something on which every source has a position."""

    positions: tuple[Position, ...]

    @property
    def votes(self) -> Tally:
        """The votes that it gives, or would give if it were counted."""
        return count(self.positions)


def stance(passages: Iterable[QuotedPassage]) -> Stance:
    """The stance that the passages of one source add up to, however many they are."""
    passages = list(passages)
    undisputed = [passage for passage in passages if not passage.disputed]
    sides = {passage.favours for passage in undisputed if not passage.also} - {"neither"}
    if sides:
        return "both" if len(sides) > 1 else sides.pop()
    return "neither" if undisputed else "disputed" if passages else "silent"


def positions_on(rulebook: Rulebook, question: Question, answers: Answers) -> tuple[Position, ...]:
    """Where each source stands on the answer to a question, by the most specific of its rules that hold."""
    rules = [rule for rule in rulebook.rules_on[question.id, answers[question.id]] if meet(answers, rule.given)]
    conditions = {rule.id: len(rule.given) for rule in rules}
    quoted = quoted_by(rulebook, rules)
    most_specific: dict[str, int] = {}
    for passage in quoted:
        # A passage that gives no vote must not silence a general rule.
        if not (passage.disputed or passage.also):
            most = most_specific.get(passage.source, 0)
            most_specific[passage.source] = max(most, conditions[passage.rule])
    speaking = [
        passage
        for passage in quoted
        if conditions[passage.rule] == most_specific.get(passage.source, conditions[passage.rule])
    ]
    return positions(rulebook, speaking)


def quoted_by(rulebook: Rulebook, rules: Iterable[Rule]) -> list[QuotedPassage]:
    """The passages that rules quote."""
    quoted = []
    for rule in rules:
        quoted += [rulebook.quoted(id, rule.id) for id in rule.passages]
        quoted += [rulebook.quoted(id, rule.id, also=True) for id in rule.also]
    return quoted


# The same for every result of a rulebook.
@lru_cache(maxsize=128)
def cited(rulebook: Rulebook, ids: tuple[str, ...], also: tuple[str, ...] = ()) -> tuple[Position, ...]:
    """Where the sources stand by passages that no rule quotes: advice, what-if and closing verdicts."""
    return positions(rulebook, [*map(rulebook.quoted, ids), *(rulebook.quoted(id, also=True) for id in also)])


def concluded(rulebook: Rulebook) -> tuple[Position, ...]:
    """Where the sources stand in conclusion."""
    return cited(rulebook, tuple(id for source in rulebook.sources for id in source.closing))


def positions(rulebook: Rulebook, quoted: Iterable[QuotedPassage]) -> tuple[Position, ...]:
    """The position of every source, in the order of the sources."""
    by_source: dict[str, list[QuotedPassage]] = {source.id: [] for source in rulebook.sources}
    for passage in quoted:
        by_source[passage.source].append(passage)
    return tuple(Position(source, stance(passages), tuple(passages)) for source, passages in by_source.items())
