"""The map: every complete combination is in it, with its verdict, and leads to its result."""

import re

import pytest
from flask.testing import FlaskClient

from questionnaire.results.codes import code_of
from rules import Rulebook
from rules.judge import judge

from .conftest import SHOP, Answers, Give, code_of_link
from .support.pages import words

CELL = re.compile(r'<a tabindex="-1" href="/r/(\w+)" class="spot ([\w ]+)" title="([^"]+)"></a>')


@pytest.fixture(scope="module")
def complete(rulebook: Rulebook, every_answers: list[Answers]) -> dict[str, dict[str, str]]:
    """The answers of every complete combination, by code."""
    return {code_of(rulebook, answers): answers for answers in every_answers if "unsure" not in answers.values()}


def test_every_complete_combination_is_a_cell_with_its_verdict(
    client: FlaskClient, rulebook: Rulebook, complete: dict[str, dict[str, str]]
) -> None:
    cells = CELL.findall(client.get("/map").text)
    assert len(cells) == len(complete)
    assert {code for code, *_ in cells} == set(complete)
    for code, classes, title in cells:
        judgement = judge(rulebook, complete[code])
        least, most = sorted((judgement.votes.django, judgement.votes.flask))
        assert classes == (f"{judgement.verdict} {judgement.strength}" if most > least else "tie")
        verdict = f"{judgement.verdict.title()}, {judgement.strength}" if most > least else "a tie"
        labels = [rulebook.questions_by_id[question][answer].label for question, answer in complete[code].items()]
        assert title == f"{' · '.join(labels)}: {verdict}, {most}–{least}"


def test_a_result_is_marked_and_explained_with_those_one_answer_away(
    client: FlaskClient, give: Give, rulebook: Rulebook, complete: dict[str, dict[str, str]]
) -> None:
    # Of another block than the one that is explained otherwise.
    answers = SHOP | {"size": "small", "team": "flask"}
    at = code_of_link(give(answers))
    page = client.get(f"/map?at={at}").text
    assert re.search(rf'<td><a href="/r/{at}" class="spot [\w ]+ at"', page)
    cells = {code: (classes.split()[-1], title) for code, classes, title in CELL.findall(page)}
    assert [code for code, (mark, _) in cells.items() if mark == "at"] == [at]
    away = {}
    for question in rulebook.questions:
        for option in question.definite_options:
            if answers[question.id] != option.id:
                code = code_of(rulebook, answers | {question.id: option.id})
                away[code] = f"{question.name}: {option.label}: {cells[code][1].partition(': ')[2]}"
    assert {code for code, (mark, _) in cells.items() if mark == "near"} == set(away)
    listed = re.findall(r'<li><a href="/r/(\w+)">(.*?)</li>', page)
    assert {code: re.sub("<.*?>", "", said) for code, said in listed} == away


def test_the_heading_and_the_table_count_the_cells_of_every_answer(
    client: FlaskClient, rulebook: Rulebook, complete: dict[str, dict[str, str]]
) -> None:
    page = client.get("/map").text
    shown = {code: classes.split()[0] for code, classes, _ in CELL.findall(page)}
    rows, shares = dict[str, tuple[str, list[int]]](), dict[str, dict[str, float]](django={}, flask={})
    for question in rulebook.questions:
        for option in question.definite_options:
            kinds = [shown[code] for code, answers in complete.items() if answers[question.id] == option.id]
            number, django, flask = len(kinds), kinds.count("django"), kinds.count("flask")
            answer = f"{question.name}: {option.label}"
            rows[answer] = (f"{django} of {number} to Django", [number, number - flask, django])
            shares["django"][f"“{answer}” to Django in {django} of {number}"] = django / number
            shares["flask"][f"“{answer}” leads to Flask in {flask} of {number} combinations"] = flask / number
    table = page.partition('<table class="shares">')[2].partition("</table>")[0]
    found = {}
    for row in table.split("<tr>")[2:]:
        answer, counted = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)[:2]
        found[words(answer)] = (counted, [int(width) for width in re.findall(r'<rect [^>]*width="(\d+)"', row)])
    assert found == rows
    most = [max(shares[side], key=lambda said: shares[side][said]) for side in ("flask", "django")]
    assert f"<h1>{', '.join(most)}</h1>" in page


def test_a_complete_result_of_today_has_its_place_on_the_map_and_another_has_none(
    client: FlaskClient, give: Give
) -> None:
    for answers in (SHOP, SHOP | {"api": "unsure"}):
        link = give(answers)
        place = f"/map?at={code_of_link(link)}"
        assert (f'href="{place}#at"' in client.get(link).text) == (answers == SHOP)
        assert ("Marked:" in client.get(place).text) == (answers == SHOP)
