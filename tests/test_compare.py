"""Comparing: results side by side, what moved, what to settle first, and the form that takes their links."""

from html import unescape
from itertools import islice

import pytest
from flask.testing import FlaskClient

from questionnaire.results.codes import code_of
from questionnaire.texts import grounds, heading, outcome
from rules import Rulebook, recommend
from rules.answers import problem_with
from rules.compare import compare, first_to_settle
from rules.judge import judge
from rules.recommendation import Stance

from .conftest import PROTOTYPE, SHOP, TIED, Give, Later
from .conftest import code_of_link as code
from .support.pages import element, words

LARGE = PROTOTYPE | {"size": "large"}
EXPERIENCED = {"team": "experienced"}


def path(give: Give, *answers: dict[str, str]) -> str:
    return "/compare/" + "/".join(code(give(each)) for each in answers)


def test_moves_and_turns_hold_for_many_tables(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> None:
    starts = [every_answers[start::41] for start in (0, 7, 900, 1800, 2500, 3000)]
    for number, table in enumerate(islice(zip(*starts, strict=False), 30)):
        answers = table[: 2 + number % 5]
        results = [recommend(rulebook, each) for each in answers]
        comparisons = compare(rulebook, *results)
        assert [comparison.before.question for comparison in comparisons] == list(rulebook.questions_by_id)
        for comparison in comparisons:
            question = rulebook.questions_by_id[comparison.before.question]
            assert comparison.differs == (len({each[question.id] for each in answers}) > 1)
            stances = [
                {position.source: position.stance for position in each.finding.positions}
                for each in comparison.compared
            ]
            moving = [source for source in rulebook.sources if len({each[source.id] for each in stances}) > 1]
            assert comparison.moves == bool(moving)
            for place, (compared, given) in enumerate(zip(comparison.compared, answers, strict=True)):
                moved: dict[Stance, list[str]] = {}
                for source in moving:
                    moved.setdefault(stances[place][source.id], []).append(source.name)
                assert compared.moved == moved
                turns = {}
                for other in answers:
                    changed = given | {question.id: other[question.id]}
                    if not problem_with(rulebook, changed):
                        turns[question[other[question.id]].label] = judge(rulebook, changed).verdict
                own = results[place].verdict
                assert compared.turns == {label: verdict for label, verdict in turns.items() if verdict != own}
        first = first_to_settle(comparisons)
        assert (first.turned if first else 0) == max(comparison.turned for comparison in comparisons)


def test_two_results_show_answers_votes_and_what_turns(client: FlaskClient, give: Give, rulebook: Rulebook) -> None:
    small, large = recommend(rulebook, PROTOTYPE), recommend(rulebook, LARGE)
    page = words(client.get(path(give, PROTOTYPE, LARGE)).text)
    assert "Two results, two verdicts" in page
    assert f"1. {heading(small)} {grounds(small)} 2. {heading(large)} {grounds(large)}" in page
    assert "Settle Project size first: it alone turns both." in page
    votes = outcome(small.findings[0].votes)
    assert f"1. Use Flask Small “Large” alone turns it to Django. Votes on it: {votes}" in page
    assert (
        "Articles that differ: Flask : DDI Development, Positiwise, Sankalp Jonna, Host IT Smart 2. Use Django" in page
    )
    assert "2. Use Django Large “Small” alone turns it to Flask. Votes on it:" in page
    assert "Both agree: Database: Relational · Team: New to both frameworks" in page


def test_four_results_are_named_by_number_and_the_question_that_turns_most_comes_first(
    client: FlaskClient, give: Give
) -> None:
    page = client.get(path(give, PROTOTYPE, LARGE, LARGE | {"deadline": "normal"}, PROTOTYPE | {"api": "service"})).text
    said = words(page)
    assert "Four results, two verdicts" in said
    assert "Settle Project size first: it alone turns all four." in said
    assert all(name in said for name in ("1. Use Flask", "2. Use Django", "3. Use Django", "4. Use Flask"))
    assert page.index('<h3 id="size">') < page.index('<h3 id="deadline">') < page.index('<details class="agreed">')
    assert page.index('<details class="agreed">') < page.index('<h3 id="team">')


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            [PROTOTYPE, PROTOTYPE | {"database": "mixed", "deadline": "open", "api": "service"}, LARGE],
            "Settle Project size first: it alone turns two of the three.",
        ),
        (
            [PROTOTYPE, PROTOTYPE | {"deadline": "normal", "api": "none"}],
            "Nothing has to be settled: both lead to Flask. Yet Deadline alone turns one of the two.",
        ),
        ([PROTOTYPE, PROTOTYPE | {"api": "service"}], "Nothing has to be settled: both lead to Flask. Where"),
        (
            [PROTOTYPE, PROTOTYPE | {"api": "service"}, PROTOTYPE | {"deadline": "open"}],
            "Nothing has to be settled: all three lead to Flask. Where",
        ),
        (
            [PROTOTYPE | {"deadline": "open"}, PROTOTYPE | {"team": "django", "api": "full"}],
            "No single question turns a verdict; they turn only together.",
        ),
        (
            [each | change for each in (PROTOTYPE, LARGE) for change in ({}, {"deadline": "normal"}, EXPERIENCED)],
            "Settle Project size first: it alone turns all six.",
        ),
    ],
)
def test_what_to_settle_may_be_one_question_or_nothing_or_several_together(
    client: FlaskClient, give: Give, answers: list[dict[str, str]], said: str
) -> None:
    assert said in words(client.get(path(give, *answers)).text)


