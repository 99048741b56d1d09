"""How the database is reached: which kinds there are, and how long each may keep a request waiting."""

import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

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
        # PostgreSQL is connected to anew for every transaction: a server that hangs is then given up on, where a pool
        # would ask it over an open connection whether it is there, and wait for that answer without end.
        pool = sa.QueuePool if parsed.get_backend_name() == "sqlite" else sa.NullPool
        engine = sa.create_engine(parsed, poolclass=pool, connect_args=_options(parsed))
    except ImportError:
        raise DatabaseUrlError("asks for a driver that is not installed") from None
    except (sa.exc.ArgumentError, ValueError):
        raise DatabaseUrlError("cannot be read as an address") from None
    if engine.dialect.name == "sqlite":
        path = Path(parsed.database or "")
        sa.event.listen(engine, "do_connect", lambda *_: _make_file(path))
        sa.event.listen(engine, "connect", lambda connection, record: _set_up(connection, record, path))
        sa.event.listen(engine, "checkout", lambda connection, record, _: _check_file(record, path))
    return engine


def _make_file(path: Path) -> None:
    """Make SQLite's file and its folder for nobody but ourselves; leave those that are there as they are."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The log of a file that was deleted would be taken for that of the new one. It is looked for first, because a log
    # that is there before its file is missed cannot be that of a file which another worker is just making.
    logs = [log for ending in ("-wal", "-shm") if (log := path.with_name(path.name + ending)).exists()]
    if logs and not path.exists():
        for log in logs:
            log.unlink(missing_ok=True)
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


def _set_up(connection: sqlite3.Connection, record: ConnectionPoolEntry, path: Path) -> None:
    record.info["file"] = _file(path)
    connection.execute("PRAGMA foreign_keys=ON")
    # With a write-ahead log this is safe but for the last moment before a power cut, and what was given in that moment
    # is given again.
    connection.execute("PRAGMA synchronous=NORMAL")
    # Text that is not UTF-8 is a damaged row and not a database that fails.
    connection.text_factory = lambda text: text.decode(errors="surrogateescape")


def _check_file(record: ConnectionPoolEntry, path: Path) -> None:
    # A connection goes on writing to a file that was deleted or replaced, where nobody will ever read it.
    if _file(path) != record.info["file"]:
        raise sa.exc.DisconnectionError


def _file(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
