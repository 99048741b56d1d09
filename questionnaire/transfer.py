"""Commands that take the stored results from one database to another, whatever kind either is."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, BinaryIO

import click
import msgspec
import sqlalchemy as sa
from flask.cli import AppGroup
from msgspec import structs

from . import formats
from .blueprint import results
from .codes import canonical
from .store import StoreError
from .table import FIND, RESULTS

commands = AppGroup("results", help="Take stored results out of the database, or into it.")


class Line(msgspec.Struct, forbid_unknown_fields=True):
    """A stored result as it is exported; the recommendation is the very text that is stored."""

    code: str
    revision: str
    created: Annotated[datetime, msgspec.Meta(tz=True)]
    answers: dict[str, str]
    recommendation: str

    def __post_init__(self) -> None:
        if canonical(self.code) != self.code:
            raise ValueError(f"{self.code!r} is not a code")


@commands.command()
def export() -> None:
    """Write every stored result as a line of JSON, in the order of the codes."""
    try:
        results.store.run(_write)
    except StoreError as error:
        raise click.ClickException(f"The database cannot be read: {error}") from None
    except ValueError as error:
        raise click.ClickException(f"A row is damaged, mend or delete it first: {error}") from None


@commands.command("import")
@click.argument("file", type=click.File("rb"))
def import_(file: BinaryIO) -> None:
    """Store what `export` wrote to FILE, or to the standard input where it is “-”: all of it, or nothing."""
    lines = list(file)
    try:
        new = results.store.run(lambda connection: _read(connection, lines))
    except StoreError as error:
        raise click.ClickException(f"Nothing was imported, the database fails: {error}") from None
    click.echo(f"{new} imported, {len(lines) - new} there already.")


def _write(connection: sa.Connection) -> None:
    rows = connection.execution_options(yield_per=100).execute(sa.select(RESULTS).order_by(RESULTS.c.code))
    for code, revision, created, answers, recommendation in rows:
        # SQLite keeps no time zone: what it returns is UTC, as it was stored.
        moment = created.astimezone(UTC) if created.tzinfo else created.replace(tzinfo=UTC)
        click.echo(msgspec.json.encode(Line(code, revision, moment, answers, recommendation)))


def _read(connection: sa.Connection, lines: Iterable[bytes]) -> int:
    new = 0
    for number, text in enumerate(lines, 1):
        try:
            line = msgspec.json.decode(text, type=Line)
            given = formats.read(line.recommendation)
            if (given.rulebook.revision, given.answers) != (line.revision, line.answers):
                raise formats.FormatError("its recommendation was given to other answers or under another rulebook")
        except (msgspec.MsgspecError, UnicodeError, formats.FormatError) as error:
            raise click.ClickException(f"Nothing was imported. Line {number} is not a result: {error}") from None
        row = structs.asdict(line) | {"created": line.created.astimezone(UTC)}
        if connection.execute(results.store.insert, row).rowcount:
            new += 1
            continue
        there = connection.execute(FIND, {"code": line.code}).scalar_one()
        try:
            same = formats.read(there) == given
        except formats.FormatError:
            same = False
        if not same:
            raise click.ClickException(
                f"Nothing was imported. Line {number}: another result is stored under {line.code}."
            )
    return new
