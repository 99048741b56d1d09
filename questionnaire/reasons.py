"""Why, in short: what the votes on each answer come to, and the reason that carries most of them."""

from dataclasses import dataclass

from rules.judge import count
from rules.recommendation import Finding, Recommendation, Tally
from rules.rulebook import FRAMEWORKS, Framework, Rule


@dataclass(frozen=True, slots=True)
class Reason:
    """The rule behind most of the votes that one answer gives a framework."""

    finding: Finding
    favours: Framework
    because: str
    votes: Tally

    @property
    def score(self) -> str:
        """The votes on this answer, and for whom they are."""
        return outcome(self.votes)

    @property
    def lead(self) -> int:
        """How many more votes the framework has on this answer than the other."""
        return _votes(self.votes, self.favours) - _votes(self.votes, other(self.favours))


def other(framework: Framework) -> Framework:
    """The framework that this one is not."""
    return "flask" if framework == "django" else "django"


def leader(votes: Tally) -> Framework | None:
    """The framework with more votes, if one has."""
    return None if votes.django == votes.flask else "django" if votes.django > votes.flask else "flask"


def score(votes: Tally) -> str:
    """The votes as a short sum, the greater number first: 3–1."""
    return f"{max(votes.django, votes.flask)}–{min(votes.django, votes.flask)}"


def outcome(votes: Tally) -> str:
    """The votes, and for whom they are: 3–1 for Django."""
    leads = leader(votes)
    return f"{score(votes)} for {leads.title()}" if leads else f"{score(votes)}, even"


def reason_on(finding: Finding, favours: Framework) -> Reason | None:
    """The reason for a framework on one answer: the rule by which most sources vote, joint rules first."""
    voting = [
        {passage.rule for passage in position.passages}
        for position in finding.positions
        if position.stance in (favours, "both")
    ]

    def weight(rule: Rule) -> tuple[int, int]:
        return sum(rule.id in rules for rules in voting), len(rule.given)

    rules = [rule for rule in finding.rules if rule.favours == favours]
    return Reason(finding, favours, max(rules, key=weight).because, count(finding.positions)) if rules else None


def strongest(result: Recommendation, favours: Framework) -> list[Reason]:
    """The reasons for a framework that have votes, those with the greatest lead first."""
    reasons = [reason for finding in result.findings if (reason := reason_on(finding, favours))]
    voted = [reason for reason in reasons if _votes(reason.votes, favours)]
    return sorted(voted, key=lambda reason: (-reason.lead, -_votes(reason.votes, favours)))


def main_reasons(result: Recommendation) -> list[tuple[str, Reason]]:
    """The two strongest reasons for the verdict and the strongest against it; in a tie, one for each framework."""
    if result.strength == "tie":
        best = [(favours, strongest(result, favours)) for favours in FRAMEWORKS]
        return [(f"For {favours.title()}", reasons[0]) for favours, reasons in best if reasons]
    for_it, against = strongest(result, result.verdict)[:2], strongest(result, result.rival)[:1]
    return [*(("For it", reason) for reason in for_it), *(("Against it", reason) for reason in against)]


def _votes(votes: Tally, framework: Framework) -> int:
    return votes.django if framework == "django" else votes.flask
