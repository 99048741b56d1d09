"""`flask results export` and `import`: move stored results between databases."""

from collections.abc import Iterator
from datetime import UTC
from typing import BinaryIO

import click
import msgspec
from flask.cli import AppGroup
from msgspec import structs

from .blueprint import results
from .results import formats
from .results.codes import code_of
from .results.store import ConflictError, Row, StoreError

results_commands = AppGroup("results", help="Move stored results between databases.")


@results_commands.command()
def export() -> None:
    """Write every stored result as a line of JSON, in the order of the codes."""
    try:
        for row in results.store.rows():
            click.echo(msgspec.json.encode(row))
    except StoreError as error:
        raise click.ClickException(f"The database cannot be read: {error}") from None
    except ValueError as error:
        raise click.ClickException(f"A row is damaged; repair or delete it first: {error}") from None


@results_commands.command("import")
@click.argument("file", type=click.File("rb"))
def import_(file: BinaryIO) -> None:
    """Store what `export` wrote to FILE, or to standard input if it is “-”: all of it, or nothing."""
    lines = list(file)
    try:
        new = results.store.add(_rows(lines))
    except StoreError as error:
        raise click.ClickException(f"Nothing was imported, the database fails: {error}") from None
    except ConflictError as error:
        raise click.ClickException(f"Nothing was imported. Another result is stored under {error}.") from None
    click.echo(f"{new} imported, {len(lines) - new} there already.")


def _rows(lines: list[bytes]) -> Iterator[Row]:
    for number, text in enumerate(lines, 1):
        try:
            row = msgspec.json.decode(text, type=Row)
            result = formats.read(row.recommendation)
            if (result.rulebook.revision, result.answers) != (row.revision, row.answers):
                raise formats.FormatError("its recommendation is for other answers or another rulebook")
            if row.code != code_of(row.revision, row.answers):
                raise formats.FormatError("its code is not the one of its answers")
        except (msgspec.MsgspecError, UnicodeError, formats.FormatError) as error:
            raise click.ClickException(f"Nothing was imported. Line {number} is not a result: {error}") from None
        yield structs.replace(row, created=row.created.astimezone(UTC))
