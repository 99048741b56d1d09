"""A result as a decision record: each reason once, with one quotation for every vote."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.judge import count
from rules.recommendation import Finding, Position, QuotedPassage, Recommendation
from rules.rulebook import Framework

from .quotations import clarity
from .reasons import leader, score


@dataclass(frozen=True, slots=True)
class Pro:
    """A reason for a framework, and a quotation of every article that votes by it."""

    finding: Finding
    because: str
    passages: list[QuotedPassage]


def pros(result: Recommendation, favours: Framework) -> Iterator[Pro]:
    """The reasons for a framework that have votes."""
    for finding in result.findings:
        quoted = [quoted_by(position) for position in finding.positions if position.stance == favours]
        for rule in finding.rules:
            if passages := [passage for passage in quoted if passage.rule == rule.id]:
                yield Pro(finding, rule.because, passages)


def quoted_by(position: Position) -> QuotedPassage:
    """The one passage that says best why an article takes its side; among equals, the shortest."""
    return min(position.passages, key=lambda passage: (*clarity(passage), len(passage.quote)))


def sum_of(finding: Finding) -> str:
    """The votes on one answer."""
    votes = count(finding.positions)
    leads = leader(votes)
    return f"{score(votes)} {leads.title()}" if leads else score(votes)


def not_asked(result: Recommendation) -> str:
    """What no question asks, with what would turn the verdict if it were counted."""
    titles = [f"{advice.title}{' (would turn it)' if advice.turns else ''}" for advice in result.advice]
    return "; ".join(titles)
