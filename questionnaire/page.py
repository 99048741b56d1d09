"""The view model of a result: what its page, record and card show, as plain values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from rules.judge import count
from rules.recommendation import Finding, Position, Recommendation, StandingAdvice, SuppliedPart, Tally
from rules.rulebook import FRAMEWORKS, UNSURE, Framework, QuotedPassage, Rule, Source

from . import texts
from .quotations import Hrefs, Quotation, Side, clarity, quotation, sides
from .results import Result
from .results.codes import code_of
from .urls import base, permalink

# Further changes of the verdict are folded away.
CHANGES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """The main reason that an answer gives for a framework, with the votes on that answer."""

    finding: Finding
    favours: Framework
    because: str
    votes: Tally
    outcome: str

    @property
    def lead(self) -> int:
        """How many more votes the framework has on this answer than the other."""
        return self.votes.lead if self.votes.leader == self.favours else -self.votes.lead


@dataclass(frozen=True, slots=True)
class Row:
    """One answer in the table: reasons, votes, and what folds out under it."""

    finding: Finding
    reasons: list[tuple[str, str]]
    score: str
    leads: Framework | None
    quotations: int
    sides: list[Side]


@dataclass(frozen=True, slots=True)
class Change:
    """Another answer that turns the verdict, the result it leads to, and the votes there."""

    label: str
    question: str
    answers: dict[str, str]
    code: str
    outcome: str
    votes: str


@dataclass(frozen=True, slots=True)
class Extra:
    """Something that was not asked, and what it would do if it were counted."""

    advice: StandingAdvice
    effect: str
    sides: list[Side]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part that the answers call for, in words, with its quotations."""

    part: SuppliedPart
    words: str
    quotations: list[Quotation]


@dataclass(frozen=True, slots=True)
class Pro:
    """A reason for a framework in the decision record, and a quotation of every article that votes by it."""

    finding: Finding
    because: str
    quotations: list[Quotation]


@dataclass(frozen=True, slots=True)
class View:
    """A result as it is shown; `votes` are both frameworks with their votes, that of the verdict first."""

    code: str
    result: Recommendation
    permalink: str
    again: str
    date: str
    heading: str
    grounds: str
    sentence: str
    summary: str
    default: str
    sentences: str
    score: str
    recount: str
    columns: int
    columns_beside_answer: int
    votes: list[tuple[Framework, int]]
    reasons: list[tuple[str, Reason]]
    rows: list[Row]
    changes: list[Change]
    more_changes: list[Change]
    extras: list[Extra]
    parts: list[ShownPart]
    rival_parts: list[ShownPart]
    closing: list[Side]
    conclusions: str
    pros: dict[Framework, list[Pro]]


def view_of(result: Result, hrefs: Hrefs) -> View:
    """What is shown of a result; `hrefs` are the pages of the sources, where they may be linked."""
    given, link = result.recommendation, permalink(result.code)
    changes = _changes(result)
    return View(
        code=result.code,
        result=given,
        permalink=link,
        again=f"{base()}/?{urlencode(given.answers)}",
        date=texts.in_words(date.fromisoformat(given.rulebook.date)),
        heading=texts.heading(given),
        grounds=texts.grounds(given),
        sentence=texts.sentence(given),
        summary=texts.summary(given),
        default=texts.default(given),
        sentences=texts.two_sentences(given, result.rulebook, link),
        score=texts.score(given.votes),
        recount=texts.outcome(given.recount.votes) if given.recount else "",
        columns=len(given.sources) + 3,
        columns_beside_answer=len(given.sources) + 2,
        votes=[(framework, given.votes.of(framework)) for framework in (given.verdict, given.rival)],
        reasons=main_reasons(given),
        rows=_rows(given, hrefs),
        changes=changes[:CHANGES_SHOWN],
        more_changes=changes[CHANGES_SHOWN:],
        extras=_extras(given, hrefs),
        parts=_parts(given, given.verdict, hrefs),
        rival_parts=_parts(given, given.rival, hrefs),
        closing=sides(given.closing, given.sources_by_id, "closing", hrefs),
        conclusions=texts.conclusions(given.closing),
        pros={framework: list(_pros(given, framework)) for framework in FRAMEWORKS},
    )


