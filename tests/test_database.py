"""The database: invalid URLs, the file and its permissions, and servers of other encodings and rights."""

from pathlib import Path

import pytest
from click import ClickException

from questionnaire.results.archive import Archive
from rules import Rulebook

from .conftest import create
from .support.archives import EVERYTHING, sizes
from .support.postgres import Postgres

WRONG = {
    "s3cret": "cannot be read as a URL",
    "postgresql+psycopg2://user:sEcret@host/name": "begins with postgresql.psycopg2, which is not supported",
    "postgresql://user:sEcret@host:54x/name": "cannot be used: invalid integer value “…”; write",
    "postgresql://user:sEcret@host:99999/name": "cannot be used: invalid port number",
    "postgresql://user:sEcret%zz@host/name": "cannot be read as a URL",
    "postgresql://user:sEcret@host/name?sslmode=sEcret": "cannot be used: invalid sslmode value",
    "postgresql://user:sEcret@host/name?pgbouncer=true&x=1": "has options that are not supported: pgbouncer, x",
    "postgresql://user:pass?sEcret@host/name": "has options that are not supported; write",
    "postgresql:///name?password=a&sEcret": "has options that are not supported; write",
    'postgresql://user:a"sEcret/x@host/name': "has an unescaped @ or /",
    "postgresql://localhost:/sEcret@host/name": "has an unescaped @ or /",
    "postgresql://user:sEcret%FC@host/name": "cannot be read as a URL",
    "postgresql://user:hun?sEcret": "has options that are not supported; write",
    "sqlite:////folder/%00sEcret": "cannot be read as a URL",
    "mysql://user:sEcret@host/name": "begins with mysql, which is not supported",
    "postgresql://user:p@sEcret@host/name": "has an unescaped @ or /",
    "sqlite:///:memory:": "does not name the file",
    "sqlite:///file:sEcret?uri=true": "does not name the file",
    "sqlite:////folder/results.sqlite?mode=sEcret&cache=shared": "has options that are not supported: cache, mode",
    "sqlite:////folder\nresults.sqlite": "cannot be read as a URL",
}
ACCEPTED = [
    "sqlite:///results.sqlite",
    "sqlite+pysqlite:////folder/results.sqlite",
    "postgres://user:p%40ss@host/name",
    "postgres://user:p[a]？s@host/name",
    "postgresql://user:p%40ss@host/name",
    "postgresql+psycopg://user@host:5433/name?sslmode=require",
    "postgresql://user@host,other:5433,5434/name?target_session_attrs=read-write",
    "postgresql://app@/name?host=/folder",
]


@pytest.mark.parametrize("url", WRONG)
def test_an_address_that_cannot_be_one_stops_the_start_and_keeps_the_password(url: str) -> None:
    with pytest.raises(ClickException, match=f"DATABASE_URL {WRONG[url]}") as stopped:
        create(url)
    assert "write postgresql+psycopg://" in stopped.value.message
    assert "cret" not in stopped.value.message


@pytest.mark.parametrize("url", ACCEPTED)
def test_an_address_of_either_database_is_accepted_before_it_is_used(url: str) -> None:
    assert create(url).test_client().get("/").status_code == 200


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


def test_a_new_file_and_its_folder_are_for_nobody_else(archive: Archive, database: Path) -> None:
    assert (mode(database), mode(database.parent)) == ("600", "700")
    database.unlink()
    assert archive.find("0000000000") is None
    assert mode(database) == "600"


def test_a_name_with_signs_of_its_own_is_the_name_of_the_file(tmp_path: Path) -> None:
    assert create(f"sqlite:///{tmp_path}/a b%3F#%.sqlite").test_client().get("/healthz").status_code == 200
    assert [path.name for path in tmp_path.iterdir()] == ["a b?#%.sqlite"]


@pytest.mark.parametrize("encoding", ["SQL_ASCII", "LATIN1", "EUC_JP"])
def test_a_server_of_any_encoding_keeps_every_word(postgres: Postgres, rulebook: Rulebook, encoding: str) -> None:
    results = create(postgres.database(encoding)).extensions["results"]
    results.archive.keep(rulebook)
    found = results.archive.find(next(iter(results.answers_by_code)))
    assert found and found.rulebook.content == rulebook.content


def test_a_user_who_may_not_make_tables_can_use_those_that_are_there(postgres: Postgres) -> None:
    url = postgres.database()
    name = url.partition("?")[0].rpartition("/")[2]
    visitor = create(url.replace("app@", "visitor@")).test_client()
    postgres.execute("CREATE ROLE visitor LOGIN", name)
    assert visitor.get("/healthz").status_code == 503
    assert create(url, DATABASE_PAUSE=0).test_client().get("/healthz").status_code == 200
    postgres.execute("DELETE FROM results; DELETE FROM rulebooks", name)
    postgres.execute("GRANT SELECT, INSERT ON results, rulebooks TO visitor", name)
    assert create(url.replace("app@", "visitor@")).test_client().get("/healthz").status_code == 200
    assert sizes(url) == EVERYTHING
