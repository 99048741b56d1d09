"""Stylesheet, script and icon under names that contain their digest, so that browsers can keep them for good."""

from mimetypes import guess_type
from pathlib import Path

from flask import Response, abort, request, url_for

from .blueprint import bp
from .cache import cacheable_response, digest

FILES = {path.name: path.read_bytes() for path in (Path(__file__).parent.parent / "static").iterdir()}
VERSIONS = {name: digest(content) for name, content in FILES.items()}


@bp.app_template_global()
def asset(name: str) -> str:
    """The address of a file in static/, which changes with the file."""
    return url_for("questionnaire.static", name=name, version=VERSIONS[name])


@bp.get("/static/<version>/<name>", endpoint="static")
def serve_asset(version: str, name: str) -> Response:
    """A static file: cached for a year under its digest, briefly under any other."""
    content = FILES.get(name) or abort(404)
    response = cacheable_response(content, guess_type(name)[0] or "application/octet-stream")
    if version == VERSIONS[name]:
        response.cache_control.max_age = 365 * 24 * 3600
        response.cache_control.immutable = True
    return response


@bp.get("/card.png")
@bp.get("/robots.txt")
@bp.get("/favicon.ico")
@bp.get("/apple-touch-icon.png")
def serve_plain() -> Response:
    """The files that other programs look for under names of their own; every icon is the same."""
    name = request.path[1:] if request.path[1:] in FILES else "icon.png"
    return cacheable_response(FILES[name], guess_type(name)[0] or "")
