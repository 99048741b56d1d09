"""A result for machines and for sharing: its JSON and its address."""

from typing import Any

import msgspec
from flask import current_app, has_request_context, request
from msgspec import structs

from rules.recommendation import Recommendation


def permalink(code: str) -> str:
    """The address of a result: absolute where a public address is set or there is a request to take it from."""
    base = current_app.config["PUBLIC_URL"] or (request.url_root if has_request_context() else "")
    return f"{str(base).rstrip('/')}/r/{code}"


def as_json(code: str, given: Recommendation) -> bytes:
    """The record with its code and permalink."""
    record: dict[str, Any] = {"code": code, "permalink": permalink(code), **structs.asdict(given)}
    return msgspec.json.encode(record)
