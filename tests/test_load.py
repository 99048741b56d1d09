"""Loading the data files: every problem is reported in an editor's words."""

import json
import subprocess
import sys
from importlib import import_module

import pytest

from rules import Rulebook, RulebookError, load
from rules.load import decode, read

from .conftest import DATA, Edit

SMALL = 'id = "small-flask"\nquestion = "size"\noption = "small"\n'
FLEXIBLE = '["hostit-flask-pro-modular"]'
LARGE = '{ size = ["large"] }'
ORM = 'id = "orm"\ntitle = "Object-relational mapper"\nwhen = { database = ["relational", "mixed"] }'
SCHEMA = 'django = { status = "included", passages = ["jonna-django-migrations"] }'
RAPID = 'id = "ddi-django-rapid"'
TUTORIAL = 'address = "https://flask.palletsprojects.com/en/stable/tutorial/"'
PHRASE = 'phrase = "a small project"\n'
NORMAL = '[[question.option]]\nid = "normal"\n'
NEW = '[[question.option]]\nid = "x"\nlabel = "X"\n\n'
MISSING = 'missing = "Say how big the project will be, or that you are not sure yet"\n'

# What a problem begins with, and the edits that cause it in the file it names.
DAMAGED: dict[str, list[tuple[str, str]]] = {
    "rules.toml: rule “growing-flask” cites passage “hostit-x”, which is not in passages.toml": [
        (FLEXIBLE, '["hostit-x"]')
    ],
    "passages.toml: passage “ddi-django-rapid” is of source “dd1”, which is not in sources.toml": [
        (f'{RAPID}\nsource = "ddi"', f'{RAPID}\nsource = "dd1"')
    ],
    "passages.toml: passage “ddi-flask-simple” is not cited": [
        ('id = "ddi-flask-simple-apps"', 'id = "ddi-flask-simple"')
    ],
    "rules.toml: rule “growing-flask” favours flask, but cites passage “hostit-django-grow-significantly”": [
        (FLEXIBLE, '["hostit-flask-pro-modular", "hostit-django-grow-significantly"]')
    ],
    "rules.toml: rule “growing-flask” cites no passage": [(FLEXIBLE, "[]")],
    "questions.toml: question “deadline”, option “x” has no rule": [(NORMAL, NEW + NORMAL)],
    "questions.toml: question “deadline”, option “open” says that the articles are silent": [
        ('help = "No pressure', 'silent = "Nothing."\nhelp = "No pressure')
    ],
    "rules.toml: rule “small-flask”: there is no question “sise”": [(SMALL, SMALL.replace('"size"', '"sise"'))],
    "rules.toml: rule “small-flask”: question “size” has no option “unsure”": [
        (SMALL, SMALL.replace('"small"', '"unsure"'))
    ],
    "rules.toml: rule “tight-large-django”: “given” names its own question, “deadline”": [
        (LARGE, '{ deadline = ["open"] }')
    ],
    "rules.toml: rules “medium-flask” and “growing-flask” have the same condition": [
        ('option = "medium"\nfavours = "flask"', 'option = "growing"\nfavours = "flask"')
    ],
    "rules.toml: rule “medium-django” is used 2 times": [('id = "medium-flask"', 'id = "medium-django"')],
    "questions.toml: question “size”: option “small” is used 2 times": [('id = "medium"', 'id = "small"')],
    "rules.toml: rule “growing-flask”, passages number 1: expected text, got a number": [(FLEXIBLE, "[7]")],
    "rules.toml: not a TOML file": [(LARGE, "[" * 3000)],
    "passages.toml: passage “ddi-django-rapid”: there is no field “author”": [(RAPID, f'{RAPID}\nauthor = "x"')],
    "questions.toml: question “database”, option “relational”: the field “label” is missing": [
        ('label = "Relational"', "")
    ],
    "rules.toml: rule “growing-flask”, field “favours”: “bottle” is not one of the values it takes": [
        ('option = "growing"\nfavours = "flask"', 'option = "growing"\nfavours = "bottle"')
    ],
    "passages.toml: passage “ddi-flask-simple-apps” must quote between 1 and 45 words": [
        ('quote = "Flask is perfect for developing simple web apps"', f'quote = "{"word " * 46}"')
    ],
    "sources.toml: source “ddi”: “closing” must name passages of this source": [
        ('closing = ["ddi-verdict-django"]', 'closing = ["jonna-verdict-django"]')
    ],
    "sources.toml: source “ddi”: “interest” names “jonna-verdict-django”, which is not a passage of this source": [
        ('interest = ["ddi-verdict-django"]', 'interest = ["jonna-verdict-django"]')
    ],
    "sources.toml: not_said “fastapi”: “words” must name what to search for": [('["FastAPI", "Starlette"]', "[]")],
    "questions.toml: “knows” stands in questions team, api; one question only can decide a tie": [
        ('label = "A full API"', 'label = "A full API"\nknows = "django"')
    ],
    "questions.toml: question “size”: option “unsure” cannot be reached; every question takes “unsure” already": [
        ('id = "medium"', 'id = "unsure"')
    ],
    "questions.toml: question “size”, option “medium” must have a “label” and a “help”, or nobody can choose it": [
        ('label = "Medium"', 'label = " "')
    ],
    "questions.toml: question “size”: option “Medium size”: an “id” begins with a letter and has small letters": [
        ('id = "medium"', 'id = "Medium size"')
    ],
    "sources.toml: not a TOML file: ": [('id = "ddi"', "id = ddi")],
    "rules.toml: part “orm”: question “database” has no option “sql”; it has relational, nosql, mixed, none": [
        (ORM, ORM.replace("relational", "sql"))
    ],
    "rules.toml: part “orm”: “when” names no option of question “database”": [
        (ORM, ORM.replace('["relational", "mixed"]', "[]"))
    ],
    "rules.toml: part “orm” must have a “title”": [(ORM, ORM.replace("Object-relational mapper", " "))],
    "rules.toml: part “migrations”, field “django”: cites passage “jona-django-migrations”, which is not in": [
        (SCHEMA, SCHEMA.replace("jonna-", "jona-"))
    ],
    "rules.toml: part “migrations”, field “django”: cites passage “positiwise-django-no-apis”, which is disputed": [
        (SCHEMA, SCHEMA.replace("jonna-django-migrations", "positiwise-django-no-apis"))
    ],
    "rules.toml: part “migrations”, field “django”, field “status”: “both” is not one of the values it takes": [
        (SCHEMA, SCHEMA.replace("included", "both"))
    ],
    "rules.toml: part “migrations”, field “django”: there is no field “x”": [(SCHEMA, SCHEMA.replace("passages", "x"))],
    "rules.toml: part “tasks”, field “django”: names package “Huey”, which does not stand in the first": [
        ('"Celery"', '"Huey"')
    ],
    "rules.toml: part “migrations”, field “django”: names package “ORM” for a part that is included": [
        (SCHEMA, SCHEMA.replace("included", 'included", package = "ORM'))
    ],
    "rules.toml: guide “flask-tutorial”: “address” must begin with https://, not “http://flask.": [
        (TUTORIAL, TUTORIAL.replace("https", "http"))
    ],
    "questions.toml: question “size”, option “small” must have a “phrase” and a “condition”": [(PHRASE, "")],
    "questions.toml: question “size”, option “medium” must have a “phrase” and a “condition”": [
        ('condition = "it were of medium size"', 'condition = " "')
    ],
    "questions.toml: question “size”: the field “missing” is missing": [(MISSING, "")],
    "questions.toml: the questions must be team, size, database, api, deadline, because the map draws these": [
        ('id = "size"', 'id = "scale"')
    ],
    "rules.toml: rules “tight-small-flask” and “tight-newcomers-flask” have the same condition": [
        ('{ size = ["small"] }', '{ size = ["small", "large"], team = ["django"] }'),
        ('{ team = ["beginners", "newcomers"] }', '{ team = ["django"], size = ["large", "small"] }'),
    ],
    "rules.toml: there is no field “mood”": [("date = 2026", "mood = 1\ndate = 2026")],
    "sources.toml: “closing”: the closing verdicts are a tie": [
        ('closing = ["ddi-verdict-django"]', 'closing = ["ddi-flask-simple-apps"]')
    ],
    "rules.toml: there is no guide to flask": [
        (f'id = "{id}"\nframework = "flask"', f'id = "{id}"\nframework = "django"')
        for id in ("flask-tutorial", "flask-layout", "flask-deployment")
    ],
}


