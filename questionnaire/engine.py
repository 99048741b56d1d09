"""How the database is reached: which kinds there are, and how long each may keep a request waiting."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

SECONDS_TO_WAIT = 5
"""For a lock or a connection: well below the 30 seconds after which gunicorn gives up on a worker."""

MILLISECONDS = SECONDS_TO_WAIT * 1000

KINDS = ("sqlite", "postgresql")

HOW = (
    "Write it as postgresql+psycopg://user:password@host/name or sqlite:////folder/results.sqlite; "
    "in a password, write / @ : ? # and % as %2F %40 %3A %3F %23 and %25."
)


class DatabaseUrlError(Exception):
    """The address of the database is not one; the message shows nothing of it, as it may hold a password."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"DATABASE_URL {fault}.\n{HOW}")


def engine_for(url: str) -> sa.Engine:
    """What connects to the database; raises DatabaseUrlError where the address cannot be one."""
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() not in KINDS:
            raise DatabaseUrlError(f"begins with {parsed.drivername}, which is not known here")
        # Without a pool every transaction connects anew. A file that was moved or deleted is not written to, a server
        # that was restarted is found again, and one that hangs is given up on: a pool would ask it over an open
        # connection whether it is there, and wait for that answer without end.
        engine = sa.create_engine(parsed, poolclass=sa.NullPool, connect_args=_options(parsed))
    except ImportError:
        raise DatabaseUrlError("asks for a driver that is not installed") from None
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseUrlError("cannot be read as an address") from None
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_up)
    return engine


def make_file(url: sa.URL) -> None:
    """Make SQLite's file and its folder for nobody but ourselves; leave those that are there as they are."""
    path = Path(url.database or "")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))


def _options(url: sa.URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        if not url.database or url.database.startswith((":memory:", "file:")):
            raise DatabaseUrlError("does not name the file that results are to be stored in")
        return {"timeout": SECONDS_TO_WAIT}
    timeouts = f"-c statement_timeout={MILLISECONDS} -c lock_timeout={MILLISECONDS}"
    return {
        "connect_timeout": SECONDS_TO_WAIT,
        "tcp_user_timeout": MILLISECONDS,
        "options": f"{url.query.get('options', '')} {timeouts}",
    }


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA foreign_keys=ON")
    # With a write-ahead log this is safe but for the last moment before a power cut, and four times as fast; what was
    # given in that moment is given again.
    connection.execute("PRAGMA synchronous=NORMAL")
    # Text that is not UTF-8 is a damaged row and not a database that fails.
    connection.text_factory = lambda text: text.decode(errors="surrogateescape")
