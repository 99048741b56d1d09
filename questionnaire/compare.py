"""Two to six results side by side."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort, make_response, redirect, render_template, url_for

from rules.compare import Comparison, Turn, compare, first_to_settle
from rules.judge import count
from rules.recommendation import Finding, Recommendation, Stance

from .blueprint import bp, results
from .cache import cacheable
from .choose import LABELS, form, form_address
from .reasons import outcome
from .results.codes import code_in
from .show import look_up

MOST = len(LABELS)
TOO_MANY = "This is the last one. At most six results can be compared, and the address has more"
NUMBERS = ("none", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True, slots=True)
class Row:
    """One result on one question: the answer, its votes, the sources that moved, and what turns the verdict."""

    name: str
    label: str
    votes: str
    moved: dict[Stance, list[str]]
    turns: list[Turn]


@bp.get("/compare/<path:codes>")
@cacheable()
def comparison(codes: str) -> str:
    """Which answers differ, which positions moved, and what to settle first."""
    found = _codes(codes)
    compared = [look_up(code) for code in found]
    names = [f"{number}. {result.heading}" for number, result in enumerate(compared, 1)]
    comparisons = compare(results.rulebook, *compared)
    first = first_to_settle(comparisons)
    revisions = {result.rulebook.revision for result in compared}
    return render_template(
        "compare.html",
        title=_title(found, compared),
        cards=list(zip(names, found, compared, strict=True)),
        one_verdict=len({result.verdict for result in compared}) == 1,
        same=_same(found),
        number=NUMBERS[len(found)],
        mixed=len(revisions) > 1,
        current=revisions == {results.rulebook.revision},
        first=_in_a_sentence(first.before.name) if first else "",
        share=_share(first.turned, len(found)) if first else "",
        differing=sorted((each for each in comparisons if each.differs), key=lambda each: -each.turned),
        agreed=[each for each in comparisons if not each.differs],
        rows=lambda each: list(_rows(each, names)),
        add=form_address(list(dict.fromkeys(found))),
        full=len(found) == MOST,
    )


def _codes(path: str) -> list[str]:
    """The codes in a path. Abort if one is none or written otherwise, or if there are too few or too many."""
    codes = [code_in(part) or abort(404) for part in path.split("/")]
    if len(codes) > MOST:
        links = dict(zip(LABELS, codes, strict=False))
        abort(make_response(form(links, {"sixth": TOO_MANY}), 422))
    if len(codes) == 1:
        look_up(codes[0])
        abort(redirect(form_address(codes)))
    if path != "/".join(codes):
        abort(redirect(url_for(".comparison", codes="/".join(codes)), 301))
    return codes


def _title(codes: list[str], compared: list[Recommendation]) -> str:
    if len(set(codes)) == 1:
        return "One and the same result"
    verdicts = len({result.verdict for result in compared})
    return f"{NUMBERS[len(codes)].title()} results, {'one verdict' if verdicts == 1 else 'two verdicts'}"


def _same(codes: list[str]) -> list[str]:
    """Which links lead to the same result, in words."""
    if len(set(codes)) == 1:
        return ["Both links" if len(codes) == 2 else f"All {NUMBERS[len(codes)]} links"]
    places = [[str(at) for at, other in enumerate(codes, 1) if other == code] for code in dict.fromkeys(codes)]
    return [f"Links {', '.join(found[:-1])} and {found[-1]}" for found in places if len(found) > 1]


def _share(part: int, whole: int) -> str:
    if part == whole:
        return "both" if whole == 2 else f"all {NUMBERS[whole]}"
    return f"{NUMBERS[part]} of the {NUMBERS[whole]}"


def _in_a_sentence(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _rows(each: Comparison, names: list[str]) -> Iterator[Row]:
    for place, (name, finding) in enumerate(zip(names, each.findings, strict=True)):
        moved = defaultdict[Stance, list[str]](list)
        for move in each.moves:
            moved[move.stances[place]].append(move.source)
        moved.pop("silent", None)
        yield Row(name, finding.label, _votes(finding), moved, [turn for turn in each.turns if turn.place == place])


def _votes(finding: Finding) -> str:
    votes = count(finding.positions)
    return outcome(votes) if votes.django or votes.flask else "none"
