"""The view model of a result: what its page and record show."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rules.passages import FRAMEWORKS, Framework, QuotedPassage, Source
from rules.positions import count
from rules.recommendation import Finding, Recommendation, SuppliedPart
from rules.rulebook import UNSURE, Rule

from . import texts
from .quotations import Hrefs, Quotation, Side, quotation, sides
from .results import Result
from .results.codes import code_of
from .urls import base

# The rest is folded away.
CHANGES_SHOWN, ADVICE_SHOWN = 5, 6


def view_of(found: Result, hrefs: Hrefs) -> dict[str, Any]:
    """What is shown of a result, by name; `hrefs` are the pages of the sources, where they may be linked."""
    result, link = found.recommendation, f"{base()}/r/{found.code}"
    changed = [(flip, result.answers | {flip.question: flip.answer}) for flip in result.flips if flip.answer != UNSURE]
    changes = [(flip, code_of(found.rulebook, answers), answers) for flip, answers in changed]
    by_lead = sorted((one for one in result.findings if one.votes), key=lambda finding: -finding.votes.lead)
    advice = sorted(result.advice, key=lambda one: (not one.turns, -one.votes.lead))
    return {
        "code": found.code,
        "result": result,
        "permalink": link,
        "project": texts.project(result, found.rulebook),
        "sentences": texts.sentences(result, found.rulebook, link),
        "seats": _seats(result),
        "rows": [_row(result, finding, hrefs) for finding in result.findings],
        "sums": [count(one.positions[place] for one in result.findings) for place in range(len(result.sources))],
        "what_if": [
            (asked, [(answer, sides(answer.positions, result, answer.id, hrefs)) for answer in (asked.yes, asked.no)])
            for asked in result.what_if
        ],
        "changes": changes[:CHANGES_SHOWN],
        "more_changes": changes[CHANGES_SHOWN:],
        "left_open": [flip for flip in result.flips if flip.answer == UNSURE],
        "advice": advice[:ADVICE_SHOWN],
        "more_advice": advice[ADVICE_SHOWN:],
        "parts": {
            side: [show_part(part, result.sources_by_id, hrefs) for part in result.parts[side]] for side in FRAMEWORKS
        },
        "closing": sides(result.closing, result, "closing", hrefs),
        "by_leader": {side: [one for one in by_lead if one.votes.leader == side] for side in (*FRAMEWORKS, None)},
        "pros": {side: list(_pros(result, side)) for side in FRAMEWORKS},
    }


def show_part(part: SuppliedPart, sources: Mapping[str, Source], hrefs: Hrefs) -> tuple[SuppliedPart, list[Quotation]]:
    """A part with its quotations."""
    return part, [quotation(passage, sources[passage.source], hrefs) for passage in part.passages]


def _seats(result: Recommendation) -> list[str]:
    """A seat for each article and answered question: votes for the verdict, votes that are not cast, and the others."""
    number = len(result.sources) * sum(answer != UNSURE for answer in result.answers.values())
    most, least = result.votes.of(result.verdict), result.votes.of(result.rival)
    return [*[result.verdict] * most, *["empty"] * (number - most - least), *[result.rival] * least]


def _row(result: Recommendation, finding: Finding, hrefs: Hrefs) -> tuple[Finding, list[tuple[str, str]], list[Side]]:
    """A row of the grid: an answer, its reasons with the words before them, and what folds out."""
    leader = finding.votes.leader
    prefixes = {side: "" if leader == result.verdict else f"For {side.title()}: " for side in FRAMEWORKS}
    main = {side: rule for side in FRAMEWORKS if leader in (side, None) and (rule := _main_rule(finding, side))}
    others = [rule for rule in finding.rules if rule not in main.values()]
    shown = sides(finding.positions, result, finding.question, hrefs, others)
    return finding, [(prefixes[side], rule.because) for side, rule in main.items()], shown


def _main_rule(finding: Finding, favours: Framework) -> Rule | None:
    """The rule by which most sources speak for a framework on an answer, joint rules first."""
    speaking = Counter[str]()
    for position in finding.positions:
        speaking.update({passage.rule for passage in position.passages if votes_for(passage, favours)})
    rules = [rule for rule in finding.rules if rule.favours == favours]
    return max(rules, key=lambda rule: (speaking[rule.id], len(rule.given)), default=None)


def _pros(result: Recommendation, favours: Framework) -> Iterator[tuple[Finding, str, list[Quotation]]]:
    """The reasons for a framework that have votes, with the first passage by which each article votes."""
    for finding in result.findings:
        voting = [position for position in finding.positions if position.stance == favours]
        quoted = [next(passage for passage in position.passages if votes_for(passage, favours)) for position in voting]
        for rule in finding.rules:
            if passages := [passage for passage in quoted if passage.rule == rule.id]:
                shown = [quotation(passage, result.sources_by_id[passage.source], {}) for passage in passages]
                yield finding, rule.because, shown


def votes_for(passage: QuotedPassage, favours: Framework) -> bool:
    """Whether a passage speaks for a framework."""
    return passage.favours == favours and not (passage.disputed or passage.also)
