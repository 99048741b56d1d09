"""Refuses posts from other sites by the headers that browsers send, as Go's net/http does since 2025."""

from flask import abort, request

SAFE = {"GET", "HEAD", "OPTIONS"}


def refuse_cross_site() -> None:
    """Abort with 403 where the browser says that another site made the request; what is no browser may pass."""
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is None:
        origin = request.headers.get("Origin")
        same = origin is None or origin.partition("://")[2] == request.host
    else:
        same = site in {"same-origin", "none"}
    if not same:
        abort(403)
