"""From answers to a verdict: every source has one vote on every question, and more votes win."""

from functools import lru_cache

from .positions import concluded, positions_on
from .recommendation import Judgement, Strength, Tally, count
from .rulebook import Answers, Framework, Rulebook

# Raise this when the same data would give another verdict, strength, vote or stance. It is part of a rulebook's
# revision, so results get new links, and archived ones keep the verdict they were given.
ENGINE = 1


def judge(rulebook: Rulebook, answers: Answers) -> Judgement:
    """The verdict alone. The answers must be valid."""
    return _judge(rulebook, tuple(answers[question.id] for question in rulebook.questions))


# A recommendation judges every combination that differs from it in one answer, about twenty, to find what flips it.
@lru_cache(maxsize=4096)
def _judge(rulebook: Rulebook, options: tuple[str, ...]) -> Judgement:
    answers = dict(zip(rulebook.questions_by_id, options, strict=True))
    votes = count(position for question in rulebook.questions for position in positions_on(rulebook, question, answers))
    return decide(rulebook, answers, votes)


def decide(rulebook: Rulebook, answers: Answers, votes: Tally) -> Judgement:
    """The verdict that follows from the votes; a tie goes to what the team knows, or else to the closing verdicts."""
    if votes.leader:
        return Judgement(votes.leader, strength_of(votes.lead), votes, "votes")
    if known := known_by_team(rulebook, answers):
        return Judgement(known, "tie", votes, "team")
    return Judgement(closing_verdict(rulebook), "tie", votes, "closing")


def strength_of(lead: int) -> Strength:
    """The strength of a verdict, by its lead in votes."""
    return "clear" if lead >= 4 else "leaning" if lead >= 2 else "close" if lead else "tie"


def known_by_team(rulebook: Rulebook, answers: Answers) -> Framework | None:
    """The framework that the team knows, if it knows one of the two."""
    known = (question[answers[question.id]].knows for question in rulebook.questions)
    return next((framework for framework in known if framework), None)


def closing_verdict(rulebook: Rulebook) -> Framework:
    """The framework that more of the articles choose in conclusion."""
    leader = count(concluded(rulebook)).leader
    assert leader, "`validate` refuses a tie here"  # noqa: S101
    return leader
