"""How fast it is beside bare Flask under the same load: `python -m tests.load.bench`, which needs Debian's `wrk`."""

import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median
from urllib.parse import urlencode

from questionnaire.results.codes import code_of
from rules import load
from rules.answers import combinations

from ..conftest import DATA, SHOP
from ..support.servers import FORM, Server, serve
from .wrk import Ask, pace, seconds_for

BARE, OURS = "tests.load.hello:app", "app:create_app()"
RUNS = 4
STARTS = 9
FIRST_VIEWS = 2000
SLICES = 5
# How often every result is asked for before memory is measured, so that either worker has served nearly all.
ROUNDS = 4

GZIP = {"Accept-Encoding": "gzip"}
HELLO = Ask("/", headers=GZIP)


# One thing measured, what is required of it, and the figure, a multiple of bare Flask's unless it says otherwise.
Row = tuple[str, str, str]


def main() -> None:
    """Measure everything and print it as a table."""
    cores = len(os.sched_getaffinity(0))
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {cores} cores\n", flush=True)
    print("| request | required | measured |\n|---|---|---|", flush=True)
    for row in rows():
        print(f"| {' | '.join(row)} |", flush=True)


def rows() -> Iterator[Row]:
    """Everything measured, as soon as it is."""
    rulebook = load(DATA)
    every = list(combinations(rulebook))
    results = [Ask(f"/r/{code_of(rulebook, answers)}", headers=GZIP) for answers in every]
    posts = [Ask("/", 303, "POST", FORM, urlencode(answers)) for answers in every]
    page, posted = results[every.index(SHOP)], posts[every.index(SHOP)]
    one, other, code = (ask.path.removeprefix("/r/") for ask in (results[0], results[-1], page))
    # First, while nothing else is running.
    started = starts(OURS, BARE)
    with serve(BARE) as bare, serve(OURS) as ours:
        # Until today's rulebook is archived, which a first request sets off.
        ours.ask("GET", "/healthz")
        first_views = first_time(bare, ours, results[:FIRST_VIEWS])
        first_posts = first_time(bare, ours, posts)
        seconds_for(bare, [HELLO], ROUNDS * len(results))
        seconds_for(ours, results, ROUNDS * len(results))
        memory = max(ours.memory().values()) - max(bare.memory().values())
        tag = {"If-None-Match": ours.ask("GET", page.path).headers["ETag"]}
        warm, p99 = beside(bare, ours, page)

        yield "GET /r/… warm", "≥ 1.00", f"{warm:.2f}"
        for request, required, ask in (
            ("GET /", "≥ 1.00", Ask("/", headers=GZIP)),
            ("GET /r/… not modified", "≥ 1.00", Ask(page.path, 304, headers=GZIP | tag)),
            ("GET /r/…?utm_source=x", "≥ 0.80", Ask(f"{page.path}?utm_source=x", headers=GZIP)),
            ("GET /r/…?since=…", "≥ 0.80", Ask(f"{page.path}?since={one}", headers=GZIP)),
            ("GET /map", "≥ 1.00", Ask("/map", headers=GZIP)),
            ("GET /map?at=…", "≥ 0.80", Ask(f"/map?at={code}", headers=GZIP)),
            ("GET /compare/… of three", "≥ 1.00", Ask(f"/compare/{code}/{one}/{other}", headers=GZIP)),
            ("POST / with answers seen before", "≥ 0.45", posted),
        ):
            yield request, required, f"{beside(bare, ours, ask)[0]:.2f}"
    yield "POST / with answers never seen before", "≥ 0.45", f"{first_posts:.2f}"
    yield f"GET /r/… for {FIRST_VIEWS:,} codes, first time", "≥ 0.08", f"{first_views:.2f}"
    yield "start to first answer", "≤ 2.40", f"{started:.2f}"
    yield f"memory of a worker after all {len(results):,} results", "≤ 50 MB more", f"{memory:.1f} MB more"
    yield "p99 of GET /r/… warm", "≤ 1.20", f"{p99:.2f}"


def beside(bare: Server, ours: Server, ask: Ask) -> tuple[float, float]:
    """The rate and the p99 of a request of ours, in turns with bare Flask's greeting, so that drift hits both alike."""
    runs = [(*pace(bare, HELLO), *pace(ours, ask)) for _ in range(RUNS)]
    rate, p99, our_rate, our_p99 = map(median, zip(*runs, strict=True))
    return our_rate / rate, our_p99 / p99


def first_time(bare: Server, ours: Server, asks: list[Ask]) -> float:
    """The rate of requests of which none was asked before, in turns with the greeting."""
    size, greeting, asking = len(asks) // SLICES, 0.0, 0.0
    for start in range(0, size * SLICES, size):
        greeting += seconds_for(bare, [HELLO], size * SLICES) / SLICES
        asking += seconds_for(ours, asks[start : start + size], size)
    return greeting / asking


def starts(ours: str, bare: str) -> float:
    """How many times as long as the other an application takes from its start to its first answer."""
    seconds: dict[str, list[float]] = {ours: [], bare: []}
    for _ in range(STARTS):
        for application, taken in seconds.items():
            with serve(application) as server:
                taken.append(server.seconds_to_start)
    return median(seconds[ours]) / median(seconds[bare])


if __name__ == "__main__":
    main()
