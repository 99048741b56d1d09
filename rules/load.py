"""Reads the data files into a rulebook, and decodes one from the archive."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, get_type_hints

import msgspec
from msgspec import Struct, structs

from .judge import ENGINE
from .rulebook import TABLES, UNSURE, Option, Rulebook
from .validate import problems_of


class RulebookError(Exception):
    """The data files cannot be used; each line of the message names the file, the entry and the field."""

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__("\n".join(" ".join(problem.split()) for problem in problems))


# The names of what each file of the rulebook holds; their types are those of the rulebook.
FILES = {
    "sources.toml": ("about", "read", "source", "not_said"),
    "passages.toml": ("passage",),
    "questions.toml": ("unsure", "question"),
    "rules.toml": ("date", "example", "rule", "what_if", "advice", "part", "guide"),
}
TYPES: dict[str, Any] = {TABLES.get(name, name): kind for name, kind in get_type_hints(Rulebook).items()}


def load(folder: Path) -> Rulebook:
    """Read and check the data files in a folder. Raise RulebookError with every problem found."""
    unreadable: list[str] = []
    content: dict[str, Any] = {"engine": ENGINE}
    for file, names in FILES.items():
        try:
            content |= read_file(folder, file, [(name, TYPES[name]) for name in names])[0]
        except RulebookError as error:
            unreadable += str(error).split("\n")
    if unreadable:
        raise RulebookError(unreadable)
    # Comments and layout are not part of the content, so they do not change the revision.
    rulebook = decode(json.dumps(content, sort_keys=True, default=str))
    if found := problems_of(rulebook):
        raise RulebookError(found)
    return rulebook


def read_file(folder: Path, name: str, fields: list[tuple[str, Any]]) -> tuple[dict[str, Any], Any]:
    """What a file holds, as TOML has it and as an object with the fields. Raise RulebookError if it cannot be read."""
    raw: dict[str, Any] = {}
    try:
        # Some editors begin a file with a byte order mark.
        raw = tomllib.loads((folder / name).read_text("utf-8-sig"))
        decoded = msgspec.convert(raw, msgspec.defstruct("File", fields))
        problems = [explain(error, raw) for error in _misfits(raw, decoded)]
    except OSError as error:
        problems = [f"cannot be read in {folder}: {error.strerror}"]
    except msgspec.ValidationError as error:
        problems = [explain(str(error), raw)]
    except (ValueError, RecursionError) as error:
        problems = [f"not a TOML file: {error}"]
    if problems:
        raise RulebookError(f"{name}: {problem}" for problem in problems)
    return raw, decoded


# A few older rulebooks at most are in use at a time.
@lru_cache(maxsize=4)
def decode(content: str) -> Rulebook:
    """The rulebook that an archived content holds. Raise ValueError if it cannot be decoded."""
    # Unknown fields are ignored, because a newer release may have archived it.
    rulebook = msgspec.json.decode(content, type=Rulebook)
    unsure = Option(UNSURE, rulebook.unsure)
    questions = [structs.replace(question, options=(*question.options, unsure)) for question in rulebook.questions]
    return structs.replace(rulebook, revision=revision_of(content), content=content, questions=tuple(questions))


def revision_of(content: str) -> str:
    """The revision of a rulebook with this content: twelve hexadecimal digits of its SHA-256."""
    return hashlib.sha256(content.encode()).hexdigest()[:12]


def _misfits(raw: Any, decoded: Any, path: str = "$") -> Iterator[str]:
    """An error, as msgspec words it, for each field of the data that no struct has, and each text without a word."""
    if isinstance(decoded, Struct):
        fields = dict(zip(decoded.__struct_encode_fields__, decoded.__struct_fields__, strict=True))
        for key, value in raw.items():
            if key in fields:
                yield from _misfits(value, getattr(decoded, fields[key]), f"{path}.{key}")
            else:
                yield f"Object contains unknown field `{key}` - at `{path}`"
    elif isinstance(decoded, tuple):
        for index, (value, item) in enumerate(zip(raw, decoded, strict=True)):
            yield from _misfits(value, item, f"{path}[{index}]")
    elif isinstance(raw, str) and not raw.strip():
        yield f"expected a text with a word in it; leave the field out if it may be missing - at `{path}`"


# What msgspec says, in the words of whoever edits a TOML file.
EDITOR_WORDS = {
    r"Object missing required field `(\w+)`": r"the field “\1” is missing",
    r"Object contains unknown field `(.+)`": r"there is no field “\1”",
    r"Invalid enum value '(.*)'": r"“\1” is not one of the values it takes",
    r"Invalid RFC3339 encoded date": "expected a date, such as 2026-11-26",
    r"Expected `(.*)`, got `(.*)`": r"expected \1, got \2",
    r"\bstr\b": "text",
    r"\b(int|float)\b": "a number",
    r"\barray\b": "a list",
    r"\bobject\b": "a table",
    r"\bbool\b": "true or false",
}


def explain(error: str, raw: Any) -> str:
    """Put a msgspec error in an editor's words: which entry, which field, what is wrong."""
    what, _, path = error.partition(" - at `$")
    for pattern, words in EDITOR_WORDS.items():
        what = re.sub(pattern, words, what)
    where = []
    for key, index in re.findall(r"(\w+)(?:\[(\d+)\])?", path):
        raw = raw[key] if isinstance(raw, dict) and key in raw else None
        if not index:
            where.append(f"field “{key}”")
            continue
        raw = raw[int(index)] if isinstance(raw, list) else None
        entry = raw.get("id") if isinstance(raw, dict) else None
        where.append(f"{key} “{entry}”" if entry else f"{key} number {int(index) + 1}")
    return ", ".join(where) + (": " if where else "") + what
