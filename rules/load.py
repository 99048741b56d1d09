"""Reads the data files into a rulebook, or says what an editor of them has to mend."""

import hashlib
import json
import re
import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from .check import faults
from .rulebook import UNSURE, Advice, Option, Passage, Question, Rule, Rulebook, Source


class RulebookError(Exception):
    """The data files cannot be used; each fault names the file, the entry and the field."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class SourcesFile(Struct, forbid_unknown_fields=True):
    source: tuple[Source, ...]


class PassagesFile(Struct, forbid_unknown_fields=True):
    passage: tuple[Passage, ...]


class QuestionsFile(Struct, forbid_unknown_fields=True):
    unsure: str
    question: tuple[Question, ...]


class RulesFile(Struct, forbid_unknown_fields=True):
    date: date
    example: dict[str, str]
    rule: tuple[Rule, ...]
    advice: tuple[Advice, ...]


FILES = {
    "sources.toml": SourcesFile,
    "passages.toml": PassagesFile,
    "questions.toml": QuestionsFile,
    "rules.toml": RulesFile,
}


def load(folder: Path) -> Rulebook:
    """Read and check the data files in a folder; raises RulebookError with every fault found."""
    unreadable: list[str] = []
    raw: dict[str, Any] = {}
    decoded: dict[str, Any] = {}
    for name, layout in FILES.items():
        try:
            raw[name] = tomllib.loads((folder / name).read_text("utf-8"))
            decoded[name] = msgspec.convert(raw[name], layout)
        except OSError as error:
            unreadable.append(f"{name}: cannot be read in {folder}: {error.strerror}")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            unreadable.append(f"{name}: not a TOML file: {error}")
        except msgspec.ValidationError as error:
            unreadable.append(f"{name}: {explain(str(error), raw[name])}")
    if unreadable:
        raise RulebookError(unreadable)

    asked = decoded["questions.toml"]
    unsure = Option(id=UNSURE, label=asked.unsure)
    rulebook = Rulebook(
        revision=digest(raw),
        date=decoded["rules.toml"].date,
        example=decoded["rules.toml"].example,
        sources=decoded["sources.toml"].source,
        passages=decoded["passages.toml"].passage,
        questions=tuple(
            msgspec.structs.replace(question, option=(*question.option, unsure)) for question in asked.question
        ),
        rules=decoded["rules.toml"].rule,
        advice=decoded["rules.toml"].advice,
    )
    if found := faults(rulebook):
        raise RulebookError(found)
    return rulebook


def digest(raw: dict[str, Any]) -> str:
    """The revision: twelve hexadecimal digits over what the files say, comments and layout aside."""
    canonical = json.dumps(raw, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


WORDS = {
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
    for pattern, words in WORDS.items():
        what = re.sub(pattern, words, what)
    where = []
    for key, index in re.findall(r"(\w+)(?:\[(\d+)\])?", path):
        raw = raw[key]
        if not index:
            where.append(f"field “{key}”")
            continue
        raw = raw[int(index)]
        entry = raw.get("id") if isinstance(raw, dict) else None
        where.append(f"{key} “{entry}”" if entry else f"{key} number {int(index) + 1}")
    return ", ".join(where) + (": " if where else "") + what
