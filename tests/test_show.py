"""The result page and its JSON: the verdict, the answers, every quote, and the permalink."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from app import create_app

from .conftest import PROTOTYPE, SHOP, Give
from .support.pages import words


def test_the_page_begins_with_the_verdict(client: FlaskClient, give: Give) -> None:
    page = client.get(give(SHOP)).text
    assert "<title>Use Django. 9 votes to 1: a clear case. – Django or Flask?</title>" in page
    assert re.search(r"<h1[^>]*>Use Django. 9 votes to 1: a clear case.</h1>", page)


def test_every_answer_is_shown_with_a_link_that_changes_just_that_one(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    page = client.get(link).text
    for question in PROTOTYPE:
        query = "&amp;size=small&amp;database=relational&amp;team=newcomers&amp;deadline=tight&amp;api=few"
        assert f'href="/?since={link.removeprefix("/r/")}{query}#{question}"' in page


def test_the_page_quotes_every_passage_of_the_record(client: FlaskClient, give: Give) -> None:
    link = give(SHOP)
    page, record = words(client.get(link).text), client.get(f"{link}.json").get_json()
    groups = [*record["findings"], {"positions": record["closing"]}, *record["advice"]]
    passages = [passage for group in groups for position in group["positions"] for passage in position["passages"]]
    assert len(passages) > 70
    for passage in passages:
        assert passage["quote"] in page
        assert passage["locator"] in page
        assert passage["disputed"] in page


def test_every_cell_of_the_grid_leads_to_its_quotes(client: FlaskClient, give: Give) -> None:
    page = client.get(give(PROTOTYPE)).text
    links = set(re.findall(r'<a href="#([\w-]+)"><span class="stance', page))
    anchors = set(re.findall(r'id="([\w-]+)"', page))
    assert len(links) == 18
    assert links <= anchors


def test_what_would_change_it_is_listed_or_said_to_be_nothing(client: FlaskClient, give: Give) -> None:
    assert "Project size: Large (8 votes to 4, clear)" in words(client.get(give(PROTOTYPE)).text).replace(" )", ")")
    assert "No single answer changes this" in client.get(give(SHOP | {"team": "changing"})).text


def test_a_tie_is_said_to_be_one(client: FlaskClient, give: Give) -> None:
    page = words(client.get(give(SHOP | {"database": "none", "deadline": "open"})).text)
    assert "A tie, 5 votes to 5; the articles’ closing verdicts decide." in page
    assert "The votes are tied, so these closing verdicts decide." in page


def test_a_tie_that_the_team_decides_says_so(client: FlaskClient, give: Give) -> None:
    page = words(client.get(give(SHOP | {"database": "none", "team": "flask", "deadline": "open"})).text)
    assert "Use Flask. A tie, 5 votes to 5; what the team knows decides." in page
    assert "The votes are tied. The team knows Flask, so these do not decide." in page


def test_a_result_on_which_no_article_speaks_shouts_no_verdict(client: FlaskClient, give: Give) -> None:
    link = give(dict.fromkeys(SHOP, "unsure") | {"deadline": "normal"})
    for suffix in ("", ".md"):
        page = words(client.get(link + suffix).text)
        assert "No article speaks on these answers; the articles’ closing verdicts decide for Django." in page
        assert "Use Django" not in page
    assert '<h1 class="verdict ">Neither yet.' in client.get(link).text


def test_what_is_not_asked_and_what_is_not_said_are_on_the_page(client: FlaskClient, give: Give) -> None:
    page = words(client.get(give(PROTOTYPE)).text)
    assert "If it were counted: Django, 9 votes to 8, which turns the verdict." in page
    assert "What none of the articles says" in page
    assert "FastAPI. None of the five mentions it." in page


def test_an_answer_the_articles_are_silent_on_says_so(client: FlaskClient, give: Give) -> None:
    page = words(client.get(give(SHOP | {"deadline": "normal", "api": "unsure"})).text)
    assert "say nothing of an ordinary date" in page
    assert "Left open, so it does not count." in page


def test_the_json_holds_what_the_contract_says(client: FlaskClient, give: Give) -> None:
    link = give(SHOP)
    response = client.get(f"{link}.json")
    record = response.get_json()
    assert response.content_type == "application/json"
    assert record["code"] == link.removeprefix("/r/")
    assert record["permalink"] == f"http://localhost{link}"
    assert (record["verdict"], record["strength"]) == ("django", "clear")
    assert record["votes"] == {"django": 9, "flask": 1}
    assert record["answers"] == SHOP
    assert set(record["rulebook"]) == {"revision", "date"}
    assert [finding["answer"] for finding in record["findings"]] == list(SHOP.values())
    for finding in record["findings"]:
        assert [position["source"] for position in finding["positions"]] == [
            "ddi",
            "indepth",
            "positiwise",
            "jonna",
            "hostit",
        ]
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
