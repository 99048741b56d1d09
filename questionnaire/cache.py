"""The page cache in front of Flask, by address and the query parameters that a page reads; Flask sees no others."""

import gzip
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from cachetools import LRUCache
from flask import Flask, Response
from werkzeug.http import parse_accept_header, parse_etags
from werkzeug.wrappers import Response as BaseResponse

from .results import Results

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HTML = "text/html; charset=utf-8"

# How long a browser or proxy may show a page before it revalidates it, in seconds.
MAX_AGE = 300

# In bytes. A body below the first is not compressed; a page below the second, such as a result, at a faster level.
WORTH_COMPRESSING, LARGE = 500, 2**17

# Estimated bytes per page besides its body, so that many small pages cannot outgrow the memory.
OVERHEAD = 1500


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page: `headers` excludes Content-Type and Content-Length; `length` is the uncompressed size."""

    etag: str
    headers: list[tuple[str, str]]
    content_type: str
    body: bytes
    length: int
    compressed: bool

    def respond(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a GET or HEAD request."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and parse_etags(known).contains_weak(self.etag):
            # A copy, because servers add headers of their own.
            start_response("304 NOT MODIFIED", [*self.headers])
            return []
        headers = [*self.headers, ("Content-Type", self.content_type)]
        plain = self.compressed and not parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING"))["gzip"]
        if self.compressed and not plain:
            headers.append(("Content-Encoding", "gzip"))
        start_response("200 OK", [*headers, ("Content-Length", str(self.length if plain else len(self.body)))])
        if environ["REQUEST_METHOD"] == "HEAD":
            return []
        return [gzip.decompress(self.body) if plain else self.body]


class Cache:
    """WSGI middleware that answers with cached pages, and asks Flask for everything else."""

    def __init__(self, app: Flask, memory: int, results: Results) -> None:
        self._app = app
        self._wsgi_app = app.wsgi_app
        self._results = results
        self._pages = LRUCache[bytes, CachedPage](memory, getsizeof=lambda page: len(page.body) + OVERHEAD)
        self._lock = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._wsgi_app(environ, start_response)
        if environ.get("QUERY_STRING"):
            environ = {**environ, "QUERY_STRING": self._accepted(environ["PATH_INFO"], environ["QUERY_STRING"])}
        if self._app.debug:
            return self._wsgi_app(environ, start_response)
        key = _key(environ)
        with self._lock:
            page = self._pages.get(key)
        if not page:
            # Nobody waits for a page that another request renders: at worst each renders it.
            response = BaseResponse.from_app(self._wsgi_app, {**environ, "REQUEST_METHOD": "GET"}, buffered=True)
            if not response.cache_control.public:
                return response(environ, start_response)
            page = _cached(response)
            # A page that is larger than the whole cache is not cached.
            with self._lock, suppress(ValueError):
                self._pages[key] = page
        return page.respond(environ, start_response)

    def _accepted(self, path: str, query: str) -> str:
        """What a page accepts of a query, in one order; a slash at the end of its path changes nothing."""
        path = path.rstrip("/") or "/"
        # Reversed, because the first of several values is the one that a view reads.
        pairs = reversed(parse_qsl(query, keep_blank_values=True))
        accepted = {name: value for name, text in pairs if (value := self._value(path, name, text)) is not None}
        return urlencode(sorted(accepted.items()))

    def _value(self, path: str, name: str, text: str) -> str | None:
        """The value of a parameter as the page at a path reads it; None if it reads no such value."""
        if path == "/compare" and name == "links":
            return text
        if path == "/" and name in self._results.rulebook.questions_by_id:
            options = self._results.rulebook.questions_by_id[name].options
            return text if text in [option.id for option in options] else None
        is_result = path.removeprefix("/r/") in self._results.answers_by_code
        reads_code = (name == "since" and (path == "/" or is_result)) or (name == "at" and path == "/map")
        return self._results.code_of_today(text) if reads_code else None


def _key(environ: "WSGIEnvironment") -> bytes:
    # Links in a page depend on the scheme, the host and the root too.
    names = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING")
    # A digest, because an address may be long, and keys do not count towards the memory.
    return sha256(repr([environ.get(name, "") for name in names]).encode()).digest()


def _cached(response: BaseResponse) -> CachedPage:
    body, length = response.data, len(response.data)
    about_body = ("content-type", "content-length")
    headers = [(name, value) for name, value in response.headers if name.lower() not in about_body]
    compressed = response.mimetype != "image/png" and length >= WORTH_COMPRESSING
    if compressed:
        body = gzip.compress(body, 4 if response.content_type == HTML and length < LARGE else 6, mtime=0)
        headers.append(("Vary", "Accept-Encoding"))
    return CachedPage(response.get_etag()[0] or "", headers, response.content_type or "", body, length, compressed)


def cacheable(content_type: str = HTML) -> Callable[[Callable[..., str | bytes]], Callable[..., Response]]:
    """Decorate a view whose page depends on the address alone. For any other status the view must call `abort`."""

    def decorate(view: Callable[..., str | bytes]) -> Callable[..., Response]:
        @wraps(view)
        def serve(**values: str) -> Response:
            return cacheable_response(view(**values), content_type)

        return serve

    return decorate


def cacheable_response(body: str | bytes, content_type: str) -> Response:
    """A response that anyone may cache, with an ETag."""
    response = Response(body, content_type=content_type)
    # Weak, because the compressed body has the same tag.
    response.set_etag(digest(response.data), weak=True)
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE
    return response


def digest(body: bytes) -> str:
    """Sixteen hexadecimal digits that change with the content."""
    return sha256(body).hexdigest()[:16]
