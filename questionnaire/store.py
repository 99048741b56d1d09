"""The table of stored results: one row a code, written once and never changed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar, cast

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import CreateTable

from rules.recommendation import Recommendation

from .codes import LENGTH

T = TypeVar("T")

SECONDS_TO_WAIT = 5
"""For a lock or a connection: well below the 30 seconds after which gunicorn gives up on a worker."""

UNDEFINED_TABLE = "42P01"
"""What PostgreSQL calls a table that is not there."""

NEW_FILE = ("no such table", "unable to open database file")
"""How SQLite's words begin where the file, or the folder it lay in, has been taken away."""


class Base(DeclarativeBase):
    """What SQLAlchemy maps."""


class Result(Base):
    """A recommendation as it was given, whole, under the code of its answers and rulebook."""

    __tablename__ = "results"

    code: Mapped[str] = mapped_column(sa.String(LENGTH), primary_key=True)
    revision: Mapped[str]
    created: Mapped[datetime] = mapped_column(sa.DateTime(timezone=True))
    answers: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    recommendation: Mapped[str] = mapped_column(sa.Text)


TABLE = cast(sa.Table, Result.__table__)


class StoreError(Exception):
    """The database does not answer."""


class Store:
    """Keeps and finds results; every method raises StoreError where the database does not answer."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)

    def put(self, code: str, recommendation: Recommendation) -> None:
        """Store a result; one that is stored already stays as it is."""
        row = {
            "code": code,
            "revision": recommendation.rulebook.revision,
            "created": datetime.now(UTC),
            "answers": recommendation.answers,
            "recommendation": msgspec.json.encode(recommendation).decode(),
        }
        with suppress(IntegrityError):
            self._run(lambda connection: connection.execute(sa.insert(Result).values(row)))

    def get(self, code: str) -> Recommendation | None:
        """The result stored under a code, exactly as it was given."""
        statement = sa.select(Result.recommendation).where(Result.code == code)
        stored = self._run(lambda connection: connection.execute(statement).scalar())
        return msgspec.json.decode(stored, type=Recommendation) if stored else None

    def ping(self) -> None:
        """Ask the database for nothing, to see that it answers."""
        self._run(lambda connection: connection.execute(sa.select(Result.code).limit(1)))

    def prepare(self) -> None:
        """Make the table, and for SQLite the folder that the file lies in, where they are missing."""
        try:
            if self.engine.dialect.name == "sqlite" and self.engine.url.database:
                Path(self.engine.url.database).parent.mkdir(parents=True, exist_ok=True)
            with self.engine.begin() as connection:
                connection.execute(CreateTable(TABLE, if_not_exists=True))
        except IntegrityError:
            pass  # PostgreSQL says so to the slower of two that make the table at the same moment.
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(str(error)) from error

    def _run(self, work: Callable[[sa.Connection], T]) -> T:
        try:
            with self.engine.begin() as connection:
                return work(connection)
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            if not _is_new(error):
                raise StoreError(str(error)) from error
        # A new database in the place of the old one: deleted, or restored without its tables.
        self.prepare()
        return self._run(work)


def _is_new(error: SQLAlchemyError) -> bool:
    cause = error.orig if isinstance(error, DBAPIError) else None
    return getattr(cause, "sqlstate", None) == UNDEFINED_TABLE or str(cause).startswith(NEW_FILE)


def _engine(url: str) -> sa.Engine:
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        # Without a pool every transaction opens the file anew, so one that was moved or deleted is not written to.
        return sa.create_engine(parsed, poolclass=sa.NullPool, connect_args={"timeout": SECONDS_TO_WAIT})
    return sa.create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": SECONDS_TO_WAIT})
