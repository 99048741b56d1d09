"""Two results side by side."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rules.compare import compare
from rules.recommendation import Recommendation

from .blueprint import bp, results
from .cache import HTML, cacheable, cacheable_response, query
from .results.codes import code_in
from .show import look_up

NO_LINK = "This is not a link to a result. Paste one that ends in /r/ and a code of ten characters"
NOTHING = "Paste the link of a result"


@bp.get("/compare")
def choose() -> Response | tuple[str, int]:
    """Redirect to the comparison of two pasted links, or show the form and which link is wrong."""
    links = {name: query(name) for name in ("before", "after")}
    before, after = (code_in(link) for link in links.values())
    if before and after:
        return redirect(url_for(".comparison", before=before, after=after))
    if not any(name in request.args for name in links):
        return cacheable_response(render_template("choose.html", links=links, wrong={}), HTML)
    # A result links here with its own code, and without the other.
    codes = {name: code for name, code in zip(links, (before, after), strict=True) if name in request.args}
    wrong = {name: NO_LINK if links[name] else NOTHING for name, code in codes.items() if not code}
    return render_template("choose.html", links=links, wrong=wrong), 422 if wrong else 200


@bp.get("/compare/<before>/<after>")
@cacheable()
def comparison(before: str, after: str) -> str:
    """Which answers differ, which positions moved, and what makes the difference."""
    codes = code_in(before) or abort(404), code_in(after) or abort(404)
    if (before, after) != codes:
        abort(redirect(url_for(".comparison", before=codes[0], after=codes[1]), 301))
    old, new = look_up(before), look_up(after)
    return render_template(
        "compare.html",
        before=old,
        after=new,
        before_code=before,
        after_code=after,
        title=_title(old, new),
        comparisons=compare(results.rulebook, old, new),
        current={old.rulebook.revision, new.rulebook.revision} == {results.rulebook.revision},
    )


def _title(before: Recommendation, after: Recommendation) -> str:
    if before == after:
        return "One and the same result"
    return f"Two results, {'one verdict' if before.verdict == after.verdict else 'two verdicts'}"
