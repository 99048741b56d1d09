"""A long mixed load with exports, a reload and an outage, after which nothing is lost: `python -m tests.load.soak`."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import sleep
from urllib.parse import urlencode

from questionnaire.results import formats
from questionnaire.results.codes import code_of
from rules import load, recommend
from rules.answers import combinations

from ..conftest import DATA
from ..support.postgres import Postgres
from ..support.servers import FORM, ROOT, Server, serve
from .bench import GZIP, OURS
from .wrk import Ask, answered_to

REQUESTS = 100_000
WORKERS = {"sync": [], "8 threads": ["--threads=8"]}
# Every third result, so that the memory of the cache is full before the first half is over.
EVERY = 3

RULEBOOK = load(DATA)
GIVEN = {code_of(RULEBOOK.revision, answers): answers for answers in islice(combinations(RULEBOOK), 0, None, EVERY)}


@dataclass
class Watch:
    """What a visitor has seen who checks every word that it is shown."""

    checked: int = 0
    wrong: int = 0


def main() -> None:
    """Soak both kinds of workers on both databases."""
    for database in (sqlite, postgresql):
        for workers, options in WORKERS.items():
            with database() as (url, outage), serve(OURS, "--preload", *options, database_url=url) as server:
                print(f"{database.__name__}, {workers}: {soak(server, url, outage)}", flush=True)


def soak(server: Server, url: str, outage: Callable[[], None]) -> str:
    """Put both halves of the load on a server; a reload and an outage are in the first. Raise SystemExit on a loss."""
    asks, watch, done = mixed(server), Watch(), Event()
    with ThreadPoolExecutor() as others:
        watching = [others.submit(look, server, watch, done), others.submit(export_again, url, done)]
        disturbing = others.submit(disturb, server, outage)
        statuses = answered_to(server, asks, REQUESTS // 2)
        disturbing.result()
        first = server.memory()
        statuses += answered_to(server, asks, REQUESTS // 2)
        second = server.memory()
        done.set()
        for watcher in watching:
            watcher.result()
    # Opened once more, a result that was given during the outage is stored.
    for code in GIVEN:
        server.etag(f"/r/{code}.json")
    stored = {row["code"]: formats.read(row["recommendation"]) for row in export(url)}
    lost = GIVEN.keys() - stored
    wrong = watch.wrong + sum(recommend(RULEBOOK, GIVEN[code]) != stored[code] for code in GIVEN.keys() - lost)
    failed = sum(count for status, count in statuses.items() if status >= 500)
    report = (
        f"{statuses.total():,} requests, {len(GIVEN):,} results given, {len(stored):,} stored, {len(lost)} lost, "
        f"{watch.checked:,} pages checked, {wrong} wrong, {failed} answers of 5xx; "
        f"memory {said(first)} after the first half, {said(second)} after the second"
    )
    if lost or wrong or failed or max(second.values()) > max(first.values()) * 1.05 + 2:
        raise SystemExit(f"FAILED: {report}\n{statuses}")
    return report


def mixed(server: Server) -> list[Ask]:
    """The questionnaire, posts, pages, pages not modified, JSON, and addresses with nothing there."""
    asks = []
    for code, answers in GIVEN.items():
        path = f"/r/{code}"
        asks += [
            Ask("/", headers=GZIP),
            Ask("/", 303, "POST", FORM, urlencode(answers)),
            Ask(path, headers=GZIP),
            Ask(f"{path}.json", 304, headers={"If-None-Match": server.etag(f"{path}.json")}),
            Ask(f"{path}.json"),
            Ask(f"/nothing/{code}", 404),
        ]
    return asks


def disturb(server: Server, outage: Callable[[], None]) -> None:
    """Reload the workers, and then let the database fail."""
    sleep(3)
    os.kill(server.pid, signal.SIGHUP)
    sleep(3)
    outage()


def look(server: Server, watch: Watch, done: Event) -> None:
    """Open one result after the other, and count those that are not of their own answers."""
    codes = list(GIVEN)
    while not done.is_set():
        code = random.choice(codes)
        result = server.json(f"/r/{code}.json")
        watch.checked += 1
        watch.wrong += (result["code"], result["answers"]) != (code, GIVEN[code])
        sleep(0.02)


def export_again(url: str, done: Event) -> None:
    """Let another program read the whole database every few seconds."""
    while not done.wait(5):
        export(url)


def export(url: str) -> Iterator[dict[str, str]]:
    """What `flask results export` writes; nothing while the database is down."""
    command = [sys.executable, "-m", "flask", "results", "export"]
    run = subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True)
    return map(json.loads, run.stdout.splitlines())


@contextmanager
def sqlite() -> Iterator[tuple[str, Callable[[], None]]]:
    """A file that another program locks for eight seconds, longer than anybody waits."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "results.sqlite"

        def lock() -> None:
            with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as other:
                other.execute("BEGIN EXCLUSIVE")
                sleep(8)

        yield f"sqlite:///{path}", lock


@contextmanager
def postgresql() -> Iterator[tuple[str, Callable[[], None]]]:
    """A server that is stopped for eight seconds."""
    server = Postgres()

    def restart() -> None:
        server.stop()
        sleep(8)
        server.start()

    yield server.database(), restart
    server.remove()


def said(memory: dict[int, float]) -> str:
    return " and ".join(f"{megabytes:.1f} MB" for megabytes in memory.values())


if __name__ == "__main__":
    main()
