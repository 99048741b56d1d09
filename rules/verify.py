"""Whether every quotation is verbatim: to the letter, in the document that it is said to be from."""

import re
from pathlib import Path

from .rulebook import Passage, Rulebook, Source


def verify(rulebook: Rulebook, folder: Path) -> list[str]:
    """Check every passage against the documents in a folder; return a sentence for each problem."""
    problems = []
    for source in rulebook.sources:
        passages = [passage for passage in rulebook.passages if passage.source == source.id]
        try:
            text = _one_line((folder / source.document).read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"source “{source.id}”: {source.document} cannot be read in {folder}: {error}")
            continue
        for passage in passages:
            if problem := _problem(passage, source, text):
                problems.append(f"passage “{passage.id}”: {problem}")
    return problems


def _problem(passage: Passage, source: Source, text: str) -> str:
    context = (passage.prefix, passage.quote, passage.suffix)
    # The words around a quote may touch it, as in the cells of a table, or stand a space away.
    pattern = r"\s?".join(re.escape(_one_line(part)) for part in context if part)
    found = len(re.findall(pattern, text))
    if found == 0:
        return f"{source.document} does not have these words: {' … '.join(filter(None, context))}"
    if found > 1:
        return f"{source.document} has these words {found} times; add a prefix or a suffix that tells which"
    for heading in passage.locator.split(" › "):
        if heading not in text:
            return f"{source.document} has no heading “{heading}”"
    return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
