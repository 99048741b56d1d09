"""From answers to a verdict: every source has one vote on every question, and more votes win."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from .positions import concluded, positions_on
from .recommendation import Judgement, Position, Strength, Tally
from .rulebook import Answers, Framework, Rulebook


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
    lead = abs(votes.django - votes.flask)
    if lead:
        return Judgement(_winner(votes), strength_of(lead), votes, "votes")
    for question in rulebook.questions:
        if known := question[answers[question.id]].knows:
            return Judgement(known, "tie", votes, "team")
    return Judgement(closing_verdict(rulebook), "tie", votes, "closing")


def judge_with(rulebook: Rulebook, answers: Answers, judgement: Judgement, more: Tally) -> Judgement:
    """The verdict if more votes were counted."""
    votes = Tally(judgement.votes.django + more.django, judgement.votes.flask + more.flask)
    return decide(rulebook, answers, votes)


def count(positions: Iterable[Position]) -> Tally:
    """The votes of all positions that take a side, one each."""
    stances = Counter(position.stance for position in positions)
    return Tally(stances["django"], stances["flask"])


def strength_of(lead: int) -> Strength:
    """The strength of a verdict, by its lead in votes."""
    return "clear" if lead >= 4 else "leaning" if lead >= 2 else "close" if lead else "tie"


def closing_verdict(rulebook: Rulebook) -> Framework:
    """The framework that more of the articles choose in conclusion; a rulebook in which that is a tie is not loaded."""
    return _winner(count(concluded(rulebook)))


def _winner(votes: Tally) -> Framework:
    return "django" if votes.django > votes.flask else "flask"
