"""Stylesheet, script and icon under names that contain their digest, so that browsers can keep them for good."""

from mimetypes import guess_type
from pathlib import Path

from flask import Response, abort, current_app, url_for

from .blueprint import bp
from .cache import cacheable_response, digest

ONE_YEAR = 365 * 24 * 3600


@bp.app_template_global()
def asset(name: str) -> str:
    """The address of a file in static/, which changes with the file."""
    return url_for("questionnaire.static", name=name, version=digest((_folder() / name).read_bytes()))


@bp.get("/static/<version>/<name>", endpoint="static")
def serve_asset(version: str, name: str) -> Response:
    """A static file: cached for a year under its digest, briefly under any other."""
    if name not in {path.name for path in _folder().iterdir()}:
        abort(404)
    response = cacheable_response((_folder() / name).read_bytes(), guess_type(name)[0] or "application/octet-stream")
    if version == response.get_etag()[0]:
        response.cache_control.max_age = ONE_YEAR
        response.cache_control.immutable = True
    return response


@bp.get("/robots.txt")
def robots() -> Response:
    """What crawlers should leave alone."""
    return cacheable_response((_folder() / "robots.txt").read_bytes(), "text/plain; charset=utf-8")


def _folder() -> Path:
    return Path(current_app.root_path) / "static"
