"""Real outages of both databases: only links of older rulebooks suffer, and everything recovers without a restart."""

import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from math import inf
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

import pytest
from flask import Flask

from questionnaire.results.codes import code_of
from rules import Rulebook
from rules.answers import combinations
from rules.judge import judge
from rules.load import decode

from .conftest import PROTOTYPE, SHOP, Answers, create
from .support.archives import insert, sizes, wait_until
from .support.faults import Proxy, between, full, garbage, locked, locked_tables, read_only, read_only_server, setting
from .support.postgres import Postgres
from .support.servers import FORM, NO_REQUEST, serve

# Long enough to archive a rulebook on a busy machine; psycopg itself waits at least two seconds for a connection.
IMPATIENT = {"DATABASE_TIMEOUT": 2, "DATABASE_PAUSE": 0.5}

Case = tuple[Callable[..., AbstractContextManager[None]], int, int, int]

# What a link of an older rulebook and /healthz are answered meanwhile, and the link after that.
POSTGRESQL: dict[str, Case] = {
    "down": (lambda proxy: proxy.server.stopped(), 503, 503, 200),
    "restarted": (lambda proxy: between(proxy.server.restart, bool), 200, 200, 200),
    "hangs": (lambda proxy: setting(proxy, "limit", 0, inf), 503, 503, 200),
    "hangs after the log-in": (lambda proxy: setting(proxy, "limit", 1, inf), 503, 503, 200),
    "slow": (lambda proxy: setting(proxy, "delay", 0.6, 0), 503, 503, 200),
    "read-only": (read_only_server, 200, 503, 200),
    "locked": (locked_tables, 503, 503, 200),
}
SQLITE: dict[str, Case] = {
    "locked": (locked, 503, 503, 200),
    "read-only": (read_only, 200, 503, 200),
    "full": (full, 200, 503, 200),
    "deleted": (lambda path: between(path.unlink, bool), 404, 200, 404),
    "replaced by an empty file": (lambda path: between(partial(path.write_bytes, b""), bool), 404, 200, 404),
    "garbage": (garbage, 503, 503, 200),
}


@pytest.fixture(scope="module")
def server(postgres: Postgres) -> Iterator[Postgres]:
    """A server that may be stopped: no other test uses it."""
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture
def proxy(server: Postgres) -> Iterator[Proxy]:
    proxy = Proxy(server)
    yield proxy
    proxy.listener.close()


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes; an ordinary folder if none can be mounted."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "none", str(tmp_path)]
    mounted = os.geteuid() == 0 and not subprocess.run(mount, capture_output=True).returncode
    yield tmp_path
    if mounted:
        subprocess.run(["umount", "--lazy", tmp_path], check=True)


@pytest.mark.parametrize(
    ("kind", "fault"), [*(("proxy", fault) for fault in POSTGRESQL), *(("volume", fault) for fault in SQLITE)]
)
def test_a_failing_database_costs_older_links_alone(
    kind: str, fault: str, rulebook: Rulebook, caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest
) -> None:
    target = request.getfixturevalue(kind)
    if fault in ("read-only", "full") and kind == "volume" and not target.is_mount():
        pytest.skip("no file system can be mounted here")
    url = target.url if kind == "proxy" else f"sqlite:///{target}/results.sqlite"
    link = insert(url, SHOP, rulebook.content + " ")
    file_or_proxy = target if kind == "proxy" else target / "results.sqlite"
    check(create(url, **IMPATIENT), link, file_or_proxy, (POSTGRESQL if kind == "proxy" else SQLITE)[fault], caplog)


def check(app: Flask, link: str, target: Proxy | Path, case: Case, caplog: pytest.LogCaptureFixture) -> None:
    """Let a target fail and see what is answered, how soon, and what the log says of it."""
    fault, older, health, afterwards = case

    def status(address: str) -> int:
        return app.test_client().get(address).status_code

    # Counting all results takes a quarter of a second in this process, and more on a busy machine: not a matter of the
    # database, whose time would be spent on it.
    for answers in combinations(app.extensions["results"].rulebook):
        judge(app.extensions["results"].rulebook, answers)
    assert [status(address) for address in ("/", "/map")] == [200, 200]
    with fault(target), ThreadPoolExecutor() as threads:
        began = monotonic()
        seeking = [threads.submit(status, address) for address in (link, f"{link}.json", "/healthz")]
        given = app.test_client().post("/", data=PROTOTYPE)
        assert [status(address) for address in ("/", "/map", given.location)] == [200] * 3
        assert monotonic() - began < IMPATIENT["DATABASE_TIMEOUT"]
        assert [seeker.result() for seeker in seeking[:2]] == [older, older]
        # The pause after a failure has just begun, or nothing fails: either way there is nothing to wait for.
        asked = monotonic()
        assert status(f"{link}.md") == older
        assert monotonic() - asked < IMPATIENT["DATABASE_TIMEOUT"]
        assert seeking[2].result() == health
        assert monotonic() - began < 2 * IMPATIENT["DATABASE_TIMEOUT"]
    sleep(IMPATIENT["DATABASE_PAUSE"])
    assert [status(link), status("/healthz")] == [afterwards, 200]
    logged = [record.getMessage().partition(":")[0] for record in caplog.records]
    fails = fault is not garbage
    assert logged.count("The database fails, links of older rulebooks are not available") == (fails and older == 503)
    assert logged.count("The database fails, today's rulebook is not archived") == (fails and health == 503)
    assert logged.count("The database works again after") == fails * ((older == 503) + (health == 503))
    assert len({line for line in logged if line.startswith("The database is damaged")}) == (0 if fails else 2)


