"""The map: every complete combination is in it, with its verdict, and leads to its result."""

import gzip
import re

import pytest
from flask.testing import FlaskClient

from questionnaire.map import all_cells, shares
from questionnaire.results.codes import code_of
from rules import Rulebook
from rules.judge import judge

from .conftest import SHOP, Give, code_of_link

CELL = re.compile(r'<a tabindex="-1" href="/r/(\w+)" class="spot ([\w ]+)" title="([^"]+)">([\d=]+)</a>')


@pytest.fixture(scope="module")
def complete(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    """The answers of every complete combination, by code."""
    return {
        code_of(rulebook.revision, answers): answers for answers in every_answers if "unsure" not in answers.values()
    }


def test_every_complete_combination_is_a_cell_with_its_verdict(
    client: FlaskClient, rulebook: Rulebook, complete: dict[str, dict[str, str]]
) -> None:
    cells = CELL.findall(client.get("/map").text)
    assert len(cells) == len(complete)
    assert {code for code, *_ in cells} == set(complete)
    for code, classes, title, text in cells:
        judgement = judge(rulebook, complete[code])
        lead = abs(judgement.votes.django - judgement.votes.flask)
        assert text == (str(lead) if lead else "=")
        assert classes == (f"{judgement.verdict} {judgement.strength}" if lead else "tie")
        assert title.endswith(str(judgement.votes))
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


@pytest.mark.parametrize("at", ["", "0000000000", "<script>"])
def test_a_code_that_is_not_on_the_map_marks_nothing(client: FlaskClient, at: str) -> None:
    page = client.get("/map", query_string={"at": at})
    assert page.status_code == 200
    assert "Marked:" not in page.text
    assert "<script>" not in page.text


def test_an_incomplete_result_is_not_on_the_map(client: FlaskClient, give: Give) -> None:
    at = code_of_link(give(SHOP | {"api": "unsure"}))
    assert "Marked:" not in client.get(f"/map?at={at}").text


def test_the_shares_are_counted_over_all_cells(rulebook: Rulebook) -> None:
    for share in shares(rulebook):
        verdicts = [
            cell.shade.split()[0] for cell in all_cells(rulebook) if cell.answers[share.question.id] == share.option.id
        ]
        for kind, percent in (("django", share.django), ("flask", share.flask), ("tie", share.tie)):
            assert percent == round(100 * verdicts.count(kind) / len(verdicts))


def test_the_map_is_small_on_the_wire(client: FlaskClient) -> None:
    compressed = client.get("/map", headers={"Accept-Encoding": "gzip"}).data
    assert len(compressed) <= 24 * 1024
    assert gzip.decompress(compressed) == client.get("/map").data


def test_a_complete_result_of_today_links_to_its_place_on_the_map(client: FlaskClient, give: Give) -> None:
    link = give(SHOP)
    assert f'href="/map?at={code_of_link(link)}"' in client.get(link).text
    assert "/map?at=" not in client.get(give(SHOP | {"api": "unsure"})).text
