"""The archive: every rulebook that has given results, with the verdicts it gave, written once a revision."""

import logging
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import msgspec
import sqlalchemy as sa
from msgspec import Struct, structs
from sqlalchemy.exc import IntegrityError, ProgrammingError

from rules import Rulebook, recommend
from rules.answers import combinations, problem_with
from rules.judge import ENGINE, judge, known_by_team
from rules.load import decode, revision_of
from rules.passages import FRAMEWORKS, Framework
from rules.positions import Tally
from rules.recommendation import DecidedBy, Judgement, Strength
from rules.rulebook import Answers

from . import DamagedError, Result
from .codes import code_of
from .database import Database

# Core, not ORM: rows are only inserted and read.
METADATA = sa.MetaData()
RULEBOOKS = sa.Table(
    "rulebooks",
    METADATA,
    sa.Column("revision", sa.String, primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("archived", sa.DateTime(timezone=True), nullable=False),
)
RESULTS = sa.Table(
    "results",
    METADATA,
    sa.Column("code", sa.String, primary_key=True),
    sa.Column("revision", sa.ForeignKey(RULEBOOKS.c.revision), nullable=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in ("answers", "verdict", "strength")),
    *(sa.Column(name, sa.Integer, nullable=False) for name in FRAMEWORKS),
)
HOLDS = sa.select(RULEBOOKS.c.revision).where(RULEBOOKS.c.revision == sa.bindparam("revision"))
FIND = sa.select(RESULTS, RULEBOOKS.c.content).outerjoin(RULEBOOKS).where(RESULTS.c.code == sa.bindparam("code"))

log = logging.getLogger(__name__)


class Row(Struct, frozen=True):
    """A row of `results`; `answers` are JSON."""

    code: str
    revision: str
    answers: str
    verdict: Framework
    strength: Strength
    django: int
    flask: int


class Archive:
    """The rulebooks and results in a database. Methods raise ArchiveError if the database fails."""

    def __init__(self, address: Path | str, timeout: float, pause: float) -> None:
        # A full or read-only disk stops writing alone: what is archived can still be read.
        self._reading = Database(address, timeout, pause, "links of older rulebooks are not available")
        self._writing = Database(address, timeout, pause, "today's rulebook is not archived")

    def keep(self, rulebook: Rulebook, anew: bool = False) -> None:
        """Archive a rulebook and all its results, unless the archive holds it; `anew` replaces what it holds."""
        values = {"revision": rulebook.revision, "content": rulebook.content, "archived": datetime.now(UTC)}

        def holds(connection: sa.Connection) -> object:
            return _has_tables(connection) and connection.scalar(HOLDS, values)

        if not anew and self._writing.run(holds):
            return
        # Counting takes longer than writing, so it is not part of the task.
        rows = [_row(rulebook, answers) for answers in combinations(rulebook)]

        def write(connection: sa.Connection) -> None:
            # Only the dialect in use is imported: the other one would take time and memory.
            insert = import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert
            _create_tables(connection)
            for table in reversed(METADATA.sorted_tables) if anew else ():
                connection.execute(table.delete().where(table.c.revision == rulebook.revision))
            connection.execute(insert(RULEBOOKS).on_conflict_do_nothing(), values)
            connection.execute(insert(RESULTS).on_conflict_do_nothing(), rows)

        self._writing.run(write)

    def find(self, code: str) -> Result | None:
        """The archived result with a code. Raise DamagedError if it cannot be decoded."""
        row = self._reading.run(
            lambda connection: _has_tables(connection) and connection.execute(FIND, {"code": code}).one_or_none()
        )
        if not row:
            return None
        try:
            return _result(msgspec.convert(row, Row, from_attributes=True), msgspec.convert(row.content, str))
        except (ValueError, TypeError, LookupError, RecursionError) as error:
            log.error("Result %s is archived, but cannot be decoded: %.200s", code, error)
            raise DamagedError(str(error)) from error


def _has_tables(connection: sa.Connection) -> bool:
    return sa.inspect(connection).has_table(RESULTS.name)


def _create_tables(connection: sa.Connection) -> None:
    try:
        with connection.begin_nested():
            for table in METADATA.sorted_tables:
                connection.execute(sa.schema.CreateTable(table, if_not_exists=True))
    except (IntegrityError, ProgrammingError):
        # Another process may create them at the same moment, which PostgreSQL reports as an error.
        if not _has_tables(connection):
            raise


def _row(rulebook: Rulebook, answers: Answers) -> dict[str, object]:
    given, text = judge(rulebook, answers), msgspec.json.encode(answers).decode()
    code, votes = code_of(rulebook, answers), given.votes
    return structs.asdict(Row(code, rulebook.revision, text, given.verdict, given.strength, votes.django, votes.flask))


def _result(row: Row, content: str) -> Result:
    """Decode a row, with the content of its rulebook. Raise ValueError if they do not fit each other."""
    if revision_of(content) != row.revision:
        raise ValueError(f"the content of rulebook {row.revision} has been changed")
    rulebook = decode(content)
    answers = msgspec.json.decode(row.answers, type=dict[str, str])
    if problem_with(rulebook, answers) or code_of(rulebook, answers) != row.code:
        raise ValueError(f"the code does not belong to the answers {row.answers}")
    votes, most = Tally(row.django, row.flask), len(rulebook.sources) * len(rulebook.questions)
    known = known_by_team(rulebook, answers) == row.verdict
    decided_by: DecidedBy = "votes" if row.strength != "tie" else "team" if known else "closing"
    given = Judgement(row.verdict, row.strength, votes, decided_by)
    possible = min(row.django, row.flask) >= 0 and max(row.django, row.flask) <= most
    fitting = votes.leader == (None if row.strength == "tie" else row.verdict)
    if not (possible and fitting) or (rulebook.engine == ENGINE and given != judge(rulebook, answers)):
        raise ValueError(f"{row.django} and {row.flask} votes do not give {row.verdict}, {row.strength}")
    return Result(row.code, rulebook, recommend(rulebook, answers, given))
