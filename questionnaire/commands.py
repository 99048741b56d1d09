"""Commands for whoever edits the data files: `flask rules …`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from rules.verify import verify as find_faults

rules = AppGroup("rules", help="Check the rulebook.")


@rules.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
def verify(folder: Path) -> None:
    """Check that every quotation stands, to the letter, in its document in DIR."""
    rulebook = current_app.extensions["results"].rulebook
    if faults := find_faults(rulebook, folder):
        raise click.ClickException("\n".join([f"{len(faults)} not verbatim:", *faults]))
    click.echo(f"{len(rulebook.passages)} quotations from {len(rulebook.sources)} documents, every one verbatim.")