@pytest.mark.usefixtures("archive")
def test_results_of_other_rulebooks_are_compared_as_they_were_given(give: Give, later: Later) -> None:
    old, other = code(give(PROTOTYPE)), code(give(SHOP))
    client = later(("questions.toml", 'label = "Small"', 'label = "Tiny"'))
    new = [code(client.post("/", data=answers).location) for answers in (PROTOTYPE, SHOP)]
    page = words(client.get(f"/compare/{old}/{'/'.join(new)}").text)
    assert "These were given by different rules, and are compared as they were given." in page
    assert page.count("By the rules of") == 3
    assert "They were given by different rules, so the effect of single answers is not known." in page
    assert "alone turns" not in page
    same = words(client.get(f"/compare/{old}/{new[0]}").text)
    assert "Nowhere: the answers are the same. Both agree: Project size: Small / Tiny" in same
    older = words(client.get(f"/compare/{old}/{other}").text)
    assert "They were given by older rules, so the effect of single answers is not known." in older
    assert "different rules" not in older


def test_codes_written_otherwise_or_twice_are_redirected(client: FlaskClient, give: Give) -> None:
    one, other = code(give(PROTOTYPE)), code(give(SHOP))
    for written in (f"{one.upper()}/{other}.", f"{one}/{other}/{one}", f"{one}/{other[:5]}-{other[5:]}"):
        response = client.get(f"/compare/{written}")
        assert (response.status_code, response.location) == (301, f"/compare/{one}/{other}")
    for written in (one.upper(), f"{one}/{one}"):
        response = client.get(f"/compare/{written}")
        assert (response.status_code, response.location) == (302, f"/compare?links={one}")


@pytest.mark.parametrize(
    "codes", ["0000000000/1111111111", "0000000000", "x/y", "x", "", "0000000000//1111111111", "{}/{}/0000000000"]
)
def test_codes_that_name_nothing_are_not_found(client: FlaskClient, rulebook: Rulebook, codes: str) -> None:
    named = codes.format(code_of(rulebook, PROTOTYPE), code_of(rulebook, SHOP))
    assert client.get(f"/compare/{named}").status_code == 404


@pytest.mark.parametrize("separator", ["\r\n", " ", ", ", ",\n\n"])
def test_pasted_links_lead_to_the_comparison_each_once(client: FlaskClient, give: Give, separator: str) -> None:
    one, two, three = (give(answers) for answers in (PROTOTYPE, SHOP, TIED))
    pasted = [f"https://choose.example{one}", f"<http://localhost{two}>.", code(three).upper(), f"{one}.json"]
    response = client.get("/compare", query_string={"links": separator.join(pasted)})
    assert (response.status_code, response.location) == (302, f"/compare/{code(one)}/{code(two)}/{code(three)}")


NO_LINK = "“{}” is not a link to a result. Paste links that end in /r/ and a code of ten characters"
TOO_MANY = "At most six results can be compared, and these are more"
SEVEN = [str(digit) * 10 for digit in range(7)]


@pytest.mark.parametrize(
    ("address", "kept", "problems"),
    [
        ("/compare?links=nonsense", "nonsense", [NO_LINK.format("nonsense")]),
        (
            "/compare?links=0000000000+%22><b>+/r/x",
            '0000000000 "><b> /r/x',
            [NO_LINK.format('"><b>'), NO_LINK.format("/r/x")],
        ),
        (f"/compare?links={'+'.join(SEVEN)}", " ".join(SEVEN), [TOO_MANY]),
        (f"/compare?links={'+'.join(SEVEN)}+x", f"{' '.join(SEVEN)} x", [NO_LINK.format("x"), TOO_MANY]),
        (f"/compare/{'/'.join(SEVEN)}", "\n".join(SEVEN), [TOO_MANY]),
    ],
)
def test_what_cannot_be_compared_is_pointed_out_and_kept(
    client: FlaskClient, address: str, kept: str, problems: list[str]
) -> None:
    response = client.get(address)
    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert "<b>" not in response.text
    page = unescape(response.text)
    for number, problem in enumerate(problems, 1):
        assert f'<li><a href="#links">{problem}</a></li>' in page
        assert f'<span id="links-error-{number}" class="error">Error: {problem}</span>' in page
    assert page.count('<a href="#links">') == len(problems)
    described = " ".join(f"links-error-{number}" for number in range(1, len(problems) + 1))
    field = element(response.text, "textarea", "links")
    assert f'aria-describedby="{described}' in field
    assert unescape(field.partition(">")[2].removesuffix("</textarea>")) == kept


@pytest.mark.parametrize("links", ["", " \r\n,"])
def test_without_links_the_form_is_empty_and_finds_no_fault(client: FlaskClient, links: str) -> None:
    page = client.get("/compare", query_string={"links": links})
    assert page.status_code == 200
    assert "></textarea>" in page.text
    assert "There is a problem" not in page.text
    assert "One result is chosen" not in page.text


def test_a_result_offers_itself_for_comparison(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    assert f'href="/compare?links={code(link)}"' in client.get(link).text
    form = client.get(f"/compare?links={code(link)}")
    assert form.status_code == 200
    assert f">{code(link)}</textarea>" in form.text
    assert "One result is chosen. Paste the link of another one" in form.text
    assert "There is a problem" not in form.text


def test_a_comparison_offers_its_links_to_add_or_change(client: FlaskClient, give: Give) -> None:
    one, other = code(give(PROTOTYPE)), code(give(SHOP))
    fold = client.get(f"/compare/{one}/{other}").text.partition("<summary>Add or change results</summary>")[2]
    assert f">{one}\n{other}</textarea>" in fold.partition("</details>")[0]
