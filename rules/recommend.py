"""From answers to a recommendation: the verdict, with all that a reader needs to check it."""

from collections.abc import Iterable, Iterator

from msgspec import structs

from .answers import check_answers
from .judge import hear, judge
from .recommendation import Edition, Finding, Flip, Quotation, Recommendation, StandingAdvice, Voice
from .rulebook import UNSURE, Answers, Framework, Question, Rulebook
from .stance import stance


def recommend(rulebook: Rulebook, answers: Answers) -> Recommendation:
    """Recommend a framework; raises AnswersError unless the answers are complete, known and not all `unsure`."""
    check_answers(rulebook, answers)
    judgement = judge(rulebook, answers)
    return Recommendation(
        **structs.asdict(judgement),
        answers={question.id: answers[question.id] for question in rulebook.questions},
        rulebook=Edition(rulebook.revision, rulebook.date.isoformat()),
        findings=tuple(_finding(rulebook, question, answers) for question in rulebook.questions),
        flips=tuple(_flips(rulebook, answers, judgement.verdict)),
        closing=_cited(rulebook, (id for source in rulebook.sources for id in source.closing)),
        advice=tuple(
            StandingAdvice(advice.id, advice.title, advice.text, _cited(rulebook, advice.passages))
            for advice in rulebook.advice
        ),
        sources=rulebook.sources,
    )


def _finding(rulebook: Rulebook, question: Question, answers: Answers) -> Finding:
    option = question[answers[question.id]]
    heard = hear(rulebook, question, answers)
    rules = {rule.id: rule for spoken in heard.values() for rule, _ in spoken}
    return Finding(
        question=question.id,
        name=question.name,
        answer=option.id,
        label=option.label,
        silent=option.silent,
        voices=tuple(
            Voice(
                source,
                stance(passage for _, passage in spoken),
                tuple(Quotation(**structs.asdict(passage), rule=rule.id) for rule, passage in spoken),
            )
            for source, spoken in heard.items()
        ),
        rules=tuple(rules.values()),
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


def _cited(rulebook: Rulebook, ids: Iterable[str]) -> tuple[Voice, ...]:
    """Where every source stands by passages that no rule quotes."""
    passages = [rulebook.passage[id] for id in ids]
    return tuple(
        Voice(source.id, stance(own), tuple(Quotation(**structs.asdict(passage)) for passage in own))
        for source in rulebook.sources
        for own in [[passage for passage in passages if passage.source == source.id]]
    )
