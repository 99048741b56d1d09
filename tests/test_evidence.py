"""The pages of the rulebook and the articles: every quote can be followed to its rule, its article and its section."""

import gzip
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from questionnaire.renderings import article_link
from rules.rulebook import Passage, Rulebook, Source
from rules.topics import topics

from .conftest import PROTOTYPE, SHOP, Edit, Give
from .support.pages import Links, element, words


def test_no_link_on_any_page_is_dead(client: FlaskClient, give: Give) -> None:
    waiting = ["/", give(PROTOTYPE), give(SHOP), give(SHOP | {"deadline": "normal", "api": "unsure"}), "/nowhere"]
    pages: dict[str, Links | None] = {}
    led: set[tuple[str, str]] = set()
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        with client.get(address, follow_redirects=True) as response:
            assert response.status_code == (404 if address == "/nowhere" else 200), address
            pages[address] = Links(response.text) if response.mimetype == "text/html" else None
        for href in pages[address].hrefs if pages[address] else ():
            if not re.match(r"https?://(?!localhost)", href):
                target, anchor = urldefrag(href.removeprefix("http://localhost"))
                led.add((target or address, unquote(anchor)))
                waiting.append(target or address)
    for address, anchor in led:
        page = pages[address]
        assert not anchor or (page and anchor in page.ids), f"{address}#{anchor}"
    assert {"/rules", "/sources", "/sources/ddi", "/sources/hostit"} <= set(pages)
    assert len(led) > 500


def test_no_page_has_an_id_twice(client: FlaskClient, give: Give) -> None:
    for address in ("/", give(SHOP), "/rules", "/sources", "/sources/positiwise"):
        ids = Links(client.get(address).text).ids
        assert sorted(ids) == sorted(set(ids)), address


def test_two_clicks_lead_from_a_quote_to_its_rule_and_to_its_place_in_the_article(
    client: FlaskClient, give: Give, rulebook: Rulebook
) -> None:
    link = give(SHOP)
    page, rules = client.get(link).text, client.get("/rules").text
    record = client.get(f"{link}.json").get_json()
    groups = [
        *((None, finding["positions"]) for finding in record["findings"]),
        *((f"advice-{advice['id']}", advice["positions"]) for advice in record["advice"]),
        ("closing", record["closing"]),
    ]
    because = {rule.id: rule.because for rule in rulebook.rules}
    for scope, positions in groups:
        for position in positions:
            for passage in position["passages"]:
                anchor = f"{scope or passage['rule']}:{passage['id']}"
                assert f'href="/rules#{anchor}"' in page
                figure = element(rules, "figure", anchor)
                assert passage["quote"] in words(figure)
                if not scope:
                    section = rules[: rules.index(f'id="{anchor}"')].rpartition('<section class="rule"')[2]
                    assert because[passage["rule"]] in words(section)
                address = f"/sources/{passage['source']}"
                assert f'href="{address}#{passage["id"]}"' in figure
                article = element(client.get(address).text, "figure", passage["id"])
                assert passage["quote"] in words(article)
                assert passage["locator"] in words(article)


def test_the_rulebook_page_shows_every_rule_passage_and_silence(client: FlaskClient, rulebook: Rulebook) -> None:
    page = client.get("/rules").text
    said = words(page)
    for rule in rulebook.rules:
        assert f'id="{rule.id}"' in page
        assert rule.because in said
    for passage in rulebook.passages:
        assert passage.quote in said or passage.id in of_interest(rulebook)
        assert passage.disputed in said
    for question in rulebook.questions:
        assert all(option.silent in said for option in question.options)


def test_the_rulebook_page_counts_its_example_out(client: FlaskClient) -> None:
    said = words(client.get("/rules").text)
    assert "that is 3 for Django and 8 for Flask, a lead of 5. So the verdict is: Use Flask. 8 votes to 3" in said


def test_the_rulebook_page_is_small(client: FlaskClient) -> None:
    assert len(gzip.compress(client.get("/rules").data)) < 60_000


