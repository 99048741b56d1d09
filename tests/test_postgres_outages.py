"""Real outages of a PostgreSQL server: the README's promises hold, and each outage is logged once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep

import psycopg
import pytest
import sqlalchemy as sa

from app import create_app
from questionnaire.results import formats
from questionnaire.results.store import RESULTS, Store
from rules import Rulebook, recommend

from .conftest import PROTOTYPE, Edit, code_of_link
from .support.outage import FAILS, IMPATIENT, WORKS, Visitor, lines, old_link
from .support.postgres import Postgres
from .support.slow_proxy import SlowProxy

pytestmark = pytest.mark.usefixtures("postgres")  # Which skips where there is no PostgreSQL.


# Long enough for several visits, even on a busy machine.
RESTING = IMPATIENT | {"DATABASE_REST": 1.5}


@pytest.fixture(scope="module")
def server(postgres: Postgres) -> Iterator[Postgres]:
    """A server that may be stopped: no other test uses it."""
    server = Postgres()
    yield server
    server.remove()


@pytest.fixture
def url(server: Postgres) -> str:
    return server.database()


def test_a_server_that_is_down_at_the_start_is_found_when_it_comes(
    server: Postgres, url: str, edited: Edit, caplog: pytest.LogCaptureFixture
) -> None:
    old = old_link(url, edited)
    server.stop()
    visitor = Visitor(create_app({"DATABASE_URL": url, **IMPATIENT}), old)
    assert visitor.visit(10) == {503}
    assert [line.startswith(FAILS) for line in lines(caplog)] == [True]
    server.start()
    sleep(0.6)
    assert visitor.visit(2) == {200}
    assert [line.startswith(WORKS) for line in lines(caplog)] == [True]


def test_a_server_restarted_under_load_loses_nothing_and_is_recovered_from(
    server: Postgres, url: str, edited: Edit, rulebook: Rulebook, caplog: pytest.LogCaptureFixture
) -> None:
    old = old_link(url, edited)
    app = create_app({"DATABASE_URL": url, **IMPATIENT})
    with app.extensions["results"].store.engine.connect() as connection:
        count = connection.execute(sa.select(sa.func.count()).select_from(RESULTS)).scalar_one()
    enough = Event()

    def visits(number: int) -> set[int]:
        visitor, statuses = Visitor(app, old), set[int]()
        for _ in range(number * 100):
            next(visitor.answers)
        while not enough.is_set():
            statuses |= visitor.visit()
        return statuses

    with ThreadPoolExecutor(4) as threads:
        visiting = [threads.submit(visits, number) for number in range(4)]
        sleep(0.6)
        with app.extensions["results"].store.engine.connect() as connection:
            before = set(connection.execute(sa.select(RESULTS.c.code)).scalars())
        server.stop()
        sleep(0.5)
        server.start()
        sleep(1.5)
        enough.set()
        statuses = set[int]().union(*(visit.result() for visit in visiting))
    assert statuses == {200, 503}
    assert Visitor(app, old).visit() == {200}
    with app.extensions["results"].store.engine.connect() as connection:
        stored = dict(list(connection.execute(sa.select(RESULTS.c.code, RESULTS.c.recommendation))))
    assert count < len(before) < len(stored)
    assert before <= set(stored)
    results = {code: formats.read(text) for code, text in stored.items() if f"/r/{code}" != old}
    assert all(result == recommend(rulebook, result.answers) for result in results.values())
    said = [line.split(":")[0].split(",")[0] for line in lines(caplog)]
    # Reading fails, and so may the storing of what had been looked for just before.
    assert said.count("ERROR The database fails") in (1, 2), said


def test_a_server_that_hangs_holds_one_request_for_a_while_and_no_other(
    server: Postgres, url: str, edited: Edit, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = Visitor(create_app({"DATABASE_URL": url, **RESTING}), old_link(url, edited))
    assert visitor.visit() == {200}
    server.hang()
    try:
        began = monotonic()
        assert visitor.visit() == {503}
        assert 2 <= monotonic() - began < 4
        began = monotonic()
        assert visitor.visit(3) == {503}
        assert monotonic() - began < 1
    finally:
        server.go_on()
    assert [line.startswith(FAILS) for line in lines(caplog)] == [True]
    sleep(1.6)
    assert visitor.visit() == {200}
    assert [line.startswith(WORKS) for line in lines(caplog)] == [True]


@pytest.fixture
def proxy(url: str) -> Iterator[SlowProxy]:
    proxy = SlowProxy(url)
    yield proxy
    proxy.close()


def test_a_server_that_hangs_after_the_log_in_is_given_up_on(
    proxy: SlowProxy, edited: Edit, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app({"DATABASE_URL": proxy.url, **RESTING})
    visitor = Visitor(app, old_link(proxy.url, edited))
    assert visitor.visit() == {200}
    proxy.swallow = True
    began = monotonic()
    assert visitor.visit() == {503}
    assert 0.9 <= monotonic() - began < 2.5
    began = monotonic()
    assert visitor.visit(3) == {503}
    assert monotonic() - began < 1
    sleep(1.6)
    # After the rest one request tries it, and the others go on without waiting.
    with ThreadPoolExecutor(8) as threads:
        began = monotonic()
        old = visitor.old
        visits = [threads.submit(Visitor(app, old).visit) for _ in range(8)]
        assert {status for visit in visits for status in visit.result()} == {503}
        assert monotonic() - began < 3
    assert [line.startswith(FAILS) for line in lines(caplog)] == [True]
    proxy.swallow = False
    sleep(1.6)
    assert visitor.visit() == {200}
    assert [line.startswith(WORKS) for line in lines(caplog)] == [True]


def test_a_slow_server_is_left_alone_for_a_while(
    proxy: SlowProxy, edited: Edit, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = Visitor(create_app({"DATABASE_URL": proxy.url, **RESTING}), old_link(proxy.url, edited))
    assert visitor.visit() == {200}
    proxy.delay = 0.6
    began = monotonic()
    visitor.visit()
    assert monotonic() - began < 4
    began = monotonic()
    assert visitor.visit(3) == {503}
    assert monotonic() - began < 1
    assert [line.startswith(FAILS) for line in lines(caplog)] == [True]


def test_results_given_during_an_outage_are_stored_when_they_are_opened_after_it(
    server: Postgres, url: str, edited: Edit
) -> None:
    visitor = Visitor(create_app({"DATABASE_URL": url, **IMPATIENT}), old_link(url, edited))
    server.stop()
    visitor.visit(5)
    server.start()
    sleep(0.6)
    for link in visitor.links:
        for _ in range(2):
            assert visitor.client.get(link).status_code == 200
    codes = [code for code, _ in Store(url, 5).rows()]
    assert {code_of_link(link) for link in visitor.links} <= set(codes)


def test_a_locked_table_is_not_waited_for_without_end(server: Postgres, url: str, edited: Edit) -> None:
    visitor = Visitor(create_app({"DATABASE_URL": url, **IMPATIENT}), old_link(url, edited))
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("LOCK TABLE results IN ACCESS EXCLUSIVE MODE")
        began = monotonic()
        assert visitor.visit() == {503}
        assert 0.9 <= monotonic() - began < 3
    sleep(0.6)
    assert visitor.visit() == {200}


def test_what_is_stored_already_is_no_error_to_the_server(server: Postgres, url: str) -> None:
    for _ in range(3):
        results = create_app({"DATABASE_URL": url, **IMPATIENT}).extensions["results"]
        given = recommend(results.rulebook, PROTOTYPE)
        before = server.log()
        results.store.put("0000000000", given)
        assert "ERROR" not in server.log().removeprefix(before)


def test_a_user_who_may_not_make_tables_can_use_one(
    server: Postgres, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    create_app({"DATABASE_URL": url, **IMPATIENT}).test_client().get("/healthz")
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE ROLE visitor LOGIN; GRANT SELECT, INSERT ON results TO visitor")
    app = create_app({"DATABASE_URL": url.replace("app@", "visitor@")})
    code = app.extensions["results"].give(PROTOTYPE)
    assert app.extensions["results"].store.get(code)
    assert lines(caplog) == []
