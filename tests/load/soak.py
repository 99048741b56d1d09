"""Mixed requests with an outage in the middle: `python -m tests.load.soak [REQUESTS]`; nothing may be wrong or 5xx."""

import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep
from urllib.parse import urlencode

from questionnaire.results.codes import code_of
from rules import load
from rules.answers import combinations
from rules.load import decode

from ..conftest import DATA, create
from ..support.faults import locked
from ..support.postgres import Postgres
from ..support.servers import FORM, Server, serve

REQUESTS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
SECONDS_DOWN = 8
Outage = Callable[[], AbstractContextManager[None]]
TODAY = load(DATA)
OLDER = decode(TODAY.content.replace('"Small"', '"Tiny"'))
CODES, OLDER_CODES = ([(code_of(book, one), one) for one in combinations(book)] for book in (TODAY, OLDER))


def main() -> None:
    """Soak both kinds of workers on both databases."""
    server = Postgres()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "results.sqlite"
        outages: dict[str, Outage] = {f"sqlite:///{file}": partial(locked, file), server.database(): server.stopped}
        for url, outage in outages.items():
            create(url).extensions["results"].archive.keep(OLDER)
            for workers in ("--threads=1", "--threads=8"):
                with serve("app:create_app()", workers, database_url=url) as soaked:
                    print(f"{url.partition(':')[0]}, {workers}: {soak(soaked, outage)}", flush=True)
    server.remove()


def soak(server: Server, outage: Outage) -> str:
    """Put both halves of the load on a server, with an outage in the first. Raise SystemExit if anything is wrong."""
    seen = Counter[str]()

    def visit(number: int) -> None:
        code, answers = Random(number).choice(CODES if number % 3 else OLDER_CODES)
        if number % 3 == 1:
            answer = server.ask("POST", "/", FORM, urlencode(answers))
            right = answer.headers["Location"] == f"/r/{code}"
        else:
            answer = server.ask("GET", f"/r/{code}{'.json' if number % 2 else ''}")
            right = code.encode() in answer.content
        unavailable = answer.status == 503 and not number % 3
        seen["unavailable" if unavailable else "right" if right else f"wrong, {answer.status}"] += 1

    with ThreadPoolExecutor(8) as threads:
        with outage():
            first_half = threads.map(visit, range(REQUESTS // 2))
            sleep(SECONDS_DOWN)
        list(first_half)
        first = server.memory()
        list(threads.map(visit, range(REQUESTS // 2, REQUESTS)))
    memory = [[round(megabytes) for megabytes in half.values()] for half in (first, server.memory())]
    report = f"{dict(seen)}; MB after each half: {memory}"
    if seen.keys() - {"right", "unavailable"}:
        raise SystemExit(f"FAILED: {report}")
    return report


if __name__ == "__main__":
    main()
