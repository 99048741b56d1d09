"""Loading the data files: every problem is reported in an editor's words."""

import json
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from rules import Rulebook, RulebookError, load
from rules.load import decode

from .conftest import DATA, Edit
from .support.servers import ROOT

SMALL = 'id = "small-flask"\nquestion = "size"\noption = "small"'
SANDBOX = 'passages = ["ddi-flask-sandbox", "ddi-flask-for-testing"]'
GROWING = 'also = ["positiwise-both-scalable", '
PROTOTYPING = 'passages = ["hostit-flask-pro-prototyping", "hostit-flask-when-mvp"]'
IF_YES = '"ddi-django-main-functionality",\n    "indepth-django-admin",\n'
LARGE = 'given = { size = ["large"] }'
ORM = '"Object-relational mapper"\nwhen = { database = ["relational"] }'
MIGRATIONS = 'django = { status = "included", passages = ["jonna-django-migrations"] }'
CELERY = 'package = "Celery"'
TUTORIAL = 'address = "https://flask.palletsprojects.com/en/stable/tutorial/"'
EXAMPLE = 'example = { size = "small", '
DATE = "\ndate = 2026"
DISPUTED = "part “migrations”, field “django”: cites passage “positiwise-django-no-apis”, which is disputed"
FULL = 'label = "A full API"'
NORMAL = '[[question.option]]\nid = "normal"\n'
PHRASE = 'phrase = "a small project"\n'
SIMPLE = 'quote = "Flask is perfect for developing simple web apps"'
VERDICT = 'id = "ddi-verdict-django"\nsource = "ddi"\nfavours = "{}"'

FIRST_ADVICE = '[[advice]]\nid = "kinds"'
SECOND_WHAT_IF = f"""
[[what_if]]
id = "two"
title = "Two?"
help = "Two."
yes = {{ meaning = "Yes.", favours = "django", because = "So.", passages = ["indepth-django-admin"] }}
no = {{ meaning = "No.", favours = "flask", because = "So.", passages = ["ddi-flask-sandbox"] }}

{FIRST_ADVICE}"""
SOURCE = '[[source]]\nid = "s{}"\nname = "S"\ntitle = "S"\ndocument = "s.txt"\nclosing = ["ddi-django-rapid"]\n'
NINE_SOURCES = "".join(SOURCE.format(number) for number in range(4)) + '[[source]]\nid = "ddi"'
# By file: a text, what takes its place, and what the problem that is found begins with.
DAMAGED: dict[str, list[tuple[str, str, str]]] = {
    "sources.toml": [
        ('["hostit-depends-build"]', '["hostit-depends-build"]\nexception = "but"', "source “hostit” must have both"),
        ('closing = ["ddi-v', 'closing = ["jonna-v', "source “ddi”: “closing” must name passages of this source"),
        ('words = ["FastAPI", "Starlette"]', "words = []", "not_said “fastapi”: “words” must name what to search for"),
        ('id = "ddi"', "id = ddi", "not a TOML file: "),
        ('id = "ddi"', 'id = "D\\ni"', "source “D i”: an “id” begins with a letter"),
        ('name = "DDI"', 'name = "D\\nI"', "source “ddi”: “name” must be one line of at most 40 letters"),
        ('address = "https://www.h', 'address = "https://[h', "source “hostit”: “address” must be an https address"),
        ('[[source]]\nid = "ddi"', NINE_SOURCES, "there are more than 8 sources; a result has no room for more"),
    ],
    "passages.toml": [
        (SIMPLE, f'quote = "{"word " * 46}"', "passage “ddi-flask-simple-apps” must quote at most 45 words"),
    ],
    "questions.toml": [
        (NORMAL, f'{NORMAL[:-8]}x"\nlabel = "X"\n\n{NORMAL}', "question “deadline”, option “x” has no rule"),
        ('help = "Nobody', 'silent = "No."\nhelp = "Nobody', "question “deadline”, option “open” says that the"),
        ('id = "medium"', 'id = "unsure"', "question “size”: option “unsure” is used 2 times; ids must be unique"),
        ('label = "Relational"\n', "", "question “database”, option “relational”: the field “label” is missing"),
        ('label = "Medium"', 'label = " "', "question “size”, option “medium”, field “label”: expected a text"),
        (PHRASE, "", "question “size”, option “small” must have a “help”, a “phrase” and a “condition”"),
        (FULL, f'{FULL}\nknows = "django"', "“knows” stands in questions team, api; one question only can decide"),
        ('id = "size"', 'id = "scale"', "the questions must be team, size, database, api, deadline, because the map"),
    ],
    "rules.toml": [
        (SANDBOX, 'passages = ["ddi-sandbox"]', "rule “open-flask” cites passage “ddi-sandbox”, which is not in"),
        (SANDBOX, "passages = [7]", "rule “open-flask”, passages number 1: expected text, got a number"),
        (SANDBOX, 'passages = ["ddi-django-rapid"]', "rule “open-flask” favours flask, but its passage “ddi-django-"),
        (GROWING, f'{GROWING}"ddi-django-grows-with", ', "rule “growing-django” cites passage “ddi-django-grows"),
        (PROTOTYPING, f"passages = []\nalso{PROTOTYPING[8:]}", "rule “tight-small-flask” has no “passages” of its own"),
        (IF_YES, f'{IF_YES}"ddi-flask-sandbox",', "what_if “admin”, field “yes” favours django, but its passage"),
        (FIRST_ADVICE, SECOND_WHAT_IF, "there is more than one what_if; a result has room for one"),
        (SMALL, SMALL.replace('"small"', '"medium"'), "rules “small-flask” and “medium-flask” have the same condition"),
        (SMALL, SMALL.replace('"small"', '"unsure"'), "rule “small-flask”: question “size” has no option “unsure”"),
        (LARGE, 'given = { deadline = ["open"] }', "rule “tight-large-django”: “given” names its own question"),
        (ORM, ORM.replace('["relational"]', "[]"), "part “orm”: “when” names no option of question “database”"),
        (MIGRATIONS, MIGRATIONS.replace("jonna-", "jona-"), "part “migrations”, field “django”: cites passage “jona-"),
        (MIGRATIONS, MIGRATIONS.replace("jonna-django-migrations", "positiwise-django-no-apis"), DISPUTED),
        (MIGRATIONS, MIGRATIONS.replace('d"', 'd", package = "ORM"'), "part “migrations”, field “django”: names"),
        (CELERY, 'package = "Huey"', "part “tasks”, field “django”: names package “Huey”, which does not stand in the"),
        (TUTORIAL, TUTORIAL.replace("https", "http"), "guide “flask-tutorial”: “address” must be an https address"),
        (EXAMPLE, EXAMPLE.replace("small", "huge"), "example: “size” must be answered with one of small, medium"),
        (EXAMPLE, EXAMPLE.replace("size", 'colour = "red", size'), "example: there is no question “colour”"),
        (DATE, f"\nmood = 1{DATE}", "there is no field “mood”"),
    ],
}


