"""Answers that the address alone decides: they say so, and whoever keeps them can ask whether they still hold."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256

from flask import Response

SECONDS_FRESH = 300
"""How long a browser or a proxy may show a page without asking again; a new release is seen after that."""


def constant(
    content_type: str = "text/html; charset=utf-8",
) -> Callable[[Callable[..., str | bytes]], Callable[..., Response]]:
    """Serve what a view returns as such an answer; to answer otherwise, a view aborts."""

    def decorate(view: Callable[..., str | bytes]) -> Callable[..., Response]:
        @wraps(view)
        def serve(**values: str) -> Response:
            return constant_response(view(**values), content_type)

        return serve

    return decorate


def constant_response(body: str | bytes, content_type: str) -> Response:
    """An answer that anyone may keep, with a tag to revalidate it by."""
    response = Response(body, content_type=content_type)
    # Weak, because the same tag stands for the compressed answer.
    response.set_etag(tag_of(response.data), weak=True)
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS_FRESH
    return response


def tag_of(body: bytes) -> str:
    """Sixteen hexadecimal digits that change with the content."""
    return sha256(body).hexdigest()[:16]
