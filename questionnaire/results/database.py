"""Connects to SQLite or PostgreSQL, with a limit on how long one use of the database may take."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}

URL_HELP = (
    "Write it as postgresql+psycopg://user:password@host/name or sqlite:////folder/results.sqlite; "
    "in a password, write / @ : ? # and % as %2F %40 %3A %3F %23 and %25."
)


class DatabaseUrlError(Exception):
    """DATABASE_URL is invalid. The message never repeats it: it may contain a password."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"DATABASE_URL {problem}.\n{URL_HELP}")


def connect(url: str, timeout: float) -> sa.Engine:
    """The engine of a database; one use may wait `timeout` seconds. Raise DatabaseUrlError if the URL is invalid."""
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseUrlError("cannot be read as a URL") from None
    if parsed.drivername not in DRIVERS:
        raise DatabaseUrlError(f"begins with {parsed.drivername}, which is not supported")
    if "@" in (parsed.host or ""):
        raise DatabaseUrlError("has more than one @")
    parsed = parsed.set(drivername=DRIVERS[parsed.drivername])
    return _sqlite(parsed, timeout) if parsed.drivername == "sqlite" else _postgresql(parsed, timeout)


def create_file(path: Path) -> None:
    """Create a SQLite file (0600) and its folder (0700) if they are missing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A file that exists must not be opened here: closing it would drop the locks that SQLite holds on it.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _sqlite(url: sa.URL, timeout: float) -> sa.Engine:
    if not url.database or url.database.startswith((":memory:", "file:")):
        raise DatabaseUrlError("does not name the file that results are to be stored in")
    path = Path(url.database)
    # With mode=rw a file that was deleted is an error and is not created without its table.
    address = f"file:{quote(str(path.absolute()))}?mode=rw"
    engine = sa.create_engine(
        url,
        creator=lambda: sqlite3.connect(address, timeout=timeout, uri=True, check_same_thread=False),
        # Closing the last connection would write the log back into the file, which takes longer than a request.
        poolclass=sa.QueuePool,
        pool_timeout=timeout,
    )

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        record.info["file"] = _identity(path)
        # With WAL, a power cut can lose the last moments only, and lost results are recomputed.
        connection.execute("PRAGMA synchronous=NORMAL")
        # Text that is not UTF-8 is a damaged row, not a failing database.
        connection.text_factory = lambda text: text.decode(errors="surrogateescape")

    @sa.event.listens_for(engine, "checkout")
    def check_file(connection: sqlite3.Connection, record: ConnectionPoolEntry, proxy: object) -> None:
        # A connection keeps writing to a file that has been deleted or replaced, where nobody will ever read it.
        if record.info["file"] != _identity(path):
            raise sa.exc.InvalidRequestError("the file was deleted or replaced; restart the server")

    return engine


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _postgresql(url: sa.URL, timeout: float) -> sa.Engine:
    # Imported here: psycopg would add to the start of everybody who uses SQLite.
    from .deadline import DeadlineConnection

    # No pool: only a new connection has a deadline of its own.
    engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"client_encoding": "utf8"})

    @sa.event.listens_for(engine, "do_connect")
    def connect_with_deadline(
        dialect: sa.Dialect, record: object, arguments: list[Any], parameters: dict[str, Any]
    ) -> DeadlineConnection:
        return DeadlineConnection.connect_within(timeout, *arguments, **parameters)

    @sa.event.listens_for(engine, "begin")
    def limit(connection: sa.Connection) -> None:
        # The server then gives up as well. Not a connection option: pgbouncer refuses those.
        connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(timeout * 1000)}")

    return engine
