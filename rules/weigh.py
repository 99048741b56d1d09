"""What questions, options, sources and topics that are not asked do to the verdicts of all combinations."""

from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct, structs

from .judge import count, judge, judge_with
from .positions import cited
from .recommendation import Judgement
from .rulebook import UNSURE, Advice, Question, Rulebook

Key = tuple[str, ...]
Verdicts = dict[Key, Judgement]


class Pair(Struct, frozen=True):
    """Two options of one question, and how many verdicts turn from one to the other."""

    question: str
    options: tuple[str, str]
    turned: int
    compared: int


def _share(turned: list[bool]) -> float:
    return sum(turned) / len(turned)


def _changed(key: Key, place: int, option: str) -> Key:
    return (*key[:place], option, *key[place + 1 :])


def pivotal(question: Question, verdicts: Verdicts, place: int) -> float:
    """The share of combinations in which another answer to the question turns the verdict."""
    turned = []
    for key, judgement in verdicts.items():
        keys = [_changed(key, place, option.id) for option in question.options]
        turned.append(any(verdicts[other].verdict != judgement.verdict for other in keys if other in verdicts))
    return _share(turned)


def weight(verdicts: Verdicts, place: int, option: str) -> float:
    """The share of combinations with an option in which the verdict would be another without it."""
    turned = []
    for key, judgement in verdicts.items():
        without = _changed(key, place, UNSURE)
        if key[place] == option and without in verdicts:
            turned.append(verdicts[without].verdict != judgement.verdict)
    return _share(turned)


def pairs(question: Question, verdicts: Verdicts, place: int) -> Iterator[Pair]:
    """The pairs of options, those that turn most first."""
    found = []
    for first, second in combinations([option.id for option in question.definite_options], 2):
        keys = [key for key in verdicts if key[place] == first]
        turned = sum(verdicts[key].verdict != verdicts[_changed(key, place, second)].verdict for key in keys)
        found.append(Pair(question.id, (first, second), turned, len(keys)))
    yield from sorted(found, key=lambda pair: -pair.turned / pair.compared)


def counted(rulebook: Rulebook, verdicts: Verdicts, advice: Advice) -> float:
    """The share of verdicts that turn if what is not asked is counted like a question."""
    more = count(cited(rulebook, advice.passages))
    turned = []
    for key, judgement in verdicts.items():
        answers = dict(zip(rulebook.questions_by_id, key, strict=True))
        turned.append(judge_with(rulebook, answers, judgement, more).verdict != judgement.verdict)
    return _share(turned)


def influence(rulebook: Rulebook, verdicts: Verdicts, source: str) -> float:
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
