"""The table of stored results: one row a code, written once and never changed."""

from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import CreateTable

from .codes import LENGTH

MADE_BY_ANOTHER = ("23505", "42P07", "42710")
"""What PostgreSQL says to the slower of two that make the table at the same moment: that there is its row in the
catalogue already, or the table, or the type of its rows."""


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


def insert_into(dialect: str) -> sa.Insert:
    """An insert that leaves a row that is there as it is."""
    # Only the dialect in use is loaded: the other one would make the start a tenth longer.
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(TABLE).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(TABLE).on_conflict_do_nothing()


def make_table(connection: sa.Connection) -> None:
    """Make the table where it is missing."""
    # Asked first, because a user who may not make tables may still use one that was made for it.
    if sa.inspect(connection).has_table(TABLE.name):
        return
    try:
        connection.execute(CreateTable(TABLE, if_not_exists=True))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in MADE_BY_ANOTHER:
            raise
        connection.rollback()
