"""Error pages: what happened, and what to do next."""

from secrets import token_hex

from flask import Response, current_app, render_template, request
from werkzeug.exceptions import BadHost, HTTPException, SecurityError, ServiceUnavailable

from .blueprint import bp
from .results.store import StoreError


@bp.app_errorhandler(HTTPException)
def error_page(error: HTTPException) -> Response:
    """An error as a page; 500 has a reference, which is also in the log."""
    reference = token_hex(4) if error.code == 500 else ""
    if reference:
        current_app.logger.error("Reference %s: %s %r failed", reference, request.method, request.path)
    page = render_template("error.html", error=error, reference=reference)
    return Response(page, error.code, error.get_headers())


@bp.app_errorhandler(StoreError)
def store_error(error: StoreError) -> Response:
    """Only links of older rulebooks need the database."""
    return error_page(ServiceUnavailable())


@bp.app_errorhandler(BadHost)
@bp.app_errorhandler(SecurityError)
def bad_host(error: HTTPException) -> HTTPException:
    """`url_for` cannot build addresses for an invalid host, so these keep Werkzeug's plain page."""
    return error
