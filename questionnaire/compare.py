"""Two to six results side by side, and the form that takes their links."""

from collections.abc import Iterable

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.compare import compare

from . import texts
from .blueprint import bp, results
from .cache import HTML, cacheable, cacheable_response
from .results.codes import code_in, codes_in
from .show import find

MOST = 6

NO_LINK = "“{}” is not a link to a result: paste links that end in /r/ and a code of ten letters and digits"
TOO_MANY = f"At most {texts.number(MOST)} results can be compared, and these are more"


@bp.get("/compare")
def choose() -> BaseResponse | tuple[str, int]:
    """Redirect to the comparison of the pasted links, or show the form and what is wrong with them."""
    text = request.args.get("links", "")
    links = text.replace(",", " ").split()
    if not links:
        return cacheable_response(_form(""), HTML)
    codes = list(dict.fromkeys(code for link in links for code in codes_in(link)))
    wrong = [NO_LINK.format(link) for link in links if not codes_in(link)]
    if len(codes) > MOST:
        wrong.append(TOO_MANY)
    if wrong:
        return _form(text, wrong), 422
    if len(codes) == 1:
        # A result links here with its own code.
        return Response(_form(text), content_type=HTML)
    return redirect(url_for(".comparison_page", codes="/".join(codes)))


@bp.get("/compare/<path:codes>")
@cacheable()
def comparison_page(codes: str) -> str:
    """Which answers differ, which positions moved, and what to settle first."""
    chosen = _codes(codes)
    found = [find(code) for code in chosen]
    compared = [one.recommendation for one in found]
    names = {"django": "Django", "flask": "Flask", "tie": "a tie"}
    verdicts = dict.fromkeys(names[texts.tone(one)] if one.votes else "no verdict" for one in compared)
    shared = ("both " if len(found) == 2 else "all ") if len(verdicts) == 1 and compared[0].votes else ""
    comparisons = compare(results.rulebook, *compared)
    first = max(comparisons, key=lambda one: one.turned, default=None)
    revisions = {one.rulebook.revision for one in found}
    return render_template(
        "compare.html",
        title=f"{texts.number(len(found)).title()} results: {shared}{texts.listed(verdicts, 'and')}",
        codes=chosen,
        compared=compared,
        verdict=compared[0].verdict if len({(one.verdict, bool(one.votes)) for one in compared}) == 1 else "",
        mixed=len(revisions) > 1,
        current=revisions == {results.rulebook.revision},
        first=first if first and first.turned else None,
        rows=sorted(comparisons, key=lambda comparison: (not comparison.differs, -comparison.turned)),
        labels=[
            " · ".join(one.compared[place].finding.label for one in comparisons if one.differs)
            for place in range(len(found))
        ],
    )


def _form(text: str, wrong: Iterable[str] = ()) -> str:
    return render_template("choose.html", links=text, wrong=wrong)


def _codes(path: str) -> list[str]:
    """The codes in a path. Abort if they are too few or too many, written otherwise, or not all different."""
    codes = list(dict.fromkeys(code_in(part) or abort(404) for part in path.strip("/").split("/")))
    if len(codes) > MOST:
        abort(make_response(_form("\n".join(codes), [TOO_MANY]), 422))
    if len(codes) == 1:
        find(codes[0])
        abort(redirect(url_for(".choose", links=codes[0])))
    if path != "/".join(codes):
        abort(redirect(url_for(".comparison_page", codes="/".join(codes)), 301))
    return codes
