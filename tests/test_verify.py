"""Verifying quotations: verbatim, in the right document, once."""

import re
from pathlib import Path

import pytest
from flask import Flask
from msgspec import structs

from rules import Rulebook, load
from rules.passages import Passage
from rules.verify import verify

from .conftest import Edit


def sentence(passage: Passage) -> str:
    """A line in which the quote begins and ends as its passage says."""
    before = "of which " if passage.cut in ("start", "both") else ""
    after = " and so on" if passage.cut in ("end", "both") else ""
    return f"{passage.prefix} {before}{passage.quote}{after}"


def add_to(document: Path, text: str) -> None:
    document.write_text(f"{document.read_text('utf-8')}\n{text}", "utf-8")


@pytest.fixture
def documents(rulebook: Rulebook, tmp_path: Path) -> Path:
    """Documents of our own that say what is quoted, whole or cut, under the headings that are named."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for source in rulebook.sources:
        own = [passage for passage in rulebook.passages if passage.source == source.id]
        headings = {heading for passage in own for heading in passage.locator.split(" › ")}
        # Quotes that lie within another stand in the document already.
        quotes = {one.quote: one for one in own if not any(one.quote in other.quote != one.quote for other in own)}
        said = [sentence(passage).replace(", ", ",\n").replace(" – ", "\n– ") for passage in quotes.values()]
        (folder / source.document).write_text("\n\n".join([*sorted(headings), *said]), "utf-8")
    return folder


def test_quotations_that_stand_in_their_documents_pass(app: Flask, rulebook: Rulebook, documents: Path) -> None:
    run = app.test_cli_runner().invoke(args=["rules", "verify", str(documents)])
    assert run.exit_code == 0
    assert run.output.startswith(f"{len(rulebook.passages)} quotations are verbatim; the words of ")
    assert run.output.endswith(f" {len(rulebook.not_said)} entries in not_said are in no document.\n")


LAYOUT = 'locator = "Project layout"'
RAPID = 'id = "ddi-django-rapid"\nsource = '
LOST = {
    "ddi-django-orm-dbs”: 000_f67ed8cd2e9cf210.txt does not have these words": ("Oracle and", "Oracle, and"),
    "ddi-django-rapid”: 003_75c6be5399d62a0e.txt does not have": (f'{RAPID}"ddi"', f'{RAPID}"jonna"'),
    "indepth-django-conventional-structure”: 001_c4188831804dddce.txt has no heading “Layout”": (
        LAYOUT,
        'locator = "Layout"',
    ),
}


@pytest.mark.parametrize("said", LOST)
def test_a_changed_comma_another_document_and_a_lost_heading_fail(edited: Edit, documents: Path, said: str) -> None:
    [problem] = verify(load(edited(("passages.toml", *LOST[said]))), documents)
    assert problem.startswith(f"passage “{said}")


def test_words_that_stand_twice_need_a_prefix_or_a_suffix(rulebook: Rulebook, edited: Edit, documents: Path) -> None:
    add_to(documents / "000_f67ed8cd2e9cf210.txt", "Indeed: Flask is perfect for developing simple web apps")
    assert "has these words 2 times; add a prefix" in verify(rulebook, documents)[0]
    quote = 'quote = "Flask is perfect for developing simple web apps"'
    told = load(edited(("passages.toml", quote, f'{quote}\nprefix = "Indeed:"')))
    assert verify(told, documents) == []


def test_a_link_that_leads_elsewhere_fails(rulebook: Rulebook, documents: Path) -> None:
    document = documents / "003_75c6be5399d62a0e.txt"
    quote = next(one.quote for one in rulebook.passages if one.source == "jonna" and len(one.ends) == 2)
    document.write_text(f"{' '.join(quote.split()[:7])}.\n{document.read_text('utf-8')}", "utf-8")
    assert "leads to 003_75c6be5399d62a0e.txt line 1; quote more words" in verify(rulebook, documents)[0]


ENDS = {
    "One. Whole sentence here. Two.": "",
    "• Whole sentence here": "",
    "Label: Whole sentence here\nNext": "",
    "RowWhole sentence hereNext cell": "",
    "“Asked?” Whole sentence here!”": "",
    "(Note: Whole sentence here).": "",
    "so Whole sentence here": "start",
    "Whole sentence here; more": "end",
    "so Whole sentence here, more": "both",
}


@pytest.mark.parametrize("text", ENDS)
@pytest.mark.parametrize("cut", ["", "start", "end", "both"])
def test_a_cut_needs_its_mark_and_a_mark_its_cut(rulebook: Rulebook, tmp_path: Path, text: str, cut: str) -> None:
    source = structs.replace(rulebook.sources[0], document="one.txt")
    passage = structs.replace(
        rulebook.passages[0], source=source.id, locator="", prefix="", quote="Whole sentence here", cut=cut
    )
    one = structs.replace(rulebook, sources=(source,), passages=(passage,))
    (tmp_path / "one.txt").write_text(text, "utf-8")
    should = f"should be “{ENDS[text]}”" if ENDS[text] else "is needless"
    said = f"passage “{passage.id}”: one.txt line 1: “cut” is “{cut}” and {should}"
    assert verify(one, tmp_path) == ([] if cut == ENDS[text] else [said])


@pytest.mark.parametrize("said", ["We tried FastAPI.", "“fastapi”", "Swagger\n", "with type\nhints", "Next.js"])
def test_a_thing_that_is_said_after_all_fails(rulebook: Rulebook, documents: Path, said: str) -> None:
    add_to(documents / "003_75c6be5399d62a0e.txt", said)
    [problem] = verify(rulebook, documents)
    assert re.fullmatch(r"not_said “[\w-]+”: 003_75c6be5399d62a0e.txt line \d+ has “.*”", problem)
