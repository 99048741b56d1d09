"""A result as the table and the folds of its page: plain values, so that the templates only show them."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rules.judge import count
from rules.recommendation import Finding, Position, Recommendation, StandingAdvice, SuppliedPart
from rules.rulebook import FRAMEWORKS, UNSURE, Framework

from .quotations import Quotation, Side, quotation, sides
from .reasons import leader, reason_on, score

Hrefs = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in the table: reasons, sum, and what folds out under it."""

    finding: Finding
    reasons: list[tuple[str, str]]
    score: str
    leads: Framework | None
    quotations: int
    sides: list[Side]


@dataclass(frozen=True, slots=True)
class Extra:
    """Something that was not asked, and what it would do if it were counted."""

    advice: StandingAdvice
    effect: str
    sides: list[Side]


@dataclass(frozen=True, slots=True)
class Change:
    """Another answer that turns the verdict, and the address of the result it leads to."""

    label: str
    href: str
    outcome: str


def rows(result: Recommendation, hrefs: Hrefs) -> list[Row]:
    """The table, a row for each answer."""
    labels = {finding.question: finding.label for finding in result.findings}
    return [_row(finding, result, hrefs, labels) for finding in result.findings]


def _row(finding: Finding, result: Recommendation, hrefs: Hrefs, labels: Mapping[str, str]) -> Row:
    votes = count(finding.positions)
    leads = leader(votes)
    found = [reason for side in ([leads] if leads else FRAMEWORKS) if (reason := reason_on(finding, side))]
    return Row(
        finding=finding,
        reasons=[("" if leads else f"For {reason.favours.title()}: ", reason.because) for reason in found],
        score=score(votes),
        leads=leads,
        quotations=sum(len(position.passages) for position in finding.positions),
        sides=sides(finding.positions, result.sources_by_id, finding.question, hrefs, finding.rules, labels),
    )


def extras(result: Recommendation, hrefs: Hrefs) -> list[Extra]:
    """What was not asked."""
    return [
        Extra(
            advice, effect(result, advice), sides(advice.positions, result.sources_by_id, f"advice-{advice.id}", hrefs)
        )
        for advice in result.advice
    ]


def supplied(result: Recommendation, framework: Framework, hrefs: Hrefs) -> list[tuple[SuppliedPart, list[Quotation]]]:
    """The parts that the answers call for, as a framework has them, with their quotations."""
    found = []
    for part in result.parts[framework]:
        quotations = []
        for passage in part.passages:
            href = hrefs.get(passage.source, "")
            source = result.sources_by_id[passage.source]
            quotations.append(quotation(passage, source, f"{href}#{passage.id}" if href else ""))
        found.append((part, quotations))
    return found


def effect(result: Recommendation, advice: StandingAdvice) -> str:
    """What a piece of advice would do to the verdict."""
    counted = advice.counted
    verdict = counted.verdict.title()
    if counted.votes == result.votes:
        return "Counted, it would change nothing: no article takes a side."
    if counted.strength == "tie":
        return f"Counted, it would make a tie: {counted.votes}, {verdict} by default."
    if advice.turns:
        return f"Counted, it would turn the verdict to {verdict}: {counted.votes}."
    return f"Counted, it would be {verdict} {'too' if result.strength == 'tie' else 'all the same'}: {counted.votes}."


def changes(result: Recommendation, href: Callable[[dict[str, str], str], str]) -> list[Change]:
    """The single answers that turn the verdict, definite ones first."""
    return [
        Change(
            label=f"{flip.name}: {flip.label}",
            href=href({**result.answers, flip.question: flip.answer}, flip.question),
            outcome=f"{flip.verdict.title()} by default, {flip.votes}" if flip.strength == "tie" else str(flip.votes),
        )
        for flip in sorted(result.flips, key=lambda flip: flip.answer == UNSURE)
    ]


def cells_in_words(result: Recommendation) -> str:
    """How many positions on the answers given have no vote, and why."""
    stances = Counter(position.stance for finding in result.findings if finding.rules for position in finding.positions)
    both, silent = stances["both"], stances["silent"]
    said = [f"{_times(both)} an article argues both ways"] if both else []
    said += [f"{_times(silent)} {'one' if both else 'an article'} says nothing"] if silent else []
    text = " and ".join(said)
    return text[:1].upper() + text[1:]


def conclusions(positions: tuple[Position, ...]) -> str:
    """How many articles choose each framework in the end."""
    stances = Counter(position.stance for position in positions)
    parts = [
        f"{stances[side]} choose{'s' * (stances[side] == 1)} {side.title()}" for side in FRAMEWORKS if stances[side]
    ]
    rest = len(positions) - sum(stances[side] for side in FRAMEWORKS)
    return ", ".join([*parts, *([f"{rest} name{'s' * (rest == 1)} no winner"] if rest else [])])


def _times(number: int) -> str:
    return "once" if number == 1 else "twice" if number == 2 else f"{number} times"
