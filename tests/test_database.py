"""The database: invalid URLs, the file and its permissions, and workers that start at once."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from click import ClickException
from flask.testing import FlaskClient

from app import create_app
from questionnaire.results.store import Store

from .conftest import PROTOTYPE, SHOP, Give
from .support.postgres import Postgres

WRONG = {
    "sEcret": "cannot be read as a URL",
    "postgresql://user:sEcret@host:54x/name": "cannot be read as a URL",
    "postgres://user:sEcret@host/name": "begins with postgres, which is not supported",
    "mysql://user:sEcret@host/name": "begins with mysql, which is not supported",
    "postgresql+nothing://user:sEcret@host/name": "begins with postgresql.nothing, which is not supported",
    "postgresql+psycopg_async://user:sEcret@host/name": "begins with postgresql.psycopg_async, which is not supported",
    "postgresql://user:p@sEcret@host/name": "has more than one @",
    "sqlite://": "does not name the file",
    "sqlite:///:memory:": "does not name the file",
    "sqlite:///file:sEcret?uri=true": "does not name the file",
}


@pytest.mark.parametrize("url", WRONG)
def test_an_address_that_cannot_be_one_stops_the_start_and_keeps_the_password(url: str) -> None:
    with pytest.raises(ClickException, match=WRONG[url]) as stopped:
        create_app({"DATABASE_URL": url})
    assert "Write it as postgresql+psycopg://" in stopped.value.message
    assert "sEcret" not in stopped.value.message


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


def test_a_new_file_and_its_folder_are_for_nobody_else(database: Path, give: Give) -> None:
    give(PROTOTYPE)
    assert (mode(database), mode(database.parent)) == ("600", "700")


def test_a_file_and_a_folder_that_are_there_keep_their_permissions(database: Path) -> None:
    database.parent.mkdir(mode=0o750)
    database.touch(mode=0o640)
    create_app({"DATABASE_URL": f"sqlite:///{database}"}).test_client().post("/", data=PROTOTYPE)
    assert (mode(database), mode(database.parent)) == ("640", "750")


def test_a_log_that_a_deleted_file_has_left_does_not_spoil_a_new_one(database: Path, give: Give, store: Store) -> None:
    give(PROTOTYPE)
    log = database.with_name(database.name + "-wal").read_bytes()
    assert log
    store.engine.dispose()
    database.unlink()
    database.with_name(database.name + "-wal").write_bytes(log)
    create_app({"DATABASE_URL": f"sqlite:///{database}"}).test_client().post("/", data=SHOP)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM results").fetchone() == (1,)


EIGHT = """
import multiprocessing, sys
from questionnaire.results.store import Store

def start(url, together, failed):
    store = Store(url, 5)
    together.wait()
    try:
        store.ping()
    except BaseException as error:
        failed.put(repr(error))

fork = multiprocessing.get_context("fork")
failed = fork.SimpleQueue()
for url in sys.argv[1:]:
    together = fork.Barrier(8)
    workers = [fork.Process(target=start, args=(url, together, failed)) for _ in range(8)]
    for worker in workers: worker.start()
    for worker in workers: worker.join()
while not failed.empty(): print(failed.get())
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_eight_workers_that_start_at_once_on_a_new_database_all_start(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if kind == "sqlite":
        urls = [f"sqlite:///{tmp_path}/{number}/results.sqlite" for number in range(6)]
    else:
        urls = [request.getfixturevalue("postgres").database() for _ in range(2)]
    outcome = subprocess.run([sys.executable, "-c", EIGHT, *urls], capture_output=True, text=True, timeout=60)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")
    if kind == "sqlite":
        modes = []
        for url in urls:
            with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
                modes.append(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one())
        assert modes == ["wal"] * len(urls)


def test_options_in_the_url_are_kept_beside_the_timeout(postgres: Postgres) -> None:
    url = f"{postgres.database()}&options=-c%20application_name%3Dours"
    with Store(url, 5).engine.begin() as connection:
        names = ("application_name", "statement_timeout")
        settings = [connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in names]
    assert settings == ["ours", "5s"]


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1", "EUC_JP"])
def test_a_database_in_another_encoding_costs_no_link(postgres: Postgres, encoding: str) -> None:
    client = create_app({"DATABASE_URL": postgres.database(encoding)}).test_client()
    link = client.post("/", data=PROTOTYPE).location
    assert "“" in client.get(link).text or "’" in client.get(link).text
    assert client.get(link).status_code == 200


def test_a_command_that_only_reads_the_rulebook_creates_no_database(database: Path) -> None:
    app = create_app({"DATABASE_URL": f"sqlite:///{database}"})
    assert app.test_cli_runner().invoke(args=["rules", "table"]).exit_code == 0
    assert not database.parent.exists()


def test_a_deleted_file_is_said_once_in_the_log_and_by_healthz(
    database: Path, client: FlaskClient, give: Give, caplog: pytest.LogCaptureFixture
) -> None:
    give(PROTOTYPE)
    database.unlink()
    link = give(SHOP)
    assert client.get(link).status_code == client.get("/").status_code == 200
    assert client.get("/healthz").status_code == 503
    assert [record.getMessage().rpartition(": ")[2] for record in caplog.records] == [
        "the file was deleted or replaced; restart the server"
    ]
    assert not database.exists()