def test_a_damaged_page_of_the_file_costs_its_own_links_alone_however_many_ask(
    database: Path, database_url: str, rulebook: Rulebook, every_answers: list[Answers]
) -> None:
    older, app = decode(rulebook.content + " "), create(database_url, CACHE_MEMORY=0)
    app.extensions["results"].archive.keep(older)
    damaged, *others = [code_of(older, answers) for answers in every_answers[::35]]
    with database.open("r+b") as file:
        file.seek(file.read().index(damaged.encode()) // 4096 * 4096)
        file.write(b"\xff" * 4096)

    def status(code: str) -> int:
        return app.test_client().get(f"/r/{code}.json").status_code

    alone = [status(code) for code in others]
    assert alone.count(200) > len(others) / 2
    with ThreadPoolExecutor(5) as threads:
        reloading = [threads.submit(status, damaged) for _ in others]
        assert list(threads.map(status, others)) == alone
    assert {one.result() for one in reloading} == {503}


@contextmanager
def silent_addresses(patch: pytest.MonkeyPatch) -> Iterator[str]:
    """Three addresses that accept connections and never answer."""
    hosts = ["127.0.0.2", "127.0.0.3", "127.0.0.4"]
    with ExitStack() as stack:
        ports = [str(stack.enter_context(socket.create_server((host, 0))).getsockname()[1]) for host in hosts]
        yield f"postgresql://app@/x?host={','.join(hosts)}&port={','.join(ports)}"


@contextmanager
def silent_name_server(patch: pytest.MonkeyPatch) -> Iterator[str]:
    """A look-up that takes longer than a request may: no test can tell the machine of another name server."""
    patch.setattr(socket, "getaddrinfo", lambda *_, **__: sleep(2 * IMPATIENT["DATABASE_TIMEOUT"]))
    yield "postgresql://app@database.example/x"


@pytest.mark.parametrize("silent", [silent_addresses, silent_name_server])
def test_a_look_up_ends_in_time_however_many_addresses_and_whichever_names_are_silent(
    silent: Callable[..., AbstractContextManager[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with silent(monkeypatch) as url, ThreadPoolExecutor() as threads:
        client = create(url, **IMPATIENT).test_client

        def ask_after(seconds: float) -> float:
            sleep(seconds)
            assert client().get("/r/0000000000").status_code == 503
            return monotonic() - began

        began = monotonic()
        # Whoever asks meanwhile shares the failure of the first.
        assert max(threads.map(ask_after, (0, 0.5, 1, 1.8))) < 3.3
        # After the pause one tries again, and nobody waits for it.
        began = monotonic()
        assert [seconds > 2 for seconds in sorted(threads.map(ask_after, (0.6,) * 4))] == [False] * 3 + [True]


def test_a_cold_worker_whose_database_hangs_answers_everybody_in_time(server: Postgres, rulebook: Rulebook) -> None:
    url = server.database()
    link = insert(url, SHOP, rulebook.content + " ")
    threads = ThreadPoolExecutor(12)
    with (
        serve(
            'app:create_app({"DATABASE_PAUSE": 1})', "--workers=1", "--threads=12", database_url=url, first=NO_REQUEST
        ) as cold,
        threads,
    ):
        with server.hanging():
            unknown = [f"/r/000000000{number}" for number in range(6)]
            seeking = [threads.submit(cold.ask, "GET", address) for address in (link, f"{link}.json", *unknown)]
            asking = [threads.submit(cold.ask, "GET", address) for address in ("/", "/map", "/rules")]
            asking.append(threads.submit(cold.ask, "POST", "/", FORM, urlencode(PROTOTYPE)))
            answers = [one.result() for one in asking]
            assert [answer.status for answer in answers] == [200, 200, 200, 303]
            # Whoever waited for the database would wait for four seconds.
            assert max(answer.seconds for answer in answers) < 3.5
            for answer in (one.result() for one in seeking):
                assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
                assert answer.seconds < 6
        wait_until(lambda: cold.ask("GET", link).status == 200)
        wait_until(lambda: sizes(url) == (2, 3500))
