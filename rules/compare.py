"""Recommendations side by side: which answers differ, which positions moved, and what turns the verdicts."""

from msgspec import Struct

from .positions import Stance
from .recommendation import Finding, Flip, Recommendation
from .rulebook import UNSURE, Rulebook


class Compared(Struct, frozen=True):
    """One recommendation on one question.

    `moved` holds, by stance, the names of the sources whose stance is not the same in all; `turns` are the flips to the
    answers of the others.
    """

    finding: Finding
    moved: dict[Stance, list[str]]
    turns: tuple[Flip, ...]


class ComparedQuestion(Struct, frozen=True):
    """One question in every recommendation: whether the answers differ, and whether the stance of any source moves."""

    compared: tuple[Compared, ...]
    differs: bool
    moves: bool

    @property
    def before(self) -> Finding:
        """The finding of the first."""
        return self.compared[0].finding

    @property
    def turned(self) -> int:
        """How many of the verdicts this question alone turns."""
        return sum(bool(compared.turns) for compared in self.compared)


def compare(rulebook: Rulebook, *results: Recommendation) -> list[ComparedQuestion]:
    """Compare the questions that all answer; what turns a verdict is known only if all are of this rulebook."""
    by_question = [{finding.question: finding for finding in result.findings} for result in results]
    current = all(result.rulebook.revision == rulebook.revision for result in results)
    comparisons = []
    for question in by_question[0]:
        findings = [of_one[question] for of_one in by_question if question in of_one]
        if len(findings) < len(results):
            continue
        moves = _moves(results[0], findings)
        answers = {finding.answer for finding in findings} - {UNSURE}
        compared = []
        for place, (result, finding) in enumerate(zip(results, findings, strict=True)):
            moved: dict[Stance, list[str]] = {}
            for name, stances in moves.items():
                moved.setdefault(stances[place], []).append(name)
            turns = [flip for flip in result.flips if current and flip.question == question and flip.answer in answers]
            compared.append(Compared(finding, moved, tuple(turns)))
        comparisons.append(ComparedQuestion(tuple(compared), len({one.answer for one in findings}) > 1, bool(moves)))
    return comparisons


def _moves(result: Recommendation, findings: list[Finding]) -> dict[str, list[Stance]]:
    """The name of each source whose stance differs, with its stance in each finding."""
    by_source = [{position.source: position.stance for position in finding.positions} for finding in findings]
    moves = {}
    for source in result.sources:
        stances = [of_one[source.id] for of_one in by_source if source.id in of_one]
        if len(stances) == len(findings) and len(set(stances)) > 1:
            moves[source.name] = stances
    return moves
