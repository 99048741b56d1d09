"""From answers to a recommendation: the verdict, with all that a reader needs to check it."""

from collections.abc import Iterator

from msgspec import structs

from . import recommendation as made
from .answers import completions
from .judge import judge, known_by_team
from .parts import guides_to, parts_for
from .passages import Framework
from .positions import cited, concluded, positions_on
from .recommendation import Judgement, Recommendation, Tally, count
from .rulebook import UNSURE, Advice, Answers, Question, Rulebook, Supposed, WhatIf


def recommend(rulebook: Rulebook, answers: Answers, archived: Judgement | None = None) -> Recommendation:
    """Recommend a framework. The answers must be valid: see `problem_with`.

    An `archived` judgement is kept, even if this program would count otherwise.
    """
    counted = judge(rulebook, answers)
    judgement = archived or counted
    # What is not asked is counted on top of the votes that are shown.
    shown = judgement.votes - counted.votes
    return Recommendation(
        **structs.asdict(judgement),
        answers={question.id: answers[question.id] for question in rulebook.questions},
        rulebook=made.Edition(rulebook.revision, rulebook.date.isoformat()),
        findings=tuple(_finding(rulebook, question, answers) for question in rulebook.questions),
        flips=tuple(_flips(rulebook, answers, judgement.verdict)),
        closing=concluded(rulebook),
        advice=tuple(_standing_advice(rulebook, answers, judgement, shown, advice) for advice in rulebook.advice),
        parts=parts_for(rulebook, answers),
        guides=guides_to(rulebook, judgement.verdict),
        not_said=rulebook.not_said,
        sources=rulebook.sources,
        what_if=tuple(_what_if(rulebook, answers, shown, what_if) for what_if in rulebook.what_if),
        open_answers=_open_answers(rulebook, answers, judgement.verdict),
        team_knows=known_by_team(rulebook, answers),
        recount=counted if counted != judgement else None,
    )


def _standing_advice(
    rulebook: Rulebook, answers: Answers, judgement: Judgement, shown: Tally, advice: Advice
) -> made.StandingAdvice:
    positions = cited(rulebook, advice.passages)
    counted = judge(rulebook, answers, shown + count(positions))
    turns = counted.verdict != judgement.verdict
    return made.StandingAdvice(advice.id, advice.title, advice.text, positions, counted, turns)


def _what_if(rulebook: Rulebook, answers: Answers, shown: Tally, what_if: WhatIf) -> made.CountedWhatIf:
    def counted(supposed: Supposed) -> made.CountedAnswer:
        positions = cited(rulebook, supposed.passages, supposed.also)
        judgement = judge(rulebook, answers, shown + count(positions))
        return made.CountedAnswer(supposed.meaning, supposed.because, positions, judgement)

    return made.CountedWhatIf(what_if.id, what_if.title, what_if.help, counted(what_if.yes), counted(what_if.no))


def _open_answers(rulebook: Rulebook, answers: Answers, verdict: Framework) -> made.OpenAnswers | None:
    open_questions = [question for question in rulebook.questions if answers[question.id] == UNSURE]
    if not open_questions:
        return None
    ways = [(way, judge(rulebook, way).verdict == verdict) for way in completions(rulebook, answers)]
    differences = {}
    for question in open_questions:
        kept = [[keeps for way, keeps in ways if way[question.id] == option.id] for option in question.definite_options]
        shares = [sum(keeps) / len(keeps) for keeps in kept]
        differences[question.name] = max(shares) - min(shares)
    first = max(differences, key=lambda name: differences[name])
    keep = sum(keeps for _, keeps in ways)
    return made.OpenAnswers(tuple(differences), len(ways), keep, first if differences[first] else "")


def _finding(rulebook: Rulebook, question: Question, answers: Answers) -> made.Finding:
    option = question[answers[question.id]]
    positions = positions_on(rulebook, question, answers)
    quoting = dict.fromkeys(passage.rule for position in positions for passage in position.passages)
    return made.Finding(
        question=question.id,
        name=question.name,
        answer=option.id,
        label=option.label,
        silent=option.silent,
        positions=positions,
        rules=tuple(rulebook.rules_by_id[rule] for rule in quoting),
    )


def _flips(rulebook: Rulebook, answers: Answers, verdict: Framework) -> Iterator[made.Flip]:
    for question in rulebook.questions:
        for option in question.options:
            changed = {**answers, question.id: option.id}
            if set(changed.values()) == {UNSURE}:
                continue
            judgement = judge(rulebook, changed)
            if judgement.verdict != verdict:
                yield made.Flip(
                    **structs.asdict(judgement),
                    question=question.id,
                    name=question.name,
                    answer=option.id,
                    label=option.label,
                )
