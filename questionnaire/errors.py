"""Error pages: what happened, and what to do next."""

from math import ceil
from secrets import token_hex

from flask import Response, current_app, render_template, request
from werkzeug.exceptions import BadHost, HTTPException, SecurityError, ServiceUnavailable

from .blueprint import bp
from .results.database import ArchiveError, DamagedError


@bp.app_errorhandler(HTTPException)
def error_page(error: HTTPException, damaged: bool = False) -> Response:
    """An error as a page; 500 has a reference, which is also in the log."""
    reference = token_hex(4) if error.code == 500 else ""
    if reference:
        current_app.logger.error("Reference %s: %s %r failed", reference, request.method, request.path)
    page = render_template("error.html", error=error, damaged=damaged, reference=reference)
    return Response(page, error.code, error.get_headers())


@bp.app_errorhandler(ArchiveError)
def archive_error(error: ArchiveError) -> Response:
    """Answer 503 for a link of an older rulebook that cannot be looked up."""
    response = error_page(ServiceUnavailable(), damaged=isinstance(error, DamagedError))
    response.retry_after = ceil(current_app.config["DATABASE_PAUSE"])
    response.cache_control.no_store = True
    return response


@bp.app_errorhandler(BadHost)
@bp.app_errorhandler(SecurityError)
def bad_host(error: HTTPException) -> HTTPException:
    """`url_for` cannot build addresses for an invalid host, so these keep Werkzeug's plain page."""
    return error
