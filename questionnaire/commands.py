"""`flask rules` for editors of the data files, and `flask recommend`: the questionnaire in a terminal."""

import csv
import sys
from pathlib import Path

import click
import msgspec
from flask import render_template
from flask.cli import AppGroup, with_appcontext
from msgspec import structs

from rules import Rulebook, RulebookError, load, recommend
from rules.answers import combinations, problem_with
from rules.check import check
from rules.diff import diff
from rules.judge import judge
from rules.verify import verify

from .blueprint import results
from .renderings import as_json, as_text
from .results.codes import code_of

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
json_option = click.option("--json", "json", is_flag=True, help="Write JSON.")

rules_commands = AppGroup("rules", help="Check the rulebook, and see what an edit does to it.")


@rules_commands.command("verify")
@click.argument("folder", metavar="DIR", type=FOLDER)
def verify_command(folder: Path) -> None:
    """Check that every quotation is verbatim in its document in DIR, and that what is not said is in none of them."""
    rulebook = results.rulebook
    if problems := verify(rulebook, folder):
        raise click.ClickException("\n".join([f"{len(problems)} not as the data say:", *problems]))
    quoted = f"{len(rulebook.passages)} quotations from {len(rulebook.sources)} documents, every one verbatim"
    click.echo(f"{quoted}; {len(rulebook.not_said)} silences, every one kept.")


@rules_commands.command("check")
@json_option
def check_command(json: bool) -> None:
    """Try all combinations of answers and report what they show of the rulebook."""
    report = check(results.rulebook)
    if json:
        click.echo(msgspec.json.encode(report))
    else:
        click.echo(render_template("check.txt", report=report, rulebook=results.rulebook))
    if report.problems:
        sys.exit(1)


@rules_commands.command("diff")
@click.argument("folder", metavar="OLD_DATA_DIR", type=FOLDER)
def diff_command(folder: Path) -> None:
    """Show which verdicts differ between the rulebook in OLD_DATA_DIR and this one, and which changes cause it."""
    try:
        old = load(folder)
    except RulebookError as error:
        raise click.ClickException(f"The rulebook in {folder} cannot be used.\n{error}") from None
    click.echo(render_template("diff.txt", diff=diff(old, results.rulebook), old=old, new=results.rulebook))


@rules_commands.command("table")
def table_command() -> None:
    """Write every combination of answers with its verdict, strength, votes and what decided, as CSV."""
    rows = csv.writer(sys.stdout)
    rows.writerow([*results.rulebook.questions_by_id, "verdict", "strength", "django", "flask", "decided_by"])
    for answers in combinations(results.rulebook):
        judgement = judge(results.rulebook, answers)
        votes = structs.astuple(judgement.votes)
        rows.writerow([*answers.values(), judgement.verdict, judgement.strength, *votes, judgement.decided_by])


def recommend_command(rulebook: Rulebook) -> click.Command:
    """The command that asks the questions of a rulebook as options."""

    @click.command("recommend", help="Recommend Django or Flask, with the quotations behind it.")
    @json_option
    @with_appcontext
    def command(json: bool, **answers: str) -> None:
        if problem := problem_with(rulebook, answers):
            raise click.UsageError(problem)
        result = recommend(rulebook, answers)
        render = as_json if json else as_text
        click.echo(render(code_of(rulebook.revision, result.answers), result))

    for question in rulebook.questions:
        options = click.Choice([option.id for option in question.options])
        click.option(f"--{question.id}", type=options, required=True, help=question.title)(command)
    return command
