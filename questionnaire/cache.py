"""The page cache: WSGI middleware in front of Flask, and the decorator of the views whose pages it caches.

A page is rendered once a worker, compressed once, and revalidated by its ETag without being rendered again.
"""

import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from threading import Condition
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from cachetools import LRUCache, cached
from flask import Flask, Response, g, request
from werkzeug.http import parse_accept_header, parse_etags
from werkzeug.wrappers import Response as BaseResponse

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HTML = "text/html; charset=utf-8"

# How long a browser or proxy may show a page before it revalidates it, in seconds.
MAX_AGE = 300

# Below this many bytes, gzip saves less than its headers cost.
WORTH_COMPRESSING = 500

# What a page takes beside its body, in bytes, so that many small pages cannot outgrow the memory.
OVERHEAD = 1500

# The key in the WSGI environment of the set of query parameters that the page has read.
READS = "questionnaire.reads"


class NotCacheableError(Exception):
    """Flask's response is for this request alone."""

    def __init__(self, response: BaseResponse) -> None:
        self.response = response


@dataclass(frozen=True, slots=True)
class Page:
    """A response as it is cached: `headers` without those about the body, and its length before compression."""

    etag: str
    headers: list[tuple[str, str]]
    content_type: str
    body: bytes
    length: int
    compressed: bool
    reads: frozenset[str]

    def respond(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a GET or HEAD request."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and parse_etags(known).contains_weak(self.etag):
            start_response("304 NOT MODIFIED", self.headers)
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

    def __init__(self, app: Flask, memory: int) -> None:
        self._app = app
        self._wsgi_app = app.wsgi_app
        self.pages = LRUCache[bytes, Page](memory, getsizeof=lambda page: len(page.body) + OVERHEAD)
        # With a condition, one thread renders a page and the others that want the same one wait for it.
        self._page = cached(self.pages, key=_key, condition=Condition())(self._render)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or self._app.debug:
            return self._wsgi_app(environ, start_response)
        try:
            page = self._page(environ)
        except NotCacheableError as error:
            return error.response(environ, start_response)
        if _reads_query(page.reads, environ):
            return self._wsgi_app(environ, start_response)
        return page.respond(environ, start_response)

    def _render(self, environ: "WSGIEnvironment") -> Page:
        """Ask Flask for a page. Raise NotCacheableError if it must not be cached under its address."""
        reads = set[str]()
        environ = {**environ, "REQUEST_METHOD": "GET", READS: reads}
        response = BaseResponse.from_app(self._wsgi_app, environ, buffered=True)
        if not response.cache_control.public or _reads_query(reads, environ):
            raise NotCacheableError(response)
        body, about_body = response.data, ("content-type", "content-length")
        length = len(body)
        headers = [(name, value) for name, value in response.headers if name.lower() not in about_body]
        compressed = response.mimetype != "image/png" and len(body) >= WORTH_COMPRESSING
        if compressed:
            body = gzip.compress(body, 6, mtime=0)
            headers.append(("Vary", "Accept-Encoding"))
        etag = response.get_etag()[0] or ""
        return Page(etag, headers, response.content_type or "", body, length, compressed, frozenset(reads))


def _key(environ: "WSGIEnvironment") -> bytes:
    # Links are made of all of these, so a page must not reach a visitor who asked under another host or root.
    names = ("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SCRIPT_NAME", "PATH_INFO")
    parts = [environ.get(name) for name in names]
    # A digest, because an address may be long, and keys do not count towards the memory.
    return sha256(repr(parts).encode()).digest()


def _reads_query(reads: Iterable[str], environ: "WSGIEnvironment") -> bool:
    """Whether the query string has a parameter that the page reads."""
    text = environ.get("QUERY_STRING", "")
    return bool(text and reads) and any(name in reads for name, _ in parse_qsl(text, keep_blank_values=True))


def query(name: str) -> str:
    """A query parameter, or an empty string; the cache learns that the page reads it."""
    request.environ.get(READS, set()).add(name)
    return request.args.get(name, "")


def cacheable(content_type: str = HTML) -> Callable[[Callable[..., str | bytes]], Callable[..., Response]]:
    """Decorate a view whose page depends on the address and `query` alone. To answer anything but 200, it aborts."""

    def decorate(view: Callable[..., str | bytes]) -> Callable[..., Response]:
        @wraps(view)
        def serve(**values: str) -> Response:
            body = view(**values)
            if g.pop("do_not_cache", False):
                return Response(body, content_type=content_type, headers={"Cache-Control": "no-store"})
            return cacheable_response(body, content_type)

        return serve

    return decorate


def do_not_cache() -> None:
    """Let the page of this request be rendered again for the next one."""
    g.do_not_cache = True


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
