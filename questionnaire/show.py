"""A result as a page, as JSON, as a decision record and as a preview card."""

import msgspec
from flask import abort, current_app, redirect, render_template, request, url_for
from msgspec import structs
from werkzeug.routing import BaseConverter
from werkzeug.wrappers import Response as BaseResponse

from rules.compare import ComparedQuestion, compare
from rules.decisions import nearest
from rules.recommendation import Recommendation
from rules.rulebook import UNSURE

from .blueprint import SUFFIXES, bp, results
from .cache import cacheable
from .page import view_of
from .results import Result
from .results.codes import ALPHABET, LENGTH, code_in
from .urls import base

NO_RECORD = "No article takes a side on these answers, so there is no decision to record. Answer more of the questions."


class CodeConverter(BaseConverter):
    """A code in its canonical form."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"


class Published(Recommendation, frozen=True, kw_only=True):
    """A recommendation with its code and permalink."""

    code: str
    permalink: str


@bp.get("/r/<code:code>")
@cacheable()
def result_page(code: str) -> str:
    """A result as it was given."""
    found = find(code)
    is_today = found.rulebook is results.rulebook
    # A passage may have gone from the rulebook since.
    sources = results.rulebook.sources if is_today else ()
    hrefs = {source.id: url_for(".source_page", id=source.id) for source in sources}
    return render_template(
        "result.html",
        **view_of(found, hrefs),
        hrefs=hrefs,
        is_today=is_today,
        today=None if is_today else results.today(found.recommendation.answers),
        on_map=is_today and UNSURE not in found.recommendation.answers.values(),
        since=_since(found) if is_today else None,
        near=nearest(current_app.extensions["decisions"], found.recommendation.answers),
    )


@bp.get("/r/<code:code>.json")
@cacheable("application/json")
def result_json(code: str) -> str:
    """The same result for machines."""
    return as_json(find(code))


@bp.get("/r/schema.json")
@cacheable("application/schema+json")
def schema() -> str:
    """The JSON Schema of a result."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Result"}
    return msgspec.json.encode(msgspec.json.schema(Published) | head).decode()


@bp.get("/r/<code:code>.md")
@cacheable("text/markdown; charset=utf-8")
def result_md(code: str) -> str:
    """The same result as a decision record."""
    found = find(code)
    if not found.recommendation.votes:
        abort(404, NO_RECORD)
    return as_markdown(found)


@bp.get("/r/<code:code>.png")
@cacheable("image/png")
def result_png(code: str) -> bytes:
    """The same result as a preview card."""
    from .card import result_card

    return result_card(find(code).recommendation)


@bp.get("/r/<path:pasted>")
def mend_link(pasted: str) -> BaseResponse:
    """Redirect a code that is written otherwise, or followed by stray characters."""
    code = code_in(pasted) or abort(404)
    suffix = next((suffix for suffix in SUFFIXES if suffix in pasted.lower()), "")
    return redirect(f"{url_for('.result_page', code=code)}{suffix}", 301)


def find(code: str) -> Result:
    """The result with a code. Abort with 404 if there is none."""
    return results.find(code) or abort(404)


def as_json(found: Result) -> str:
    """A recommendation with its code and permalink."""
    fields = structs.asdict(found.recommendation)
    published = Published(**fields, code=found.code, permalink=f"{base()}/r/{found.code}")
    return msgspec.json.encode(published).decode()


def as_markdown(found: Result) -> str:
    """A decision record in the format of MADR 4, to commit beside the code."""
    return render_template("result.md", **view_of(found, {}))


def _since(after: Result) -> tuple[Result, list[ComparedQuestion]] | None:
    """The result that this one was changed from, and the answers that differ."""
    since = request.args.get("since")
    before = results.find(since) if since else None
    if not before:
        return None
    compared = compare(results.rulebook, before.recommendation, after.recommendation)
    changed = [comparison for comparison in compared if comparison.differs]
    return (before, changed) if changed else None
