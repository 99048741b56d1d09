"""Verifying quotations: verbatim, in the right document, once."""

from pathlib import Path

import pytest
from flask import Flask

from rules import Rulebook, load
from rules.verify import verify

from .conftest import Edit


@pytest.fixture
def documents(rulebook: Rulebook, tmp_path: Path) -> Path:
    """Documents of our own that say what is quoted, under the headings that are named, broken into short lines."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for source in rulebook.sources:
        own = [passage for passage in rulebook.passages if passage.source == source.id]
        headings = {heading for passage in own for heading in passage.locator.split(" › ")}
        # Quotes that lie within another stand in the document already.
        quotes = [one for one in own if not any(one.quote in other.quote for other in own if other is not one)]
        said = [f"{passage.prefix} {passage.quote}" for passage in quotes]
        (folder / source.document).write_text("\n\n".join([*sorted(headings), *said]).replace(", ", ",\n"), "utf-8")
    return folder


def test_quotations_that_stand_in_their_documents_pass(app: Flask, documents: Path) -> None:
    run = app.test_cli_runner().invoke(args=["rules", "verify", str(documents)])
    assert run.exit_code == 0
    assert run.output == "149 quotations from 5 documents, every one verbatim.\n"


def test_a_changed_comma_fails(edited: Edit, documents: Path) -> None:
    changed = load(edited(("passages.toml", "Oracle and MySQL", "Oracle, and MySQL")))
    problems = verify(changed, documents)
    assert len(problems) == 1
    assert problems[0].startswith("passage “ddi-django-orm-dbs”: 000_f67ed8cd2e9cf210.txt does not have these words")


def test_a_quotation_from_another_document_fails(edited: Edit, documents: Path) -> None:
    moved = load(
        edited(
            (
                "passages.toml",
                'id = "ddi-django-rapid"\nsource = "ddi"',
                'id = "ddi-django-rapid"\nsource = "jonna"',
            )
        )
    )
    assert [problem.split(":")[0] for problem in verify(moved, documents)] == ["passage “ddi-django-rapid”"]


def test_words_that_stand_twice_need_a_prefix_or_a_suffix(rulebook: Rulebook, edited: Edit, documents: Path) -> None:
    document = documents / "000_f67ed8cd2e9cf210.txt"
    document.write_text(document.read_text("utf-8") + "\nIndeed: Flask is perfect for developing simple web apps")
    assert "has these words 2 times; add a prefix" in verify(rulebook, documents)[0]
    quote = 'quote = "Flask is perfect for developing simple web apps"'
    told = load(edited(("passages.toml", quote, f'{quote}\nprefix = "Indeed:"')))
    assert verify(told, documents) == []


def test_a_locator_must_stand_in_the_document(edited: Edit, documents: Path) -> None:
    lost = load(edited(("passages.toml", 'locator = "Project layout"', 'locator = "Layout of projects"')))
    assert verify(lost, documents) == [
        "passage “indepth-django-conventional-structure”: 001_c4188831804dddce.txt has no heading “Layout of projects”"
    ]


def test_a_missing_document_is_named(app: Flask, documents: Path) -> None:
    (documents / "003_75c6be5399d62a0e.txt").unlink()
    run = app.test_cli_runner().invoke(args=["rules", "verify", str(documents)])
    assert run.exit_code == 1
    assert "source “jonna”: 003_75c6be5399d62a0e.txt cannot be read" in run.output