def test_an_article_is_shown_with_what_is_known_and_every_quote_once(client: FlaskClient, rulebook: Rulebook) -> None:
    for source in rulebook.sources:
        page = client.get(f"/sources/{source.id}").text
        said = words(page)
        for fact in (
            source.title,
            source.by or "not stated",
            source.date or "not stated",
            source.address or "not known",
        ):
            assert fact in said
        quoted = re.findall(r'<figure[^>]* id="([\w-]+)"', page)
        own = [passage for passage in rulebook.passages if passage.source == source.id]
        assert sorted(quoted) == sorted(passage.id for passage in own if passage.id not in of_interest(rulebook))
        assert all(passage.quote in said for passage in own)


def of_interest(rulebook: Rulebook) -> set[str]:
    """The passages that show an article’s interest and nothing else."""
    topical = {passage.id for topic in topics(rulebook) for passage in topic.passages}
    return {id for source in rulebook.sources for id in source.interest} - topical


def test_the_articles_show_their_interest_and_when_they_were_read(client: FlaskClient, rulebook: Rulebook) -> None:
    page = words(client.get("/sources").text)
    assert f"They were last read on {rulebook.read}." in page
    for source in rulebook.sources:
        for id in source.interest:
            assert f"In its own words: “{rulebook.passages_by_id[id].text}”" in page


# The words of a cell that are hidden in a wide window.
WHO = re.compile(r'<span class="who">(.*?<span>.*?</span>)?.*?</span>')


def test_the_table_has_every_topic_and_says_where_the_articles_differ(client: FlaskClient, rulebook: Rulebook) -> None:
    page = client.get("/sources").text
    rows = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    table = {words(topic): ", ".join(words(WHO.sub("", cell)) for cell in cells) for topic, *cells in rows}
    assert len(table) == 1 + len(topics(rulebook))
    assert table["Performance"] == "Says nothing, Says nothing, Both ways, No winner, Flask, Differ"
    assert table["Deadline: Learning or trying out"] == "Flask, Flask, Says nothing, Flask, Both ways, Agree"
    assert table["Admin, accounts and ORM"] == "Django, Django, Django, Django, Django, Agree"
    assert table["Deadline: Normal"] == "Says nothing, Says nothing, Says nothing, Says nothing, Says nothing, Silent"


def test_an_unknown_article_is_not_found(client: FlaskClient) -> None:
    assert client.get("/sources/nobody").status_code == 404


def test_the_quotes_of_an_old_result_do_not_link_to_rules_that_may_be_gone(
    give: Give, edited: Edit, database: Path
) -> None:
    link = give(SHOP)
    folder = edited(("rules.toml", 'id = "large-django"', 'id = "big-django"'))
    later = create_app({"DATABASE_URL": f"sqlite:///{database}", "DATA_DIR": folder}).test_client()
    page = later.get(link).text
    assert "/rules#" not in page
    assert "#:~:text=" in page


SOURCE = Source(id="s", name="S", title="S", document="s.txt", closing=(), address="https://example.org/a")

FRAGMENTS = [
    ({"quote": "plain words"}, "#:~:text=plain%20words"),
    ({"quote": "well-kept, small & plain"}, "#:~:text=well%2Dkept%2C%20small%20%26%20plain"),
    ({"quote": "“It’s”"}, "#:~:text=%E2%80%9CIt%E2%80%99s%E2%80%9D"),
    ({"quote": "a/b#c?d"}, "#:~:text=a%2Fb%23c%3Fd"),
    ({"quote": "API", "prefix": "one-way,"}, "#:~:text=one%2Dway%2C-,API"),
    ({"quote": "API", "suffix": "Support"}, "#:~:text=API,-Support"),
    ({"quote": "API", "prefix": "before", "suffix": "after"}, "#:~:text=before-,API,-after"),
]


@pytest.mark.parametrize(("selector", "fragment"), FRAGMENTS, ids=str)
def test_a_text_fragment_is_encoded_as_browsers_read_it(selector: dict[str, str], fragment: str) -> None:
    passage = Passage(id="p", source="s", favours="flask", locator="", **selector)  # type: ignore[arg-type]
    assert article_link(SOURCE, passage) == f"https://example.org/a{fragment}"


def test_where_the_address_is_not_known_there_is_no_link_to_the_article(app: Flask, rulebook: Rulebook) -> None:
    linked = {source.id for source in rulebook.sources if article_link(source, rulebook.passages[0])}
    assert linked == {"jonna", "hostit"}
    hrefs = Links(app.test_client().get("/sources/ddi").text).hrefs
    assert not any(href.startswith("http") for href in map(unescape, hrefs))
