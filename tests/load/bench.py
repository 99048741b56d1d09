"""How fast it is beside bare Flask under the same load: `python -m tests.load.bench`, which needs Debian's `wrk`."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from urllib.parse import urlencode

from questionnaire.results.codes import code_of
from rules import load
from rules.answers import combinations

from ..conftest import DATA, SHOP
from ..support.servers import FORM, Server, serve
from .wrk import Ask, Pace, pace, seconds_for, typical

BARE, OURS = "tests.load.hello:app", "app:create_app()"
RUNS = 4
STARTS = 9
FIRST_TIMES = 2000
HEADS = 1000
SLICES = 5
# How often every result is asked for before memory is measured, so that either worker has served nearly all.
ROUNDS = 4

GZIP = {"Accept-Encoding": "gzip"}
HELLO = Ask("/", headers=GZIP)


@dataclass(frozen=True)
class Row:
    """One thing measured, as a multiple of bare Flask's unless it says otherwise."""

    request: str
    required: str
    measured: str


def main() -> None:
    """Measure everything and print it as a table."""
    cores = len(os.sched_getaffinity(0))
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {cores} cores\n", flush=True)
    print("| request | required | measured |\n|---|---|---|", flush=True)
    for row in rows():
        print(f"| {row.request} | {row.required} | {row.measured} |", flush=True)


def rows() -> Iterator[Row]:
    """Everything measured, as soon as it is."""
    rulebook = load(DATA)
    results = [Ask(f"/r/{code_of(rulebook.revision, answers)}", headers=GZIP) for answers in combinations(rulebook)]
    page = Ask(f"/r/{code_of(rulebook.revision, SHOP)}", headers=GZIP)
    # Before the load, after which the disk is still busy for a while with what was written.
    started = starts(OURS, BARE)
    with serve(BARE) as bare, serve(OURS) as ours:
        first_times = first_time(bare, ours, results[:FIRST_TIMES])
        seconds_for(bare, [HELLO], ROUNDS * len(results))
        seconds_for(ours, results, ROUNDS * len(results))
        memory = max(ours.memory().values()) - max(bare.memory().values())
        tag = {"If-None-Match": ours.etag(page.path)}

        yield at_least("GET /", 1.0, ratio(beside(bare, ours, Ask("/", headers=GZIP))))
        warm = beside(bare, ours, page)
        yield at_least("GET /r/… warm", 1.0, ratio(warm))
        not_modified = Ask(page.path, 304, headers=GZIP | tag)
        yield at_least("GET /r/… not modified", 1.0, ratio(beside(bare, ours, not_modified)))
        shared = Ask(f"{page.path}?utm_source=x", headers=GZIP)
        yield at_least("GET /r/…?utm_source=x", 0.8, ratio(beside(bare, ours, shared)))
        yield at_least("HEAD /r/…?utm_source=x", 0.8, heads(bare, ours, shared.path))
        yield at_least("GET /map", 1.0, ratio(beside(bare, ours, Ask("/map", headers=GZIP))))
        codes = "/".join(ask.path.removeprefix("/r/") for ask in (page, results[0], results[-1]))
        three = Ask(f"/compare/{codes}", headers=GZIP)
        yield at_least("GET /compare/… of three", 1.0, ratio(beside(bare, ours, three)))
        posted = Ask("/", 303, "POST", FORM, urlencode(SHOP))
        yield at_least("POST / with answers seen before", 0.45, ratio(beside(bare, ours, posted)))
    yield at_least(f"GET /r/… for {FIRST_TIMES:,} codes, first time", 0.05, first_times)
    yield at_most("start to first answer", 2.4, started)
    yield Row(f"memory of a worker after all {len(results):,} results", "≤ 50 MB more", f"{memory:.1f} MB more")
    yield at_most("p99 of GET /r/… warm", 1.2, warm[1].p99 / warm[0].p99)


def ratio(paces: tuple[Pace, Pace]) -> float:
    """How many requests of ours are answered in the time of one of bare Flask's."""
    bare, ours = paces
    return ours.rate / bare.rate


def beside(bare: Server, ours: Server, ask: Ask) -> tuple[Pace, Pace]:
    """The pace of bare Flask's greeting and of a request of ours, in turns, so that drift hits both alike."""
    runs = [(pace(bare, HELLO), pace(ours, ask)) for _ in range(RUNS)]
    return typical([bare for bare, _ in runs]), typical([ours for _, ours in runs])


def heads(bare: Server, ours: Server, path: str) -> float:
    """How many HEAD requests of ours are answered in the time of one of bare Flask's; wrk cannot send them."""
    greeting = showing = 0.0
    for _ in range(RUNS):
        greeting += bare.seconds_for_heads("/", HEADS)
        showing += ours.seconds_for_heads(path, HEADS)
    return greeting / showing


def first_time(bare: Server, ours: Server, results: list[Ask]) -> float:
    """The rate at which results are shown that were never shown before, in turns with the greeting."""
    size, greeting, showing = len(results) // SLICES, 0.0, 0.0
    for start in range(0, len(results), size):
        greeting += seconds_for(bare, [HELLO], len(results)) / SLICES
        showing += seconds_for(ours, results[start : start + size], size)
    return greeting / showing


def starts(ours: str, bare: str) -> float:
    """How many times as long as the other an application takes from its start to its first answer."""
    seconds: dict[str, list[float]] = {ours: [], bare: []}
    for _ in range(STARTS):
        for application, taken in seconds.items():
            with serve(application) as server:
                taken.append(server.seconds_to_start)
    return median(seconds[ours]) / median(seconds[bare])


def at_least(request: str, required: float, measured: float) -> Row:
    """A row for a rate."""
    return Row(request, f"≥ {required:.2f}", f"{measured:.2f}")


def at_most(request: str, required: float, measured: float) -> Row:
    """A row for a time."""
    return Row(request, f"≤ {required:.2f}", f"{measured:.2f}")


if __name__ == "__main__":
    main()
