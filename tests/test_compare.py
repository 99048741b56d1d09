"""Comparing: results side by side, what moved, what to settle first, and the form that takes their links."""

from html import unescape
from itertools import islice

import pytest
from flask.testing import FlaskClient
from msgspec import structs

from questionnaire.compare import NO_LINK, TOO_MANY
from rules import Rulebook, recommend
from rules.compare import compare
from rules.judge import judge
from rules.rulebook import UNSURE

from .conftest import EMPTY, PROTOTYPE, SHOP, TIED, Answers, Give, Later
from .conftest import code_of_link as code
from .support.pages import element, words

LARGE = PROTOTYPE | {"size": "large"}


def path(give: Give, *answers: Answers) -> str:
    return "/compare/" + "/".join(code(give(each)) for each in answers)


def test_moves_and_turns_hold_for_many_tables(rulebook: Rulebook, every_answers: list[Answers]) -> None:
    starts = [every_answers[start::41] for start in (0, 7, 900, 1800, 2500, 3000)]
    for number, table in enumerate(islice(zip(*starts, strict=False), 30)):
        answers = table[: 2 + number % 5]
        results = [recommend(rulebook, each) for each in answers]
        comparisons = compare(rulebook, *results)
        assert [comparison.before.question for comparison in comparisons] == list(rulebook.questions_by_id)
        for comparison in comparisons:
            question = rulebook.questions_by_id[comparison.before.question]
            assert comparison.differs == (len({each[question.id] for each in answers}) > 1)
            findings = [each.finding for each in comparison.compared]
            stances = [{position.source: position.stance for position in one.positions} for one in findings]
            moving = [source for source in rulebook.sources if len({each[source.id] for each in stances}) > 1]
            assert comparison.moves == bool(moving)
            for place, (compared, given) in enumerate(zip(comparison.compared, answers, strict=True)):
                moved = {name: stance for stance, names in compared.moved.items() for name in names}
                assert moved == {source.name: stances[place][source.id] for source in moving}
                turns = {}
                for other in answers:
                    changed = given | {question.id: other[question.id]}
                    if other[question.id] != UNSURE:
                        turns[question[other[question.id]].label] = judge(rulebook, changed)
                own = results[place].verdict
                to = {flip.label: (flip.verdict, flip.strength, flip.votes, flip.decided_by) for flip in compared.turns}
                turning = {one: turn for one, turn in turns.items() if turn.votes and turn.verdict != own}
                assert to == {label: structs.astuple(turn) for label, turn in turning.items()}


def test_two_results_show_answers_votes_and_what_turns(client: FlaskClient, give: Give) -> None:
    page = client.get(path(give, PROTOTYPE, LARGE)).text
    said = words(page)
    assert "<h1>Two results: Flask and Django</h1>" in page
    assert "1. Use Flask Small A close call: 8 votes to 7 2. Use Django Large A clear case: 11 votes to 3" in said
    assert "Project size 1. Use Flask: Small 4–0 for Flask “Large” alone would make it Django, 11–3 2. Use" in said
    assert "2. Use Django: Large 4–0 for Django “Small” alone would make it Flask" in said
    assert "Team 1. Use Flask: New to both frameworks 2–1 for Flask 2. Use Django: New to both frameworks" in said
    moved = said.partition("What moved, article by article ")[2]
    assert moved.startswith("Project size Small: Flask DDI, Positiwise, Jonna, Host IT; Says nothing In-Depth Large:")
    assert "Deadline Tight: Flask Host IT Tight: Both ways Host IT The answer is the same, but a reason" in moved


NOTHING = "come to Flask, so there is nothing to settle."

SETTLED = [
    (
        [PROTOTYPE, PROTOTYPE | {"database": "mixed", "deadline": "open", "api": "service"}, LARGE],
        "Settle Project size first: the answer of another result would change two of the three verdicts.",
    ),
    (
        [PROTOTYPE, PROTOTYPE | {"deadline": "normal", "api": "none"}],
        "Two results: both Flask Both come to Flask. The answer of another result to Deadline would change one of the ",
    ),
    (
        [EMPTY, EMPTY | {"size": "large"}, EMPTY | {"size": "small"}],
        "Settle Project size first: the answer of another result would change two of the three verdicts.",
    ),
    ([TIED, SHOP], "Both come to Django (one by default, after a tie), so there is"),
    ([EMPTY | {"api": "few"}, EMPTY | {"api": "none"}], "Not all of them have a verdict yet."),
    ([EMPTY, EMPTY | {"api": "none"}], "Two results: no verdict No article takes a side"),
    (
        [PROTOTYPE | {"deadline": "open"}, PROTOTYPE | {"team": "django", "api": "full"}],
        "No single answer of another result changes a verdict here; only several together do.",
    ),
]


