"""What all the combinations of answers show about a rulebook."""

from collections import Counter

from msgspec import Struct, structs

from .answers import combinations
from .judge import hear, judge
from .recommendation import Judgement
from .rulebook import UNSURE, Rulebook
from .topics import topics

Verdicts = dict[tuple[str, ...], Judgement]


class Audit(Struct, frozen=True):
    """Counts and shares over all combinations; a share is between 0 and 1."""

    combinations: int
    verdicts: dict[str, float]
    strengths: dict[str, float]
    level: float
    questions: dict[str, float]
    options: dict[str, dict[str, float]]
    sources: dict[str, float]
    differ: list[str]
    split: dict[str, list[str]]
    faults: list[str]


def audit(rulebook: Rulebook) -> Audit:
    """Try every combination; the faults are rules that never speak and passages that are never shown."""
    verdicts = {tuple(answers.values()): judge(rulebook, answers) for answers in combinations(rulebook)}
    spoken = topics(rulebook)
    return Audit(
        combinations=len(verdicts),
        verdicts=_shares(Counter[str](judgement.verdict for judgement in verdicts.values())),
        strengths=_shares(Counter[str](judgement.strength for judgement in verdicts.values())),
        level=_share([one.voices.django == one.voices.flask for one in verdicts.values()]),
        questions={
            question.id: _pivotal(rulebook, verdicts, place) for place, question in enumerate(rulebook.questions)
        },
        options={
            question.id: {
                option.id: _weight(verdicts, place, option.id) for option in question.option if option.id != UNSURE
            }
            for place, question in enumerate(rulebook.questions)
        },
        sources={source.id: _influence(rulebook, verdicts, source.id) for source in rulebook.sources},
        differ=[topic.title for topic in spoken if topic.accord == "differ"],
        split={
            source.id: [
                topic.title
                for topic in spoken
                for voice in topic.voices
                if voice.source == source.id and voice.stance == "split"
            ]
            for source in rulebook.sources
        },
        faults=_faults(rulebook),
    )


def _shares(counts: Counter[str]) -> dict[str, float]:
    return {name: count / counts.total() for name, count in sorted(counts.items())}


def _share(turned: list[bool]) -> float:
    return sum(turned) / len(turned)


def _pivotal(rulebook: Rulebook, verdicts: Verdicts, place: int) -> float:
    """The share of combinations in which another answer to the question turns the verdict."""
    return _share(
        [
            any(
                verdicts[other].verdict != judgement.verdict
                for option in rulebook.questions[place].option
                if (other := _changed(key, place, option.id)) in verdicts
            )
            for key, judgement in verdicts.items()
        ]
    )


def _weight(verdicts: Verdicts, place: int, option: str) -> float:
    """The share of combinations with an option in which the verdict would be another without it."""
    return _share(
        [
            verdicts[without].verdict != judgement.verdict
            for key, judgement in verdicts.items()
            if key[place] == option and (without := _changed(key, place, UNSURE)) in verdicts
        ]
    )


def _changed(key: tuple[str, ...], place: int, option: str) -> tuple[str, ...]:
    return (*key[:place], option, *key[place + 1 :])


def _influence(rulebook: Rulebook, verdicts: Verdicts, source: str) -> float:
    """The share of verdicts that turn when a source is left out, its closing verdict with it."""
    without = structs.replace(
        rulebook,
        sources=tuple(one for one in rulebook.sources if one.id != source),
        rules=tuple(
            structs.replace(rule, passages=tuple(id for id in rule.passages if rulebook.passage[id].source != source))
            for rule in rulebook.rules
        ),
    )
    ids = [question.id for question in rulebook.questions]
    return _share(
        [
            judge(without, dict(zip(ids, key, strict=True))).verdict != judgement.verdict
            for key, judgement in verdicts.items()
        ]
    )


def _faults(rulebook: Rulebook) -> list[str]:
    spoken = [
        one
        for answers in combinations(rulebook)
        for question in rulebook.questions
        for said in hear(rulebook, question, answers).said.values()
        for one in said
    ]
    rules = {rule.id for rule, _ in spoken}
    shown = {passage.id for _, passage in spoken}.union(
        *(source.closing for source in rulebook.sources), *(advice.passages for advice in rulebook.advice)
    )
    return [
        *(f"rules.toml: rule “{rule.id}” never speaks" for rule in rulebook.rules if rule.id not in rules),
        *(
            f"passages.toml: passage “{passage.id}” is never shown"
            for passage in rulebook.passages
            if passage.id not in shown
        ),
    ]
