"""The stylesheet, script and icon: named by their content, so that a browser never asks for one twice."""

from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

from flask import Response, abort, current_app, url_for

from .blueprint import bp
from .constant import constant_response, tag_of

A_YEAR = 365 * 24 * 3600


@bp.app_template_global()
def asset(name: str) -> str:
    """The address of a file in static/, which is another whenever the file is."""
    if current_app.debug:
        # Whoever is developing changes files under a server that runs.
        _digest.cache_clear()
    return url_for("questionnaire.static", name=name, digest=_digest(current_app.root_path, name))


@bp.get("/static/<digest>/<name>")
def static(digest: str, name: str) -> Response:
    """A file, to be kept for good; an old digest gets the file as it is now, for a short while only."""
    path = _path(name)
    if not path.is_file():
        abort(404)
    body = path.read_bytes()
    response = constant_response(body, guess_type(name)[0] or "application/octet-stream")
    if digest == tag_of(body):
        response.cache_control.max_age = A_YEAR
        response.cache_control.immutable = True
    return response


@bp.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read: results say for themselves that they are not for an index."""
    return constant_response(_path("robots.txt").read_bytes(), "text/plain; charset=utf-8")


@lru_cache(maxsize=64)
def _digest(root: str, name: str) -> str:
    return tag_of(_path(name).read_bytes())


def _path(name: str) -> Path:
    return Path(current_app.root_path) / "static" / name
