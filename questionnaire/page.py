"""The view model of a result: what its page, record and card show, as plain values."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from rules.recommendation import CountedAnswer, CountedWhatIf, Finding, Recommendation, SuppliedPart
from rules.rulebook import FRAMEWORKS, UNSURE, Framework, QuotedPassage, Rule, Source

from . import texts
from .quotations import Hrefs, Quotation, Side, quotation, sides
from .results.archive import Result
from .results.codes import code_of
from .urls import base, permalink

ShownPart = tuple[SuppliedPart, list[Quotation]]

# One answer in the table: its reasons, the number of quotations, and what folds out under it.
Row = tuple[Finding, list[tuple[str, str]], int, list[Side]]

# Another answer that turns the verdict: the answer and its question, all answers with their code, and the votes then.
Change = tuple[str, str, dict[str, str], str, str]

# Further changes of the verdict are folded away.
CHANGES_SHOWN = 4


def view_of(result: Result, hrefs: Hrefs) -> dict[str, Any]:
    """What is shown of a result, by name; `hrefs` are the pages of the sources, where they may be linked."""
    given, link = result.recommendation, permalink(result.code)
    sources, changes = given.sources_by_id, _changes(result)
    return {
        "code": result.code,
        "result": given,
        "permalink": link,
        "again": f"{base()}/?{urlencode(given.answers)}",
        "sentences": texts.two_sentences(given, result.rulebook, link),
        "columns": len(sources) + 3,
        "columns_beside_answer": len(sources) + 2,
        "votes": [(framework, given.votes.of(framework)) for framework in (given.verdict, given.rival)],
        "reasons": main_reasons(given),
        "rows": _rows(given, hrefs),
        "changes": changes[:CHANGES_SHOWN],
        "more_changes": changes[CHANGES_SHOWN:],
        "advice": [(topic, sides(topic.positions, sources, f"advice-{topic.id}", hrefs)) for topic in given.advice],
        "what_if": [(what_if, _supposed(given, what_if, hrefs)) for what_if in given.what_if],
        "parts": {side: [show_part(part, sources, hrefs) for part in given.parts[side]] for side in FRAMEWORKS},
        "closing": sides(given.closing, sources, "closing", hrefs),
        "pros": {side: list(_pros(given, side)) for side in FRAMEWORKS},
    }


def _supposed(
    result: Recommendation, what_if: CountedWhatIf, hrefs: Hrefs
) -> list[tuple[str, CountedAnswer, list[Side]]]:
    """Both answers to a what-if, with their quotations."""
    answers = [("If so", "yes", what_if.yes), ("If not", "no", what_if.no)]
    sources = result.sources_by_id
    return [
        (words, answer, sides(answer.positions, sources, f"{what_if.id}-{id}", hrefs)) for words, id, answer in answers
    ]


def show_part(part: SuppliedPart, sources: Mapping[str, Source], hrefs: Hrefs) -> ShownPart:
    """A part with its quotations."""
    return part, [quotation(passage, sources[passage.source], hrefs) for passage in part.passages]


def _rows(result: Recommendation, hrefs: Hrefs) -> list[Row]:
    labels = {finding.question: finding.label for finding in result.findings}
    rows = []
    for finding in result.findings:
        leader = finding.votes.leader
        shown_for = [(side, reason_on(finding, side)) for side in FRAMEWORKS if leader in (side, None)]
        reasons = [("" if leader else f"For {side.title()}: ", because) for side, because in shown_for if because]
        number = sum(len(position.passages) for position in finding.positions)
        shown = sides(finding.positions, result.sources_by_id, finding.question, hrefs, finding.rules, labels)
        rows.append((finding, reasons, number, shown))
    return rows


def _changes(result: Result) -> list[Change]:
    """The single answers that turn the verdict, definite ones first."""
    changes: list[Change] = []
    for flip in sorted(result.recommendation.flips, key=lambda flip: flip.answer == UNSURE):
        answers = {**result.recommendation.answers, flip.question: flip.answer}
        votes = texts.total(flip.votes)
        outcome = f"{flip.verdict.title()} by default, {votes}" if flip.strength == "tie" else votes
        code = code_of(result.rulebook, answers)
        changes.append((f"{flip.name}: {flip.label}", flip.question, answers, code, outcome))
    return changes


def _pros(result: Recommendation, favours: Framework) -> Iterator[tuple[Finding, str, list[Quotation]]]:
    """The reasons for a framework that have votes, with the first passage by which each article votes."""
    sources = result.sources_by_id
    for finding in result.findings:
        voting = [position for position in finding.positions if position.stance == favours]
        quoted = [next(passage for passage in position.passages if votes_for(passage, favours)) for position in voting]
        for rule in finding.rules:
            if passages := [passage for passage in quoted if passage.rule == rule.id]:
                shown = [quotation(passage, sources[passage.source], {}) for passage in passages]
                yield finding, rule.because, shown


def votes_for(passage: QuotedPassage, favours: Framework) -> bool:
    """Whether a passage gives its article's vote to a framework."""
    return passage.favours == favours and not (passage.disputed or passage.also)


def reason_on(finding: Finding, favours: Framework) -> str:
    """Why an answer speaks for a framework: the rule by which most sources vote, joint rules first."""
    voting = [
        {passage.rule for passage in position.passages}
        for position in finding.positions
        if position.stance in (favours, "both")
    ]

    def weight(rule: Rule) -> tuple[int, int]:
        return sum(rule.id in rules for rules in voting), len(rule.given)

    rules = [rule for rule in finding.rules if rule.favours == favours]
    return max(rules, key=weight).because if rules else ""


def main_reasons(result: Recommendation) -> list[tuple[str, Finding, str]]:
    """The two strongest reasons for the verdict and the strongest against it; in a tie, one for each framework."""
    if result.strength == "tie":
        shown = [(f"For {side.title()}", side, 1) for side in FRAMEWORKS]
    else:
        shown = [("For it", result.verdict, 2), ("Against it", result.rival, 1)]
    return [
        (label, finding, reason_on(finding, side))
        for label, side, number in shown
        for finding in _strongest(result, side)[:number]
    ]


def _strongest(result: Recommendation, favours: Framework) -> list[Finding]:
    """The answers that have votes for a framework, those with the greatest lead first."""

    def rank(finding: Finding) -> tuple[int, int]:
        votes = finding.votes
        lead = votes.lead if votes.leader == favours else -votes.lead
        return -lead, -votes.of(favours)

    return sorted((finding for finding in result.findings if finding.votes.of(favours)), key=rank)