@pytest.mark.parametrize("problem", DAMAGED)
def test_a_damaged_file_is_refused_with_its_entry_named(edited: Edit, problem: str) -> None:
    file, _, _ = problem.partition(":")
    with pytest.raises(RulebookError) as refused:
        load(edited(*((file, old, new) for old, new in DAMAGED[problem])))
    assert f"\n{problem}" in f"\n{refused.value}"


def test_a_missing_file_and_one_that_is_not_text_are_named(edited: Edit) -> None:
    folder = edited()
    (folder / "rules.toml").unlink()
    (folder / "sources.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RulebookError) as refused:
        load(folder)
    one, other = str(refused.value).splitlines()
    assert one.startswith("sources.toml: not a TOML file: ")
    assert other == f"rules.toml: cannot be read in {folder}: No such file or directory"


def test_files_that_are_older_than_a_check_can_still_be_read(edited: Edit) -> None:
    folder = edited(("questions.toml", PHRASE, ""))
    assert read(folder).questions_by_id["size"]["small"].phrase == ""


@pytest.mark.parametrize(
    "path", [(), ("rule", 0), ("question", 0), ("question", 0, "option", 0), ("part", 0, "django")], ids=str
)
def test_an_unknown_field_of_an_archived_rulebook_is_ignored(rulebook: Rulebook, path: tuple[str | int, ...]) -> None:
    content = entry = json.loads(rulebook.content)
    for key in path:
        entry = entry[key]
    entry["mood"] = 1
    decoded = decode(json.dumps(content))
    for field in ("questions", "rules", "parts", "example"):
        assert getattr(decoded, field) == getattr(rulebook, field)


SAID = {
    "comment": ("rules.toml", "# The rules, and", "# Rules, and"),
    "source": ("sources.toml", 'date = "2021"', 'date = "2022"'),
    "quotation": ("passages.toml", "Oracle and MySQL", "Oracle, and MySQL"),
    "label": ("questions.toml", 'label = "Small"', 'label = "Tiny"'),
    "rule": ("rules.toml", "One article says that Django is used for small", "One says that Django is used for small"),
}


@pytest.mark.parametrize("edit", SAID)
def test_the_revision_changes_with_every_word_but_not_with_comments(
    rulebook: Rulebook, edited: Edit, edit: str
) -> None:
    assert (load(edited(SAID[edit])).revision == rulebook.revision) == (edit == "comment")


def test_the_revision_changes_with_the_way_of_counting(rulebook: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    # `rules.load` is also the name of the function.
    monkeypatch.setattr(import_module("rules.load"), "ENGINE", rulebook.engine + 1)
    assert load(DATA).revision != rulebook.revision


def test_a_broken_data_file_stops_the_start_with_a_clear_message(edited: Edit) -> None:
    folder = edited(("rules.toml", FLEXIBLE, "[]"))
    flask = subprocess.run(
        [sys.executable, "-m", "flask", "routes"],
        cwd=DATA.parent,
        env={"DATA_DIR": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert flask.returncode == 1
    assert "rules.toml: rule “growing-flask” cites no passage" in flask.stderr
    assert "Traceback" not in flask.stderr
