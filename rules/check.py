"""What all the combinations of answers show about a rulebook."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations as combinations_of

from msgspec import Struct, structs

from .answers import combinations
from .judge import count, judge, judge_with
from .positions import cited, positions_on
from .recommendation import Judgement
from .rulebook import UNSURE, Advice, Question, Rulebook
from .topics import topics

Key = tuple[str, ...]
Verdicts = dict[Key, Judgement]


class Pair(Struct, frozen=True):
    """Two options of one question, and how many verdicts turn from one to the other."""

    question: str
    options: tuple[str, str]
    turned: int
    compared: int


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
        questions={question.id: _pivotal(question, verdicts, place) for place, question in questions},
        options={
            question.id: {option.id: _weight(verdicts, place, option.id) for option in question.definite_options}
            for place, question in questions
        },
        pairs=[pair for place, question in questions for pair in _pairs(question, verdicts, place)],
        advice={advice.id: _counted(rulebook, verdicts, advice) for advice in rulebook.advice},
        sources={source.id: _influence(rulebook, verdicts, source.id) for source in rulebook.sources},
        differ=[topic.title for topic in topics(rulebook) if topic.accord == "differ"],
        both=_argued_both_ways(rulebook),
        problems=_problems(rulebook),
    )


def _shares(counts: Counter[str]) -> dict[str, float]:
    return {name: count / counts.total() for name, count in sorted(counts.items())}


def _share(turned: list[bool]) -> float:
    return sum(turned) / len(turned)


def _changed(key: Key, place: int, option: str) -> Key:
    return (*key[:place], option, *key[place + 1 :])


def _pivotal(question: Question, verdicts: Verdicts, place: int) -> float:
    """The share of combinations in which another answer to the question turns the verdict."""
    turned = []
    for key, judgement in verdicts.items():
        keys = [_changed(key, place, option.id) for option in question.options]
        turned.append(any(verdicts[other].verdict != judgement.verdict for other in keys if other in verdicts))
    return _share(turned)


def _weight(verdicts: Verdicts, place: int, option: str) -> float:
    """The share of combinations with an option in which the verdict would be another without it."""
    turned = []
    for key, judgement in verdicts.items():
        without = _changed(key, place, UNSURE)
        if key[place] == option and without in verdicts:
            turned.append(verdicts[without].verdict != judgement.verdict)
    return _share(turned)


def _pairs(question: Question, verdicts: Verdicts, place: int) -> Iterator[Pair]:
    """The pairs of options, those that turn most first."""
    pairs = []
    for first, second in combinations_of([option.id for option in question.definite_options], 2):
        keys = [key for key in verdicts if key[place] == first]
        turned = sum(verdicts[key].verdict != verdicts[_changed(key, place, second)].verdict for key in keys)
        pairs.append(Pair(question.id, (first, second), turned, len(keys)))
    yield from sorted(pairs, key=lambda pair: -pair.turned / pair.compared)


def _counted(rulebook: Rulebook, verdicts: Verdicts, advice: Advice) -> float:
    """The share of verdicts that turn if what is not asked is counted like a question."""
    more = count(cited(rulebook, advice.passages))
    turned = []
    for key, judgement in verdicts.items():
        answers = dict(zip(rulebook.questions_by_id, key, strict=True))
        turned.append(judge_with(rulebook, answers, judgement, more).verdict != judgement.verdict)
    return _share(turned)


def _influence(rulebook: Rulebook, verdicts: Verdicts, source: str) -> float:
    """The share of verdicts that turn when a source is left out, its closing verdict with it."""
    rules = []
    for rule in rulebook.rules:
        others = tuple(id for id in rule.passages if rulebook.passages_by_id[id].source != source)
        rules.append(structs.replace(rule, passages=others))
    sources = tuple(other for other in rulebook.sources if other.id != source)
    without = structs.replace(rulebook, sources=sources, rules=tuple(rules))
    turned = []
    for key, judgement in verdicts.items():
        answers = dict(zip(rulebook.questions_by_id, key, strict=True))
        turned.append(judge(without, answers).verdict != judgement.verdict)
    return _share(turned)


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
    shown |= {id for advice in rulebook.advice for id in advice.passages}
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
