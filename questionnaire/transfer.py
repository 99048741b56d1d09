"""`flask results export` and `import`: move stored results between databases."""

from collections.abc import Iterator
from datetime import UTC
from typing import BinaryIO

import click
import msgspec
from flask import current_app
from flask.cli import AppGroup
from msgspec import structs

from .results import formats
from .results.codes import code_of
from .results.store import ConflictError, Row, Store, StoreError

results_commands = AppGroup("results", help="Move stored results between databases.")


# In seconds: moving all results takes longer than a request may.
TIMEOUT = 3600


@results_commands.command()
def export() -> None:
    """Write every stored result as a line of JSON, in the order of the codes."""
    damaged = 0
    try:
        for code, row in _store().rows():
            if isinstance(row, formats.FormatError):
                click.echo(f"{code} is damaged and was left out: {row}", err=True)
                damaged += 1
            else:
                click.echo(msgspec.json.encode(row))
    except StoreError as error:
        raise click.ClickException(f"The database cannot be read: {error}") from None
    if damaged:
        raise click.ClickException(f"{damaged} damaged rows were left out. Repair or delete them.")


@results_commands.command("import")
@click.argument("file", type=click.File("rb"))
def import_(file: BinaryIO) -> None:
    """Store what `export` wrote to FILE, or to standard input if it is “-”: all of it, or nothing."""
    lines = list(file)
    try:
        new = _store().add(_rows(lines))
    except StoreError as error:
        raise click.ClickException(f"Nothing was imported, the database fails: {error}") from None
    except ConflictError as error:
        raise click.ClickException(f"Nothing was imported. Another result is stored under {error}.") from None
    click.echo(f"{new} imported, {len(lines) - new} there already.")


def _store() -> Store:
    return Store(current_app.config["DATABASE_URL"], TIMEOUT)


def _rows(lines: list[bytes]) -> Iterator[Row]:
    for number, text in enumerate(lines, 1):
        try:
            row = _row(text)
        except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError, formats.FormatError) as error:
            raise click.ClickException(f"Nothing was imported. Line {number} is not a result: {error}") from None
        yield row


def _row(line: bytes) -> Row:
    row = msgspec.json.decode(line, type=Row)
    result = formats.read(row.recommendation)
    if (result.rulebook.revision, result.answers) != (row.revision, row.answers):
        raise formats.FormatError("its recommendation is for other answers or another rulebook")
    if row.code != code_of(row.revision, row.answers):
        raise formats.FormatError("its code is not the one of its answers")
    return structs.replace(row, created=row.created.astimezone(UTC))
