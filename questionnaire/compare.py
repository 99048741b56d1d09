"""Two to six results side by side, and the form that takes their links."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.compare import Comparison, Turn, compare, first_to_settle
from rules.judge import count
from rules.recommendation import Finding, Stance

from . import texts
from .blueprint import bp, results
from .cache import HTML, cacheable, cacheable_response
from .results import Result
from .results.codes import code_in
from .show import find

MOST = 6

NO_LINK = "“{}” is not a link to a result. Paste links that end in /r/ and a code of ten characters"
TOO_MANY = f"At most {texts.number(MOST)} results can be compared, and these are more"


@dataclass(frozen=True, slots=True)
class Card:
    """One of the results, named by its place and verdict."""

    name: str
    result: Result
    grounds: str


@dataclass(frozen=True, slots=True)
class ComparedAnswer:
    """One result on one question: the answer, its votes, the sources that moved, and what turns the verdict."""

    name: str
    label: str
    votes: str
    moved: dict[Stance, list[str]]
    turns: list[Turn]


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """One question in every result; `labels` are the different answers."""

    comparison: Comparison
    answers: list[ComparedAnswer]
    labels: str


@bp.get("/compare")
def choose() -> BaseResponse | tuple[str, int]:
    """Redirect to the comparison of the pasted links, or show the form and what is wrong with them."""
    text = request.args.get("links", "")
    links = text.replace(",", " ").split()
    if not links:
        return cacheable_response(_form(""), HTML)
    codes = [code_in(link) for link in links]
    wrong = [NO_LINK.format(link) for link, code in zip(links, codes, strict=True) if not code]
    if len(codes) > MOST:
        wrong.append(TOO_MANY)
    if wrong:
        return _form(text, wrong), 422
    if len(codes) == 1:
        # A result links here with its own code.
        return Response(_form(text), content_type=HTML)
    return redirect(url_for(".comparison_page", codes="/".join(filter(None, codes))))


def _form(text: str, wrong: Iterable[str] = ()) -> str:
    return render_template("choose.html", links=text, wrong=wrong)


@bp.get("/compare/<path:codes>")
@cacheable()
def comparison_page(codes: str) -> str:
    """Which answers differ, which positions moved, and what to settle first."""
    given = _codes(codes)
    found = [find(code) for code in given]
    recommendations = [result.recommendation for result in found]
    cards = [
        Card(f"{place}. {texts.heading(result.recommendation)}", result, texts.grounds(result.recommendation))
        for place, result in enumerate(found, 1)
    ]
    comparisons = compare(results.rulebook, *recommendations)
    first = first_to_settle(comparisons)
    revisions = {result.rulebook.revision for result in found}
    questions = [_question(comparison, cards) for comparison in comparisons]
    return render_template(
        "compare.html",
        title=_title(found),
        cards=cards,
        verdict=recommendations[0].verdict if len({each.verdict for each in recommendations}) == 1 else "",
        same=_same(given),
        every=_share(len(found), len(found)),
        mixed=len(revisions) > 1,
        current=revisions == {results.rulebook.revision},
        first=_in_a_sentence(first.before.name) if first else "",
        share=_share(first.turned, len(found)) if first else "",
        differing=sorted(
            (question for question in questions if question.comparison.differs),
            key=lambda question: -question.comparison.turned,
        ),
        agreed=[question for question in questions if not question.comparison.differs],
        links="\n".join(dict.fromkeys(given)),
    )


def _codes(path: str) -> list[str]:
    """The codes in a path. Abort if one is none or written otherwise, or if there are too few or too many."""
    codes = [code_in(part) or abort(404) for part in path.split("/")]
    if len(codes) > MOST:
        abort(make_response(_form("\n".join(codes), [TOO_MANY]), 422))
    if len(codes) == 1:
        find(codes[0])
        abort(redirect(url_for(".choose", links=codes[0])))
    if path != "/".join(codes):
        abort(redirect(url_for(".comparison_page", codes="/".join(codes)), 301))
    return codes


def _question(comparison: Comparison, cards: list[Card]) -> ComparedQuestion:
    answers = []
    for place, (card, finding) in enumerate(zip(cards, comparison.findings, strict=True)):
        moved = defaultdict[Stance, list[str]](list)
        for move in comparison.moves:
            moved[move.stances[place]].append(move.name)
        moved.pop("silent", None)
        turns = [turn for turn in comparison.turns if turn.place == place]
        answers.append(ComparedAnswer(card.name, finding.label, _votes(finding), moved, turns))
    labels = dict.fromkeys(finding.label for finding in comparison.findings)
    return ComparedQuestion(comparison, answers, " / ".join(labels))


def _votes(finding: Finding) -> str:
    votes = count(finding.positions)
    return texts.outcome(votes) if votes.most else "none"


def _title(found: list[Result]) -> str:
    if len({result.code for result in found}) == 1:
        return "One and the same result"
    verdicts = {result.recommendation.verdict for result in found}
    return f"{texts.number(len(found)).title()} results, {'one verdict' if len(verdicts) == 1 else 'two verdicts'}"


def _same(codes: list[str]) -> list[str]:
    """Which links lead to the same result, in words."""
    if len(set(codes)) == 1:
        return [f"{_share(len(codes), len(codes)).capitalize()} links"]
    places = [[str(at) for at, other in enumerate(codes, 1) if other == code] for code in dict.fromkeys(codes)]
    return [f"Links {texts.listed(found, 'and')}" for found in places if len(found) > 1]


def _share(part: int, whole: int) -> str:
    if part == whole:
        return "both" if whole == 2 else f"all {texts.number(whole)}"
    return f"{texts.number(part)} of the {texts.number(whole)}"


def _in_a_sentence(name: str) -> str:
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
