"""Stores results in a database: one row a code, written once and never changed."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from rules.recommendation import Recommendation

from . import formats
from .codes import LENGTH
from .database import connect, create_file

# Core, not ORM: rows are only inserted and read, and importing the ORM adds 70 ms to every start.
RESULTS = sa.Table(
    "results",
    sa.MetaData(),
    sa.Column("code", sa.String(LENGTH), primary_key=True),
    sa.Column("revision", sa.String, nullable=False),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    sa.Column("answers", sa.JSON, nullable=False),
    sa.Column("recommendation", sa.Text, nullable=False),
)
FIND = sa.select(RESULTS.c.recommendation).where(RESULTS.c.code == sa.bindparam("code"))
PING = sa.select(RESULTS.c.code).limit(1)


class StoreError(Exception):
    """The database does not answer, or not with what was stored."""


class ConflictError(Exception):
    """Another result is stored under the same code."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stored result; the recommendation is the text that `formats` writes."""

    code: str
    revision: str
    created: Annotated[datetime, msgspec.Meta(tz=True)]
    answers: dict[str, str]
    recommendation: str


class Store:
    """The results in a database; every method raises StoreError if the database fails."""

    def __init__(self, url: str, timeout: float) -> None:
        self.engine = connect(url, timeout)
        # Only the dialect in use is imported: the other one would add 40 ms to the start.
        dialect = import_module(f"sqlalchemy.dialects.{self.engine.dialect.name}")
        self._insert = dialect.insert(RESULTS).on_conflict_do_nothing().returning(RESULTS.c.code)
        self._preparing = Lock()
        self._prepared = False

    def put(self, code: str, recommendation: Recommendation) -> None:
        """Store a result, unless there is one with its code."""
        revision, answers = recommendation.rulebook.revision, recommendation.answers
        row = Row(code, revision, datetime.now(UTC), answers, formats.write(recommendation))
        with self._transaction() as connection:
            connection.execute(self._insert, msgspec.structs.asdict(row))

    def get(self, code: str) -> Recommendation | None:
        """The result with a code, exactly as it was given. Raise FormatError if it cannot be read."""
        with self._transaction() as connection:
            stored = connection.scalar(FIND, {"code": code})
        return None if stored is None else formats.read(stored)

    def rows(self) -> Iterator[tuple[str, Row | formats.FormatError]]:
        """Every code in order, with its row, or with what is wrong with it."""
        select = sa.select(RESULTS).where(RESULTS.c.code == sa.bindparam("code"))
        with self._transaction() as connection:
            for code in connection.scalars(sa.select(RESULTS.c.code).order_by(RESULTS.c.code)).all():
                try:
                    yield code, _row(connection.execute(select, {"code": code}).one())
                except (TypeError, ValueError, formats.FormatError) as error:
                    yield code, formats.FormatError(str(error))

    def add(self, rows: Iterable[Row]) -> int:
        """Store all rows or none; return how many are new. Raise ConflictError if a row contradicts a stored one."""
        new = 0
        with self._transaction() as connection:
            for row in rows:
                if connection.scalar(self._insert, msgspec.structs.asdict(row)):
                    new += 1
                elif not _same(connection.scalar(FIND, {"code": row.code}), row.recommendation):
                    raise ConflictError(row.code)
        return new

    def ping(self) -> None:
        """Check that the database answers."""
        with self._transaction() as connection:
            connection.execute(PING)

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        try:
            self._prepare()
            with self.engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError, UnicodeEncodeError) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            raise StoreError(" ".join(str(cause).split())) from error

    def _prepare(self) -> None:
        """Create what is missing: the table and, for SQLite, the file and its folder.

        Not done at the start: no connection is ever inherited by a forked worker, and commands that need no database
        make none.
        """
        with self._preparing:
            if self._prepared:
                return
            sqlite = self.engine.dialect.name == "sqlite"
            if sqlite:
                create_file(Path(self.engine.url.database or ""))
            try:
                with self.engine.begin() as connection:
                    RESULTS.metadata.create_all(connection)
            except SQLAlchemyError:
                # Another worker may have created the table at the same moment.
                with self.engine.begin() as connection:
                    connection.execute(PING)
            if sqlite:
                # Readers then never wait for a writer. The file keeps the setting, so one worker must succeed.
                with suppress(OperationalError), self.engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            self._prepared = True


def _row(stored: Sequence[Any]) -> Row:
    code, revision, created, answers, recommendation = stored
    formats.read(recommendation)
    # SQLite stores no time zone; what it returns is UTC.
    created = created.astimezone(UTC) if created.tzinfo else created.replace(tzinfo=UTC)
    return Row(code, revision, created, answers, recommendation)


def _same(stored: str | None, text: str) -> bool:
    """Whether two stored recommendations say the same, whatever format each has."""
    try:
        return formats.read(stored or "") == formats.read(text)
    except formats.FormatError:
        return False
