"""The result page and its JSON: the verdict, the answers, every quote, and the permalink."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app import create_app
from rules import Rulebook, recommend

from .conftest import EMPTY, PROTOTYPE, SHOP, TIED, Give
from .support.pages import words


def test_the_page_begins_with_the_verdict_its_strength_and_a_picture_of_the_votes(
    client: FlaskClient, give: Give, every_answers: list[dict[str, str]], rulebook: Rulebook
) -> None:
    for answers in every_answers[::60]:
        result, page = recommend(rulebook, answers), client.get(give(answers)).text
        assert f"<title>{result.sentence} – Django or Flask?</title>" in page
        assert f"<h1>{result.heading}</h1>" in page
        assert f'<p class="strength">{result.grounds}</p>' in page
        assert ("Use " in result.heading) == (result.votes.django != result.votes.flask)
        hero = page.partition("<h1>")[2].partition("</dl>")[0]
        assert hero.count('<i class="mark django">D') == result.votes.django
        assert hero.count('<i class="mark flask">F') == result.votes.flask
        counts = [f"{result.votes.django} for Django", f"{result.votes.flask} for Flask"]
        shown = counts if result.verdict == "django" else counts[::-1]
        assert (f'aria-label="{", ".join(shown)}"' in hero) != result.empty


def test_the_strongest_reasons_come_first_and_the_strongest_against_them_is_not_hidden(
    client: FlaskClient, give: Give, every_answers: list[dict[str, str]], rulebook: Rulebook
) -> None:
    for answers in every_answers[::60]:
        result, page = recommend(rulebook, answers), client.get(give(answers)).text
        labels = re.findall(r'<span class="label">(.*?)</span>', page)
        against = result.votes.flask if result.verdict == "django" else result.votes.django
        if result.strength == "tie":
            assert labels == ([] if result.empty else ["For Django", "For Flask"])
        else:
            assert labels[0] == "For it"
            assert len(labels) <= 3
            assert ("Against it" in labels) == bool(against)
        because = {rule.because for finding in result.findings for rule in finding.rules}
        hero = words(page.partition('class="reasons"')[2].partition("</dl>")[0])
        assert sum(reason in hero for reason in because) == len(labels)


def test_every_answer_is_shown_with_a_link_that_changes_just_that_one(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    page = client.get(link).text
    query = "".join(f"&amp;{question}={option}" for question, option in PROTOTYPE.items())
    for question in PROTOTYPE:
        assert f'href="/?since={link.removeprefix("/r/")}{query}#{question}"' in page


def test_the_page_quotes_every_passage_of_the_record(client: FlaskClient, give: Give) -> None:
    link = give(SHOP)
    page, record = words(client.get(link).text), client.get(f"{link}.json").get_json()
    groups = [*record["findings"], {"positions": record["closing"]}, *record["advice"]]
    passages = [passage for group in groups for position in group["positions"] for passage in position["passages"]]
    assert len(passages) > 50
    for passage in passages:
        assert passage["quote"] in page
        assert passage["locator"] in page
        assert passage["disputed"] in page
        assert passage["note"] in page


def test_every_quotation_stands_under_the_framework_that_it_speaks_for(client: FlaskClient, give: Give) -> None:
    heads = {"For Django": "django", "For Flask": "flask", "No winner": "neither"}
    page = client.get(give(SHOP)).text
    sides = re.findall(
        r'<div class="side">\s*<h3 class="\w+">(.*?)</h3>(.*?)(?=<div class="side">|<h2|$)', page, re.DOTALL
    )
    figures = [(heads[head], side) for head, rest in sides for side in re.findall(r'<figure class="quote (\w+)', rest)]
    assert len(figures) > 50
    assert all(meant == shown for meant, shown in figures)


def test_a_table_shows_where_every_article_stands_on_every_answer(
    client: FlaskClient, give: Give, rulebook: Rulebook
) -> None:
    heard = {"django": "for Django", "flask": "for Flask", "both": "argues both ways", "silent": "says nothing"}
    for answers in (SHOP, PROTOTYPE):
        page, result = client.get(give(answers)).text, recommend(rulebook, answers)
        assert re.findall(r'<th scope="col" class="cell"><a href="/sources/(\w+)">', page) == list(result.sources_by_id)
        for finding in result.findings:
            row = page.partition(f'<tbody id="{finding.question}">')[2].partition("</tr>")[0]
            cells = [words(cell) for cell in re.findall(r'<td class="cell">(.*?)</td>', row)]
            assert cells == [heard[position.stance] for position in finding.positions if finding.rules]
            assert finding.label in words(row)


def test_what_would_change_it_leads_straight_to_the_other_result(
    client: FlaskClient, give: Give, every_answers: list[dict[str, str]]
) -> None:
    for answers in every_answers[::100]:
        link = give(answers)
        page, record = client.get(link).text, client.get(f"{link}.json").get_json()
        box = page.partition('id="changes"')[2].partition("</section>")[0]
        led = dict(re.findall(r'<li><a href="(/r/\w+)">(.*?)</a>', box))
        assert sorted(map(words, led.values())) == sorted(
            f"{flip['name']}: {flip['label']}" for flip in record["flips"]
        )
        assert ("No single answer changes this" in box) == (not record["flips"])
        for other in led:
            turned = client.get(f"{other}.json").get_json()
            assert turned["verdict"] != record["verdict"]
            assert sum(turned["answers"][question] != answers[question] for question in answers) == 1


def test_a_tie_opens_how_each_article_concludes(client: FlaskClient, give: Give) -> None:
    tied = client.get(give(TIED)).text
    assert "<h1>It is a tie</h1>" in tied
    assert '<details id="closing" open>' in tied
    assert '<details id="closing">' in client.get(give(SHOP)).text


def test_a_result_on_which_no_article_takes_a_side_recommends_nothing_aloud(client: FlaskClient, give: Give) -> None:
    page = client.get(give(EMPTY)).text
    assert "<h1>Not enough to go on</h1>" in page
    assert "Answer what you left open" in page
    assert "Use Django" not in words(page)


def test_an_answer_the_articles_are_silent_on_says_so(client: FlaskClient, give: Give, rulebook: Rulebook) -> None:
    page = words(client.get(give(SHOP | {"deadline": "normal", "api": "unsure"})).text)
    assert rulebook.questions_by_id["deadline"]["normal"].silent in page
    assert page.count("Left open: no votes.") == 1


def test_what_was_not_asked_says_what_it_would_do(client: FlaskClient, give: Give, rulebook: Rulebook) -> None:
    for answers in (SHOP, PROTOTYPE, TIED):
        page, result = client.get(give(answers)).text, recommend(rulebook, answers)
        for advice in result.advice:
            fold = page.partition(f'<details id="advice-{advice.id}">')[2].partition("</p>")[0]
            assert advice.title in words(fold)
            assert advice.text in words(fold)
            assert ('class="turns"' in fold) == advice.turns
            assert str(advice.counted.votes) in fold or advice.counted.votes == result.votes
        for silence in result.not_said:
            assert silence.text in words(page)


def test_the_json_holds_what_the_contract_says(client: FlaskClient, give: Give, rulebook: Rulebook) -> None:
    link = give(SHOP)
    response = client.get(f"{link}.json")
    record, result = response.get_json(), recommend(rulebook, SHOP)
    assert response.content_type == "application/json"
    assert record["code"] == link.removeprefix("/r/")
    assert record["permalink"] == f"http://localhost{link}"
    assert (record["verdict"], record["strength"]) == (result.verdict, result.strength)
    assert record["votes"] == {"django": result.votes.django, "flask": result.votes.flask}
    assert record["answers"] == SHOP
    assert set(record["rulebook"]) == {"revision", "date"}
    assert [finding["answer"] for finding in record["findings"]] == list(SHOP.values())
    for finding in record["findings"]:
        assert [position["source"] for position in finding["positions"]] == list(rulebook.sources_by_id)
    assert isinstance(record["flips"], list)


def test_the_permalink_and_all_links_are_under_the_public_address(database_url: str) -> None:
    app = create_app({"DATABASE_URL": database_url, "PUBLIC_URL": "https://choose.example/tool/"})
    client = app.test_client()
    for prefix in ("", "/tool"):
        link = client.post(f"{prefix}/", data=SHOP).location
        assert link.startswith("/tool/r/")
        path = link if prefix else link.removeprefix("/tool")
        page = client.get(path).text
        assert f"https://choose.example{link}" in page
        assert 'href="/tool/static/' in page
        assert client.get(f"{path}.json").get_json()["permalink"] == f"https://choose.example{link}"
    assert client.get("/toolbox").status_code == 404


@pytest.mark.parametrize("suffix", ["", ".json", ".md", ".png"])
def test_upper_case_and_look_alikes_are_redirected(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"/r/OIL3456789{suffix}")
    assert (response.status_code, response.location) == (301, f"/r/0113456789{suffix}")


@pytest.mark.parametrize(
    "pasted", ["{}/", "{}.", "{},", "{})", "({})", "<{}>", "{}…", "{}**", "{}/.", "{}%20", "{}.html", "{}//x"]
)
def test_what_is_pasted_along_with_a_link_is_taken_off(client: FlaskClient, give: Give, pasted: str) -> None:
    link = give(SHOP)
    response = client.get("/r/" + pasted.format(link.removeprefix("/r/")))
    assert (response.status_code, response.location) == (301, link)


@pytest.mark.parametrize("code", ["0000000000", "abc", "uuuuuuuuuu", "x" * 500, "%00", "a%2Fb", "....."])
def test_an_unknown_code_is_explained_and_the_questionnaire_offered(client: FlaskClient, code: str) -> None:
    response = client.get(f"/r/{code}")
    assert response.status_code == 404
    assert "a code of 10 letters and digits" in response.text
    assert 'href="/"' in response.text


def test_quotes_are_shown_as_text_whatever_they_hold(edited: Callable[..., object], database: object) -> None:
    quote = "It’s used for creating small to large-scale enterprise"
    folder = edited(("passages.toml", f'quote = "{quote}', 'quote = "<script>alert(1)</script> & '))
    client = create_app({"DATABASE_URL": f"sqlite:///{database}", "DATA_DIR": folder}).test_client()
    page = client.get(client.post("/", data=SHOP).location).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    assert "<script>alert" not in page


def test_healthz_answers_ok(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok")
