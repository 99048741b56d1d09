"""The table of stored results: one row a code, written once and never changed."""

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateTable

from .codes import LENGTH

MADE_BY_ANOTHER = ("23505", "42P07", "42710")
"""What PostgreSQL says to the slower of two that make the table at the same moment: that there is its row in the
catalogue already, or the table, or the type of its rows."""


# A table and no mapped class: nothing is loaded as an object or changed, and the mapper would make every start longer
# by half of a bare Flask's.
RESULTS = sa.Table(
    "results",
    sa.MetaData(),
    sa.Column("code", sa.String(LENGTH), primary_key=True),
    sa.Column("revision", sa.String, nullable=False),
    sa.Column("created", sa.DateTime(timezone=True), nullable=False),
    sa.Column("answers", sa.JSON, nullable=False),
    sa.Column("recommendation", sa.Text, nullable=False),
)
"""A row is a recommendation as it was given, whole, under the code of its answers and rulebook."""

FIND = sa.select(RESULTS.c.recommendation).where(RESULTS.c.code == sa.bindparam("code"))
"""The recommendation under a code."""


def insert_into(dialect: str) -> sa.Insert:
    """An insert that leaves a row that is there as it is."""
    # Only the dialect in use is loaded: the other one would make the start a tenth longer.
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(RESULTS).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(RESULTS).on_conflict_do_nothing()


def make_table(connection: sa.Connection) -> None:
    """Make the table where it is missing."""
    # Asked first, because a user who may not make tables may still use one that was made for it.
    if sa.inspect(connection).has_table(RESULTS.name):
        return
    try:
        connection.execute(CreateTable(RESULTS, if_not_exists=True))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in MADE_BY_ANOTHER:
            raise
        connection.rollback()
