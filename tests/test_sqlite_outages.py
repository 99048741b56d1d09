"""Real failures of a SQLite file: the README's promises hold, and each outage is logged once."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic, sleep

import pytest
from flask import Flask

from app import create_app

from .conftest import PROTOTYPE, Edit
from .support.outage import FAILS, IMPATIENT, STORES_NOTHING, WORKS, Visitor, lines, old_link
from .support.pages import words


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "volume"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "none", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this machine does not let us mount a file system")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def visitor(volume: Path, edited: Edit) -> Visitor:
    """Somebody who uses an application whose database is on the volume."""
    url = f"sqlite:///{volume}/results.sqlite"
    old = old_link(url, edited)
    return Visitor(create_app({"DATABASE_URL": url, **IMPATIENT}), old)


def stored(visitor: Visitor, link: str) -> bool:
    store = visitor.client.application.extensions["results"].store
    return store.get(link.removeprefix("/r/").partition("?")[0]) is not None


def test_a_file_system_that_is_read_only_costs_no_current_link(
    visitor: Visitor, volume: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # No file may be open for writing meanwhile.
    visitor.client.application.extensions["results"].store.engine.dispose()
    subprocess.run(["mount", "-o", "remount,ro", str(volume)], check=True)
    assert visitor.visit(10) == {503}
    assert [line.startswith(FAILS) for line in lines(caplog)] == [True]
    subprocess.run(["mount", "-o", "remount,rw", str(volume)], check=True)
    sleep(0.6)
    assert visitor.visit() == {200}
    assert [line.startswith(WORKS) for line in lines(caplog)] == [True]


def test_a_full_disk_costs_no_link(visitor: Visitor, volume: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert visitor.visit() == {200}
    filling = volume / "filling"
    with suppress(OSError), filling.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    assert visitor.visit(10) == {200}
    assert [line.startswith(STORES_NOTHING) for line in lines(caplog)] == [True]
    filling.unlink()
    sleep(0.6)
    assert visitor.visit() == {200}
    assert [line.startswith(WORKS) for line in lines(caplog)] == [True]
    # What could not be stored is stored when it is opened again.
    link = visitor.links[1]
    assert not stored(visitor, link)
    assert visitor.client.get(link).status_code == 200
    assert stored(visitor, link)


def test_a_file_that_another_program_has_locked_keeps_nobody_from_reading(
    edited: Edit, database: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite:///{database}"
    visitor = Visitor(create_app({"DATABASE_URL": url, **IMPATIENT, "DATABASE_REST": 3}), old_link(url, edited))
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = monotonic()
        assert visitor.visit() == {200}
        assert 0.9 <= monotonic() - began < 3
        began = monotonic()
        assert visitor.visit(3) == {200}
        assert monotonic() - began < 1
    assert [line.startswith(STORES_NOTHING) for line in lines(caplog)] == [True]


DAMAGES = [b"", b"{", b"garbage", b'{"verdict": "django"}', b'{"format": 2}', b"[]", b"\xff"]


@pytest.mark.parametrize("damage", DAMAGES, ids=repr)
def test_a_row_damaged_by_hand_costs_no_current_link_and_is_left_as_it_is(
    app: Flask, edited: Edit, database: Path, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    url = f"sqlite:///{database}"
    visitor = Visitor(create_app({"DATABASE_URL": url, **IMPATIENT}), old_link(url, edited))
    link = visitor.client.post("/", data=PROTOTYPE).location
    before = words(visitor.client.get(link).text)
    with closing(sqlite3.connect(database)) as other, other:
        other.execute("UPDATE results SET recommendation = CAST(? AS TEXT)", [damage])
    visitor.client = create_app({"DATABASE_URL": url, **IMPATIENT}).test_client()
    for _ in range(3):
        assert words(visitor.client.get(link).text) == before
        assert visitor.client.post("/", data=PROTOTYPE).location == link
        old = visitor.client.get(visitor.old)
        assert (old.status_code, "This result cannot be looked up now" in old.text) == (503, True)
    assert visitor.client.get("/healthz").status_code == 200
    stored = {line.partition(", but cannot be read: ")[0] for line in lines(caplog)}
    assert stored == {f"ERROR Result {path.removeprefix('/r/')} is stored" for path in (link, visitor.old)}
    with closing(sqlite3.connect(database)) as other:
        damaged = other.execute("SELECT DISTINCT CAST(recommendation AS BLOB) FROM results").fetchall()
    assert damaged == [(damage,)]
