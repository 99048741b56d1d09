"""The commands: what they tell an editor of the data, and how they report problems."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from rules import Rulebook
from rules.judge import judge

from .conftest import DATA, EMPTY, QUESTIONS, SHOP, Answers, Edit, create, disputed

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str) -> Run:
    """The `flask` command on a folder of data files."""

    def invoke(*words: str, data: Path = DATA) -> Result:
        return create(database_url, DATA_DIR=data).test_cli_runner().invoke(args=words)

    return invoke


def test_check_finds_rules_that_never_speak_and_passages_that_are_never_shown(run: Run, edited: Edit) -> None:
    joint = ("Flask is really so simple", "big projects that require", "Django allows deploying more complicated")
    outcome = run("rules", "check", data=edited(*disputed(*joint)))
    assert outcome.exit_code == 1
    assert "rules.toml: rule “tight-experienced-flask” never speaks" in outcome.output
    assert "passages.toml: passage “ddi-flask-experienced-tight” is never shown" in outcome.output


def test_the_table_has_every_combination_with_what_the_rules_give(
    run: Run, rulebook: Rulebook, every_answers: list[Answers]
) -> None:
    rows = list(csv.DictReader(io.StringIO(run("rules", "table").output)))
    assert [{question: row[question] for question in QUESTIONS} for row in rows] == every_answers
    for row, answers in list(zip(rows, every_answers, strict=True))[::53]:
        judgement = judge(rulebook, answers)
        assert (row["verdict"], row["strength"]) == (judgement.verdict, judgement.strength)
        assert (int(row["django"]), int(row["flask"])) == (judgement.votes.django, judgement.votes.flask)
        assert row["decided_by"] == judgement.decided_by


def options(answers: Answers) -> list[str]:
    return [word for question, option in answers.items() for word in (f"--{question}", option)]


@pytest.mark.parametrize(("flags", "suffix"), [([], ".md"), (["--json"], ".json")])
def test_recommend_writes_what_is_at_the_permalink(run: Run, database_url: str, flags: list[str], suffix: str) -> None:
    public = create(database_url, PUBLIC_URL="http://localhost")
    outcome = public.test_cli_runner().invoke(args=["recommend", *options(SHOP), *flags])
    client = public.test_client()
    assert outcome.output.strip() == client.get(client.post("/", data=SHOP).location + suffix).text.strip()
    assert outcome.exit_code == 0
    # Without a public address a record has no link, because it would lead nowhere.
    assert flags or "/r/" not in run("recommend", *options(SHOP)).output


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (SHOP | {"size": "huge"}, "'huge' is not one of 'small', 'medium', 'growing', 'large', 'unsure'"),
        (EMPTY, "No article takes a side on these answers, so there is no decision to record"),
        (dict.fromkeys(QUESTIONS, "unsure"), "Tell us at least one thing: all are “Not sure yet”"),
    ],
)
def test_recommend_says_which_answers_are_right(run: Run, answers: Answers, message: str) -> None:
    outcome = run("recommend", *options(answers))
    assert outcome.exit_code == 2
    assert message in outcome.output
