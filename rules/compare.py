"""Two recommendations side by side: which answers differ, which positions moved, and what turns the verdict."""

from msgspec import Struct

from .answers import problem_with
from .judge import judge
from .recommendation import Finding, Recommendation, Stance
from .rulebook import Rulebook


class Move(Struct, frozen=True):
    """A source that has another stance after than before."""

    source: str
    before: Stance
    after: Stance


class Comparison(Struct, frozen=True):
    """One question in both recommendations; `turns` is whether the new answer alone turns the verdict."""

    before: Finding
    after: Finding
    moves: tuple[Move, ...]
    turns: bool

    @property
    def differs(self) -> bool:
        """Whether the answers differ."""
        return self.before.answer != self.after.answer


def compare(rulebook: Rulebook, before: Recommendation, after: Recommendation) -> tuple[Comparison, ...]:
    """Compare the questions that both answer; what turns the verdict is tried under this rulebook."""
    findings = {finding.question: finding for finding in after.findings}
    return tuple(
        Comparison(old, new, _moves(before, old, new), _turns(rulebook, before, new))
        for old in before.findings
        if (new := findings.get(old.question))
    )


def _moves(result: Recommendation, before: Finding, after: Finding) -> tuple[Move, ...]:
    stances = {position.source: position.stance for position in after.positions}
    return tuple(
        Move(result.sources_by_id[position.source].name, position.stance, stances[position.source])
        for position in before.positions
        if stances.get(position.source, position.stance) != position.stance
    )


def _turns(rulebook: Rulebook, result: Recommendation, finding: Finding) -> bool:
    changed = {**result.answers, finding.question: finding.answer}
    if problem_with(rulebook, result.answers) or problem_with(rulebook, changed):
        return False
    return judge(rulebook, changed).verdict != judge(rulebook, result.answers).verdict
