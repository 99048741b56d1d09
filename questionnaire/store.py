"""Keeps results in the database and finds them there, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from rules.recommendation import Recommendation

from . import formats
from .engine import engine_for
from .table import FIND, RESULTS, insert_into, make_table

T = TypeVar("T")

UNDEFINED_TABLE = "42P01"
"""What PostgreSQL calls a table that is not there."""

NEW_FILE = ("no such table", "unable to open database file")
"""How SQLite's words begin where the file, or the folder it lay in, has been taken away."""


class StoreError(Exception):
    """The database does not answer, or not with what was stored."""


class NewDatabaseError(StoreError):
    """There is a new database in the place of the old one: deleted, or restored without its tables."""


class Store:
    """Keeps and finds results; every method raises StoreError where the database does not answer."""

    def __init__(self, url: str) -> None:
        self.engine = engine_for(url)
        self.insert = insert_into(self.engine.dialect.name)

    def put(self, code: str, recommendation: Recommendation) -> None:
        """Store a result; one that is stored already stays as it is."""
        row = {
            "code": code,
            "revision": recommendation.rulebook.revision,
            "created": datetime.now(UTC),
            "answers": recommendation.answers,
            "recommendation": formats.write(recommendation),
        }
        self.run(lambda connection: connection.execute(self.insert, row))

    def get(self, code: str) -> Recommendation | None:
        """The result stored under a code, exactly as it was given; raises FormatError where it cannot be read."""
        stored = self.run(lambda connection: connection.execute(FIND, {"code": code}).scalar())
        return None if stored is None else formats.read(stored)

    def ping(self) -> None:
        """Ask the database for nothing, to see that it answers."""
        self.run(lambda connection: connection.execute(sa.select(RESULTS.c.code).limit(1)))

    def prepare(self) -> None:
        """Make the table, and for SQLite the file, where they are missing."""
        self._transact(make_table)
        if self.engine.dialect.name == "sqlite":
            # Readers then do not wait for a writer. The file remembers it; where another that starts at the same
            # moment is in the way, that one or the next start does it.
            with suppress(OperationalError), self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        # A worker that is forked after this must not share the connection.
        self.engine.dispose()

    def run(self, work: Callable[[sa.Connection], T]) -> T:
        """Do work in a transaction, once more where the database had to be prepared for it first."""
        try:
            return self._transact(work)
        except NewDatabaseError:
            self.prepare()
            return self._transact(work)

    def _transact(self, work: Callable[[sa.Connection], T]) -> T:
        try:
            with self.engine.begin() as connection:
                return work(connection)
        except (SQLAlchemyError, OSError) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            message = " ".join(str(cause).split())
            if getattr(cause, "sqlstate", None) == UNDEFINED_TABLE or message.startswith(NEW_FILE):
                raise NewDatabaseError(message) from error
            raise StoreError(message) from error
