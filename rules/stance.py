"""Where a source stands: the one judgement that everything else is counted from."""

from collections.abc import Iterable
from typing import Literal

from .rulebook import Passage

Stance = Literal["django", "flask", "split", "neither", "disputed", "silent"]
"""`neither` is a source that finds no difference; only advice and closing verdicts cite such."""


def stance(passages: Iterable[Passage]) -> Stance:
    """The stance that the passages of one source add up to, however many they are."""
    passages = list(passages)
    sides = {passage.favours for passage in passages if not passage.disputed}
    if len(sides) > 1:
        return "split"
    if sides:
        return sides.pop()
    return "disputed" if passages else "silent"
