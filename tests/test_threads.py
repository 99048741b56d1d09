"""Threaded servers on SQLite, with other programs that read the file meanwhile: nothing that is stored is lost."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from questionnaire.results.codes import code_of
from rules import Rulebook
from rules.answers import combinations

from .support.servers import GUNICORN, ROOT, Server, serve_command

SERVERS = {
    "gunicorn": ["gunicorn", "--workers=2", "--threads=8", *GUNICORN, "app:create_app()"],
    "flask run": ["flask", "run", "--port={port}"],
}


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, database_url: str) -> Iterator[Server]:
    with serve_command(SERVERS[request.param], database_url) as server:
        yield server


def export(database_url: str) -> int:
    """Let another program read the whole database; return how many rows it found."""
    command = [sys.executable, "-m", "flask", "results", "export"]
    environment = os.environ | {"DATABASE_URL": database_url}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    return len(run.stdout.splitlines())


def give_all(server: Server, answers: list[dict[str, str]]) -> None:
    """Post answers from eight threads, and see that each link shows its own answers."""

    def give(given: dict[str, str]) -> None:
        link = server.post(given)
        assert server.json(f"{link}.json")["answers"] == given

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(give, answers))


def locks(database: Path, pids: set[int]) -> set[int]:
    """Those of the processes that hold a lock on the file, by the system's own table."""
    inode = str(database.stat().st_ino)
    rows = [line.split() for line in Path("/proc/locks").read_text().splitlines()]
    return {int(row[4]) for row in rows if row[5].rpartition(":")[2] == inode} & pids


def stored(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {code for (code,) in connection.execute("SELECT code FROM results")}


def test_other_programs_take_no_locks_and_no_results_from_a_threaded_server(
    server: Server, rulebook: Rulebook, database: Path, database_url: str
) -> None:
    answers = list(islice(combinations(rulebook), 0, 300))
    give_all(server, answers[:100])
    assert export(database_url) == 100
    give_all(server, answers[100:200])
    assert export(database_url) == 200
    assert database.with_name(database.name + "-wal").exists()
    if Path("/proc/locks").exists():
        workers = set(server.memory()) or {server.pid}
        assert locks(database, workers) == workers
    give_all(server, answers[200:])
    assert server.status("GET", "/healthz", {}) == 200
    os.killpg(server.pid, signal.SIGKILL)
    assert stored(database) == {code_of(rulebook.revision, given) for given in answers}


def test_a_reload_under_load_loses_nothing(rulebook: Rulebook, database: Path, database_url: str) -> None:
    answers = list(islice(combinations(rulebook), 0, 400))
    with serve_command(SERVERS["gunicorn"], database_url) as server:
        with ThreadPoolExecutor(1) as other:
            giving = other.submit(give_all, server, answers)
            os.kill(server.pid, signal.SIGHUP)
            export(database_url)
            giving.result()
        assert server.status("GET", "/healthz", {}) == 200
    assert stored(database) == {code_of(rulebook.revision, given) for given in answers}
