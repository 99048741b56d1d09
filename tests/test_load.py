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
SANDBOX = 'passages = ["ddi-flask-sandbox", "ddi-flask-for-testing"]'
GROWING = 'also = ["positiwise-both-scalable", '
PROTOTYPING = 'passages = ["hostit-flask-pro-prototyping", "hostit-flask-when-mvp"]'
BECAUSE_YES = 'because = "All five articles name the admin'
IF_YES = '"ddi-django-main-functionality",\n    "indepth-django-admin",\n'
LARGE = 'given = { size = ["large"] }'
ORM = 'id = "orm"\ntitle = "Object-relational mapper"\nwhen = { database = ["relational"] }'
MIGRATIONS = 'django = { status = "included", passages = ["jonna-django-migrations"] }'
CELERY = 'package = "Celery"'
VERDICT = 'id = "ddi-verdict-django"\nsource = "ddi"\nfavours = '
TUTORIAL = 'address = "https://flask.palletsprojects.com/en/stable/tutorial/"'
PHRASE = 'phrase = "a small project"\n'
NORMAL = '[[question.option]]\nid = "normal"\n'
EXCEPTION = 'exception = "except for learning"\n'
MISSING = 'missing = "Say how big the project will be, or that you are not sure yet"\n'

FIRST_ADVICE = '[[advice]]\nid = "kinds"'
SECOND_WHAT_IF = """
[[what_if]]
id = "two"
title = "Two?"
help = "Two."
yes = { meaning = "Yes.", favours = "django", because = "So.", passages = ["indepth-django-admin"] }
no = { meaning = "No.", favours = "flask", because = "So.", passages = ["ddi-flask-sandbox"] }

"""
RULE = """
[[rule]]
id = "{}"
question = "deadline"
option = "open"
given = {}
favours = "flask"
because = "So."
passages = ["ddi-flask-sandbox"]

"""
ONE = RULE.format("one", '{ size = ["small", "large"], team = ["django"] }')
TWO = RULE.format("two", '{ team = ["django"], size = ["large", "small"] }')

