"""The formats of stored results: one real record of each, still read and still shown as it was given."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from questionnaire.results import formats
from questionnaire.transfer import results_commands

from .support.pages import words

# Each is a line that `flask results export` wrote when its format was the newest.
RECORDS = sorted((Path(__file__).parent / "formats").glob("*.json"))


@pytest.fixture(params=RECORDS, ids=lambda path: path.stem)
def row(request: pytest.FixtureRequest, app: Flask) -> dict[str, Any]:
    """A stored result of a format, in the database of the application."""
    outcome = app.test_cli_runner().invoke(results_commands, ["import", str(request.param)])
    assert outcome.output == "1 imported, 0 there already.\n"
    return json.loads(request.param.read_text("utf-8"))


@pytest.fixture
def record(row: dict[str, Any]) -> dict[str, Any]:
    """The record, read without any code of ours."""
    return json.loads(row["recommendation"])


def said(record: dict[str, Any]) -> list[str]:
    """The answers, the quotations of the rules and their reasons: what every reader of the result is owed."""
    findings = record["findings"]
    passages = [
        passage for finding in findings for position in finding["positions"] for passage in position["passages"]
    ]
    said = [finding["label"] for finding in findings]
    said += [rule["because"] for finding in findings for rule in finding["rules"]]
    return [" ".join(text.split()) for text in (*said, *(passage["quote"] for passage in passages))]


def test_there_is_a_record_of_every_format() -> None:
    numbers = list(range(1, formats.NEWEST + 1))
    assert [path.stem for path in RECORDS] == [str(number) for number in numbers]
    assert [json.loads(json.loads(path.read_text())["recommendation"])["format"] for path in RECORDS] == numbers


def test_the_page_says_what_was_stored(client: FlaskClient, row: dict[str, Any], record: dict[str, Any]) -> None:
    page = words(client.get(f"/r/{row['code']}").text)
    assert f"Use {record['verdict'].title()}." in page
    assert [text for text in said(record) if text not in page] == []


def test_the_json_is_what_was_stored(client: FlaskClient, row: dict[str, Any], record: dict[str, Any]) -> None:
    published = json.loads(client.get(f"/r/{row['code']}.json").data)
    assert published.pop("code") == row["code"]
    assert published.pop("permalink").endswith(row["code"])
    assert published == {name: value for name, value in record.items() if name != "format"}


def test_the_decision_record_says_what_was_stored(
    client: FlaskClient, row: dict[str, Any], record: dict[str, Any]
) -> None:
    text = " ".join(client.get(f"/r/{row['code']}.md").text.replace("\\", "").split())
    assert f"# Use {record['verdict'].title()} as the web framework" in text
    assert [finding["label"] for finding in record["findings"] if finding["label"] not in text] == []
    # One quotation for every vote.
    findings = record["findings"]
    for position in (position for finding in findings for position in finding["positions"]):
        if position["stance"] in ("django", "flask"):
            assert any(passage["quote"] in text for passage in position["passages"]), position["source"]


DAMAGES = ["", "null", "[]", "{}", "{", "garbage", '{"format": 2}', '{"format": "1"}', "\ud800", "[" * 20_000]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: ascii(damage[:20]))
def test_what_is_not_a_record_is_refused(damage: str) -> None:
    with pytest.raises(formats.FormatError):
        formats.read(damage)
