"""gunicorn as in production: workers that start at once, that are told to stop, and two releases on one database."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from .conftest import PROTOTYPE, SHOP, Edit
from .support.archives import EVERYTHING, sizes, wait_until
from .support.faults import locked
from .support.servers import NO_REQUEST, serve

OURS = "app:create_app()"


@pytest.mark.parametrize(("kind", "options"), [("sqlite", ["--preload"]), ("postgresql", ["--threads=4"])])
def test_workers_that_start_at_once_on_a_new_database_all_answer_and_archive_once(
    kind: str, options: list[str], database_url: str, request: pytest.FixtureRequest
) -> None:
    url = database_url if kind == "sqlite" else request.getfixturevalue("postgres").database()
    with serve(OURS, "--workers=3", *options, database_url=url, first=NO_REQUEST) as server:
        with ThreadPoolExecutor(9) as threads:
            answers = list(threads.map(lambda path: server.ask("GET", path), ["/", "/healthz", "/r/0000000000"] * 3))
        assert [answer.status for answer in answers] == [200, 200, 404] * 3
        wait_until(lambda: sizes(url) == EVERYTHING)
        assert len(server.memory()) == 3


@pytest.mark.parametrize("options", [[], ["--threads=4"]], ids=["sync", "threads"])
def test_sigterm_lets_requests_finish(options: list[str], database: Path, database_url: str) -> None:
    with serve(OURS, "--workers=1", *options, database_url=database_url) as server, ThreadPoolExecutor(1) as threads:
        assert server.ask("GET", "/healthz").status == 200
        # While the file is locked, the request is sure to be under way.
        with locked(database):
            waiting = threads.submit(server.ask, "GET", "/r/0000000000")
            sleep(0.2)
            os.kill(server.pid, signal.SIGTERM)
            sleep(0.2)
            assert not waiting.done()
        assert waiting.result().status == 404


def test_two_releases_at_once_show_the_links_of_each_other(database_url: str, edited: Edit) -> None:
    folder = edited(("questions.toml", 'label = "Small"', 'label = "Tiny"'))
    newer = f'app:create_app({{"DATA_DIR": "{folder}"}})'
    with serve(OURS, database_url=database_url) as one, serve(newer, database_url=database_url) as other:
        wait_until(lambda: sizes(database_url) == (2, 2 * 3499))
        for giving, showing in ((one, other), (other, one)):
            for answers in (PROTOTYPE, SHOP):
                link = giving.post(answers)
                assert showing.ask("GET", link).status == 200
                assert showing.json(f"{link}.json")["rulebook"] == giving.json(f"{link}.json")["rulebook"]
