"""Where the sources stand: the passages each has on an answer, and the stance that they add up to."""

from collections.abc import Iterable

from .recommendation import Position, Stance
from .rulebook import Answers, Passage, Question, QuotedPassage, Rule, Rulebook


def stance(passages: Iterable[Passage]) -> Stance:
    """The stance that the passages of one source add up to, however many they are."""
    passages = list(passages)
    sides = {passage.favours for passage in passages if not passage.disputed}
    if len(sides) > 1:
        return "both"
    if sides:
        return sides.pop()
    return "disputed" if passages else "silent"


def positions_on(rulebook: Rulebook, question: Question, answers: Answers) -> tuple[Position, ...]:
    """Where each source stands on the answer to a question, by the most specific of its rules that hold."""
    rules = [rule for rule in rulebook.rules_on[question.id, answers[question.id]] if rule.holds(answers)]
    conditions = {rule.id: len(rule.given) for rule in rules}
    quoted = quoted_by(rulebook, rules)
    most_specific: dict[str, int] = {}
    for passage in quoted:
        # A disputed passage gives no vote, so it must not silence a general rule either.
        if not passage.disputed:
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
    return [rulebook.quoted(id, rule.id) for rule in rules for id in rule.passages]


def cited(rulebook: Rulebook, ids: Iterable[str]) -> tuple[Position, ...]:
    """Where the sources stand by passages that no rule quotes: advice and closing verdicts."""
    return positions(rulebook, [rulebook.quoted(id) for id in ids])


def concluded(rulebook: Rulebook) -> tuple[Position, ...]:
    """Where the sources stand in conclusion."""
    return cited(rulebook, [id for source in rulebook.sources for id in source.closing])


def positions(rulebook: Rulebook, quoted: Iterable[QuotedPassage]) -> tuple[Position, ...]:
    """The position of every source, in the order of the sources."""
    by_source: dict[str, list[QuotedPassage]] = {source.id: [] for source in rulebook.sources}
    for passage in quoted:
        by_source[passage.source].append(passage)
    return tuple(Position(source, stance(passages), tuple(passages)) for source, passages in by_source.items())
