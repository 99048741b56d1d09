"""Whether every quotation is verbatim: to the letter, in the document that it is said to be from."""

import re
from pathlib import Path

from .rulebook import Passage, Rulebook, Source


def verify(rulebook: Rulebook, folder: Path) -> list[str]:
    """Check every passage against the documents in a folder; a sentence for each that is not as quoted."""
    faults = []
    for source in rulebook.sources:
        passages = [passage for passage in rulebook.passages if passage.source == source.id]
        try:
            text = _plain((folder / source.document).read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            faults.append(f"source “{source.id}”: {source.document} cannot be read in {folder}: {error}")
            continue
        for passage in passages:
            if fault := _fault(passage, source, text):
                faults.append(f"passage “{passage.id}”: {fault}")
    return faults


def _fault(passage: Passage, source: Source, text: str) -> str:
    context = (passage.prefix, passage.quote, passage.suffix)
    # The words around a quote may touch it, as in the cells of a table, or stand a space away.
    pattern = r"\s?".join(re.escape(_plain(part)) for part in context if part)
    found = len(re.findall(pattern, text))
    if found == 0:
        return f"{source.document} does not have these words: {' … '.join(filter(None, context))}"
    if found > 1:
        return f"{source.document} has these words {found} times; add a prefix or a suffix that tells which"
    for heading in passage.locator.split(" › "):
        if heading not in text:
            return f"{source.document} has no heading “{heading}”"
    return ""


def _plain(text: str) -> str:
    return " ".join(text.split())
