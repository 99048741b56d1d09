"""A result as a page, as JSON, as a decision record and as a preview card."""

from urllib.parse import urlencode

from flask import Response, abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.compare import Comparison, compare
from rules.recommendation import Recommendation
from rules.rulebook import UNSURE

from .blueprint import bp, results
from .cache import cacheable, do_not_cache, query
from .quotations import sides
from .reasons import main_reasons, score
from .renderings import as_json, as_markdown, in_words, json_schema
from .results.codes import canonical, code_in, code_of
from .results.store import StoreError
from .rows import cells_in_words, changes, conclusions, extras, rows, supplied
from .sentences import sentences
from .urls import permalink

# What each rendering is to the others, by endpoint.
RELATIONS = {
    ".result": 'rel="canonical"; type="text/html"',
    ".result_json": 'rel="alternate"; type="application/json"',
    ".result_md": 'rel="alternate"; type="text/markdown"',
    ".result_png": 'rel="alternate"; type="image/png"',
}


@bp.get("/r/<code>")
@cacheable()
def result(code: str) -> str:
    """A result, as it was given; one of today's rulebook that is not stored yet is stored."""
    result = find(code)
    outdated = result.rulebook.revision != results.rulebook.revision
    # A passage may have gone from the rulebook since.
    hrefs = {} if outdated else {source.id: url_for(".source", id=source.id) for source in result.sources}
    return render_template(
        "result.html",
        code=code,
        result=result,
        sources=result.sources_by_id,
        hrefs=hrefs,
        reasons=main_reasons(result),
        score=score(result.votes),
        changes=changes(result, _questionnaire if outdated else _other_result),
        sentences=sentences(result, permalink(code)),
        rows=rows(result, hrefs),
        extras=extras(result, hrefs),
        parts=supplied(result, result.verdict, hrefs),
        rival_parts=supplied(result, result.rival, hrefs),
        closing=sides(result.closing, result.sources_by_id, "closing", hrefs),
        conclusions=conclusions(result.closing),
        no_vote=cells_in_words(result),
        outdated=outdated,
        on_map=not outdated and UNSURE not in result.answers.values(),
        today=results.today(result) if outdated else None,
        since=_since(result),
        permalink=permalink(code),
        date=in_words(result.rulebook.date),
    )


@bp.get("/r/<code>.json")
@cacheable("application/json")
def result_json(code: str) -> str:
    """The same result for machines."""
    return as_json(code, find(code))


@bp.get("/r/schema.json")
@cacheable("application/schema+json")
def schema() -> str:
    """The JSON Schema of a result."""
    return json_schema()


@bp.get("/r/<code>.md")
@cacheable("text/markdown; charset=utf-8")
def result_md(code: str) -> str:
    """The same result as a decision record."""
    return as_markdown(code, find(code))


@bp.get("/r/<code>.png")
@cacheable("image/png")
def result_png(code: str) -> bytes:
    """The same result as a preview card."""
    from .card import result_card

    return result_card(find(code))


@bp.get("/r/<path:pasted>")
def pasted(pasted: str) -> BaseResponse:
    """Redirect links with stray characters after the code."""
    return redirect(url_for(".result", code=code_in(pasted) or abort(404)), 301)


@bp.after_request
def link_renderings(response: Response) -> Response:
    """Link the renderings to each other and allow cross-origin reads."""
    if "code" in g and response.status_code == 200:
        for endpoint, relation in RELATIONS.items():
            # Search engines take no canonical address that is relative.
            address = permalink(g.code) if endpoint == ".result" else url_for(endpoint, code=g.code)
            response.headers.add("Link", f"<{address}>; {relation}")
        response.headers.add("Link", f'<{url_for(".schema")}>; rel="describedby"; type="application/schema+json"')
        response.access_control_allow_origin = "*"
    return response


def find(code: str) -> Recommendation:
    """The result with a code. Abort with a redirect to the canonical code, or with 404."""
    canonical_code = code_in(code) or abort(404)
    if code != canonical_code:
        values = {**(request.view_args or {}), "code": canonical_code, "since": request.args.get("since")}
        abort(redirect(url_for(request.endpoint or "", **values), 301))
    g.code = code
    return look_up(code)


def look_up(code: str) -> Recommendation:
    """The result with a canonical code. Abort with 404 if there is none."""
    result = results.find(code) or abort(404)
    if not results.is_stored(code):
        # The page must come here again, so that the result is stored when the database works.
        do_not_cache()
    return result


def _other_result(answers: dict[str, str], question: str) -> str:
    return url_for(".result", code=code_of(results.rulebook.revision, answers))


def _questionnaire(answers: dict[str, str], question: str) -> str:
    return f"{url_for('.ask')}?{urlencode(answers)}#{question}"


def _since(result: Recommendation) -> tuple[str, Recommendation, list[Comparison]] | None:
    """The result that this one was changed from, with its code and the answers that differ, if there are any."""
    since = canonical(query("since"))
    try:
        before = results.find(since) if since else None
    except StoreError:
        before = None
    if not since or not before:
        return None
    changed = [comparison for comparison in compare(results.rulebook, before, result) if comparison.differs]
    return (since, before, changed) if changed else None
