"""Connects to SQLite or PostgreSQL, with limits on how long a request may wait."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

URL_HELP = (
    "Write it as postgresql+psycopg://user:password@host/name or sqlite:////folder/results.sqlite; "
    "in a password, write / @ : ? # and % as %2F %40 %3A %3F %23 and %25."
)


class DatabaseUrlError(Exception):
    """DATABASE_URL is invalid. The message never repeats it: it may contain a password."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"DATABASE_URL {problem}.\n{URL_HELP}")


def connect(url: str, timeout: float) -> sa.Engine:
    """The engine of a database; `timeout` is how many seconds to wait for a lock or a connection.

    Raise DatabaseUrlError if the URL is invalid.
    """
    try:
        parsed = sa.make_url(url)
        match parsed.get_backend_name():
            case "sqlite":
                return _sqlite(parsed, timeout)
            case "postgresql":
                return _postgresql(parsed, timeout)
    except ImportError:
        raise DatabaseUrlError("asks for a driver that is not installed") from None
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseUrlError("cannot be read as a URL") from None
    raise DatabaseUrlError(f"begins with {parsed.drivername}, which is not supported")


def create_file(path: Path) -> None:
    """Create a SQLite file (0600) and its folder (0700) if they are missing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # A file that exists must not be opened here: closing it would drop the locks that SQLite holds on it.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _sqlite(url: sa.URL, timeout: float) -> sa.Engine:
    if not url.database or url.database.startswith((":memory:", "file:")):
        raise DatabaseUrlError("does not name the file that results are to be stored in")
    engine = sa.create_engine(
        url,
        # Closing the last connection would write the log back into the file, which takes longer than a request.
        poolclass=sa.QueuePool,
        pool_timeout=timeout,
        connect_args={"timeout": timeout},
    )

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        # With WAL, a power cut can lose the last moments only, and lost results are recomputed.
        connection.execute("PRAGMA synchronous=NORMAL")
        # Text that is not UTF-8 is a damaged row, not a failing database.
        connection.text_factory = lambda text: text.decode(errors="surrogateescape")

    return engine


def _postgresql(url: sa.URL, timeout: float) -> sa.Engine:
    milliseconds = int(timeout * 1000)
    options = f"-c statement_timeout={milliseconds} -c lock_timeout={milliseconds}"
    connect_args: dict[str, Any] = {
        "connect_timeout": max(1, int(timeout)),
        "tcp_user_timeout": milliseconds,
        "options": f"{url.query.get('options', '')} {options}",
    }
    # No pool: only a new connection has a timeout; a pooled one to a hanging server would block for ever.
    return sa.create_engine(url, poolclass=sa.NullPool, connect_args=connect_args)
