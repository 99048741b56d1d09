"""Comparing: two results side by side, and which positions moved when an answer was changed."""

import re

import pytest
from flask.testing import FlaskClient

from rules import Rulebook, recommend
from rules.compare import compare
from rules.judge import judge

from .conftest import PROTOTYPE, SHOP, Give, Later
from .conftest import code_of_link as code
from .support.pages import words


def test_moves_and_turns_hold_for_many_pairs(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> None:
    names = {source.id: source.name for source in rulebook.sources}
    for first, second in zip(every_answers[::40], every_answers[7::40], strict=False):
        before, after = recommend(rulebook, first), recommend(rulebook, second)
        for comparison in compare(rulebook, before, after):
            question = comparison.before.question
            assert comparison.differs == (first[question] != second[question])
            stances = {position.source: position.stance for position in comparison.after.positions}
            moved = [
                (names[position.source], position.stance, stances[position.source])
                for position in comparison.before.positions
                if position.stance != stances[position.source]
            ]
            assert [(move.source, move.before, move.after) for move in comparison.moves] == moved
            changed = first | {question: second[question]}
            if set(changed.values()) != {"unsure"}:
                assert comparison.turns == (judge(rulebook, changed).verdict != before.verdict)


def test_the_page_shows_answers_positions_and_what_turns(client: FlaskClient, give: Give) -> None:
    before, after = give(PROTOTYPE), give(PROTOTYPE | {"size": "large"})
    page = words(client.get(f"/compare/{code(before)}/{code(after)}").text)
    assert "Two results, two verdicts" in page
    assert "Before Use Flask A clear case: 8 votes to 4 After Use Django A clear case: 8 votes to 4" in page
    assert "Project size Before: Small After: Large What moved: DDI Development: Flask → Django" in page
    assert "Database Before: Relational After: Relational What moved: Nothing" in page
    assert "Host IT Smart: Flask → Both ways" in page
    assert "“Large” in place of “Small” turns it to Django by itself." in page


SAME = "Nothing has to: both lead to Flask."
TOGETHER = "No single answer turns it; only several together do."


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (PROTOTYPE, PROTOTYPE | {"api": "service"}, SAME),
        (PROTOTYPE, PROTOTYPE | {"team": "unsure", "deadline": "normal", "api": "full"}, TOGETHER),
    ],
)
def test_what_turns_the_verdict_may_be_nothing_or_several_answers_together(
    client: FlaskClient, give: Give, one: dict[str, str], other: dict[str, str], said: str
) -> None:
    page = client.get(f"/compare/{code(give(one))}/{code(give(other))}").text
    assert said in words(page)


def test_results_of_different_rulebooks_are_compared_with_a_warning(give: Give, later: Later) -> None:
    old = give(PROTOTYPE)
    client = later(("questions.toml", 'label = "Small"', 'label = "Tiny"'))
    new = client.post("/", data=PROTOTYPE).location
    page = words(client.get(f"/compare/{code(old)}/{code(new)}").text)
    assert "These were given by different rules" in page
    assert "Project size Before: Small After: Tiny What moved: Nothing" in page
    assert "the effect of single answers is not known" in page


def test_pasted_links_lead_to_the_comparison(client: FlaskClient, give: Give) -> None:
    one, other = give(PROTOTYPE), give(SHOP)
    for pasted in (f"https://choose.example{other}", f" <http://localhost{other}>. ", code(other).upper()):
        response = client.get("/compare", query_string={"before": code(one), "after": pasted})
        assert (response.status_code, response.location) == (302, f"/compare/{code(one)}/{code(other)}")


def test_what_is_no_link_is_pointed_out_and_kept(client: FlaskClient, give: Give) -> None:
    response = client.get("/compare", query_string={"before": code(give(PROTOTYPE)), "after": '"><b>'})
    assert response.status_code == 422
    assert '<a href="#after">Second link: This is not a link to a result' in response.text
    nothing = client.get("/compare?before=&after=")
    assert nothing.status_code == 422
    assert '<a href="#before">First link: Paste the link of a result</a>' in nothing.text
    assert '<a href="#after">Second link: Paste the link of a result</a>' in nothing.text
    assert '<a href="#before">' not in response.text
    assert 'value="&#34;&gt;&lt;b&gt;"' in response.text
    assert client.get("/compare").status_code == 200


@pytest.mark.parametrize("path", ["/compare/0000000000/1111111111", "/compare/x/y", "/compare/x"])
def test_codes_that_name_nothing_are_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_result_offers_itself_for_comparison(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    assert f'href="/compare?before={code(link)}"' in client.get(link).text
    form = client.get(f"/compare?before={code(link)}")
    assert form.status_code == 200
    assert f'value="{code(link)}"' in form.text
    assert "There is a problem" not in form.text


def test_a_result_compared_with_itself_is_said_to_be_the_same(client: FlaskClient, give: Give) -> None:
    one = code(give(PROTOTYPE))
    page = words(client.get(f"/compare/{one}/{one}").text)
    assert "One and the same result" in page
    assert "Both links lead to the same result." in page


def test_codes_written_otherwise_are_redirected(client: FlaskClient, give: Give) -> None:
    one, other = code(give(PROTOTYPE)), code(give(SHOP))
    response = client.get(f"/compare/{one.upper()}/{other}.")
    assert (response.status_code, response.location) == (301, f"/compare/{one}/{other}")


def test_a_changed_answer_shows_what_moved_since(client: FlaskClient, give: Give) -> None:
    since = code(give(PROTOTYPE))
    form = client.get(f"/?since={since}&size=small").text
    assert f'<input type="hidden" name="since" value="{since}">' in form
    link = client.post("/", data=PROTOTYPE | {"size": "large", "since": since}).location
    assert link.endswith(f"?since={since}")
    page = client.get(link).text
    assert "You changed Project size from “Small” to “Large”." in words(page)
    assert re.search(rf'Before: <a href="/r/{since}">Use Flask. A clear case: 8 votes to 4</a>', page)
    assert f'href="/compare/{since}/{code(link)}"' in page
    assert f'<link rel="canonical" href="http://localhost/r/{code(link)}">' in page
    assert "You changed" not in client.get(f"/r/{code(link)}").text


@pytest.mark.parametrize("since", ["0000000000", "nonsense", "<script>", ""])
def test_a_since_that_names_nothing_is_ignored(client: FlaskClient, give: Give, since: str) -> None:
    response = client.get(give(SHOP), query_string={"since": since})
    assert response.status_code == 200
    assert "You changed" not in response.text
    assert "<script>" not in client.get("/", query_string={"since": since}).text


def test_an_answer_that_is_changed_to_itself_is_no_change(client: FlaskClient, give: Give, later: Later) -> None:
    link = give(PROTOTYPE)
    again = client.post("/", data=PROTOTYPE | {"since": code(link)}).location
    assert again == f"{link}?since={code(link)}"
    assert "You changed" not in client.get(again).text
    today = later(("questions.toml", 'label = "Large"', 'label = "Huge"'))
    under_another_rulebook = today.post("/", data=PROTOTYPE | {"since": code(link)}).location
    assert "You changed" not in today.get(under_another_rulebook).text
