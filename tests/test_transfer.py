"""Export and import: nothing is lost between two databases, and a wrong file changes nothing."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.cli import FlaskGroup

from app import create_app

from .conftest import PROTOTYPE, SHOP
from .support.postgres import Postgres

Results = Callable[..., Result]


@pytest.fixture
def results() -> Results:
    """`flask results …` on a database."""

    def results(url: str, *words: str, stdin: bytes | str = b"") -> Result:
        group = FlaskGroup(create_app=lambda: create_app({"DATABASE_URL": url}))
        return CliRunner().invoke(group, ["results", *words], input=stdin)

    return results


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of either kind."""
    if request.param == "sqlite":
        return sqlite(tmp_path, "other")
    url: str = request.getfixturevalue("postgres").database()
    return url


def sqlite(tmp_path: Path, name: str) -> str:
    return f"sqlite:///{tmp_path}/{name}.sqlite"


@pytest.fixture
def exported(tmp_path: Path, results: Results) -> str:
    """Two results, as exported from SQLite."""
    url = sqlite(tmp_path, "given")
    client = create_app({"DATABASE_URL": url}).test_client()
    for answers in (PROTOTYPE, SHOP):
        client.post("/", data=answers)
    return results(url, "export").stdout


def test_a_way_over_the_other_database_and_back_changes_no_byte(
    tmp_path: Path, postgres: Postgres, exported: str, results: Results
) -> None:
    carried = exported
    for url in (postgres.database(), sqlite(tmp_path, "back"), postgres.database()):
        assert results(url, "import", "-", stdin=carried).stdout == "2 imported, 0 there already.\n"
        carried = results(url, "export").stdout
        assert carried == exported


def test_an_imported_result_is_shown_as_where_it_was_given(tmp_path: Path, exported: str, results: Results) -> None:
    url = sqlite(tmp_path, "other")
    results(url, "import", "-", stdin=exported)
    given, other = (create_app({"DATABASE_URL": one}).test_client() for one in (sqlite(tmp_path, "given"), url))
    for line in exported.splitlines():
        address = f"/r/{json.loads(line)['code']}"
        assert given.get(address).data == other.get(address).data


def test_an_export_is_stored_to_the_letter(tmp_path: Path, exported: str) -> None:
    store = create_app({"DATABASE_URL": sqlite(tmp_path, "given")}).extensions["results"].store
    with store.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT recommendation FROM results ORDER BY code").scalars().all()
    assert [json.loads(line)["recommendation"] for line in exported.splitlines()] == stored


def test_what_is_there_already_is_passed_over(other: str, exported: str, results: Results) -> None:
    assert results(other, "import", "-", stdin=exported).stdout == "2 imported, 0 there already.\n"
    # The same result, made elsewhere at another moment: the stored one stays.
    later = exported.replace('"created":"20', '"created":"21')
    assert results(other, "import", "-", stdin=later).stdout == "0 imported, 2 there already.\n"
    assert results(other, "export").stdout == exported


def changed_text(line: str, recommendation: str) -> str:
    return json.dumps(json.loads(line) | {"recommendation": recommendation}, separators=(",", ":"))


def changed(line: str, **fields: object) -> str:
    """The same line, with other fields in its recommendation."""
    return changed_text(line, json.dumps(json.loads(json.loads(line)["recommendation"]) | fields))


def other_verdict(line: str) -> str:
    """The same line, with a result that says the contrary."""
    row = json.loads(line)
    record = json.loads(row["recommendation"])
    record["verdict"] = "flask" if record["verdict"] == "django" else "django"
    return json.dumps(row | {"recommendation": json.dumps(record)}, separators=(",", ":"))


WRONG: dict[str, tuple[Callable[[str], str], str]] = {
    "no JSON": (lambda line: "garbage", "is not a result: JSON is malformed"),
    "empty": (lambda line: "", "is not a result: Input data was truncated"),
    "cut off": (lambda line: line[:1000], "is not a result: JSON is malformed"),
    "no code": (lambda line: line.replace('{"code":"', '{"code":"!'), "its code is not the one of its answers"),
    "another field": (lambda line: line.replace('{"code"', '{"x":1,"code"'), "unknown field `x`"),
    "no time zone": (lambda line: line.replace('Z","answers"', '","answers"'), "with a timezone component"),
    "no recommendation": (lambda line: json.dumps(json.loads(line) | {"recommendation": "{}"}), "required field"),
    "a newer format": (lambda line: line.replace('\\"format\\":1', '\\"format\\":9'), "it has format 9"),
    "other answers": (lambda line: line.replace('"answers":{"size":"', '"answers":{"size":"x', 1), "other answers"),
    "the code of other answers": (
        lambda line: line.replace(json.loads(line)["code"], "0123456789", 1),
        "its code is not",
    ),
    "no sources": (lambda line: changed(line, sources=[]), "its parts do not fit each other"),
    "an answer without a finding": (lambda line: changed(line, findings=[]), "its parts do not fit each other"),
    "no parts of a framework": (lambda line: changed(line, parts={"django": []}), "its parts do not fit each other"),
    "nested without end": (lambda line: changed_text(line, "[" * 20_000), "is not a result"),
    "a moment before time": (
        lambda line: line.replace(json.loads(line)["created"], "0001-01-01T00:00:00+14:00"),
        "is not a result",
    ),
    "not UTF-8": (lambda line: line.replace('{"code":"', '{"code":"\udcff'), "is not a result"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_line_is_named_and_nothing_is_imported(
    tmp_path: Path, exported: str, results: Results, wrong: str
) -> None:
    damage, message = WRONG[wrong]
    first, second = exported.splitlines()
    url = sqlite(tmp_path, "other")
    outcome = results(url, "import", "-", stdin=f"{first}\n{damage(second)}\n".encode(errors="surrogateescape"))
    assert outcome.exit_code == 1
    assert outcome.output.startswith("Error: Nothing was imported. Line 2 ")
    assert message in outcome.output
    assert results(url, "export").stdout == ""


def test_another_result_under_the_same_code_is_refused(other: str, exported: str, results: Results) -> None:
    second = exported.splitlines()[1]
    results(other, "import", "-", stdin=other_verdict(second))
    outcome = results(other, "import", "-", stdin=exported)
    assert outcome.exit_code == 1
    assert f"Another result is stored under {json.loads(second)['code']}." in outcome.output
    assert results(other, "export").stdout == f"{other_verdict(second)}\n"


DAMAGES = ["recommendation = '{'", "created = 'never'", "answers = '['", "recommendation = CAST(x'ff' AS TEXT)"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_row_is_named_and_the_others_are_exported(
    tmp_path: Path, exported: str, results: Results, damage: str
) -> None:
    first, second = exported.splitlines()
    code = json.loads(first)["code"]
    with closing(sqlite3.connect(tmp_path / "given.sqlite")) as connection, connection:
        connection.execute(f"UPDATE results SET {damage} WHERE code = ?", [code])
    outcome = results(sqlite(tmp_path, "given"), "export")
    assert outcome.exit_code == 1
    assert outcome.stdout == f"{second}\n"
    assert f"{code} is damaged and was left out: " in outcome.stderr


@pytest.mark.parametrize("words", [["export"], ["import", "-"]], ids="-".join)
def test_a_database_that_is_down_gives_a_message_and_no_traceback(
    tmp_path: Path, results: Results, words: list[str]
) -> None:
    (tmp_path / "blocked").write_text("")
    outcome = results(sqlite(tmp_path, "blocked/results"), *words)
    assert outcome.exit_code == 1
    assert "Error: " in outcome.output
    assert isinstance(outcome.exception, SystemExit)
