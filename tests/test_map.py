"""The map: every complete combination is in it, with its verdict, and leads to its result."""

import re

import pytest
from flask.testing import FlaskClient

from questionnaire.results.codes import code_of
from rules import Rulebook
from rules.judge import judge

from .conftest import SHOP, Give, code_of_link
from .support.pages import words

CELL = re.compile(r'<a tabindex="-1" href="/r/(\w+)" class="spot ([\w ]+)" title="([^"]+)">([\d=]+)</a>')


@pytest.fixture(scope="module")
def complete(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """The answers of every complete combination, by code."""
    return {code_of(rulebook, answers): answers for answers in every_answers if "unsure" not in answers.values()}


def test_every_complete_combination_is_a_cell_with_its_verdict(
    client: FlaskClient, rulebook: Rulebook, complete: dict[str, dict[str, str]]
) -> None:
    cells = CELL.findall(client.get("/map").text)
    assert len(cells) == len(complete)
    assert {code for code, *_ in cells} == set(complete)
    for code, classes, title, text in cells:
        judgement = judge(rulebook, complete[code])
        most, least = sorted((judgement.votes.django, judgement.votes.flask), reverse=True)
        assert text == (str(most - least) if most > least else "=")
        assert classes == (f"{judgement.verdict} {judgement.strength}" if most > least else "tie")
        assert title.endswith(f", {most} vote{'s' if most > 1 else ''} to {least}")
        for question, answer in complete[code].items():
            assert rulebook.questions_by_id[question][answer].label in title


def test_a_cell_leads_to_the_result_of_its_answers(client: FlaskClient, complete: dict[str, dict[str, str]]) -> None:
    for code, *_ in CELL.findall(client.get("/map").text)[::100]:
        assert client.get(f"/r/{code}.json").get_json()["answers"] == complete[code]


def test_a_result_is_marked_with_those_one_answer_away(
    client: FlaskClient, give: Give, rulebook: Rulebook, complete: dict[str, dict[str, str]]
) -> None:
    at = code_of_link(give(SHOP))
    marked = {code: classes.split()[-1] for code, classes, *_ in CELL.findall(client.get(f"/map?at={at}").text)}
    near = {code for code, answers in complete.items() if sum(SHOP[id] != answers[id] for id in SHOP) == 1}
    assert {code for code, mark in marked.items() if mark == "at"} == {at}
    assert {code for code, mark in marked.items() if mark == "near"} == near
    assert len(near) == sum(len(question.definite_options) - 1 for question in rulebook.questions)


def test_the_table_counts_the_cells_of_every_answer(
    client: FlaskClient, rulebook: Rulebook, complete: dict[str, dict[str, str]]
) -> None:
    page = client.get("/map").text
    shown = {code: classes.split()[0] for code, classes, *_ in CELL.findall(page)}
    rows = [words(row) for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", page, re.DOTALL)]
    expected = []
    for question in rulebook.questions:
        for option in question.definite_options:
            kinds = [shown[code] for code, answers in complete.items() if answers[question.id] == option.id]
            numbers = " ".join(str(kinds.count(kind)) for kind in ("django", "flask", "tie"))
            expected.append(f"{question.name}: {option.label} {numbers}")
    assert rows == expected


def test_a_complete_result_of_today_has_its_place_on_the_map_and_another_has_none(
    client: FlaskClient, give: Give
) -> None:
    for answers in (SHOP, SHOP | {"api": "unsure"}):
        link = give(answers)
        place = f"/map?at={code_of_link(link)}"
        assert (f'href="{place}"' in client.get(link).text) == (answers == SHOP)
        assert ("Marked:" in client.get(place).text) == (answers == SHOP)
