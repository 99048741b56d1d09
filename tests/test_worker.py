"""A gunicorn worker that is killed in the middle of a request: the next one is answered, nothing is half stored."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from time import sleep
from urllib.parse import urlencode

import pytest

from questionnaire.results import formats

from .conftest import PROTOTYPE, SHOP

ROOT = Path(__file__).parent.parent
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def gunicorn(database: Path) -> Iterator[subprocess.Popen[str]]:
    """A server with a single worker."""
    command = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "--workers", "1", "app:create_app()"]
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as server:
        yield server
        server.terminate()


def said(server: subprocess.Popen[str], pattern: str) -> str:
    """What the server says next that fits."""
    assert server.stderr
    for line in server.stderr:
        if found := re.search(pattern, line):
            return found.group(1)
    raise AssertionError(f"gunicorn ended before it said {pattern}")


def post(port: str, answers: dict[str, str]) -> HTTPConnection:
    connection = HTTPConnection("127.0.0.1", int(port), timeout=20)
    connection.request("POST", "/", urlencode(answers), FORM)
    return connection


def test_a_worker_killed_in_the_middle_of_a_request_loses_nothing(
    gunicorn: subprocess.Popen[str], database: Path
) -> None:
    port = said(gunicorn, r"Listening at: http://127.0.0.1:(\d+)")
    worker = int(said(gunicorn, r"Booting worker with pid: (\d+)"))
    assert post(port, PROTOTYPE).getresponse().status == 303
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        # With the file locked the worker is sure to be in the middle of storing the result.
        other.execute("BEGIN EXCLUSIVE")
        cut_off = post(port, SHOP)
        sleep(0.5)
        os.kill(worker, signal.SIGKILL)
        with pytest.raises((RemoteDisconnected, ConnectionResetError)):
            cut_off.getresponse()
    assert post(port, SHOP).getresponse().status == 303
    with closing(sqlite3.connect(database)) as after:
        stored = [formats.read(text).answers for (text,) in after.execute("SELECT recommendation FROM results")]
        assert after.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert sorted(map(str, stored)) == sorted(map(str, (PROTOTYPE, SHOP)))
