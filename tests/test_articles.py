"""The pages of the rulebook and the articles: every quote can be followed to its rule, its article and its section."""

import re
from urllib.parse import unquote, urldefrag

import pytest
from flask.testing import FlaskClient

from questionnaire.quotations import article_link
from questionnaire.texts import SPOKEN_STANCES, in_words, sentence
from rules import Rulebook, recommend
from rules.passages import Passage, QuotedPassage
from rules.recommendation import Finding
from rules.topics import Topic, topics

from .conftest import PROTOTYPE, SHOP, Give, Later
from .support.pages import element, links, quotations, sides_taken, words


def quoted_on(part: Topic | Finding) -> list[QuotedPassage]:
    return [passage for position in part.positions for passage in position.passages]


def of_interest(rulebook: Rulebook) -> set[str]:
    """The passages that show an article’s interest and nothing else."""
    topical = {passage.id for topic in topics(rulebook) for passage in quoted_on(topic)}
    return {id for source in rulebook.sources for id in source.interest} - topical


def test_no_link_on_any_page_is_dead(client: FlaskClient, give: Give) -> None:
    waiting = ["/", give(PROTOTYPE), give(SHOP), give(SHOP | {"deadline": "normal", "api": "unsure"}), "/nowhere"]
    pages: dict[str, str] = {}
    led: set[tuple[str, str]] = set()
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        with client.get(address, follow_redirects=True) as response:
            assert response.status_code == (404 if address == "/nowhere" else 200), address
            pages[address] = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        hrefs = links(pages[address])
        # The map leads to every result; a few of them are enough.
        for href in hrefs[::199] if address.startswith("/map") else hrefs:
            # Every result leads to its own renderings and to others, and by them to all.
            of_a_result = re.search(r"/r/|/compare|\?at=", href)
            if not re.match(r"https?://(?!localhost)", href) and not (of_a_result and len(pages) > 40):
                target, anchor = urldefrag(href.removeprefix("http://localhost"))
                led.add((target or address, unquote(anchor)))
                waiting.append(target or address)
    for address, anchor in led:
        assert not anchor or f' id="{anchor}"' in pages[address], f"{address}#{anchor}"
    assert {"/rules", "/sources", "/sources/ddi", "/sources/hostit"} <= set(pages)
    assert len(led) > 400


def folded(rules: str, topic: Topic) -> str:
    """What the page of the rules folds under a topic."""
    return rules.partition(f'<div id="{topic.id}">')[2].partition('<details class="topic">')[0]


def test_two_clicks_lead_from_a_quote_to_its_place_among_the_articles_and_to_its_rule(
    client: FlaskClient, give: Give, rulebook: Rulebook
) -> None:
    page, rules, result = client.get(give(SHOP)).text, client.get("/rules").text, recommend(rulebook, SHOP)
    articles = {source.id: client.get(f"/sources/{source.id}").text for source in rulebook.sources}
    every_topic = topics(rulebook)
    shown: list[Topic | Finding] = [*result.findings, every_topic[-1]]
    for part in shown:
        assert all(f'href="/sources/{passage.source}#{passage.id}"' in page for passage in quoted_on(part))
    assert all(f'href="/rules#advice-{advice.id}"' in page for advice in result.advice)
    for topic in every_topic:
        fold = folded(rules, topic)
        assert all(because in words(fold) for because in (topic.text, *(rule.because for rule in topic.rules)))
        for passage in quoted_on(topic):
            figure = words(element(articles[passage.source], "figure", passage.id))
            assert passage.quote in figure
            assert passage.locator in figure
            assert f'href="/rules#{topic.id}"' in articles[passage.source]
            assert f'href="/sources/{passage.source}#{passage.id}"' in fold
            assert passage.quote in words(fold)


def test_the_rulebook_page_shows_every_passage_and_what_is_not_said_and_counts_its_example(
    client: FlaskClient, rulebook: Rulebook
) -> None:
    said = words(client.get("/rules").text)
    for passage in rulebook.passages:
        assert passage.quote in said or passage.id in of_interest(rulebook)
        assert passage.disputed in said
    for question in rulebook.questions:
        assert all(option.silent in said for option in question.options)
    example = recommend(rulebook, rulebook.example)
    votes = example.votes
    assert f"That is {votes.django} for Django and {votes.flask} for Flask: {sentence(example)}" in said


