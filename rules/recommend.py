"""From answers to a recommendation: the verdict, with all that a reader needs to check it."""

from collections.abc import Iterator

from msgspec import structs

from .judge import decide, judge
from .parts import guides_to, parts_for
from .positions import cited, concluded, positions_on
from .recommendation import Edition, Finding, Flip, Judgement, Recommendation, StandingAdvice, count
from .rulebook import UNSURE, Advice, Answers, Framework, Question, Rulebook


def recommend(rulebook: Rulebook, answers: Answers, archived: Judgement | None = None) -> Recommendation:
    """Recommend a framework. The answers must be valid: see `problem_with`.

    An `archived` judgement is kept, even if this program would count otherwise.
    """
    counted = judge(rulebook, answers)
    judgement = archived or counted
    return Recommendation(
        **structs.asdict(judgement),
        answers={question.id: answers[question.id] for question in rulebook.questions},
        rulebook=Edition(rulebook.revision, rulebook.date.isoformat()),
        findings=tuple(_finding(rulebook, question, answers) for question in rulebook.questions),
        flips=tuple(_flips(rulebook, answers, judgement.verdict)),
        closing=concluded(rulebook),
        advice=tuple(_standing_advice(rulebook, answers, judgement, advice) for advice in rulebook.advice),
        parts=parts_for(rulebook, answers),
        guides=guides_to(rulebook, judgement.verdict),
        not_said=rulebook.not_said,
        sources=rulebook.sources,
        recount=counted if counted != judgement else None,
    )


def _standing_advice(rulebook: Rulebook, answers: Answers, judgement: Judgement, advice: Advice) -> StandingAdvice:
    positions = cited(rulebook, advice.passages)
    counted = decide(rulebook, answers, judgement.votes + count(positions))
    turns = counted.verdict != judgement.verdict
    return StandingAdvice(advice.id, advice.title, advice.text, positions, counted, turns)


def _finding(rulebook: Rulebook, question: Question, answers: Answers) -> Finding:
    option = question[answers[question.id]]
    positions = positions_on(rulebook, question, answers)
    quoting = dict.fromkeys(passage.rule for position in positions for passage in position.passages)
    return Finding(
        question=question.id,
        name=question.name,
        answer=option.id,
        label=option.label,
        silent=option.silent,
        positions=positions,
        rules=tuple(rulebook.rules_by_id[rule] for rule in quoting),
    )


def _flips(rulebook: Rulebook, answers: Answers, verdict: Framework) -> Iterator[Flip]:
    for question in rulebook.questions:
        for option in question.options:
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
