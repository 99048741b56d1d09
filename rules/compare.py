"""Two recommendations side by side: which answers differ, which voices moved, and what turned the verdict."""

from msgspec import Struct

from .answers import AnswersError, check_answers
from .judge import judge
from .recommendation import Finding, Recommendation
from .rulebook import Rulebook
from .stance import Stance


class Moved(Struct, frozen=True):
    """A source whose stance is not the same in both."""

    source: str
    before: Stance
    after: Stance


class Side(Struct, frozen=True):
    """One question in both recommendations; `turns` says whether the other answer alone turns the verdict."""

    before: Finding
    after: Finding
    moved: tuple[Moved, ...]
    turns: bool

    @property
    def differs(self) -> bool:
        """Whether the answers are not the same."""
        return self.before.answer != self.after.answer


def compare(rulebook: Rulebook, before: Recommendation, after: Recommendation) -> tuple[Side, ...]:
    """The questions that both recommendations answer; what turns the verdict is tried under the rulebook given."""
    others = {finding.question: finding for finding in after.findings}
    return tuple(
        Side(finding, other, _moved(before, finding, other), _turns(rulebook, before, finding, other))
        for finding in before.findings
        if (other := others.get(finding.question))
    )


def _moved(given: Recommendation, before: Finding, after: Finding) -> tuple[Moved, ...]:
    names = {source.id: source.name for source in given.sources}
    stances = {voice.source: voice.stance for voice in after.voices}
    return tuple(
        Moved(names[voice.source], voice.stance, stances[voice.source])
        for voice in before.voices
        if stances.get(voice.source, voice.stance) != voice.stance
    )


def _turns(rulebook: Rulebook, given: Recommendation, before: Finding, after: Finding) -> bool:
    if before.answer == after.answer:
        return False
    changed = {**given.answers, before.question: after.answer}
    try:
        check_answers(rulebook, given.answers)
        check_answers(rulebook, changed)
    except AnswersError:
        return False
    return judge(rulebook, changed).verdict != judge(rulebook, given.answers).verdict
