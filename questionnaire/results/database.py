"""A database, SQLite or PostgreSQL, that runs one task at a time and keeps nobody waiting for long."""

import logging
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from . import ArchiveError, DamagedError

T = TypeVar("T")

log = logging.getLogger(__name__)


class Database:
    """A file of SQLite, or what a connection string of libpq names.

    Tasks run in a thread, because name servers and sockets may take longer than `timeout` seconds. After a failure
    there is a pause, and whoever waits meanwhile shares the failure.
    """

    def __init__(self, address: Path | str, timeout: float, pause: float, consequence: str) -> None:
        self.engine = _sqlite(address, timeout) if isinstance(address, Path) else _postgresql(address, timeout)
        self._timeout = timeout
        self._pause = pause
        self._consequence = consequence
        self._lock = Lock()
        self._thread = ThreadPoolExecutor(1)
        self._error = ""
        self._paused_until = 0.0

    def run(self, task: Callable[[sa.Connection], T]) -> T:
        """Do a task in a transaction. Raise ArchiveError if it fails, or if another one failed a moment ago."""
        try:
            with self._lock:
                if monotonic() < self._paused_until:
                    raise ArchiveError(self._error)
                if self._paused_until:
                    # After the pause one tries again, and nobody else waits for it.
                    self._paused_until = monotonic() + self._timeout
                running = self._thread.submit(self._do, task)
            done = running.result(self._timeout)
        except CancelledError:
            raise ArchiveError(self._error) from None
        except (SQLAlchemyError, OSError, RuntimeError, UnicodeError) as error:
            # RuntimeError: no thread can be started.
            raise self._fail(error) from error
        with self._lock:
            if self._error:
                log.warning("The database works again after: %s", self._error)
            self._error, self._paused_until = "", 0.0
        return done

    def _do(self, task: Callable[[sa.Connection], T]) -> T:
        with self.engine.begin() as connection:
            return task(connection)

    def _fail(self, error: Exception) -> ArchiveError:
        text = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split()) or "no answer in time"
        with self._lock:
            # The file, or one page of it; other rows may be read. A locked or full file raises a subclass.
            if isinstance(error, DBAPIError) and type(error.orig) is sqlite3.DatabaseError:
                log.error("The database is damaged, %s: %s", self._consequence, text)
                self._error, self._paused_until = "", 0.0
                return DamagedError(text)
            if not self._error:
                log.error("The database fails, %s: %s", self._consequence, text)
            self._error, self._paused_until = text, monotonic() + self._pause
            # The thread may still be waiting; the next task gets a new one.
            self._thread.shutdown(wait=False, cancel_futures=True)
            self._thread = ThreadPoolExecutor(1)
        return ArchiveError(text)


def _sqlite(path: Path, timeout: float) -> sa.Engine:
    def open_file() -> sqlite3.Connection:
        _create_file(path)
        # With mode=rw SQLite itself creates no file, so every file has the permissions that `_create_file` gives.
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=rw", timeout=timeout, uri=True)
        # Text that is not UTF-8 is a damaged row, not a failing database.
        connection.text_factory = lambda text: text.decode(errors="replace")
        return connection

    # No pool: a connection would go on using a file that has been deleted or replaced.
    return sa.create_engine("sqlite://", creator=open_file, poolclass=sa.NullPool)


def _create_file(path: Path) -> None:
    """Create a SQLite file (0600) and its folder (0700) if they are missing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A file that exists must not be opened here: closing it would drop the locks that SQLite holds on it.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _postgresql(address: str, timeout: float) -> sa.Engine:
    # Imported here: psycopg would cost those who use SQLite time and memory.
    import psycopg
    from psycopg.abc import PQGen

    class Connection(psycopg.Connection[Any]):
        """A connection that gives up, so that its thread ends, if the server stops answering after the login."""

        def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = timeout) -> T:
            try:
                return super().wait(gen, interval, timeout)
            except psycopg.OperationalError:
                # SQLAlchemy would roll back, and fail, because the connection is still busy.
                self.close()
                raise

    def connect() -> Connection:
        return Connection.connect(address, connect_timeout=int(timeout), client_encoding="utf8")

    # No pool: a server may have been restarted, and a link of an older rulebook is rare.
    engine = sa.create_engine("postgresql+psycopg://", creator=connect, poolclass=sa.NullPool)

    @sa.event.listens_for(engine, "begin")
    def limit(connection: sa.Connection) -> None:
        # The server then gives up as well. Not a connection option: pgbouncer refuses those.
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(timeout * 1000)}")

    return engine
