"""Comparing: two results side by side."""

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.compare import compare as side_by_side

from .blueprint import bp, results
from .codes import code_in
from .constant import constant


@bp.get("/compare")
def choose() -> BaseResponse | tuple[str, int]:
    """Take two links, as pasted, to their comparison, or ask for the one that is not a link to a result."""
    pasted = {name: request.args.get(name, "") for name in ("before", "after")}
    before, after = (code_in(text) for text in pasted.values())
    if before and after:
        return redirect(url_for(".compare", before=before, after=after))
    wrong = [name for name, text in pasted.items() if request.args and not code_in(text)]
    return render_template("choose.html", pasted=pasted, wrong=wrong), 422 if wrong else 200


@bp.get("/compare/<before>/<after>")
@constant()
def compare(before: str, after: str) -> str:
    """Two results: which answers differ, which voices moved, and what turns the verdict."""
    meant = (code_in(before) or abort(404), code_in(after) or abort(404))
    if (before, after) != meant:
        abort(redirect(url_for(".compare", before=meant[0], after=meant[1]), 301))
    one, other = results.find(before) or abort(404), results.find(after) or abort(404)
    return render_template(
        "compare.html",
        before=one,
        after=other,
        codes=(before, after),
        sides=side_by_side(results.rulebook, one, other),
        current={one.rulebook.revision, other.rulebook.revision} == {results.rulebook.revision},
    )