@pytest.mark.parametrize(("answers", "said"), SETTLED, ids=[said for _, said in SETTLED])
def test_what_to_settle_first_is_said(client: FlaskClient, give: Give, answers: list[Answers], said: str) -> None:
    assert said in words(client.get(path(give, *answers)).text)


@pytest.mark.usefixtures("archive")
def test_results_of_other_rulebooks_are_compared_as_they_were_given(give: Give, later: Later) -> None:
    old, other = code(give(PROTOTYPE)), code(give(SHOP))
    client = later(("questions.toml", 'label = "Small"', 'label = "Tiny"'))
    new = [code(client.post("/", data=answers).location) for answers in (PROTOTYPE, SHOP)]
    mixed = words(client.get(f"/compare/{old}/{'/'.join(new)}").text)
    assert "The rules changed between them; what moved is shown below." in mixed
    assert mixed.count("Rules of ") == 3
    assert "alone" not in mixed
    same = words(client.get(f"/compare/{old}/{new[0]}").text)
    assert "1. Use Flask the same answers A close call" in same
    assert "1. Use Flask: Small 4–0 for Flask 2. Use Flask: Tiny" in same
    assert "What moved, article by article Nothing: on each question the articles say the same." in same
    older = words(client.get(f"/compare/{old}/{other}").text)
    assert "They were given by older rules, so nobody can say what a single answer would change." in older
    assert "Rules of " not in older


def test_codes_written_otherwise_or_twice_are_redirected(client: FlaskClient, give: Give) -> None:
    one, other = code(give(PROTOTYPE)), code(give(SHOP))
    for written in (f"{one.upper()}/{other}.", f"{one}/{other}/{one}", f"{one}/{other[:5]}-{other[5:]}"):
        response = client.get(f"/compare/{written}")
        assert (response.status_code, response.location) == (301, f"/compare/{one}/{other}")
    for written in (one.upper(), f"{one}/{one}"):
        response = client.get(f"/compare/{written}")
        assert (response.status_code, response.location) == (302, f"/compare?links={one}")


@pytest.mark.parametrize("codes", ["0000000000/1111111111", "0000000000", "x/y", "0000000000//1111111111"])
def test_codes_that_name_nothing_are_not_found(client: FlaskClient, give: Give, codes: str) -> None:
    assert client.get(f"/compare/{codes}").status_code == 404
    assert client.get(f"{path(give, PROTOTYPE, SHOP)}/0000000000").status_code == 404


@pytest.mark.parametrize("separator", ["\r\n", " ", ", ", ",\n\n"])
def test_pasted_links_lead_to_the_comparison_each_once(client: FlaskClient, give: Give, separator: str) -> None:
    one, two, three = (give(answers) for answers in (PROTOTYPE, SHOP, TIED))
    pasted = [f"https://choose.example{one}", f"<http://localhost{two}>.", code(three).upper(), f"{one}.json"]
    for links in (separator.join(pasted), f"http://x{one};http://x{two}|http://x{three}><http://x{one}>"):
        response = client.get("/compare", query_string={"links": links})
        assert (response.status_code, response.location) == (302, f"/compare/{code(one)}/{code(two)}/{code(three)}")


SEVEN = [str(digit) * 10 for digit in range(7)]

# What is asked for, what the form keeps of it, and what is wrong.
CANNOT = [
    ("?links=0000000000+%22><b>+/r/x", '0000000000 "><b> /r/x', [NO_LINK.format('"><b>'), NO_LINK.format("/r/x")]),
    (f"?links={'+'.join(SEVEN)}+x", f"{' '.join(SEVEN)} x", [NO_LINK.format("x"), TOO_MANY]),
    (f"/{'/'.join(SEVEN)}", "\n".join(SEVEN), [TOO_MANY]),
]


@pytest.mark.parametrize(("address", "kept", "problems"), CANNOT)
def test_what_cannot_be_compared_is_pointed_out_and_kept(
    client: FlaskClient, address: str, kept: str, problems: list[str]
) -> None:
    response = client.get(f"/compare{address}")
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


def test_a_result_offers_itself_for_comparison_and_a_comparison_its_links_to_change(
    client: FlaskClient, give: Give
) -> None:
    one, other = code(give(PROTOTYPE)), code(give(SHOP))
    assert f'href="/compare?links={one}"' in client.get(f"/r/{one}").text
    for links, kept in (("", ""), (" \r\n,", ""), (one, one)):
        form = client.get("/compare", query_string={"links": links})
        assert form.status_code == 200
        assert f">{kept}</textarea>" in form.text
        assert ("One result is chosen. Paste the link of another one" in form.text) == bool(kept)
        assert "There is a problem" not in form.text
    assert f">{one}\n{other}</textarea>" in client.get(f"/compare/{one}/{other}").text
