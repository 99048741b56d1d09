"""Parts and guides in the data files: every problem names the file, the entry and the field."""

import pytest

from rules import Rulebook, RulebookError, load

from .conftest import Edit

ORM = 'id = "orm"\ntitle = "Object-relational mapper"\nwhen = { database = ["relational", "mixed"] }'
MIGRATIONS = 'django = { status = "included", passages = ["jonna-django-migrations"] }'
CELERY = 'package = "Celery"'
TUTORIAL = 'address = "https://flask.palletsprojects.com/en/stable/tutorial/"'

DAMAGED = {
    "unknown question": (
        (ORM, ORM.replace("database =", "store =")),
        "rules.toml: part “orm”: there is no question “store”",
    ),
    "unknown option": (
        (ORM, ORM.replace("relational", "sql")),
        "rules.toml: part “orm”: question “database” has no option “sql”; it has relational, nosql, mixed, none",
    ),
    "empty condition": (
        (ORM, ORM.replace('["relational", "mixed"]', "[]")),
        "rules.toml: part “orm”: “when” names no option of question “database”",
    ),
    "no title": (
        (ORM, ORM.replace("Object-relational mapper", " ")),
        "rules.toml: part “orm” must have a “title”",
    ),
    "unknown passage": (
        (MIGRATIONS, MIGRATIONS.replace("jonna-", "jona-")),
        "rules.toml: part “migrations”, field “django”: cites passage “jona-django-migrations”, which is not in",
    ),
    "disputed passage": (
        (MIGRATIONS, MIGRATIONS.replace("jonna-django-migrations", "positiwise-django-no-apis")),
        "rules.toml: part “migrations”, field “django”: cites passage “positiwise-django-no-apis”, which is disputed",
    ),
    "bad status": (
        (MIGRATIONS, MIGRATIONS.replace("included", "both")),
        "rules.toml: part “migrations”, field “django”, field “status”: “both” is not one of the values it takes",
    ),
    "unknown field": (
        (MIGRATIONS, MIGRATIONS.replace("passages", "quotes")),
        "rules.toml: part “migrations”, field “django”: there is no field “quotes”",
    ),
    "package that no article names": (
        (CELERY, 'package = "Huey"'),
        "rules.toml: part “tasks”, field “django”: names package “Huey”, which does not stand in the first",
    ),
    "package of an included part": (
        (MIGRATIONS, MIGRATIONS.replace("included", 'included", package = "ORM')),
        "rules.toml: part “migrations”, field “django”: names package “ORM” for a part that is included",
    ),
    "duplicate part": (
        ('id = "migrations"', 'id = "orm"'),
        "rules.toml: part “orm” is used 2 times",
    ),
    "address that is not https": (
        (TUTORIAL, TUTORIAL.replace("https", "http")),
        "rules.toml: guide “flask-tutorial”: “address” must begin with https://, not “http://flask.",
    ),
}


@pytest.mark.parametrize(("edit", "problem"), DAMAGED.values(), ids=DAMAGED)
def test_an_error_in_a_part_names_file_entry_and_field(edited: Edit, edit: tuple[str, str], problem: str) -> None:
    with pytest.raises(RulebookError) as refused:
        load(edited(("rules.toml", *edit)))
    assert problem in str(refused.value)


def test_a_framework_without_guides_is_an_error(rulebook: Rulebook, edited: Edit) -> None:
    edits = [
        ("rules.toml", f'id = "{guide.id}"\nframework = "flask"', f'id = "{guide.id}"\nframework = "django"')
        for guide in rulebook.guides
        if guide.framework == "flask"
    ]
    with pytest.raises(RulebookError, match="there is no guide to flask"):
        load(edited(*edits))
