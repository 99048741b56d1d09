"""Recommendations side by side: which answers differ, which positions moved, and what turns the verdicts."""

from msgspec import Struct

from .answers import problem_with
from .judge import judge
from .recommendation import Finding, Recommendation, Stance
from .rulebook import Framework, Rulebook


class Move(Struct, frozen=True):
    """A source whose stance differs, by its name, and its stance in each result."""

    name: str
    stances: tuple[Stance, ...]


class Turn(Struct, frozen=True):
    """Giving result number `place` this answer turns its verdict."""

    place: int
    answer: str
    label: str
    verdict: Framework


class Comparison(Struct, frozen=True):
    """One question in every recommendation."""

    findings: tuple[Finding, ...]
    moves: tuple[Move, ...]
    turns: tuple[Turn, ...]

    @property
    def before(self) -> Finding:
        """The finding of the first."""
        return self.findings[0]

    @property
    def after(self) -> Finding:
        """The finding of the last."""
        return self.findings[-1]

    @property
    def differs(self) -> bool:
        """Whether the answers differ."""
        return len({finding.answer for finding in self.findings}) > 1

    @property
    def turned(self) -> int:
        """How many of the verdicts this question alone turns."""
        return len({turn.place for turn in self.turns})


def compare(rulebook: Rulebook, *results: Recommendation) -> tuple[Comparison, ...]:
    """Compare the questions that all answer; what turns a verdict is known only if all are of this rulebook."""
    by_question = [{finding.question: finding for finding in result.findings} for result in results]
    questions = [question for question in by_question[0] if all(question in findings for findings in by_question)]
    current = all(result.rulebook.revision == rulebook.revision for result in results)
    compared = []
    for question in questions:
        findings = tuple(of_one[question] for of_one in by_question)
        turns = _turns(rulebook, results, findings) if current else ()
        compared.append(Comparison(findings, _moves(results[0], findings), turns))
    return tuple(compared)


def first_to_settle(comparisons: tuple[Comparison, ...]) -> Comparison | None:
    """The question that alone turns most of the verdicts, the one asked first if several do; None if none turns any."""
    first = max(comparisons, key=lambda comparison: comparison.turned, default=None)
    return first if first and first.turned else None


def _moves(result: Recommendation, findings: tuple[Finding, ...]) -> tuple[Move, ...]:
    by_source = [{position.source: position.stance for position in finding.positions} for finding in findings]
    moves = []
    for source in by_source[0]:
        stances = tuple(of_one[source] for of_one in by_source if source in of_one)
        if len(stances) == len(findings) and len(set(stances)) > 1:
            moves.append(Move(result.sources_by_id[source].name, stances))
    return tuple(moves)


def _turns(rulebook: Rulebook, results: tuple[Recommendation, ...], findings: tuple[Finding, ...]) -> tuple[Turn, ...]:
    others = {finding.answer: finding for finding in findings}
    turns = []
    for place, result in enumerate(results):
        for finding in others.values():
            changed = {**result.answers, finding.question: finding.answer}
            if problem_with(rulebook, changed):
                continue
            verdict = judge(rulebook, changed).verdict
            if verdict != result.verdict:
                turns.append(Turn(place, finding.answer, finding.label, verdict))
    return tuple(turns)
