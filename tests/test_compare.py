"""Comparing: results side by side, what moved, and what to settle first."""

from itertools import islice

import pytest
from flask.testing import FlaskClient

from rules import Rulebook, recommend
from rules.answers import problem_with
from rules.compare import compare, first_to_settle
from rules.judge import judge

from .conftest import PROTOTYPE, SHOP, TIED, Give, Later
from .conftest import code_of_link as code
from .support.pages import words

LARGE = PROTOTYPE | {"size": "large"}


def path(give: Give, *answers: dict[str, str]) -> str:
    return "/compare/" + "/".join(code(give(each)) for each in answers)


def test_moves_and_turns_hold_for_many_tables(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> None:
    names = {source.id: source.name for source in rulebook.sources}
    starts = [every_answers[start::41] for start in (0, 7, 900, 1800, 2500, 3000)]
    for number, table in enumerate(islice(zip(*starts, strict=False), 30)):
        answers = table[: 2 + number % 5]
        results = [recommend(rulebook, each) for each in answers]
        comparisons = compare(rulebook, *results)
        for comparison in comparisons:
            question = comparison.before.question
            assert comparison.differs == (len({each[question] for each in answers}) > 1)
            stances = [
                {position.source: position.stance for position in each.positions} for each in comparison.findings
            ]
            moved = {names[source]: tuple(each[source] for each in stances) for source in stances[0]}
            expected = {name: found for name, found in moved.items() if len(set(found)) > 1}
            assert {move.source: move.stances for move in comparison.moves} == expected
            turns = {
                (place, other[question])
                for place, each in enumerate(answers)
                for other in answers
                if not problem_with(rulebook, each | {question: other[question]})
                and judge(rulebook, each | {question: other[question]}).verdict != results[place].verdict
            }
            assert {(turn.place, turn.answer) for turn in comparison.turns} == turns
        first = first_to_settle(comparisons)
        assert (first.turned if first else 0) == max(comparison.turned for comparison in comparisons)


def test_two_results_show_answers_votes_and_what_turns(client: FlaskClient, give: Give) -> None:
    page = words(client.get(path(give, PROTOTYPE, LARGE)).text)
    assert "Two results, two verdicts" in page
    assert "1. Use Flask A clear case: 8 votes to 4 2. Use Django A clear case: 8 votes to 4" in page
    assert "Settle project size first: it alone turns both." in page
    assert "1. Use Flask Small “Large” alone turns it to Django. Votes on it: 3–0 for Flask" in page
    assert "Articles that differ: Flask : DDI Development, Sankalp Jonna, Host IT Smart Both ways : Positiwise" in page
    assert "2. Use Django Large “Small” alone turns it to Flask. Votes on it:" in page
    assert "Both agree: Database: Relational · Team: New to both frameworks" in page


def test_four_results_are_named_by_number_and_the_question_that_turns_most_comes_first(
    client: FlaskClient, give: Give
) -> None:
    page = client.get(path(give, PROTOTYPE, LARGE, LARGE | {"deadline": "normal"}, PROTOTYPE | {"api": "none"})).text
    said = words(page)
    assert "Four results, two verdicts" in said
    assert "Settle project size first: it alone turns all four." in said
    assert all(name in said for name in ("1. Use Flask", "2. Use Django", "3. Use Django", "4. Use Flask"))
    assert page.index('<h3 id="size">') < page.index('<h3 id="deadline">') < page.index('<details class="agreed">')
    assert page.index('<details class="agreed">') < page.index('<h3 id="team">')


def test_a_question_that_turns_some_is_said_to_turn_so_many(client: FlaskClient, give: Give) -> None:
    weak = PROTOTYPE | {"database": "mixed", "deadline": "open", "api": "full"}
    page = words(client.get(path(give, PROTOTYPE, weak, LARGE)).text)
    assert "Settle project size first: it alone turns two of the three." in page
    assert "2. Use Flask Small Votes on it:" in page


def test_one_verdict_may_still_hang_on_a_question(client: FlaskClient, give: Give) -> None:
    other = PROTOTYPE | {"team": "django", "deadline": "open", "api": "none"}
    page = words(client.get(path(give, PROTOTYPE, other)).text)
    assert "Nothing has to be settled: both lead to Flask. Yet " in page
    assert " alone turns one of the two." in page


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([PROTOTYPE | {"api": "service"}], "Nothing has to be settled: both lead to Flask."),
        ([PROTOTYPE | {"api": "service"}] * 2, "Nothing has to be settled: all three lead to Flask."),
        (
            [PROTOTYPE | {"size": "medium", "team": "django", "api": "full"}],
            "No single question turns a verdict; they turn only together.",
        ),
    ],
)
def test_what_turns_the_verdict_may_be_nothing_or_several_answers_together(
    client: FlaskClient, give: Give, others: list[dict[str, str]], said: str
) -> None:
    assert said in words(client.get(path(give, PROTOTYPE, *others)).text)


