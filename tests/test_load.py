"""Loading the data files: every problem is reported in an editor's words."""

import subprocess
import sys
from pathlib import Path

import pytest

from rules import RulebookError, load

from .conftest import DATA, Edit

SMALL = 'id = "small-flask"\nquestion = "size"\noption = "small"\n'
FLEXIBLE = 'passages = ["hostit-flask-pro-modular"]'

DAMAGED = {
    "dangling passage": (
        ("rules.toml", FLEXIBLE, 'passages = ["hostit-modular"]'),
        "rules.toml: rule “growing-flask” cites passage “hostit-modular”, which is not in passages.toml",
    ),
    "dangling source": (
        ("passages.toml", 'id = "ddi-django-rapid"\nsource = "ddi"', 'id = "ddi-django-rapid"\nsource = "dd1"'),
        "passages.toml: passage “ddi-django-rapid” is of source “dd1”, which is not in sources.toml",
    ),
    "passage that is not cited": (
        ("rules.toml", '"ddi-flask-simple-apps", ', ""),
        "passages.toml: passage “ddi-flask-simple-apps” is not cited",
    ),
    "passage on the other side": (
        ("rules.toml", FLEXIBLE, 'passages = ["hostit-flask-pro-modular", "hostit-django-grow-significantly"]'),
        "rules.toml: rule “growing-flask” favours flask, but cites passage “hostit-django-grow-significantly”, "
        "which favours django",
    ),
    "rule without passages": (
        ("rules.toml", FLEXIBLE, "passages = []"),
        "rules.toml: rule “growing-flask” cites no passage",
    ),
    "option without a rule": (
        (
            "questions.toml",
            '[[question.option]]\nid = "normal"',
            '[[question.option]]\nid = "x"\nlabel = "X"\n\n[[question.option]]\nid = "normal"',
        ),
        "questions.toml: question “deadline”, option “x” has no rule",
    ),
    "silent option with a rule": (
        ("questions.toml", 'help = "No pressure', 'silent = "Nothing."\nhelp = "No pressure'),
        "questions.toml: question “deadline”, option “open” says that the articles are silent",
    ),
    "unknown question": (
        ("rules.toml", SMALL, SMALL.replace('"size"', '"sise"')),
        "rules.toml: rule “small-flask”: there is no question “sise”",
    ),
    "unknown option": (
        ("rules.toml", SMALL, SMALL.replace('option = "small"', 'option = "tiny"')),
        "rules.toml: rule “small-flask”: question “size” has no option “tiny”; it has small, medium, large, growing",
    ),
    "rule on unsure": (
        ("rules.toml", SMALL, SMALL.replace('option = "small"', 'option = "unsure"')),
        "rules.toml: rule “small-flask”: question “size” has no option “unsure”",
    ),
    "empty condition": (
        ("rules.toml", 'given = { size = ["large"] }', "given = { size = [] }"),
        "rules.toml: rule “tight-large-django”: “given” names no option of question “size”",
    ),
    "condition on its own question": (
        ("rules.toml", 'given = { size = ["large"] }', 'given = { deadline = ["open"] }'),
        "rules.toml: rule “tight-large-django”: “given” names its own question, “deadline”",
    ),
    "two rules with one condition": (
        ("rules.toml", 'option = "medium"\nfavours = "flask"', 'option = "growing"\nfavours = "flask"'),
        "rules.toml: rules “medium-flask” and “growing-flask” have the same condition",
    ),
    "duplicate id": (
        ("rules.toml", 'id = "medium-flask"', 'id = "medium-django"'),
        "rules.toml: rule “medium-django” is used 2 times",
    ),
    "duplicate option": (
        ("questions.toml", 'id = "medium"', 'id = "small"'),
        "questions.toml: question “size”: option “small” is used 2 times",
    ),
    "wrong type": (
        (
            "rules.toml",
            'because = "One article holds that a Flask application can be extended and broken into parts as it grows."',
            "because = 7",
        ),
        "rules.toml: rule “growing-flask”, field “because”: expected text, got a number",
    ),
    "wrong type inside a list": (
        ("rules.toml", FLEXIBLE, "passages = [7]"),
        "rules.toml: rule “growing-flask”, passages number 1: expected text, got a number",
    ),
    "wrong type inside a condition": (
        ("rules.toml", 'given = { size = ["large"] }', "given = { size = [7] }"),
        "rules.toml: rule “tight-large-django”, field “given”",
    ),
    "nested without end": (
        ("rules.toml", 'given = { size = ["large"] }', f"given = {'[' * 3000}"),
        "rules.toml: not a TOML file",
    ),
    "unknown field": (
        ("passages.toml", 'id = "ddi-django-rapid"', 'id = "ddi-django-rapid"\nauthor = "x"'),
        "passages.toml: passage “ddi-django-rapid”: there is no field “author”",
    ),
    "missing field": (
        ("questions.toml", 'label = "Relational"\n', ""),
        "questions.toml: question “database”, option “relational”: the field “label” is missing",
    ),
    "wrong framework": (
        ("rules.toml", 'option = "growing"\nfavours = "flask"', 'option = "growing"\nfavours = "bottle"'),
        "rules.toml: rule “growing-flask”, field “favours”: “bottle” is not one of the values it takes",
    ),
    "quote too long": (
        ("passages.toml", 'quote = "Flask is perfect for developing simple web apps"', f'quote = "{"word " * 46}"'),
        "passages.toml: passage “ddi-flask-simple-apps” must quote between 1 and 45 words",
    ),
    "closing passage of another source": (
        ("sources.toml", 'closing = ["ddi-verdict-django"]', 'closing = ["jonna-verdict-django"]'),
        "sources.toml: source “ddi”: “closing” must name passages of this source",
    ),
    "interest of another source": (
        ("sources.toml", 'interest = ["ddi-verdict-django"]', 'interest = ["jonna-verdict-django"]'),
        "sources.toml: source “ddi”: “interest” names “jonna-verdict-django”, which is not a passage of this source",
    ),
    "silence without words": (
        ("sources.toml", 'words = ["FastAPI", "Starlette"]', "words = []"),
        "sources.toml: not_said “fastapi”: “words” must name what to search for",
    ),
    "unknown framework that a team knows": (
        ("questions.toml", 'knows = "flask"', 'knows = "bottle"'),
        "questions.toml: question “team”, option “flask”, field “knows”: “bottle” is not one of the values it takes",
    ),
    "two questions on what is known": (
        ("questions.toml", 'label = "A full API"', 'label = "A full API"\nknows = "django"'),
        "questions.toml: “knows” stands in questions team, api; one question only can decide a tie",
    ),
    "option that every question takes": (
        ("questions.toml", 'id = "medium"', 'id = "unsure"'),
        "questions.toml: question “size”: option “unsure” cannot be reached; every question takes “unsure” already",
    ),
    "option that nobody can choose": (
        ("questions.toml", 'label = "Medium"', 'label = " "'),
        "questions.toml: question “size”, option “medium” must have a “label” and a “help”, or nobody can choose it",
    ),
    "id that is no plain word": (
        ("questions.toml", 'id = "medium"', 'id = "Medium size"'),
        "questions.toml: question “size”: option “Medium size”: an “id” begins with a letter and has small letters",
    ),
    "unknown cut": (
        ("passages.toml", 'straight out of the box."\ncut = "start"', 'straight out of the box."\ncut = "middle"'),
        "passages.toml: passage “ddi-django-saves-time”, field “cut”: “middle” is not one of the values it takes",
    ),
    "not TOML": (("sources.toml", 'id = "ddi"', "id = ddi"), "sources.toml: not a TOML file: "),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_file_is_refused_with_its_entry_named(edited: Edit, damage: str) -> None:
    edit, message = DAMAGED[damage]
    with pytest.raises(RulebookError) as refused:
        load(edited(edit))
    assert any(problem.startswith(message) for problem in refused.value.problems), refused.value.problems


def test_tied_closing_verdicts_are_refused_because_they_could_not_decide(edited: Edit) -> None:
    folder = edited(
        (
            "passages.toml",
            'id = "ddi-verdict-django"\nsource = "ddi"\nfavours = "django"',
            'id = "ddi-verdict-django"\nsource = "ddi"\nfavours = "flask"',
        ),
    )
    with pytest.raises(RulebookError, match="closing verdicts are a tie"):
        load(folder)


def test_a_missing_file_and_one_that_is_not_text_are_named(edited: Edit) -> None:
    folder = edited()
    (folder / "rules.toml").unlink()
    (folder / "sources.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RulebookError) as refused:
        load(folder)
    assert [problem.split(":")[0] for problem in refused.value.problems] == ["sources.toml", "rules.toml"]


def test_the_revision_changes_with_every_word_but_not_with_comments(edited: Edit) -> None:
    revision = load(DATA).revision
    assert load(edited(("rules.toml", "# The rules, and", "# Rules, and"))).revision == revision
    assert load(edited(("sources.toml", 'date = "2021"', 'date = "2022"'))).revision != revision


def test_a_broken_data_file_stops_the_start_with_a_clear_message(edited: Edit) -> None:
    folder = edited(("rules.toml", FLEXIBLE, "passages = []"))
    flask = subprocess.run(
        [sys.executable, "-m", "flask", "routes"],
        cwd=Path(DATA).parent,
        env={"DATA_DIR": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert flask.returncode == 1
    assert "rules.toml: rule “growing-flask” cites no passage" in flask.stderr
    assert "Traceback" not in flask.stderr
