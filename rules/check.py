"""What all the combinations of answers show about a rulebook."""

from collections import Counter

from msgspec import Struct

from .answers import combinations
from .judge import judge
from .parts import quoted_in_parts
from .positions import positions_on
from .rulebook import Rulebook
from .topics import topics
from .weigh import Pair, counted, influence, pairs, pivotal, weight


class Report(Struct, frozen=True):
    """Counts and shares over all combinations; a share is between 0 and 1."""

    combinations: int
    verdicts: dict[str, float]
    strengths: dict[str, float]
    questions: dict[str, float]
    options: dict[str, dict[str, float]]
    pairs: list[Pair]
    advice: dict[str, float]
    sources: dict[str, float]
    differ: list[str]
    both: dict[str, list[str]]
    problems: list[str]


def check(rulebook: Rulebook) -> Report:
    """Try every combination; the problems are rules that never speak and passages that are never shown."""
    verdicts = {tuple(answers.values()): judge(rulebook, answers) for answers in combinations(rulebook)}
    questions = list(enumerate(rulebook.questions))
    return Report(
        combinations=len(verdicts),
        verdicts=_shares(Counter[str](judgement.verdict for judgement in verdicts.values())),
        strengths=_shares(Counter[str](judgement.strength for judgement in verdicts.values())),
        questions={question.id: pivotal(question, verdicts, place) for place, question in questions},
        options={
            question.id: {option.id: weight(verdicts, place, option.id) for option in question.definite_options}
            for place, question in questions
        },
        pairs=[pair for place, question in questions for pair in pairs(question, verdicts, place)],
        advice={advice.id: counted(rulebook, verdicts, advice) for advice in rulebook.advice},
        sources={source.id: influence(rulebook, verdicts, source.id) for source in rulebook.sources},
        differ=[topic.title for topic in topics(rulebook) if topic.accord == "differ"],
        both=_argued_both_ways(rulebook),
        problems=_problems(rulebook),
    )


def _shares(counts: Counter[str]) -> dict[str, float]:
    return {name: count / counts.total() for name, count in sorted(counts.items())}


def _argued_both_ways(rulebook: Rulebook) -> dict[str, list[str]]:
    """The titles of the topics on which each source argues both ways."""
    titles: dict[str, list[str]] = {source.id: [] for source in rulebook.sources}
    for topic in topics(rulebook):
        for position in topic.positions:
            if position.stance == "both":
                titles[position.source].append(topic.title)
    return titles


def _problems(rulebook: Rulebook) -> list[str]:
    rules = set[str]()
    shown = {id for source in rulebook.sources for id in source.closing + source.interest}
    shown |= {id for advice in rulebook.advice for id in advice.passages} | quoted_in_parts(rulebook)
    for answers in combinations(rulebook):
        for question in rulebook.questions:
            for position in positions_on(rulebook, question, answers):
                rules |= {passage.rule for passage in position.passages}
                shown |= {passage.id for passage in position.passages}
    never_speak = [rule.id for rule in rulebook.rules if rule.id not in rules]
    never_shown = [passage.id for passage in rulebook.passages if passage.id not in shown]
    return [
        *(f"rules.toml: rule “{id}” never speaks" for id in never_speak),
        *(f"passages.toml: passage “{id}” is never shown" for id in never_shown),
    ]
