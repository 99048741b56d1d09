"""The renderings of a result in text: JSON, a decision record, and what a terminal shows."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec
from flask import render_template
from msgspec import structs

from rules.recommendation import Recommendation, Stance

from .blueprint import bp
from .record import not_asked, pros, sum_of
from .sentences import sentences
from .urls import base, permalink

# The sign of each stance on the page and on the card.
SIGNS: dict[Stance, str] = {"django": "D", "flask": "F", "both": "±", "neither": "=", "disputed": "!", "silent": "–"}

# The words of each stance, as a reader sees them.
STANCE_WORDS: dict[Stance, str] = {
    "django": "Django",
    "flask": "Flask",
    "both": "Both ways",
    "neither": "No winner",
    "disputed": "Disputed",
    "silent": "Says nothing",
}


class Published(Recommendation, frozen=True, kw_only=True):
    """A recommendation with its code and permalink."""

    code: str
    permalink: str


def in_words(day: str) -> str:
    """A date as it is read: 21 November 2026."""
    parsed = date.fromisoformat(day)
    return f"{parsed.day} {parsed:%B %Y}"


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
    return render_template("result.md", result=result, **_shared(code, result))


def as_text(code: str, result: Recommendation) -> str:
    """What `flask recommend` shows in a terminal."""
    return render_template("result.txt", result=result, **_shared(code, result))


def _shared(code: str, result: Recommendation) -> dict[str, Any]:
    link = permalink(code)
    return {
        "permalink": link,
        "sentences": sentences(result, link),
        "again": f"{base()}/?{urlencode(result.answers)}",
        "words": STANCE_WORDS,
        "pros": pros,
        "sum_of": sum_of,
        "not_asked": not_asked,
    }


@bp.app_template_filter("md")
def markdown(text: str) -> str:
    """Escape text for Markdown, except at the start of a line."""
    return re.sub(r"([\\`*_{}\[\]<>&~|])", r"\\\1", " ".join(text.split()))
