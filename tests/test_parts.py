"""What comes with each framework and what is yours to add: complete for all answers, and as the articles say."""

import re

import pytest
from flask.testing import FlaskClient
from markdown_it import MarkdownIt

from rules import Rulebook, recommend
from rules.passages import FRAMEWORKS, Framework
from rules.recommend import supplied
from rules.recommendation import SuppliedPart
from rules.rulebook import UNSURE

from .conftest import PROTOTYPE, SHOP, Answers, Give
from .support.pages import words

Parts = list[tuple[Framework, SuppliedPart]]

# The parts that each answer calls for; tests are called for by all. Where SQL is written by hand nothing calls for a
# mapper.
CALLED = {
    ("size", "large"): "tasks",
    ("size", "growing"): "tasks",
    ("database", "relational"): "orm migrations database-tests",
    ("database", "mixed"): "database-tests",
    ("database", "nosql"): "nosql",
    ("api", "none"): "forms templates",
    ("api", "few"): "forms templates endpoints",
    ("api", "full"): "forms templates rest",
    ("api", "service"): "endpoints",
}

# The parts that a database calls for where people use pages; a service has none.
WITH_PAGES = {"relational": "admin accounts", "mixed": "admin accounts", "nosql": "nosql-admin"}
PAGES = ("none", "few", "full")

# What is plain to everybody who has used them, whether or not an article says so.
INCLUDED = {
    "django": "orm migrations admin accounts forms templates endpoints tests database-tests",
    "flask": "templates endpoints tests",
}

# No article speaks of these.
SILENT = {("django", "forms"), ("django", "endpoints"), ("flask", "migrations"), ("flask", "tasks")}

# Each does the whole of the part, and is kept up.
PACKAGES = {("django", "rest"): "Django REST framework", ("django", "tasks"): "Celery", ("flask", "orm"): "SQLAlchemy"}


@pytest.fixture(scope="module")
def every_part(rulebook: Rulebook) -> Parts:
    """Every part as each framework has it."""
    return [(side, supplied(rulebook, part, side)) for part in rulebook.parts for side in FRAMEWORKS]


def test_every_combination_has_the_parts_that_its_answers_call_for(
    rulebook: Rulebook, every_answers: list[Answers]
) -> None:
    for answers in every_answers:
        called = ["tests", *(id for answer in answers.items() for id in CALLED.get(answer, "").split())]
        called += WITH_PAGES.get(answers["database"], "").split() if answers["api"] in PAGES else []
        for parts in recommend(rulebook, answers).parts.values():
            assert sorted(part.id for part in parts) == sorted(set(called))


def test_every_part_is_included_quoted_and_packaged_as_is_plain_to_everybody(every_part: Parts) -> None:
    for framework, part in every_part:
        assert (part.status == "included") == (part.id in INCLUDED[framework].split())
    assert {(framework, part.id) for framework, part in every_part if not part.passages} == SILENT
    assert {(framework, part.id): part.package for framework, part in every_part if part.package} == PACKAGES


@pytest.mark.parametrize("answers", [PROTOTYPE, SHOP, SHOP | {"database": "nosql", "team": UNSURE}], ids=str)
def test_page_and_record_say_what_comes_with_the_verdict(client: FlaskClient, give: Give, answers: Answers) -> None:
    link = give(answers)
    record = client.get(f"{link}.json").get_json()
    html = client.get(link).text
    page = words(html)
    decision = words(MarkdownIt("commonmark").render(client.get(f"{link}.md").text))
    for part in record["parts"][record["verdict"]]:
        says = "included" if part["status"] == "included" else "yours to add"
        quotes = [passage["quote"] for passage in part["passages"]] or ["Not from the articles; see the documentation."]
        assert all(text in page for text in (f"{part['title']}: {says}", part["note"], *quotes))
        head = "You add" if part["status"] == "add" else f"Comes with {record['verdict'].title()}"
        for text in (page, decision):
            assert re.search(rf"{head}: [^.]*{re.escape(part['title'])}", text)
        assert part["note"] in decision
    for part in record["parts"]["flask" if record["verdict"] == "django" else "django"]:
        assert all(text in page for text in (part["title"], part["package"]))
    assert {guide["framework"] for guide in record["guides"]} == {record["verdict"]}
    assert all(f'href="{guide["address"]}"' in html for guide in record["guides"])
    assert ("What is left open may call for more." in page) == (UNSURE in answers.values())
