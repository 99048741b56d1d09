"""A long mixed load, after which no answer was wrong and no memory is missing: `python -m tests.load.soak`."""

from itertools import islice
from urllib.parse import urlencode

from questionnaire.results.codes import code_of
from rules import load
from rules.answers import combinations

from ..conftest import DATA
from ..support.servers import Server, serve
from .bench import FORM, GZIP, OURS
from .wrk import Ask, seconds_for

REQUESTS = 100_000
EVERY = 25
"""One result in so many, so that either worker keeps them all before the first half is over."""


def main() -> None:
    """Put both halves of the load on a server and compare its memory after each."""
    with serve(OURS) as server:
        asks = mixed(server)
        memory = []
        for _ in range(2):
            seconds = seconds_for(server, asks, REQUESTS // 2)
            memory.append(server.memory())
            said = ", ".join(f"{megabytes:.1f} MB" for megabytes in memory[-1].values())
            print(f"{REQUESTS // 2:,} requests answered rightly in {seconds:.0f} s; workers: {said}", flush=True)
    first, second = memory
    if first.keys() != second.keys():
        raise SystemExit("A worker was lost on the way.")
    if any(second[worker] > first[worker] * 1.02 + 1 for worker in first):
        raise SystemExit("The memory of a worker grew by more than 2 % and 1 MB.")


def mixed(server: Server) -> list[Ask]:
    """The questionnaire, posts, pages, pages not modified, JSON, and addresses with nothing there."""
    rulebook = load(DATA)
    asks = []
    for number, answers in enumerate(islice(combinations(rulebook), 0, None, EVERY)):
        path = f"/r/{code_of(rulebook.revision, answers)}"
        asks += [
            Ask("/", headers=GZIP),
            Ask("/", 303, "POST", FORM, urlencode(answers)),
            Ask(path, headers=GZIP),
            Ask(path, 304, headers=GZIP | {"If-None-Match": server.etag(path)}),
            Ask(f"{path}.json"),
            Ask(f"/nothing/{number}", 404),
        ]
    return asks


if __name__ == "__main__":
    main()
