"""The renderings of a result in text: JSON, a decision record, and what a terminal shows."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import msgspec
from flask import render_template
from msgspec import structs

from rules.recommendation import Recommendation, Stance
from rules.rulebook import Passage, Source

from .blueprint import bp
from .urls import permalink

# The sign of each stance on the page and on the card.
SIGNS: dict[Stance, str] = {"django": "D", "flask": "F", "both": "±", "neither": "=", "disputed": "!", "silent": "–"}


class Published(Recommendation, frozen=True, kw_only=True):
    """A recommendation with its code and permalink."""

    code: str
    permalink: str


def as_json(code: str, result: Recommendation) -> str:
    """The record with its code and permalink."""
    published = Published(**structs.asdict(result), code=code, permalink=permalink(code))
    return msgspec.json.encode(published).decode()


def json_schema() -> str:
    """The JSON Schema of what `as_json` writes."""
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Result"}
    return msgspec.json.encode(schema | msgspec.json.schema(Published)).decode()


def as_markdown(code: str, result: Recommendation) -> str:
    """A decision record in the format of MADR 4, to commit beside the code."""
    return render_template("result.md", code=code, result=result, permalink=permalink(code))


def as_text(code: str, result: Recommendation) -> str:
    """What `flask recommend` shows in a terminal."""
    return render_template("result.txt", result=result, permalink=permalink(code))


@bp.app_template_filter("md")
def markdown(text: str) -> str:
    """Escape text for Markdown, except at the start of a line."""
    return re.sub(r"([\\`*_{}\[\]<>&~|])", r"\\\1", " ".join(text.split()))


@bp.app_template_global()
def article_link(source: Source, passage: Passage) -> str:
    """The address of a passage in its article, to which a browser scrolls; empty if the address is not known.

    The form is `#:~:text=[prefix-,]text[,-suffix]` of the Scroll to Text Fragment draft.
    """
    if not source.address:
        return ""
    prefix = f"{_encoded(passage.prefix)}-," if passage.prefix else ""
    suffix = f",-{_encoded(passage.suffix)}" if passage.suffix else ""
    return f"{source.address}#:~:text={prefix}{_encoded(passage.quote)}{suffix}"


# A page has about a hundred quotations, and the same ones are on hundreds of pages.
@lru_cache(maxsize=1024)
def _encoded(text: str) -> str:
    # `quote` never encodes a hyphen, but in a text fragment it marks a prefix or a suffix.
    return quote(text, safe="").replace("-", "%2D")
