"""From answers to a recommendation: the verdict, with all that a reader needs to check it."""

from collections.abc import Iterator

from msgspec import structs

from . import recommendation as made
from .answers import completions
from .judge import judge, known_by_team
from .passages import FRAMEWORKS, Framework
from .positions import cited, concluded, count, positions_on
from .recommendation import Judgement, Recommendation
from .rulebook import UNSURE, Advice, Answers, Part, Question, Rulebook, meet


def recommend(rulebook: Rulebook, answers: Answers, archived: Judgement | None = None) -> Recommendation:
    """Recommend a framework. The answers must be valid: see `problem_with`.

    An `archived` judgement is kept, even if this program would count otherwise.
    """
    counted = judge(rulebook, answers)
    judgement = archived or counted

    def with_effect(advice: Advice) -> made.CountedAdvice:
        positions = cited(rulebook, advice.passages, advice.also)
        # On top of the votes that are shown.
        would_be = judge(rulebook, answers, judgement.votes - counted.votes + count(positions))
        turns = would_be.verdict != judgement.verdict
        return made.CountedAdvice(advice.id, advice.title, advice.text, would_be, turns, positions=positions)

    called = [part for part in rulebook.parts if meet(answers, part.when)]
    return Recommendation(
        **structs.asdict(judgement),
        answers={question.id: answers[question.id] for question in rulebook.questions},
        rulebook=made.Edition(rulebook.revision, rulebook.date.isoformat()),
        findings=tuple(_finding(rulebook, question, answers) for question in rulebook.questions),
        flips=tuple(_flips(rulebook, answers, judgement)),
        closing=concluded(rulebook),
        advice=tuple(with_effect(advice) for advice in rulebook.advice),
        parts={side: tuple(supplied(rulebook, part, side) for part in called) for side in FRAMEWORKS},
        guides=tuple(guide for guide in rulebook.guides if guide.framework == judgement.verdict),
        not_said=rulebook.not_said,
        sources=rulebook.sources,
        what_if=tuple(
            made.CountedWhatIf(asked.id, asked.title, asked.help, *map(with_effect, asked.answers))
            for asked in rulebook.what_if
        ),
        open_answers=_open_answers(rulebook, answers, judgement.verdict),
        team_knows=known_by_team(rulebook, answers),
        recount=counted if counted != judgement else None,
    )


def supplied(rulebook: Rulebook, part: Part, framework: Framework) -> made.SuppliedPart:
    """A part as a framework has it."""
    supply = part.supplies[framework]
    quoted = tuple(rulebook.quoted(id) for id in supply.passages)
    return made.SuppliedPart(supply.status, supply.package, supply.note, part.id, part.title, quoted)


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
    rules = tuple(rulebook.rules_by_id[rule] for rule in quoting)
    return made.Finding(question.id, question.name, option.id, option.label, option.silent, rules, positions=positions)


def _flips(rulebook: Rulebook, answers: Answers, given: Judgement) -> Iterator[made.Flip]:
    if not given.votes:
        return
    for question in rulebook.questions:
        for option in question.options:
            changed = {**answers, question.id: option.id}
            if set(changed.values()) == {UNSURE}:
                continue
            other = judge(rulebook, changed)
            # An answer that leaves no votes turns nothing, but one left open shows that the verdict rests on it.
            if other.verdict != given.verdict and (other.votes or option.id == UNSURE):
                asked = {"question": question.id, "name": question.name, "answer": option.id, "label": option.label}
                yield made.Flip(**structs.asdict(other) | asked)