def test_what_can_be_used_too_stands_under_a_heading_of_its_own_and_gives_no_vote(
    client: FlaskClient, rulebook: Rulebook
) -> None:
    page, first = client.get("/rules").text, dict[str, QuotedPassage]()
    for topic in topics(rulebook):
        fold = folded(page, topic)
        taken = [sides_taken(fold, position.source) for position in topic.positions]
        assert (topic.votes.django, topic.votes.flask) == (taken.count({"django"}), taken.count({"flask"}))
        also = {passage.id for passage in quoted_on(topic) if passage.also}
        assert {id for head, _, id, _ in quotations(fold) if head == "Can be used too"} == also
        first = {passage.id: passage for passage in quoted_on(topic)} | first
    under = set[str]()
    for source in rulebook.sources:
        for side in client.get(f"/sources/{source.id}").text.split('<p class="head also">Can be used too</p>')[1:]:
            under.update(re.findall(r'<figure[^>]* id="([\w-]+)"', side.partition("</div>")[0]))
    # The page of an article shows each passage in full where it is quoted first.
    assert under == {id for id, passage in first.items() if passage.also}


def test_an_article_is_shown_with_what_is_known_and_every_quote_once(client: FlaskClient, rulebook: Rulebook) -> None:
    for source in rulebook.sources:
        page = client.get(f"/sources/{source.id}").text
        said = words(page)
        facts = [source.title, source.by or "not stated", source.date or "not stated", source.address or "not known"]
        assert all(fact in said for fact in facts)
        quoted = re.findall(r'<figure[^>]* id="([\w-]+)"', page)
        own = [passage for passage in rulebook.passages if passage.source == source.id]
        assert sorted(quoted) == sorted(passage.id for passage in own if passage.id not in of_interest(rulebook))
        assert all(passage.quote in said for passage in own)


def test_it_is_said_why_these_articles_and_what_their_authors_gain(client: FlaskClient, rulebook: Rulebook) -> None:
    page = words(client.get("/sources").text)
    assert f"Why these five {rulebook.about}" in page
    assert f"Read on {in_words(rulebook.read)}." in page
    for source in rulebook.sources:
        for id in source.interest:
            assert f"Its author’s interest: “{rulebook.passages_by_id[id].text}”" in page


def test_the_table_has_every_topic_and_says_where_the_articles_differ(client: FlaskClient, rulebook: Rulebook) -> None:
    page = client.get("/sources").text
    rows = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)]
    table = {words(topic): [words(cell) for cell in cells] for topic, *cells in rows}
    assert len(table) == 1 + len(topics(rulebook))
    for topic in topics(rulebook):
        *cells, votes = table[topic.title]
        assert cells == [SPOKEN_STANCES[position.stance] for position in topic.positions]
        assert votes.startswith(topic.votes.score)
        assert ("they differ" in votes) == ({"django", "flask"} <= {position.stance for position in topic.positions})


@pytest.mark.usefixtures("archive")
def test_the_quotes_of_an_old_result_do_not_link_to_rules_that_may_be_gone(give: Give, later: Later) -> None:
    link = give(SHOP)
    page = later(("rules.toml", 'id = "large-django"', 'id = "big-django"')).get(link).text
    assert "/sources/" not in page.partition("<main")[2]
    assert "#:~:text=" in page


FRAGMENTS = [
    ({"quote": "well-kept, small & plain"}, "#:~:text=well%2Dkept%2C%20small%20%26%20plain"),
    ({"quote": "“It’s”"}, "#:~:text=%E2%80%9CIt%E2%80%99s%E2%80%9D"),
    ({"quote": "a b c d e f g h i j"}, "#:~:text=a%20b%20c%20d%20e%20f%20g%20h%20i%20j"),
    ({"quote": "a b c d e f g h, i j k"}, "#:~:text=a%20b%20c%20d%20e%20f,i%20j%20k"),
    ({"quote": "API", "suffix": "Support"}, "#:~:text=API,-Support"),
    ({"quote": "API", "prefix": "before", "suffix": "after"}, "#:~:text=before-,API,-after"),
]


@pytest.mark.parametrize(("selector", "fragment"), FRAGMENTS, ids=str)
def test_a_text_fragment_is_encoded_as_browsers_read_it(selector: dict[str, str], fragment: str) -> None:
    passage = Passage(id="p", source="s", favours="flask", locator="", **selector)  # type: ignore[arg-type]
    assert article_link("https://www.example.org/a", passage) == (f"https://www.example.org/a{fragment}", "example.org")


def test_where_no_address_is_known_there_is_no_link_to_the_article(client: FlaskClient, rulebook: Rulebook) -> None:
    assert article_link("", rulebook.passages[0]) == ("", "")
    assert not any(href.startswith("http") for href in links(client.get("/sources/ddi").text.partition("<main")[2]))
