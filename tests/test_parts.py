"""What comes with each framework and what is yours to add: complete for all answers, and as the articles say."""

import re

import pytest
from flask.testing import FlaskClient
from markdown_it import MarkdownIt

from rules import Rulebook, recommend
from rules.check import check
from rules.parts import quoted_in_parts
from rules.recommendation import Recommendation, SuppliedPart
from rules.rulebook import FRAMEWORKS, UNSURE, Framework

from .conftest import PROTOTYPE, SHOP, Give
from .support.pages import words

# The parts that each answer calls for; tests are called for by all.
CALLED = {
    ("size", "large"): "tasks",
    ("size", "growing"): "tasks",
    ("database", "relational"): "orm migrations admin accounts database-tests",
    ("database", "mixed"): "orm migrations nosql admin accounts database-tests",
    ("database", "nosql"): "nosql nosql-admin",
    ("api", "none"): "forms templates",
    ("api", "few"): "forms templates endpoints",
    ("api", "full"): "forms templates rest",
    ("api", "service"): "endpoints",
}

# What is plain to everybody who has used them, whether or not an article says so.
INCLUDED = {
    "django": "orm migrations admin accounts forms templates endpoints tests database-tests",
    "flask": "templates endpoints tests",
}

SILENT = {("django", "forms"), ("django", "endpoints"), ("flask", "migrations"), ("flask", "tasks")}


@pytest.fixture(scope="module")
def every_result(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> list[Recommendation]:
    return [recommend(rulebook, answers) for answers in every_answers]


def every_part(rulebook: Rulebook) -> list[tuple[Framework, SuppliedPart]]:
    """Every part as each framework has it."""
    answers = [PROTOTYPE, SHOP, SHOP | {"database": "nosql"}, SHOP | {"database": "mixed"}]
    results = [recommend(rulebook, each) for each in answers]
    found = {
        (framework, part.id): part for result in results for framework in FRAMEWORKS for part in result.parts[framework]
    }
    assert {id for _, id in found} == {part.id for part in rulebook.parts}
    return [(framework, part) for (framework, _), part in found.items()]


def test_every_combination_has_the_parts_that_its_answers_call_for(every_result: list[Recommendation]) -> None:
    assert len(every_result) == 3499
    for result in every_result:
        called = {"tests"}.union(*(CALLED.get(answer, "").split() for answer in result.answers.items()))
        for framework in FRAMEWORKS:
            ids = [part.id for part in result.parts[framework]]
            assert set(ids) == called
            assert len(ids) == len(called), "a part is listed twice"


def test_every_part_is_included_or_to_be_added_and_never_both(every_result: list[Recommendation]) -> None:
    for result in every_result:
        for framework in FRAMEWORKS:
            for part in result.parts[framework]:
                assert (part.status == "included") == (part.id in INCLUDED[framework].split())
                assert not (part.status == "included" and part.package)


def test_every_part_has_its_quotation_or_is_one_that_no_article_speaks_of(
    rulebook: Rulebook, every_result: list[Recommendation]
) -> None:
    for result in every_result:
        for framework in FRAMEWORKS:
            for part in result.parts[framework]:
                assert bool(part.passages) != ((framework, part.id) in SILENT)
                assert all(passage.source in result.sources_by_id for passage in part.passages)
                assert not any(passage.disputed for passage in part.passages)


def test_a_package_is_named_only_where_an_article_names_it(rulebook: Rulebook) -> None:
    packages = {(framework, part.package): part for framework, part in every_part(rulebook) if part.package}
    assert set(packages) == {
        ("flask", "SQLAlchemy"),
        ("flask", "Flask-PyMongo"),
        ("flask", "Flask-Login"),
        ("flask", "Flask-RESTful"),
        ("django", "Django REST framework"),
        ("django", "Celery"),
    }
    for (_, package), part in packages.items():
        assert package in part.passages[0].quote


def test_a_package_that_is_no_longer_kept_is_said_to_be_so(rulebook: Rulebook) -> None:
    notes = {part.package: part.note for _, part in every_part(rulebook)}
    assert "no release since 2023" in notes["Flask-RESTful"]


def test_the_guides_are_three_official_pages_of_the_verdict(every_result: list[Recommendation]) -> None:
    official = {"django": "https://docs.djangoproject.com/en/stable/", "flask": "https://flask.palletsprojects.com/"}
    for result in every_result:
        assert [guide.framework for guide in result.guides] == [result.verdict] * 3
        assert all(guide.address.startswith(official[result.verdict]) for guide in result.guides)
        assert all(guide.known <= guide.known.today() for guide in result.guides)


def test_a_passage_that_only_a_part_cites_counts_as_shown(rulebook: Rulebook) -> None:
    assert "ddi-django-celery" in quoted_in_parts(rulebook)
    assert check(rulebook).problems == []


@pytest.mark.parametrize("answers", [PROTOTYPE, SHOP, SHOP | {"database": "nosql", "team": UNSURE}], ids=str)
def test_page_record_and_terminal_say_what_comes_with_the_verdict(
    client: FlaskClient, give: Give, answers: dict[str, str]
) -> None:
    link = give(answers)
    record = client.get(f"{link}.json").get_json()
    page = words(client.get(link).text)
    decision = words(MarkdownIt("commonmark").render(client.get(f"{link}.md").text))
    options = [argument for question, answer in answers.items() for argument in (f"--{question}", answer)]
    terminal = " ".join(client.application.test_cli_runner().invoke(args=["recommend", *options]).output.split())
    for part in record["parts"][record["verdict"]]:
        says = "included" if part["status"] == "included" else "yours to add"
        quotes = [passage["quote"] for passage in part["passages"]] or ["None of the articles says so."]
        for text in (page, terminal):
            assert f"{part['title']}: {says}" in text
            assert quotes[0] in text
            assert part["note"] in text
        assert all(quote in page for quote in quotes)
        line = "Yours to add to" if part["status"] == "add" else "Comes with"
        assert re.search(rf"{line} \w+: [^*]*{re.escape(part['title'])}", decision)
    for part in record["parts"]["flask" if record["verdict"] == "django" else "django"]:
        assert all(part["title"] in text and part["package"] in text for text in (page, terminal))
    for guide in record["guides"]:
        assert f'href="{guide["address"]}"' in client.get(link).text
        assert guide["title"] in decision
        assert guide["address"] in terminal


def test_a_part_is_one_folded_line_and_what_is_left_open_is_said(client: FlaskClient, give: Give) -> None:
    page = client.get(give(SHOP)).text
    assert re.search(r"<details><summary>Migrations: included</summary>", page)
    assert "What is left open" not in page
    assert "What is left open may call for more." in client.get(give(SHOP | {"database": UNSURE})).text


def test_the_rulebook_page_says_which_answers_call_for_a_part(client: FlaskClient) -> None:
    page = words(client.get("/rules").text)
    assert "Background tasks Called for by Project size: “Large” or “Growing”." in page
    assert "Flask: yours to add. None of the articles says so." in page
