"""Looking into an archive and changing it, behind the back of the application."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from time import monotonic, sleep

import sqlalchemy as sa
from msgspec import structs

from questionnaire.results.archive import METADATA, RESULTS, RULEBOOKS, Row
from questionnaire.results.codes import code_of
from rules.judge import judge
from rules.load import decode

# One rulebook with all its results.
EVERYTHING = (1, 3499)
COUNT = sa.union_all(*(sa.select(sa.func.count()).select_from(table) for table in (RULEBOOKS, RESULTS)))


def execute(url: str, *statements: sa.Executable) -> None:
    """Change a database."""
    with sa.create_engine(url, poolclass=sa.NullPool).begin() as connection:
        for statement in statements:
            connection.execute(statement)


def sizes(url: str) -> tuple[int, ...]:
    """How many rulebooks and results an archive holds; nothing if it has no tables."""
    try:
        with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
            return tuple(connection.scalars(COUNT))
    except sa.exc.DBAPIError:
        return ()


def wait_until(done: Callable[[], bool]) -> None:
    """Wait for what happens in the background, for ten seconds at most."""
    deadline = monotonic() + 10
    while not done():
        assert monotonic() < deadline
        sleep(0.01)


def insert(url: str, answers: dict[str, str], content: str) -> str:
    """Archive a single result under a rulebook's content, as any release would; return its link."""
    rulebook = decode(content)
    code, given = code_of(rulebook, answers), judge(rulebook, answers)
    edition = {"revision": rulebook.revision, "content": content, "archived": datetime.now(UTC)}
    votes = structs.astuple(given.votes)
    row = Row(code, rulebook.revision, json.dumps(answers), given.verdict, given.strength, *votes)
    tables = [sa.schema.CreateTable(table, if_not_exists=True) for table in METADATA.sorted_tables]
    execute(url, *tables, RULEBOOKS.insert().values(edition), RESULTS.insert().values(structs.asdict(row)))
    return f"/r/{code}"
