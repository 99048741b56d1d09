"""A database, SQLite or PostgreSQL, that is used by one caller at a time, within a deadline."""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

SQLITE, POSTGRESQL = ("sqlite", "sqlite+pysqlite"), ("postgresql", "postgresql+psycopg")

URL_HELP = (
    "Write it as postgresql+psycopg://user:password@host/name or sqlite:////folder/results.sqlite; "
    "in a password, write / @ : ? # and % as %2F %40 %3A %3F %23 and %25."
)

log = logging.getLogger(__name__)


class DatabaseUrlError(Exception):
    """DATABASE_URL is invalid. The message never repeats it: it may contain a password."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"DATABASE_URL {problem}.\n{URL_HELP}")


class ArchiveError(Exception):
    """The database does not answer."""


class DamagedError(ArchiveError):
    """The database, or something in it, cannot be read."""


class Database:
    """A use takes at most `timeout` seconds, the wait for one's turn included; after a failure there is a pause.

    Whoever waits while a use fails shares its failure.
    """

    def __init__(self, url: str, timeout: float, pause: float, consequence: str) -> None:
        self.engine = self._connect(url)
        self._timeout = timeout
        self._pause = pause
        self._consequence = consequence
        self._turn = Lock()
        self._deadline = 0.0
        self._error = ""
        self._failure: type[ArchiveError] = ArchiveError
        self._paused_until = 0.0

    @contextmanager
    def use(self) -> Iterator[sa.Connection]:
        """A transaction. Raise ArchiveError if it fails, or if another one failed a moment ago."""
        deadline = monotonic() + self._timeout
        if not self._turn.acquire(timeout=self._timeout):
            raise ArchiveError("too many requests wait for the database")
        try:
            if monotonic() < self._paused_until:
                raise self._failure(self._error)
            self._deadline = deadline
            with self.engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError, UnicodeError) as error:
            text = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())
            if not self._error:
                log.error("The database fails, %s: %s", self._consequence, text)
            # A file that is no database; that one is locked or full is a kind of error of its own.
            damaged = isinstance(error, DBAPIError) and type(error.orig) is sqlite3.DatabaseError
            self._failure = DamagedError if damaged else ArchiveError
            self._error, self._paused_until = text, monotonic() + self._pause
            raise self._failure(text) from error
        else:
            if self._error:
                log.warning("The database works again after: %s", self._error)
            self._error = ""
        finally:
            self._turn.release()

    def _connect(self, url: str) -> sa.Engine:
        try:
            parsed = sa.make_url(url)
        except (sa.exc.ArgumentError, ValueError):
            raise DatabaseUrlError("cannot be read as a URL") from None
        if parsed.drivername not in SQLITE + POSTGRESQL:
            raise DatabaseUrlError(f"begins with {parsed.drivername}, which is not supported")
        if "@" in (parsed.host or ""):
            raise DatabaseUrlError("has more than one @")
        return self._sqlite(parsed) if parsed.drivername in SQLITE else self._postgresql(parsed)

    def _sqlite(self, url: sa.URL) -> sa.Engine:
        if not url.database or url.database.startswith((":memory:", "file:")):
            raise DatabaseUrlError("does not name the file of the archive")
        if url.query:
            raise DatabaseUrlError(f"has options that are not supported: {', '.join(url.query)}")
        path = Path(url.database).absolute()

        def open_file() -> sqlite3.Connection:
            _create_file(path)
            # With mode=rw SQLite itself creates no file, so every file has the permissions that `_create_file` gives.
            address = f"file:{quote(str(path))}?mode=rw"
            connection = sqlite3.connect(address, timeout=max(self._deadline - monotonic(), 0), uri=True)
            # Text that is not UTF-8 is a damaged row, not a failing database.
            connection.text_factory = lambda text: text.decode(errors="replace")
            return connection

        # No pool: a connection would go on using a file that has been deleted or replaced.
        return sa.create_engine(url, creator=open_file, poolclass=sa.NullPool)

    def _postgresql(self, url: sa.URL) -> sa.Engine:
        # Imported here: psycopg would add to the start of everybody who uses SQLite.
        from .deadline import DeadlineConnection

        # No pool: only a new connection has a deadline of its own.
        engine = sa.create_engine(
            url.set(drivername="postgresql+psycopg"), poolclass=sa.NullPool, connect_args={"client_encoding": "utf8"}
        )

        @sa.event.listens_for(engine, "do_connect")
        def connect(
            dialect: sa.Dialect, record: object, arguments: list[Any], parameters: dict[str, Any]
        ) -> DeadlineConnection:
            return DeadlineConnection.connect_until(self._deadline, *arguments, **parameters)

        @sa.event.listens_for(engine, "begin")
        def limit(connection: sa.Connection) -> None:
            # The server then gives up as well. Not a connection option: pgbouncer refuses those.
            milliseconds = max(int((self._deadline - monotonic()) * 1000), 1)
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {milliseconds}")

        return engine


def _create_file(path: Path) -> None:
    """Create a SQLite file (0600) and its folder (0700) if they are missing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A file that exists must not be opened here: closing it would drop the locks that SQLite holds on it.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0o600))
