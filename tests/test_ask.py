"""The questionnaire: what it asks, which answers it keeps, and what it says if one is missing."""

import re

import pytest
from flask.testing import FlaskClient

from rules import Rulebook

from .conftest import PROTOTYPE, QUESTIONS, Answers

RADIO = re.compile(r'<input( checked)? [^>]*name="(\w+)" [^>]*type="radio" value="(\w+)">')


def chosen_on(page: str) -> dict[str, str]:
    return {question: option for checked, question, option in RADIO.findall(page) if checked}


def test_every_option_is_offered_once_and_nothing_is_chosen(client: FlaskClient, rulebook: Rulebook) -> None:
    every_option = [("", question.id, option.id) for question in rulebook.questions for option in question.options]
    page = client.get("/").text
    assert RADIO.findall(page) == every_option
    # A browser without styles shows each on a line of its own.
    assert page.count("<div><label><input ") == len(every_option)


QUERIES = {"size=large&api=few": {"size": "large", "api": "few"}, "size=huge&api=few": {"api": "few"}}
QUERIES |= {"colour=blue&unsure=": {}, "api=unsure": {"api": "unsure"}}


@pytest.mark.parametrize(("query", "chosen"), QUERIES.items())
def test_the_query_fills_in_what_it_knows(client: FlaskClient, query: str, chosen: dict[str, str]) -> None:
    response = client.get(f"/?{query}")
    assert response.status_code == 200
    assert chosen_on(response.text) == chosen
    assert "There is a problem" not in response.text


ALL_UNSURE = dict.fromkeys(QUESTIONS, "unsure")
SIZE = "Say how big the project will be, or that you are not sure yet"
WRONG = [(PROTOTYPE | {"size": size}, SIZE) for size in ("", "huge", "Small")]


@pytest.mark.parametrize(
    ("answers", "said"), [*WRONG, (ALL_UNSURE, "Tell us at least one thing: all are “Not sure yet”")], ids=str
)
def test_a_wrong_answer_is_pointed_out_and_the_others_are_kept(
    client: FlaskClient, answers: Answers, said: str
) -> None:
    response = client.post("/", data=answers)
    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert f'<a href="#size-0">{said}</a>' in response.text
    kept = {question: answer for question, answer in answers.items() if said != SIZE or question != "size"}
    assert chosen_on(response.text) == kept


def test_every_missing_answer_is_listed_in_words_of_its_own(client: FlaskClient, rulebook: Rulebook) -> None:
    page = client.post("/", data={}).text
    listed = dict(re.findall(r'<li><a href="#(\w+)-0">(.*?)</a>', page))
    assert listed == {question.id: question.missing for question in rulebook.questions}
    assert len(set(listed.values())) == 5
    for number, question in enumerate(rulebook.questions, 1):
        assert f"<legend>{number}. {question.title}</legend>" in page
        assert f'id="{question.id}-0"' in page
        assert f'<p id="{question.id}-error" class="error">Error: {question.missing}</p>' in page