def test_results_of_different_rulebooks_are_compared_as_they_were_given(give: Give, later: Later) -> None:
    old = code(give(PROTOTYPE))
    client = later(("questions.toml", 'label = "Small"', 'label = "Tiny"'))
    new = [code(client.post("/", data=answers).location) for answers in (PROTOTYPE, SHOP)]
    page = words(client.get(f"/compare/{old}/{'/'.join(new)}").text)
    assert "These were given by different rules, and are compared as they were given." in page
    assert page.count("By the rules of") == 3
    assert "They were given by different rules, so the effect of single answers is not known." in page
    assert "alone turns" not in page
    same = words(client.get(f"/compare/{old}/{new[0]}").text)
    assert "Nowhere: the answers are the same. Both agree: Project size: Small / Tiny" in same


def test_results_of_one_older_rulebook_have_no_effects_of_single_answers(give: Give, later: Later) -> None:
    link = path(give, PROTOTYPE, SHOP)
    page = words(later(("questions.toml", 'label = "Small"', 'label = "Tiny"')).get(link).text)
    assert "They were given by older rules, so the effect of single answers is not known." in page
    assert "different rules" not in page


def test_a_result_twice_is_said_to_be_the_same(client: FlaskClient, give: Give) -> None:
    page = client.get(path(give, PROTOTYPE, PROTOTYPE)).text
    assert "One and the same result" in words(page)
    assert "Both links lead to the same result." in words(page)
    assert f'<a href="/compare?before={code(give(PROTOTYPE))}&amp;add=1">Choose another one</a>' in page
    three = words(client.get(path(give, PROTOTYPE, SHOP, PROTOTYPE)).text)
    assert "Three results, two verdicts Links 1 and 3 lead to the same result." in three
    assert "All three links lead to the same result." in words(client.get(path(give, SHOP, SHOP, SHOP)).text)


def test_one_result_leads_to_the_form_with_its_code(client: FlaskClient, give: Give) -> None:
    one = code(give(PROTOTYPE))
    response = client.get(f"/compare/{one.upper()}")
    assert (response.status_code, response.location) == (302, f"/compare?before={one}&add=1")
    form = client.get(response.location)
    assert form.status_code == 200
    assert "One result is chosen. Paste the link of another one" in form.text


def test_six_results_are_compared_and_a_seventh_is_refused_with_the_six_kept(client: FlaskClient, give: Give) -> None:
    six = path(give, PROTOTYPE, LARGE, SHOP, TIED, PROTOTYPE | {"api": "full"}, PROTOTYPE | {"api": "none"})
    page = client.get(six)
    assert page.status_code == 200
    assert "Six results, two verdicts" in page.text
    assert "Add one more result" not in page.text
    seventh = client.get(f"{six}/{code(give(PROTOTYPE))}")
    assert seventh.status_code == 422
    assert "At most six results can be compared" in seventh.text
    assert '<a href="#sixth">Sixth link: This is the last one.' in seventh.text
    for number in six.split("/")[2:]:
        assert f'value="{number}"' in seventh.text


@pytest.mark.parametrize("path", ["0000000000/1111111111", "0000000000", "x/y", "x", "", "0000000000//1111111111"])
def test_codes_that_name_nothing_are_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(f"/compare/{path}").status_code == 404


def test_one_code_that_names_nothing_among_others_is_not_found(client: FlaskClient, give: Give) -> None:
    assert client.get(f"{path(give, PROTOTYPE, SHOP)}/0000000000").status_code == 404


def test_codes_written_otherwise_are_redirected(client: FlaskClient, give: Give) -> None:
    one, other = code(give(PROTOTYPE)), code(give(SHOP))
    for number in (1, 3):
        response = client.get("/compare/" + "/".join([one.upper(), *[f"{other}."] * number]))
        assert (response.status_code, response.location) == (301, "/compare/" + "/".join([one, *[other] * number]))
