"""What editors check: that quotations are verbatim, that what is not said is not, and that every entry is used."""

import re
from pathlib import Path

from .answers import combinations
from .passages import Passage, Source
from .positions import positions_on
from .rulebook import Rulebook

# A sentence, or a phrase that stands alone, begins a line or a bullet or follows the end of another.
START = re.compile(r"(?:^|\n|[.!?:][”\"’)]*)\s*(?:[•–-]\s+)?\Z")
# Copies of tables have lost their borders: a cell touches the one before it.
CELL = re.compile(r"(?<=\S)[^\Wa-z]")
# It ends with its own full stop, or the quote leaves out that alone, or the line or the cell ends.
END = re.compile(r"[.!?:][”\"’]*\Z")
LEFT_OUT = re.compile(r"[.!?:)”\"’]+(?!\w)|[ \t]*(?:\n|\Z)|[A-Z0-9]")


def verify(rulebook: Rulebook, folder: Path) -> list[str]:
    """Check what is quoted and what is not said with the documents in a folder; return a sentence for each problem."""
    problems = []
    for source in rulebook.sources:
        try:
            text = (folder / source.document).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"source “{source.id}”: {source.document} cannot be read in {folder}: {error}")
            continue
        for passage in rulebook.passages:
            if passage.source == source.id and (problem := _problem(passage, source, text)):
                problems.append(f"passage “{passage.id}”: {problem}")
        for entry in rulebook.not_said:
            for word in entry.words:
                if found := re.search(rf"(?<!\w){_spaced(word)}(?!\w)", text, re.IGNORECASE):
                    problems.append(f"not_said “{entry.id}”: {source.document} {_place(text, found)} has “{word}”")
    return problems


def _problem(passage: Passage, source: Source, text: str) -> str:
    context = (passage.prefix, passage.quote, passage.suffix)
    # The words around a quote may touch it, as in the cells of a table, or stand a space away.
    before, quote, after = (_spaced(part) for part in context)
    found = list(re.finditer(rf"{before}\s*(?P<quote>{quote})\s*{after}", text))
    if not found:
        return f"{source.document} does not have these words: {' … '.join(filter(None, context))}"
    if len(found) > 1:
        return f"{source.document} has these words {len(found)} times; add a prefix or a suffix that tells which"
    # A browser scrolls to the first words that fit a link, in small letters or capitals.
    ends = r"\b.*?\b".join(_spaced(end) for end in passage.ends)
    linked = re.search(rf"{before}\s*(?P<quote>{ends})\s*{after}", text, re.DOTALL | re.IGNORECASE)
    if source.address and linked and linked.span("quote") != found[0].span("quote"):
        return f"a link to it leads to {source.document} {_place(text, linked)}; quote more words, or add a prefix"
    for heading in passage.locator.split(" › "):
        if not re.search(_spaced(heading), text):
            return f"{source.document} has no heading “{heading}”"
    cut = _cut(text, *found[0].span("quote"))
    if cut != passage.cut:
        should = f"should be “{cut}”" if cut else "is needless"
        return f"{source.document} {_place(text, found[0])}: “cut” is “{passage.cut}” and {should}"
    return ""


def _cut(text: str, start: int, end: int) -> str:
    """At which ends a part of a document leaves out a part of its sentence."""
    begins = START.search(text[:start]) or CELL.match(text, start)
    ends = END.search(text[start:end]) or LEFT_OUT.match(text[end:])
    return ("" if ends else "end") if begins else ("start" if ends else "both")


def _spaced(text: str) -> str:
    """A pattern for the words of a text, whatever stands between them."""
    return r"\s+".join(re.escape(word) for word in text.split())


def _place(text: str, found: re.Match[str]) -> str:
    return f"line {text.count(chr(10), 0, found.start()) + 1}"


def unused(rulebook: Rulebook) -> list[str]:
    """Try every combination; return a sentence for each rule that never speaks and passage that is never shown."""
    speaking = set[str]()
    shown = rulebook.ids_in_parts.union(*(source.closing + source.interest for source in rulebook.sources))
    for advice in [*rulebook.advice, *(answer for what_if in rulebook.what_if for answer in what_if.answers)]:
        shown.update(advice.passages, advice.also)
    for answers in combinations(rulebook):
        for question in rulebook.questions:
            for position in positions_on(rulebook, question, answers):
                speaking |= {passage.rule for passage in position.passages}
                shown |= {passage.id for passage in position.passages}
    return [
        *(f"rules.toml: rule “{id}” never speaks" for id in rulebook.rules_by_id if id not in speaking),
        *(f"passages.toml: passage “{id}” is never shown" for id in rulebook.passages_by_id if id not in shown),
    ]
