"""The stylesheet, script and icon: named by their content, so that a browser never asks for one twice."""

from functools import cache
from mimetypes import guess_type
from pathlib import Path

from flask import Response, abort, current_app, url_for

from .blueprint import bp
from .constant import Made, compressed, respond

SECONDS_FRESH = 365 * 24 * 3600


@bp.app_template_global()
def asset(name: str) -> str:
    """The address of a file in static/, which is another whenever the file is."""
    return url_for("questionnaire.static", name=name, digest=_read(_path(name)).tag)


@bp.get("/static/<digest>/<name>")
def static(digest: str, name: str) -> Response:
    """A file, kept by whoever asked; an old digest gets the file as it is now, for a short while only."""
    path = _path(name)
    if not path.is_file():
        abort(404)
    made = _read(path)
    response = respond(made, guess_type(name)[0] or "application/octet-stream")
    if digest == made.tag:
        response.cache_control.max_age = SECONDS_FRESH
        response.cache_control.immutable = True
    return response


@bp.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read: results say for themselves that they are not for an index."""
    return respond(_read(_path("robots.txt")), "text/plain; charset=utf-8")


def _path(name: str) -> Path:
    if current_app.debug:
        _read.cache_clear()
    return Path(current_app.root_path) / "static" / name


@cache
def _read(path: Path) -> Made:
    return compressed(path.read_bytes())
