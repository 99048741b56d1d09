"""Keeps constant answers in memory: made once a worker, compressed once, revalidated without being made."""

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING

from cachetools import LRUCache
from flask import Flask
from werkzeug.http import parse_accept_header, parse_etags
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MEMORY = 20 * 2**20
"""What a worker keeps, in bytes: about 1,500 result pages, compressed."""

LOCKS = 64
"""How many answers may be made at a time; two that share a lock by chance only wait for each other."""

OVERHEAD = 1500
"""What an answer takes besides its body, so that many small ones cannot outgrow the memory."""

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A constant answer, text compressed, with its headers but for those that tell of the body."""

    tag: str
    headers: Headers
    type: str
    body: bytes
    compressed: bool


class Kept:
    """A WSGI application before another: answers what it has kept, and asks the other for the rest."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.ask = app.wsgi_app
        self.answers = LRUCache[bytes, Answer](MEMORY, getsizeof=lambda answer: len(answer.body) + OVERHEAD)
        self.reading = Lock()
        self.making = [Lock() for _ in range(LOCKS)]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from memory, or have the answer made and keep it if it is constant."""
        if environ["REQUEST_METHOD"] != "GET" or self.app.debug:
            return self.ask(environ, start_response)
        if environ.get("QUERY_STRING"):
            return _respond(self._make(environ), environ, start_response)
        address = self._address(environ)
        answer: Answer | Response | None = self._kept(address)
        if answer is None:
            # Of several that want the same, the first makes it for all of them.
            with self.making[address[0] % LOCKS]:
                answer = self._kept(address) or self._make(environ)
                if isinstance(answer, Answer):
                    with self.reading:
                        self.answers[address] = answer
        return _respond(answer, environ, start_response)

    def _make(self, environ: "WSGIEnvironment") -> Answer | Response:
        response = Response.from_app(self.ask, environ, buffered=True)
        return _answer(response) if response.cache_control.public else response

    def _kept(self, address: bytes) -> Answer | None:
        with self.reading:
            return self.answers.get(address)

    def _address(self, environ: "WSGIEnvironment") -> bytes:
        # Pages are full of links made of these, so what one visitor forges must reach no other. Where the public
        # address is known, the Host is in no page, and forging it cannot even crowd out what is kept.
        parts = [environ["wsgi.url_scheme"], environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")]
        host = self.app.config["PUBLIC_URL"] or environ.get("HTTP_HOST", environ["SERVER_NAME"])
        # A digest, because an address may be longer than what is kept for it, and does not count towards the memory.
        return sha256(repr((host, *parts)).encode()).digest()


def _answer(response: Response) -> Answer:
    told = {"content-type", "content-length"}
    compressed = response.mimetype != "image/png"
    headers = [(name, value) for name, value in response.headers if name.lower() not in told]
    if compressed:
        headers.append(("Vary", "Accept-Encoding"))
    body = gzip.compress(response.data, 3, mtime=0) if compressed else response.data
    return Answer(response.get_etag()[0] or "", headers, response.content_type or "", body, compressed)


def _respond(answer: Answer | Response, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    if isinstance(answer, Response):
        return answer(environ, start_response)
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and parse_etags(known).contains_weak(answer.tag):
        start_response("304 NOT MODIFIED", answer.headers)
        return []
    body, headers = answer.body, [*answer.headers, ("Content-Type", answer.type)]
    if answer.compressed:
        if parse_accept_header(environ.get("HTTP_ACCEPT_ENCODING"))["gzip"]:
            headers.append(("Content-Encoding", "gzip"))
        else:
            body = gzip.decompress(body)
    start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
    return [body]