def _rows(result: Recommendation, hrefs: Hrefs) -> list[Row]:
    labels = {finding.question: finding.label for finding in result.findings}
    rows, sources = [], result.sources_by_id
    for finding in result.findings:
        votes = count(finding.positions)
        reasons = [
            reason for side in FRAMEWORKS if votes.leader in (side, None) and (reason := reason_on(finding, side))
        ]
        rows.append(
            Row(
                finding=finding,
                reasons=[
                    ("" if votes.leader else f"For {reason.favours.title()}: ", reason.because) for reason in reasons
                ],
                score=texts.score(votes),
                leads=votes.leader,
                quotations=sum(len(position.passages) for position in finding.positions),
                sides=sides(finding.positions, sources, finding.question, hrefs, finding.rules, labels),
            )
        )
    return rows


def _changes(result: Result) -> list[Change]:
    """The single answers that turn the verdict, definite ones first."""
    changes = []
    for flip in sorted(result.recommendation.flips, key=lambda flip: flip.answer == UNSURE):
        answers = {**result.recommendation.answers, flip.question: flip.answer}
        votes = texts.total(flip.votes)
        outcome = f"{flip.verdict.title()} by default, {votes}" if flip.strength == "tie" else votes
        code = code_of(result.rulebook, answers)
        changes.append(Change(f"{flip.name}: {flip.label}", flip.question, answers, code, outcome, votes))
    return changes


def _extras(result: Recommendation, hrefs: Hrefs) -> list[Extra]:
    return [
        Extra(
            advice,
            texts.effect(result, advice),
            sides(advice.positions, result.sources_by_id, f"advice-{advice.id}", hrefs),
        )
        for advice in result.advice
    ]


def _parts(result: Recommendation, framework: Framework, hrefs: Hrefs) -> list[ShownPart]:
    return [show_part(part, result.sources_by_id, hrefs) for part in result.parts[framework]]


def show_part(part: SuppliedPart, sources: Mapping[str, Source], hrefs: Hrefs) -> ShownPart:
    """How a part is shown."""
    quotations = [quotation(passage, sources[passage.source], hrefs) for passage in part.passages]
    return ShownPart(part, texts.supplied_in_words(part), quotations)


def _pros(result: Recommendation, favours: Framework) -> Iterator[Pro]:
    """The reasons for a framework that have votes, with the clearest passage of each position."""
    sources = result.sources_by_id
    for finding in result.findings:
        quoted = [clearest(position) for position in finding.positions if position.stance == favours]
        for rule in finding.rules:
            if passages := [passage for passage in quoted if passage.rule == rule.id]:
                shown = [quotation(passage, sources[passage.source], {}) for passage in passages]
                yield Pro(finding, rule.because, shown)


def clearest(position: Position) -> QuotedPassage:
    """The clearest passage of a position, or the shortest of equally clear ones."""
    return min(position.passages, key=lambda passage: (*clarity(passage), len(passage.quote)))


def reason_on(finding: Finding, favours: Framework) -> Reason | None:
    """The main reason for a framework on one answer: the rule by which most sources vote, joint rules first."""
    voting = [
        {passage.rule for passage in position.passages}
        for position in finding.positions
        if position.stance in (favours, "both")
    ]

    def weight(rule: Rule) -> tuple[int, int]:
        return sum(rule.id in rules for rules in voting), len(rule.given)

    rules = [rule for rule in finding.rules if rule.favours == favours]
    votes = count(finding.positions)
    return Reason(finding, favours, max(rules, key=weight).because, votes, texts.outcome(votes)) if rules else None


def main_reasons(result: Recommendation) -> list[tuple[str, Reason]]:
    """The two strongest reasons for the verdict and the strongest against it; in a tie, one for each framework."""
    if result.strength == "tie":
        return [(f"For {side.title()}", reason) for side in FRAMEWORKS for reason in _strongest(result, side)[:1]]
    return [
        *(("For it", reason) for reason in _strongest(result, result.verdict)[:2]),
        *(("Against it", reason) for reason in _strongest(result, result.rival)[:1]),
    ]


def _strongest(result: Recommendation, favours: Framework) -> list[Reason]:
    """The reasons for a framework that have votes, those with the greatest lead first."""
    reasons = [reason for finding in result.findings if (reason := reason_on(finding, favours))]
    voted = [reason for reason in reasons if reason.votes.of(favours)]
    return sorted(voted, key=lambda reason: (-reason.lead, -reason.votes.of(favours)))
