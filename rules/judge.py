"""From answers to a verdict: every source has one voice on every question, and more voices win."""

from collections import Counter
from functools import lru_cache

from .recommendation import Judgement, Strength, Voices
from .rulebook import Answers, Framework, Passage, Question, Rule, Rulebook
from .stance import stance

Spoken = list[tuple[Rule, Passage]]
"""What one source says on an answer: its passages, each with the rule that quotes it."""


def judge(rulebook: Rulebook, answers: Answers) -> Judgement:
    """The bare verdict on answers that are known to be right."""
    return _judge(rulebook, tuple(answers[question.id] for question in rulebook.questions))


# Kept, because each recommendation asks for all that differ from it in one answer; there are 2,500 to ask for.
@lru_cache(maxsize=4096)
def _judge(rulebook: Rulebook, options: tuple[str, ...]) -> Judgement:
    answers = dict(zip(rulebook.question, options, strict=True))
    stances = Counter(
        stance(passage for _, passage in spoken)
        for question in rulebook.questions
        for spoken in hear(rulebook, question, answers).values()
    )
    voices = Voices(stances["django"], stances["flask"])
    lead = abs(voices.django - voices.flask)
    strength: Strength = "clear" if lead >= 4 else "leaning" if lead >= 2 else "close"
    return Judgement(_most(voices) if lead else closing_verdict(rulebook), strength, voices)


def closing_verdict(rulebook: Rulebook) -> Framework:
    """The framework that more of the articles choose in conclusion; no rulebook is loaded in which they are level."""
    concluded = Counter(stance(rulebook.passage[id] for id in source.closing) for source in rulebook.sources)
    return _most(Voices(concluded["django"], concluded["flask"]))


def _most(voices: Voices) -> Framework:
    return "django" if voices.django > voices.flask else "flask"


def hear(rulebook: Rulebook, question: Question, answers: Answers) -> dict[str, Spoken]:
    """By source, what speaks on the answer to a question: of its rules that hold, only the most specific."""
    said: dict[str, Spoken] = {source.id: [] for source in rulebook.sources}
    for rule in rulebook.rules_on[question.id, answers[question.id]]:
        if rule.holds(answers):
            for id in rule.passages:
                passage = rulebook.passage[id]
                said[passage.source].append((rule, passage))
    return {source: _most_specific(spoken) for source, spoken in said.items()}


def _most_specific(spoken: Spoken) -> Spoken:
    # A disputed passage has no voice, so it must not silence a general rule either.
    conditions = {len(rule.given) for rule, passage in spoken if not passage.disputed}
    return [one for one in spoken if not conditions or len(one[0].given) == max(conditions)]
