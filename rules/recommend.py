"""From answers to a recommendation: the verdict, with all that a reader needs to check it."""

from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import structs

from .answers import check_answers
from .judge import Heard, hear, judge
from .recommendation import Edition, Finding, Flip, Recommendation, StandingAdvice
from .rulebook import UNSURE, Answers, Framework, Option, Question, Rulebook
from .voices import cited, concluded, voices


def recommend(rulebook: Rulebook, answers: Answers) -> Recommendation:
    """Recommend a framework; raises AnswersError unless the answers are complete, known and not all `unsure`."""
    check_answers(rulebook, answers)
    judgement = judge(rulebook, answers)
    return Recommendation(
        **structs.asdict(judgement),
        answers={question.id: answers[question.id] for question in rulebook.questions},
        rulebook=Edition(rulebook.revision, rulebook.date.isoformat()),
        findings=tuple(
            _finding(rulebook, question, question[answers[question.id]], hear(rulebook, question, answers))
            for question in rulebook.questions
        ),
        flips=tuple(_flips(rulebook, answers, judgement.verdict)),
        closing=concluded(rulebook),
        advice=_advice(rulebook),
        sources=rulebook.sources,
    )


@cache
def _advice(rulebook: Rulebook) -> tuple[StandingAdvice, ...]:
    return tuple(
        StandingAdvice(advice.id, advice.title, advice.text, cited(rulebook, advice.passages))
        for advice in rulebook.advice
    )


@lru_cache(maxsize=1024)
def _finding(rulebook: Rulebook, question: Question, option: Option, heard: Heard) -> Finding:
    spoken = [one for said in heard.said.values() for one in said]
    return Finding(
        question=question.id,
        name=question.name,
        answer=option.id,
        label=option.label,
        silent=option.silent,
        voices=voices(rulebook, ((rule.id, passage) for rule, passage in spoken)),
        rules=tuple({rule.id: rule for rule, _ in spoken}.values()),
    )


def _flips(rulebook: Rulebook, answers: Answers, verdict: Framework) -> Iterator[Flip]:
    for question in rulebook.questions:
        for option in question.option:
            changed = {**answers, question.id: option.id}
            if set(changed.values()) == {UNSURE}:
                continue
            judgement = judge(rulebook, changed)
            if judgement.verdict != verdict:
                yield Flip(
                    **structs.asdict(judgement),
                    question=question.id,
                    name=question.name,
                    answer=option.id,
                    label=option.label,
                )