CASES = {f"{file}: {edit[2]}": (file, edit) for file, edits in DAMAGED.items() for edit in edits}


@pytest.mark.parametrize(("file", "edit"), CASES.values(), ids=CASES)
def test_a_damaged_file_is_refused_with_its_entry_named(edited: Edit, file: str, edit: tuple[str, str, str]) -> None:
    old, new, problem = edit
    with pytest.raises(RulebookError) as refused:
        load(edited((file, old, new)))
    assert f"\n{file}: {problem}" in f"\n{refused.value}"


# Problems of one file that an edit of another causes, or several edits together.
TOGETHER = {
    "passages.toml: passage “ddi-flask-simple-apps” is not cited": [("rules.toml", '"ddi-flask-simple-apps", ', "")],
    "questions.toml: question “deadline”, option “open” has no rule without “given”": [
        ("rules.toml", SANDBOX, f'given = {{ size = ["small"] }}\n{SANDBOX}')
    ],
    "sources.toml: “closing”: the closing verdicts are a tie": [
        ("passages.toml", VERDICT.format("django"), VERDICT.format("flask"))
    ],
    "rules.toml: there is no guide to flask": [
        ("rules.toml", f'id = "{id}"\nframework = "flask"', f'id = "{id}"\nframework = "django"')
        for id in ("flask-tutorial", "flask-layout", "flask-deployment")
    ],
}


@pytest.mark.parametrize("problem", TOGETHER)
def test_what_the_files_say_together_is_checked(edited: Edit, problem: str) -> None:
    with pytest.raises(RulebookError, match=problem):
        load(edited(*TOGETHER[problem]))


def test_a_missing_file_and_one_that_is_not_text_are_named(edited: Edit) -> None:
    folder = edited()
    (folder / "rules.toml").unlink()
    (folder / "sources.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(RulebookError) as refused:
        load(folder)
    one, other = str(refused.value).splitlines()
    assert one.startswith("sources.toml: not a TOML file: ")
    assert other == f"rules.toml: cannot be read in {folder}: No such file or directory"


def test_a_data_file_may_begin_with_a_byte_order_mark(tmp_path: Path, rulebook: Rulebook) -> None:
    for path in DATA.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8-sig")
    assert load(tmp_path).revision == rulebook.revision


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
    "label": ("questions.toml", 'label = "Small"', 'label = "Tiny"'),
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


def test_the_project_may_be_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "feature%2Fx #1?"
    for name in ("questionnaire", "rules", "templates", "static", "data"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "app.py", folder)
    probe = "from app import create_app; print(create_app().test_client().get('/healthz').status)"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    run = subprocess.run([sys.executable, "-c", probe], cwd=folder, env=environment, capture_output=True, text=True)
    assert run.stdout == "200 OK\n", run.stderr
    assert list(tmp_path.rglob("results.sqlite")) == [folder / "instance" / "results.sqlite"]
