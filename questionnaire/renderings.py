"""The renderings of a result that are not its page: for machines, for a repository, for a preview."""

import re
from typing import Any

import msgspec
from flask import current_app, has_request_context, render_template, request
from msgspec import structs

from rules.recommendation import Recommendation

from .blueprint import bp


class Published(Recommendation, frozen=True, kw_only=True):
    """A recommendation with the code and the address it is kept at."""

    code: str
    permalink: str


def base() -> str:
    """The address of the application: the one configured, or else the one that it was asked at."""
    configured: str | None = current_app.config["PUBLIC_URL"]
    return (configured or (request.url_root if has_request_context() else "")).rstrip("/")


def permalink(code: str) -> str:
    """The address of a result, to share; without its host where none is configured and nobody is asking."""
    return f"{base()}/r/{code}"


def as_json(code: str, given: Recommendation) -> str:
    """The record with its code and permalink."""
    published = Published(**structs.asdict(given), code=code, permalink=permalink(code))
    return msgspec.json.encode(published).decode()


def json_schema() -> str:
    """What `as_json` writes, as a JSON Schema."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Result"}
    return msgspec.json.encode(schema | msgspec.json.schema(Published)).decode()


def as_markdown(code: str, given: Recommendation) -> str:
    """A decision record in the format of MADR 4, to commit beside the code."""
    sources = {source.id: source for source in given.sources}
    return render_template("result.md", code=code, given=given, sources=sources, permalink=permalink(code))


@bp.app_template_filter("md")
def markdown(text: str) -> str:
    """Text as Markdown that reads the same, whatever characters it has; not for the start of a line."""
    return re.sub(r"([\\`*_{}\[\]<>&~|])", r"\\\1", " ".join(text.split()))
