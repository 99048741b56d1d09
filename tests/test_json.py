"""The JSON of a result, and its schema."""

from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from rules import Rulebook, recommend
from rules.rulebook import UNSURE

from .conftest import SHOP, Answers, Give


def test_the_json_holds_what_the_contract_says(client: FlaskClient, give: Give, rulebook: Rulebook) -> None:
    link = give(SHOP)
    response = client.get(f"{link}.json")
    record = response.get_json()
    assert "’" in response.data.decode("utf-8")
    assert response.content_type == "application/json"
    assert record["code"] == link.removeprefix("/r/")
    assert record["permalink"] == f"http://localhost{link}"
    assert (record["verdict"], record["strength"], record["decided_by"]) == ("django", "clear", "votes")
    assert record["votes"] == {"django": 12, "flask": 1}
    assert record["recount"] is None
    assert record["answers"] == SHOP
    assert record["rulebook"] == {"revision": rulebook.revision, "date": rulebook.date.isoformat()}
    assert [finding["answer"] for finding in record["findings"]] == list(SHOP.values())
    assert [position["source"] for position in record["closing"]] == list(rulebook.sources_by_id)
    assert len(record["flips"]) == len(recommend(rulebook, SHOP).flips)
    [what_if] = record["what_if"]
    assert what_if["yes"]["counted"]["votes"] == {"django": 17, "flask": 1}
    assert (record["open_answers"], record["team_knows"]) == (None, None)
    part = client.get(f"{give(SHOP | {'size': UNSURE, 'api': UNSURE, 'team': 'flask'})}.json").get_json()
    assert part["team_knows"] == "flask"
    left = {"questions": ["Project size", "API"], "ways": 16, "keep": 11, "first": "Project size"}
    assert part["open_answers"] == left


def test_every_json_is_as_the_schema_says(client: FlaskClient, give: Give, every_answers: list[Answers]) -> None:
    response = client.get("/r/schema.json")
    assert response.mimetype == "application/schema+json"
    schema = response.get_json()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for answers in every_answers[::83]:
        validator.validate(client.get(f"{give(answers)}.json").get_json())
    assert not validator.is_valid({"code": "0000000000"})
