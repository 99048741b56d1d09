"""From answers to a verdict: every source has one voice on every question, and more voices win."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress

from .recommendation import Judgement, Strength, Voices
from .rulebook import Answers, Framework, Passage, Question, Rule, Rulebook
from .stance import stance

Spoken = list[tuple[Rule, Passage]]
"""What one source says on an answer: its passages, each with the rule that quotes it."""


@dataclass(frozen=True, eq=False)
class Heard:
    """What every source says on an answer, and the voices that this makes."""

    said: Mapping[str, Spoken]
    voices: Voices


def judge(rulebook: Rulebook, answers: Answers) -> Judgement:
    """The bare verdict on answers that are known to be right."""
    return _judge(rulebook, tuple(answers[question.id] for question in rulebook.questions))


# Kept, because each recommendation asks for all that differ from it in one answer; there are 2,500 to ask for.
@lru_cache(maxsize=4096)
def _judge(rulebook: Rulebook, options: tuple[str, ...]) -> Judgement:
    answers = dict(zip(rulebook.question, options, strict=True))
    heard = [hear(rulebook, question, answers).voices for question in rulebook.questions]
    voices = Voices(sum(one.django for one in heard), sum(one.flask for one in heard))
    lead = abs(voices.django - voices.flask)
    strength: Strength = "clear" if lead >= 4 else "leaning" if lead >= 2 else "close"
    return Judgement(_most(voices) if lead else closing_verdict(rulebook), strength, voices)


def closing_verdict(rulebook: Rulebook) -> Framework:
    """The framework that more of the articles choose in conclusion; no rulebook is loaded in which they are level."""
    return _most(_voices([rulebook.passage[id] for id in source.closing] for source in rulebook.sources))


def _most(voices: Voices) -> Framework:
    return "django" if voices.django > voices.flask else "flask"


def _voices(passages: Iterable[Iterable[Passage]]) -> Voices:
    """One voice for each source that takes a side, given the passages of each."""
    stances = Counter(stance(own) for own in passages)
    return Voices(stances["django"], stances["flask"])


def hear(rulebook: Rulebook, question: Question, answers: Answers) -> Heard:
    """What every source says on the answer to a question: of its rules that hold, only the most specific."""
    answer = question.id, answers[question.id]
    return _hear(rulebook, answer, tuple(rule.holds(answers) for rule in rulebook.rules_on[answer]))


# Kept, because it depends on nothing but the rules that hold, which are the same in hundreds of combinations.
@lru_cache(maxsize=1024)
def _hear(rulebook: Rulebook, answer: tuple[str, str], hold: tuple[bool, ...]) -> Heard:
    said: dict[str, Spoken] = {source.id: [] for source in rulebook.sources}
    for rule in compress(rulebook.rules_on[answer], hold):
        for id in rule.passages:
            passage = rulebook.passage[id]
            said[passage.source].append((rule, passage))
    said = {source: _most_specific(spoken) for source, spoken in said.items()}
    return Heard(said, _voices([passage for _, passage in spoken] for spoken in said.values()))


def _most_specific(spoken: Spoken) -> Spoken:
    # A disputed passage has no voice, so it must not silence a general rule either.
    conditions = {len(rule.given) for rule, passage in spoken if not passage.disputed}
    return [one for one in spoken if not conditions or len(one[0].given) == max(conditions)]
