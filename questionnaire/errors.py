"""Error pages: what happened, and what to do next."""

import json
from math import ceil
from secrets import token_hex

from flask import Response, current_app, render_template, request
from werkzeug.exceptions import BadHost, HTTPException, SecurityError, ServiceUnavailable

from .blueprint import SUFFIXES, bp
from .cache import HTML
from .results import ArchiveError, DamagedError


@bp.app_errorhandler(HTTPException)
def error_page(error: HTTPException, damaged: bool = False) -> Response:
    """An error as a page, as problem details for `.json`, or as text; 500 has a reference, which is also in the log."""
    reference = token_hex(4) if error.code == 500 else ""
    if reference:
        current_app.logger.error("Reference %s: %s %r failed", reference, request.method, request.path)
    text = render_template("error.txt", error=error, damaged=damaged).strip()
    title, advice = text.split("\n")
    headers = [header for header in error.get_headers() if header[0] != "Content-Type"]
    content_type = "text/plain; charset=utf-8"
    if request.path.endswith(".json"):
        # Problem details, RFC 9457.
        problem = {"title": title, "status": error.code, "detail": advice, "reference": reference}
        content_type, text = "application/problem+json", json.dumps(problem)
    # `url_for` cannot build the addresses in a page for an invalid host.
    elif not (request.path.endswith(SUFFIXES) or isinstance(error, BadHost | SecurityError)):
        content_type = HTML
        text = render_template("error.html", error=error, title=title, advice=advice, reference=reference)
    return Response(text, error.code, headers, content_type=content_type)


@bp.app_errorhandler(ArchiveError)
def archive_error(error: ArchiveError) -> Response:
    """Answer 503 for a link of an older rulebook that cannot be looked up."""
    response = error_page(ServiceUnavailable(), damaged=isinstance(error, DamagedError))
    response.retry_after = ceil(current_app.config["DATABASE_PAUSE"])
    response.cache_control.no_store = True
    return response
