"""`flask rules` for editors of the data files, and `flask recommend`: the questionnaire in a terminal."""

import csv
import sys
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext
from msgspec import structs

from rules import Rulebook, RulebookError, load
from rules.answers import combinations, problem_with
from rules.judge import judge
from rules.verify import unused, verify

from .blueprint import results
from .results import ArchiveError
from .show import NO_RECORD, as_json, as_markdown

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

rules_commands = AppGroup("rules", help="Check the rulebook, list its verdicts, and archive it.")


@rules_commands.command("verify")
@click.argument("folder", metavar="DIR", type=FOLDER)
def verify_command(folder: Path) -> None:
    """Check that quotations are verbatim in their documents in DIR, and that none has the words under not_said."""
    rulebook = results.rulebook
    if problems := verify(rulebook, folder):
        raise click.ClickException("\n".join([f"{len(problems)} not as the data say:", *problems]))
    quoted, entries = len(rulebook.passages), len(rulebook.not_said)
    click.echo(f"{quoted} quotations are verbatim; the words of {entries} entries in not_said are in no document.")


@rules_commands.command("check")
def check_command() -> None:
    """Try all combinations of answers; fail if a rule never speaks or a passage is never shown."""
    if problems := unused(results.rulebook):
        raise click.ClickException("\n".join(problems))
    click.echo("No problems: every rule speaks somewhere, and every passage is shown.")


@rules_commands.command("keep")
@click.argument("folder", metavar="DATA_DIR", type=FOLDER)
def keep_command(folder: Path) -> None:
    """Archive the rulebook in DATA_DIR, such as an older one from version control, so that its links work."""
    try:
        rulebook = load(folder)
        results.archive.keep(rulebook, anew=True)
    except (RulebookError, ArchiveError) as error:
        raise click.ClickException(f"The rulebook in {folder} cannot be archived.\n{error}") from None
    click.echo(f"The archive holds rulebook {rulebook.revision} of {rulebook.date}.")


@rules_commands.command("table")
def table_command() -> None:
    """Write every combination of answers with its verdict, strength, votes and what decided, as CSV."""
    rows = csv.writer(sys.stdout)
    rows.writerow([*results.rulebook.questions_by_id, "verdict", "strength", "django", "flask", "decided_by"])
    for answers in combinations(results.rulebook):
        verdict, strength, votes, decided_by = structs.astuple(judge(results.rulebook, answers))
        rows.writerow([*answers.values(), verdict, strength, votes.django, votes.flask, decided_by])


def recommend_command(rulebook: Rulebook) -> click.Command:
    """The command that asks the questions of a rulebook as options."""

    @click.command("recommend", help="Recommend Django or Flask, as a decision record in Markdown.")
    @click.option("--json", "as_data", is_flag=True, help="Write JSON.")
    @with_appcontext
    def command(as_data: bool, **answers: str) -> None:
        found = results.today(answers)
        if not found:
            raise click.UsageError(problem_with(rulebook, answers))
        if not (as_data or found.recommendation.votes):
            raise click.UsageError(NO_RECORD)
        click.echo(as_json(found) if as_data else as_markdown(found), nl=as_data)

    for question in rulebook.questions:
        options = click.Choice([option.id for option in question.options])
        click.option(f"--{question.id}", type=options, required=True, help=question.title)(command)
    return command
