"""Showing: a result as a page, as JSON, as a decision record and as a preview card."""

from flask import Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.compare import Side
from rules.compare import compare as side_by_side
from rules.recommendation import Recommendation

from .blueprint import bp, results
from .codes import canonical, code_in
from .constant import constant
from .renderings import as_json, as_markdown, base, json_schema, permalink
from .store import StoreError

RENDERINGS = {
    "": 'rel="canonical"; type="text/html"',
    ".json": 'rel="alternate"; type="application/json"',
    ".md": 'rel="alternate"; type="text/markdown"',
    ".png": 'rel="alternate"; type="image/png"',
}
"""How each rendering of a result stands to the others, by what its address ends in."""

ENDPOINTS = {f"questionnaire.result{suffix.replace('.', '_')}" for suffix in RENDERINGS}


@bp.get("/r/<code>")
@constant()
def result(code: str) -> str:
    """A result, as it was given."""
    given = find(code)
    outdated = given.rulebook.revision != results.rulebook.revision
    return render_template(
        "result.html",
        code=code,
        given=given,
        sources={source.id: source for source in given.sources},
        outdated=outdated,
        today=results.today(given) if outdated else None,
        changes=_changes(given),
        permalink=permalink(code),
        base=base(),
    )


@bp.get("/r/<code>.json")
@constant("application/json")
def result_json(code: str) -> str:
    """The same result for machines."""
    return as_json(code, find(code))


@bp.get("/r/schema.json")
@constant("application/schema+json")
def schema() -> str:
    """What the JSON of a result looks like."""
    return json_schema()


@bp.get("/r/<code>.md")
@constant("text/markdown; charset=utf-8")
def result_md(code: str) -> str:
    """The same result as a decision record."""
    return as_markdown(code, find(code))


@bp.get("/r/<code>.png")
@constant("image/png")
def result_png(code: str) -> bytes:
    """The same result as a preview card."""
    from .card import result_card

    return result_card(find(code))


@bp.get("/r/<path:pasted>")
def pasted(pasted: str) -> BaseResponse:
    """A link to a result with something pasted along."""
    return redirect(url_for(".result", code=code_in(pasted) or abort(404)), 301)


@bp.after_request
def tie_together(response: Response) -> Response:
    """Let every rendering of a result name the others, and let every site read it."""
    if request.endpoint in ENDPOINTS and response.status_code in (200, 304):
        # Written out, because five calls of url_for would cost as much as all the rest of the answer.
        address = f"{request.root_path}/r/{(request.view_args or {})['code']}"
        links = [f"<{address}{suffix}>; {relation}" for suffix, relation in RENDERINGS.items()]
        described = f'<{request.root_path}/r/schema.json>; rel="describedby"; type="application/schema+json"'
        response.headers["Link"] = ", ".join([*links, described])
        response.access_control_allow_origin = "*"
    return response


def find(code: str) -> Recommendation:
    """The result of a code in an address; aborts with a redirect to the code that was meant, or with 404."""
    meant = code_in(code) or abort(404)
    if code != meant:
        abort(redirect(url_for(request.endpoint or "", **{**(request.view_args or {}), "code": meant}), 301))
    return results.find(code) or abort(404)


def _changes(given: Recommendation) -> tuple[str, list[Side]] | None:
    """The code of the result that an answer was changed from, and what was changed, where the query names one."""
    since = canonical(request.args.get("since", ""))
    try:
        before = results.find(since) if since else None
    except StoreError:
        before = None
    if not since or not before:
        return None
    return since, [side for side in side_by_side(results.rulebook, before, given) if side.differs]