# What a problem begins with, and the edits that cause it.
DAMAGED: dict[str, list[tuple[str, str, str]]] = {
    "rules.toml: rule “open-flask” cites passage “ddi-sandbox”, which is not in passages.toml": [
        ("rules.toml", SANDBOX, SANDBOX.replace("ddi-flask-sandbox", "ddi-sandbox"))
    ],
    "rules.toml: rule “growing-django” cites passage “positiwise-scalable”, which is not in passages.toml": [
        ("rules.toml", GROWING, GROWING.replace("positiwise-both-scalable", "positiwise-scalable"))
    ],
    "rules.toml: rule “growing-django” cites passage “ddi-django-grows-with” 2 times": [
        ("rules.toml", GROWING, GROWING.replace("positiwise-both-scalable", "ddi-django-grows-with"))
    ],
    "rules.toml: rule “open-flask” cites passage “ddi-flask-sandbox” 2 times": [
        ("rules.toml", SANDBOX, SANDBOX.replace("ddi-flask-for-testing", "ddi-flask-sandbox"))
    ],
    "rules.toml: rule “tight-small-flask” has no “passages” of its own; “also” alone is no rule": [
        ("rules.toml", PROTOTYPING, f"passages = []\n{PROTOTYPING.replace('passages', 'also')}")
    ],
    "rules.toml: what_if “admin”, field “yes” favours django, but cites passage “ddi-flask-sandbox”, which favours": [
        ("rules.toml", IF_YES, IF_YES + '    "ddi-flask-sandbox",\n')
    ],
    "rules.toml: what_if “admin”, field “yes” cites passage “indepth-django-admin” 2 times": [
        ("rules.toml", BECAUSE_YES, f'also = ["indepth-django-admin"]\n{BECAUSE_YES}')
    ],
    "rules.toml: there is more than one what_if; a result has room for one": [
        ("rules.toml", FIRST_ADVICE, SECOND_WHAT_IF + FIRST_ADVICE)
    ],
    "sources.toml: source “jonna” must have both “excepts” and “exception”, or neither": [
        ("sources.toml", EXCEPTION, "")
    ],
    "sources.toml: source “hostit” must have both “excepts” and “exception”, or neither": [
        ("sources.toml", 'closing = ["hostit-depends-build"]', f'closing = ["hostit-depends-build"]\n{EXCEPTION}')
    ],
    "sources.toml: source “jonna”: question “deadline” has no option “free”; it has tight, normal, open": [
        ("sources.toml", 'excepts = { deadline = ["open"] }', 'excepts = { deadline = ["free"] }')
    ],
    "passages.toml: passage “ddi-django-rapid” is of source “dd1”, which is not in sources.toml": [
        ("passages.toml", 'id = "ddi-django-rapid"\nsource = "ddi"', 'id = "ddi-django-rapid"\nsource = "dd1"')
    ],
    "passages.toml: passage “ddi-flask-simple-apps” is not cited": [("rules.toml", '"ddi-flask-simple-apps", ', "")],
    "rules.toml: rule “open-flask” favours flask, but cites passage “ddi-django-rapid”": [
        ("rules.toml", SANDBOX, SANDBOX.replace("ddi-flask-for-testing", "ddi-django-rapid"))
    ],
    "rules.toml: rule “open-flask” cites no passage": [("rules.toml", SANDBOX, "passages = []")],
    "questions.toml: question “deadline”, option “x” has no rule": [
        ("questions.toml", NORMAL, NORMAL.replace("normal", "x") + 'label = "X"\n\n' + NORMAL)
    ],
    "questions.toml: question “deadline”, option “open” says that the articles are silent": [
        ("questions.toml", 'help = "Nobody waits', 'silent = "Nothing."\nhelp = "Nobody waits')
    ],
    "rules.toml: rule “small-flask”: there is no question “sise”": [
        ("rules.toml", SMALL, SMALL.replace('"size"', '"sise"'))
    ],
    "rules.toml: rule “small-flask”: question “size” has no option “unsure”": [
        ("rules.toml", SMALL, SMALL.replace('option = "small"', 'option = "unsure"'))
    ],
    "rules.toml: rule “tight-large-django”: “given” names its own question, “deadline”": [
        ("rules.toml", LARGE, 'given = { deadline = ["open"] }')
    ],
    "rules.toml: rules “small-flask” and “medium-flask” have the same condition": [
        ("rules.toml", 'option = "medium"\nfavours = "flask"', 'option = "small"\nfavours = "flask"')
    ],
    "rules.toml: rule “medium-django” is used 2 times": [("rules.toml", 'id = "medium-flask"', 'id = "medium-django"')],
    "questions.toml: question “size”: option “small” is used 2 times": [
        ("questions.toml", 'id = "medium"', 'id = "small"')
    ],
    "rules.toml: rule “open-flask”, passages number 1: expected text, got a number": [
        ("rules.toml", SANDBOX, "passages = [7]")
    ],
    "rules.toml: not a TOML file": [("rules.toml", LARGE, f"given = {'[' * 3000}")],
    "passages.toml: passage “ddi-django-rapid”: there is no field “author”": [
        ("passages.toml", 'id = "ddi-django-rapid"', 'id = "ddi-django-rapid"\nauthor = "x"')
    ],
    "questions.toml: question “database”, option “relational”: the field “label” is missing": [
        ("questions.toml", 'label = "Relational"\n', "")
    ],
    "rules.toml: rule “medium-flask”, field “favours”: “bottle” is not one of the values it takes": [
        ("rules.toml", 'option = "medium"\nfavours = "flask"', 'option = "medium"\nfavours = "bottle"')
    ],
    "passages.toml: passage “ddi-flask-simple-apps” must quote between 1 and 45 words": [
        ("passages.toml", 'quote = "Flask is perfect for developing simple web apps"', f'quote = "{"word " * 46}"')
    ],
    "sources.toml: source “ddi”: “closing” must name passages of this source": [
        ("sources.toml", 'closing = ["ddi-verdict-django"]', 'closing = ["jonna-verdict-django"]')
    ],
    "sources.toml: source “ddi”: “interest” names “jonna-verdict-django”, which is not a passage of this source": [
        ("sources.toml", 'interest = ["ddi-verdict-django"]', 'interest = ["jonna-verdict-django"]')
    ],
    "sources.toml: not_said “fastapi”: “words” must name what to search for": [
        ("sources.toml", 'words = ["FastAPI", "Starlette"]', "words = []")
    ],
    "questions.toml: “knows” stands in questions team, api; one question only can decide a tie": [
        ("questions.toml", 'label = "A full API"', 'label = "A full API"\nknows = "django"')
    ],
    "questions.toml: question “size”: option “unsure” cannot be reached; every question takes “unsure” already": [
        ("questions.toml", 'id = "medium"', 'id = "unsure"')
    ],
    "questions.toml: question “size”, option “medium” must have a “label” and a “help”, or nobody can choose it": [
        ("questions.toml", 'label = "Medium"', 'label = " "')
    ],
    "questions.toml: question “size”: option “Medium size”: an “id” begins with a letter and has small letters": [
        ("questions.toml", 'id = "medium"', 'id = "Medium size"')
    ],
    "sources.toml: not a TOML file: ": [("sources.toml", 'id = "ddi"', "id = ddi")],
    "rules.toml: part “orm”: question “database” has no option “sql”; it has relational, nosql, mixed, none": [
        ("rules.toml", ORM, ORM.replace("relational", "sql"))
    ],
    "rules.toml: part “orm”: “when” names no option of question “database”": [
        ("rules.toml", ORM, ORM.replace('["relational"]', "[]"))
    ],
    "rules.toml: part “orm” must have a “title”": [("rules.toml", ORM, ORM.replace("Object-relational mapper", " "))],
    "rules.toml: part “migrations”, field “django”: cites passage “jona-django-migrations”, which is not in": [
        ("rules.toml", MIGRATIONS, MIGRATIONS.replace("jonna-", "jona-"))
    ],
    "rules.toml: part “migrations”, field “django”: cites passage “positiwise-django-no-apis”, which is disputed": [
        ("rules.toml", MIGRATIONS, MIGRATIONS.replace("jonna-django-migrations", "positiwise-django-no-apis"))
    ],
    "rules.toml: part “migrations”, field “django”, field “status”: “both” is not one of the values it takes": [
        ("rules.toml", MIGRATIONS, MIGRATIONS.replace("included", "both"))
    ],
    "rules.toml: part “migrations”, field “django”: there is no field “quotes”": [
        ("rules.toml", MIGRATIONS, MIGRATIONS.replace("passages", "quotes"))
    ],
    "rules.toml: part “tasks”, field “django”: names package “Huey”, which does not stand in the first": [
        ("rules.toml", CELERY, 'package = "Huey"')
    ],
    "rules.toml: part “migrations”, field “django”: names package “ORM” for a part that is included": [
        ("rules.toml", MIGRATIONS, MIGRATIONS.replace("included", 'included", package = "ORM'))
    ],
    "rules.toml: guide “flask-tutorial”: “address” must begin with https://, not “http://flask.": [
        ("rules.toml", TUTORIAL, TUTORIAL.replace("https", "http"))
    ],
    "questions.toml: question “size”, option “small” must have a “phrase” and a “condition”": [
        ("questions.toml", PHRASE, "")
    ],
    "questions.toml: question “size”, option “medium” must have a “phrase” and a “condition”": [
        ("questions.toml", 'condition = "it were medium-sized"', 'condition = " "')
    ],
    "questions.toml: question “size”: the field “missing” is missing": [("questions.toml", MISSING, "")],
    "questions.toml: the questions must be team, size, database, api, deadline, because the map draws these": [
        ("questions.toml", 'id = "size"', 'id = "scale"')
    ],
    "rules.toml: rules “one” and “two” have the same condition": [
        ("rules.toml", FIRST_ADVICE, ONE + TWO + FIRST_ADVICE)
    ],
    "rules.toml: there is no field “mood”": [("rules.toml", "date = 2026", "mood = 1\ndate = 2026")],
    "sources.toml: “closing”: the closing verdicts are a tie": [
        ("passages.toml", f'{VERDICT}"django"', f'{VERDICT}"flask"')
    ],
    "rules.toml: there is no guide to flask": [
        ("rules.toml", f'id = "{id}"\nframework = "flask"', f'id = "{id}"\nframework = "django"')
        for id in ("flask-tutorial", "flask-layout", "flask-deployment")
    ],
}


