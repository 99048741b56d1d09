"""Reads the data files into a rulebook, or reports every problem in an editor’s words."""

import hashlib
import json
import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from .rulebook import UNSURE, Advice, Guide, NotSaid, Option, Part, Passage, Question, Rule, Rulebook, Source
from .validate import problems


class RulebookError(Exception):
    """The data files cannot be used; each problem names the file, the entry and the field."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


# What each file holds.
FILES: dict[str, list[tuple[str, Any]]] = {
    "sources.toml": [("read", date), ("source", tuple[Source, ...]), ("not_said", tuple[NotSaid, ...])],
    "passages.toml": [("passage", tuple[Passage, ...])],
    "questions.toml": [("unsure", str), ("question", tuple[Question, ...])],
    "rules.toml": [
        ("date", date),
        ("example", dict[str, str]),
        ("rule", tuple[Rule, ...]),
        ("advice", tuple[Advice, ...]),
        ("part", tuple[Part, ...]),
        ("guide", tuple[Guide, ...]),
    ],
}


def load(folder: Path) -> Rulebook:
    """Read and check the data files in a folder. Raise RulebookError with every problem found."""
    unreadable: list[str] = []
    raw: dict[str, Any] = {}
    data: dict[str, Any] = {}
    for name, fields in FILES.items():
        try:
            raw[name] = tomllib.loads((folder / name).read_text("utf-8"))
            layout = msgspec.defstruct("File", fields, forbid_unknown_fields=True)
            data |= msgspec.structs.asdict(msgspec.convert(raw[name], layout))
        except OSError as error:
            unreadable.append(f"{name}: cannot be read in {folder}: {error.strerror}")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            unreadable.append(f"{name}: not a TOML file: {error}")
        except msgspec.ValidationError as error:
            unreadable.append(f"{name}: {explain(str(error), raw[name])}")
    if unreadable:
        raise RulebookError(unreadable)

    # Comments and layout do not change the revision.
    content = json.dumps(raw, sort_keys=True, default=str, ensure_ascii=False)
    unsure = Option(id=UNSURE, label=data["unsure"])
    rulebook = Rulebook(
        revision=hashlib.sha256(content.encode()).hexdigest()[:12],
        date=data["date"],
        example=data["example"],
        unsure=unsure,
        sources=data["source"],
        passages=data["passage"],
        questions=tuple(
            msgspec.structs.replace(question, options=(*question.options, unsure)) for question in data["question"]
        ),
        rules=data["rule"],
        advice=data["advice"],
        parts=data["part"],
        guides=data["guide"],
        not_said=data["not_said"],
        read=data["read"],
    )
    if found := problems(rulebook):
        raise RulebookError(found)
    return rulebook


# What msgspec says, in the words of whoever edits a TOML file.
EDITOR_WORDS = {
    r"Object missing required field `(\w+)`": r"the field “\1” is missing",
    r"Object contains unknown field `(\w+)`": r"there is no field “\1”",
    r"Invalid enum value '(.*)'": r"“\1” is not one of the values it takes",
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
