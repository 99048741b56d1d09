"""Answers that stay the same while the application runs: made once, compressed once, then revalidated by ETag."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from threading import Condition

from cachetools import LRUCache, cached
from flask import Response, current_app, request

from .renderings import base

MEMORY = 32 * 2**20
"""What a worker keeps, in bytes: about 2,500 result pages, compressed."""

SECONDS_FRESH = 300
"""How long a browser or a proxy may show a page without asking again; a new release is seen after that."""

View = Callable[..., str | bytes]


@dataclass(frozen=True)
class Made:
    """A body, compressed if it is text, and the tag that it is revalidated by."""

    body: bytes
    compressed: bool
    tag: str


class Kept:
    """What has been made, by address; several threads that want the same wait for the first."""

    def __init__(self) -> None:
        kept = LRUCache[bytes, Made](MEMORY, getsizeof=lambda made: len(made.body))
        self.get = cached(kept, key=self._key, condition=Condition())(self._make)

    @staticmethod
    def _key(address: tuple[str, ...], _: object) -> bytes:
        # A digest, because an address, which does not count towards the memory, may be longer than what is kept for it.
        return sha256(repr(address).encode()).digest()

    @staticmethod
    def _make(_: tuple[str, ...], make: Callable[[], Made]) -> Made:
        return make()


def constant(content_type: str = "text/html; charset=utf-8") -> Callable[[View], Callable[..., Response]]:
    """Serve what a view returns as an answer that depends on the address alone.

    A view returns text, which is kept compressed, or bytes, which are kept as they are; to answer otherwise, it
    aborts. A query makes it another answer, which is made each time.
    """

    def decorate(view: View) -> Callable[..., Response]:
        @wraps(view)
        def serve(**values: str) -> Response:
            def make() -> Made:
                body = view(**values)
                return compressed(body.encode()) if isinstance(body, str) else Made(body, False, _tag(body))

            kept: Kept = current_app.extensions["kept"]
            # Base and root are part of the address: pages are full of links made of them, and a forged Host, or a
            # SCRIPT_NAME that gunicorn takes from a proxy on the same machine, must reach no other visitor.
            address = (base(), request.root_path, request.path)
            anew = request.query_string or current_app.debug
            return respond(make() if anew else kept.get(address, make), content_type)

        return serve

    return decorate


def compressed(body: bytes) -> Made:
    """A text, compressed; its tag is that of the text."""
    return Made(gzip.compress(body, mtime=0), True, _tag(body))


def respond(made: Made, content_type: str) -> Response:
    """What was made, or 304 to whoever has it already; compressed for whoever takes it so."""
    response = Response(content_type=content_type)
    response.set_etag(made.tag, weak=True)
    response.cache_control.public = True
    response.cache_control.max_age = SECONDS_FRESH
    if made.compressed:
        response.vary.add("Accept-Encoding")
    if request.if_none_match.contains_weak(made.tag):
        response.status_code = 304
    elif made.compressed and request.accept_encodings["gzip"]:
        response.content_encoding = "gzip"
        response.data = made.body
    else:
        response.data = gzip.decompress(made.body) if made.compressed else made.body
    return response


def _tag(body: bytes) -> str:
    return sha256(body).hexdigest()[:16]
