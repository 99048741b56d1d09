"""From answers to a verdict: every source has one vote on every question, and more votes win."""

from functools import lru_cache
from itertools import chain

from .answers import completions
from .passages import Framework
from .positions import Tally, concluded, count, positions_on
from .recommendation import DecidedBy, Judgement, Strength
from .rulebook import Answers, Rulebook

# Raise this when the same data would give another verdict, strength, vote or stance. It is part of a rulebook's
# revision, so results get new links, and archived ones keep the verdict they were given.
ENGINE = 2

NO_VOTES = Tally(0, 0)


def judge(rulebook: Rulebook, answers: Answers, more: Tally = NO_VOTES) -> Judgement:
    """The verdict alone, with some `more` votes added. The answers must be valid."""
    options = tuple(answers[question.id] for question in rulebook.questions)
    counted, known = _counted(rulebook, options)
    votes = counted + more
    verdict = votes.leader or known or closing_verdict(rulebook)
    decided_by: DecidedBy = "votes" if votes.leader else "team" if known else "closing"
    lead = votes.lead
    strength: Strength = "clear" if lead >= 4 else "leaning" if lead >= 2 else "close" if lead else "tie"
    # Not clear if a way of answering the open questions turns it, or if the team knows the other framework.
    if strength == "clear":
        verdicts = {(way + more).leader or default for way, default in _ways(rulebook, options)}
        if verdicts != {verdict} or known not in (verdict, None):
            strength = "leaning"
    return Judgement(verdict, strength, votes, decided_by)


@lru_cache(maxsize=4096)
def _counted(rulebook: Rulebook, options: tuple[str, ...]) -> tuple[Tally, Framework | None]:
    """The votes, and the framework that the team knows."""
    answers = dict(zip(rulebook.questions_by_id, options, strict=True))
    by_question = (positions_on(rulebook, question, answers) for question in rulebook.questions)
    return count(chain.from_iterable(by_question)), known_by_team(rulebook, answers)


@lru_cache(maxsize=4096)
def _ways(rulebook: Rulebook, options: tuple[str, ...]) -> frozenset[tuple[Tally, Framework]]:
    """The votes in every way to answer the open questions, with the framework that a tie goes to."""
    ways = completions(rulebook, dict(zip(rulebook.questions_by_id, options, strict=True)))
    counted = (_counted(rulebook, tuple(answers.values())) for answers in ways)
    return frozenset((votes, known or closing_verdict(rulebook)) for votes, known in counted)


def known_by_team(rulebook: Rulebook, answers: Answers) -> Framework | None:
    """The framework that the team knows, if it knows one of the two."""
    known = (question[answers[question.id]].knows for question in rulebook.questions)
    return next((framework for framework in known if framework), None)


@lru_cache(maxsize=8)
def closing_verdict(rulebook: Rulebook) -> Framework:
    """The framework that more of the articles choose in conclusion."""
    # `validate` refuses a tie.
    return count(concluded(rulebook)).leader or "django"
