"""The commands: what they show an editor of the data, and how they report problems."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.cli import FlaskGroup
from flask.testing import FlaskClient

from app import create_app
from rules import Rulebook, load
from rules.judge import judge

from .conftest import DATA, PROTOTYPE, QUESTIONS, SHOP, Edit, disputed
from .test_load import DAMAGED

Run = Callable[..., Result]


@pytest.fixture
def run(database: Path) -> Run:
    """The `flask` command on a folder of data files."""

    def run(*words: str, data: Path = DATA) -> Result:
        group = FlaskGroup(create_app=lambda: create_app({"DATABASE_URL": f"sqlite:///{database}", "DATA_DIR": data}))
        return CliRunner().invoke(group, words)

    return run


@pytest.mark.parametrize("command", ["check", "diff", "table"])
@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_data_gives_a_message_and_no_traceback(run: Run, edited: Edit, command: str, damage: str) -> None:
    edit, message = DAMAGED[damage]
    words = ["rules", command, str(DATA)] if command == "diff" else ["rules", command]
    outcome = run(*words, data=edited(edit))
    assert outcome.exit_code == 1
    assert message in outcome.output
    assert "Traceback" not in outcome.output
    assert isinstance(outcome.exception, SystemExit)


def test_a_missing_file_gives_a_message_and_no_traceback(run: Run, edited: Edit) -> None:
    folder = edited()
    (folder / "passages.toml").unlink()
    outcome = run("rules", "check", data=folder)
    assert outcome.exit_code == 1
    assert f"passages.toml: cannot be read in {folder}: No such file or directory" in outcome.output


def test_check_shows_what_the_combinations_show(run: Run) -> None:
    outcome = run("rules", "check")
    assert outcome.exit_code == 0
    said = " ".join(outcome.output.split())
    for expected in (
        "34 rules, 179 passages, 3499 combinations of answers",
        "django 38.4 % flask 61.6 % clear 46.3 % close 16.1 % leaning 29.3 % tie 8.3 %",
        "api none: the articles are silent on it",
        "deadline normal: the articles are silent on it",
        "database relational – mixed 308 of 700",
        "built-in 42.0 %",
        "No problems",
    ):
        assert expected in said


def test_check_for_machines_agrees_with_the_table(run: Run) -> None:
    found = json.loads(run("rules", "check", "--json").output)
    rows = list(csv.DictReader(io.StringIO(run("rules", "table").output)))
    assert len(rows) == found["combinations"] == 3499
    for framework in ("django", "flask"):
        share = sum(row["verdict"] == framework for row in rows) / len(rows)
        assert found["verdicts"][framework] == pytest.approx(share)
    assert set(found["questions"]) == set(QUESTIONS)
    assert min(found["questions"].values()) > 0
    assert found["options"]["deadline"]["normal"] == found["options"]["api"]["none"] == 0
    assert all(0 < share < 0.5 for share in found["sources"].values())
    assert "Performance" in found["differ"]
    assert "Cost" in found["both"]["positiwise"]
    by_pair = {(pair["question"], *pair["options"]): pair["turned"] for pair in found["pairs"]}
    assert len(by_pair) == 3 * 6 + 15 + 3
    verdicts = {tuple(row[question] for question in QUESTIONS): row["verdict"] for row in rows}
    turned = [verdict != verdicts[("small", *key[1:])] for key, verdict in verdicts.items() if key[0] == "large"]
    assert by_pair["size", "small", "large"] == sum(turned)
    assert found["advice"]["built-in"] == max(found["advice"].values())
    assert found["problems"] == []


def test_check_finds_rules_that_never_speak_and_passages_that_are_never_shown(run: Run, edited: Edit) -> None:
    joint = ("Flask is really so simple", "big projects that require", "Django allows deploying more complicated")
    outcome = run("rules", "check", data=edited(*disputed(*joint)))
    assert outcome.exit_code == 1
    assert "rules.toml: rule “tight-experienced-flask” never speaks" in outcome.output
    assert "passages.toml: passage “ddi-flask-experienced-tight” is never shown" in outcome.output


def test_the_table_is_the_rules_row_by_row(run: Run, rulebook: Rulebook) -> None:
    for row in list(csv.DictReader(io.StringIO(run("rules", "table").output)))[::50]:
        judgement = judge(rulebook, {question: row[question] for question in QUESTIONS})
        assert (row["verdict"], row["strength"]) == (judgement.verdict, judgement.strength)
        assert (int(row["django"]), int(row["flask"])) == (judgement.votes.django, judgement.votes.flask)
        assert row["decided_by"] == judgement.decided_by


def turned(old: Rulebook, new: Rulebook, every_answers: list[dict[str, str]]) -> int:
    return sum(judge(old, answers).verdict != judge(new, answers).verdict for answers in every_answers)


def test_diff_of_the_same_rulebook_finds_nothing(run: Run) -> None:
    assert "0 of 3499 verdicts turn." in run("rules", "diff", str(DATA)).output


def test_diff_counts_the_verdicts_that_turn_and_names_the_change(
    run: Run, edited: Edit, rulebook: Rulebook, every_answers: list[dict[str, str]]
) -> None:
    old = edited(("rules.toml", 'question = "database"\noption = "mixed"\nfavours = "flask"',
                  'question = "database"\noption = "mixed"\ngiven = { size = ["small"] }\nfavours = "flask"'),
                 ("rules.toml", 'id = "no-database-flask"\nquestion = "database"\noption = "none"',
                  'id = "no-database-flask"\nquestion = "database"\noption = "mixed"'),
                 ("questions.toml", 'label = "None"', 'silent = "Nothing."\nlabel = "None"'),
                 ("questions.toml", 'knows = "flask"', ""))  # fmt: skip
    count = turned(load(old), rulebook, every_answers)
    said = run("rules", "diff", str(old)).output
    assert f"{count} of 3499 verdicts turn." in said
    assert "rule “mixed-flask” (changed): turns" in said
    assert "rule “no-database-flask” (changed): turns" in said
    assert "what a team knows (changed): turns" in said
    assert "small, database" not in said.split("turns")[0]
    assert "→" in said


RULE = """
[[rule]]
id = "{}"
question = "deadline"
option = "normal"
favours = "flask"
because = "Not so."
passages = ["hostit-flask-pro-modular"]
"""


def test_diff_names_new_and_removed_rules_and_disputed_passages(run: Run, edited: Edit) -> None:
    with_a_rule = edited(
        ("rules.toml", '[[advice]]\nid = "built-in"', RULE.format("normal-flask") + '[[advice]]\nid = "built-in"'),
        ("questions.toml", 'silent = "The articles speak', '# "The articles speak'),
    )
    assert "rule “normal-flask” (removed): turns" in run("rules", "diff", str(with_a_rule)).output
    assert "rule “normal-flask” (new): turns" in run("rules", "diff", str(DATA), data=with_a_rule).output


def test_diff_names_disputed_passages_and_not_a_rule_that_is_renamed(run: Run, edited: Edit) -> None:
    old = edited(("rules.toml", 'id = "changing-django"', 'id = "conventions-django"'), *disputed("Flask’s modular"))
    output = run("rules", "diff", str(old)).output
    assert "passage “hostit-flask-pro-modular” (changed): turns" in output
    # Renaming is a removal and an addition: each alone would turn verdicts back, but nothing turns.
    assert "changing-django" not in output


def test_diff_says_when_only_several_changes_together_turn_a_verdict(run: Run, edited: Edit) -> None:
    quotes = (
        "Django provides a conventional",
        "If you hire a new team member",
        "Django’s “batteries included” approach",
    )
    old = edited(*disputed(*quotes))
    assert "Several changes together: turn" in run("rules", "diff", str(old)).output


def test_diff_compares_what_both_rulebooks_ask(run: Run, edited: Edit) -> None:
    old = edited(("questions.toml", 'id = "normal"', 'id = "ordinary"'))
    said = run("rules", "diff", str(old)).output
    assert "0 of 2624 verdicts turn. 1750 combinations are answered by one of the two only." in said


def test_diff_refuses_an_old_rulebook_that_is_damaged(run: Run, edited: Edit) -> None:
    outcome = run("rules", "diff", str(edited(DAMAGED["unknown field"][0])))
    assert outcome.exit_code == 1
    assert DAMAGED["unknown field"][1] in outcome.output


def options(answers: dict[str, str]) -> list[str]:
    return [word for question, option in answers.items() for word in (f"--{question}", option)]


def test_recommend_gives_the_same_json_as_the_permalink(run: Run, client: FlaskClient) -> None:
    said = json.loads(run("recommend", *options(SHOP), "--json").output)
    link = client.post("/", data=SHOP).location
    record = client.get(f"{link}.json").get_json()
    assert said["permalink"] == link
    assert said | {"permalink": ""} == record | {"permalink": ""}


def test_recommend_shows_verdict_quotes_and_flips_in_the_terminal(run: Run) -> None:
    outcome = run("recommend", *options(PROTOTYPE))
    assert outcome.exit_code == 0
    assert outcome.output.startswith("Use Flask. A clear case: 8 votes to 4.\n\nWe chose Flask over Django for a small")
    assert "“Flask is perfect for developing simple web apps”" in outcome.output
    assert "Disputed, so it gives no vote:" in outcome.output
    assert "Project size: Large → Django, 8 votes to 4, clear" in outcome.output
    assert "&amp;" not in outcome.output


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (SHOP | {"size": "huge"}, "'huge' is not one of 'small', 'medium', 'large', 'growing', 'unsure'"),
        ({"size": "small"}, "Choose from:\n\trelational,\n\tnosql,"),
        (dict.fromkeys(QUESTIONS, "unsure"), "Tell us at least one thing: all five are “Not sure yet”"),
    ],
    ids=["wrong", "missing", "nothing"],
)
def test_recommend_says_which_answers_are_right(run: Run, answers: dict[str, str], message: str) -> None:
    outcome = run("recommend", *options(answers))
    assert outcome.exit_code == 2
    assert message in outcome.output