@pytest.mark.parametrize("problem", DAMAGED)
def test_a_damaged_file_is_refused_with_its_entry_named(edited: Edit, problem: str) -> None:
    with pytest.raises(RulebookError) as refused:
        load(edited(*DAMAGED[problem]))
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


@pytest.mark.parametrize("path", [(), ("rule", 0), ("question", 0, "option", 0), ("part", 0, "django")], ids=str)
def test_an_unknown_field_of_an_archived_rulebook_is_ignored(rulebook: Rulebook, path: tuple[str | int, ...]) -> None:
    content = entry = json.loads(rulebook.content)
    for key in path:
        entry = entry[key]
    entry["mood"] = 1
    decoded = decode(json.dumps(content))
    for field in ("questions", "rules", "parts", "example"):
        assert getattr(decoded, field) == getattr(rulebook, field)


SAID = {
    "comment": ("rules.toml", "# The rules; the", "# Rules; the"),
    "source": ("sources.toml", 'date = "2021"', 'date = "2022"'),
    "quotation": ("passages.toml", "Oracle and MySQL", "Oracle, and MySQL"),
    "label": ("questions.toml", 'label = "Small"', 'label = "Tiny"'),
    "rule": ("rules.toml", "One article likes Flask for trying", "One likes Flask for trying"),
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
    folder = edited(("rules.toml", SANDBOX, "passages = []"))
    flask = subprocess.run(
        [sys.executable, "-m", "flask", "routes"],
        cwd=DATA.parent,
        env={"DATA_DIR": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert flask.returncode == 1
    assert "rules.toml: rule “open-flask” cites no passage" in flask.stderr
    assert "Traceback" not in flask.stderr
