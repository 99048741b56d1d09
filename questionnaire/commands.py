"""Commands for whoever edits the data files, and the questionnaire in a terminal."""

import csv
import sys
from pathlib import Path

import click
import msgspec
from flask import render_template
from flask.cli import AppGroup, with_appcontext

from rules.answers import AnswersError, combinations
from rules.audit import audit
from rules.diff import diff as compare
from rules.judge import judge
from rules.load import RulebookError, load
from rules.recommend import recommend as give
from rules.rulebook import Rulebook
from rules.verify import verify as find_faults

from .blueprint import results
from .codes import code_of
from .renderings import as_json, permalink

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
as_json_option = click.option("--json", "for_machines", is_flag=True, help="Write JSON.")

rules = AppGroup("rules", help="Check the rulebook, and see what an edit does to it.")


@rules.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
def verify(folder: Path) -> None:
    """Check that every quotation stands, to the letter, in its document in DIR."""
    if faults := find_faults(results.rulebook, folder):
        raise click.ClickException("\n".join([f"{len(faults)} not verbatim:", *faults]))
    counted = f"{len(results.rulebook.passages)} quotations from {len(results.rulebook.sources)} documents"
    click.echo(f"{counted}, every one verbatim.")


@rules.command()
@as_json_option
def check(for_machines: bool) -> None:
    """Try all combinations of answers and say what they show of the rulebook."""
    found = audit(results.rulebook)
    if for_machines:
        click.echo(msgspec.json.encode(found))
    else:
        click.echo(render_template("check.txt", audit=found, rulebook=results.rulebook))
    if found.faults:
        sys.exit(1)


@rules.command()
@click.argument("folder", metavar="OLD_DATA_DIR", type=FOLDER)
def diff(folder: Path) -> None:
    """Say which verdicts turn from the rulebook in OLD_DATA_DIR to this one, and by which changes."""
    try:
        old = load(folder)
    except RulebookError as error:
        raise click.ClickException(f"The rulebook in {folder} cannot be used.\n{error}") from None
    click.echo(render_template("diff.txt", diff=compare(old, results.rulebook), old=old, new=results.rulebook))


@rules.command()
def table() -> None:
    """Write every combination of answers with its verdict, strength and voices, as CSV."""
    rows = csv.writer(sys.stdout)
    rows.writerow([*results.rulebook.question, "verdict", "strength", "django", "flask"])
    for answers in combinations(results.rulebook):
        judgement = judge(results.rulebook, answers)
        voices = judgement.voices
        rows.writerow([*answers.values(), judgement.verdict, judgement.strength, voices.django, voices.flask])


def recommend_command(rulebook: Rulebook) -> click.Command:
    """The command that asks the questions of a rulebook as options."""

    @click.command("recommend", help="Recommend Django or Flask, with the quotations behind it.")
    @as_json_option
    @with_appcontext
    def recommend(for_machines: bool, **answers: str) -> None:
        try:
            given = give(rulebook, answers)
        except AnswersError as error:
            raise click.UsageError(str(error)) from None
        code = code_of(rulebook.revision, given.answers)
        if for_machines:
            click.echo(as_json(code, given))
        else:
            sources = {source.id: source for source in given.sources}
            click.echo(render_template("result.txt", given=given, sources=sources, permalink=permalink(code)))

    for question in rulebook.questions:
        options = click.Choice([option.id for option in question.option])
        click.option(f"--{question.id}", type=options, required=True, help=question.title)(recommend)
    return recommend
