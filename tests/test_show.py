"""The page of a result: the verdict, its reasons, every answer and every quote."""

import re

from flask.testing import FlaskClient

from questionnaire.texts import SPOKEN_STANCES, caveats, effect, grounds, heading, sentence, would_be
from rules import Rulebook, recommend

from .conftest import EMPTY, PROTOTYPE, SHOP, TIED, Give, Later
from .support.pages import element, quotations, sides_taken, words


def test_the_page_begins_with_the_verdict_its_strength_and_a_picture_of_the_votes(
    client: FlaskClient, give: Give, every_answers: list[dict[str, str]], rulebook: Rulebook
) -> None:
    for answers in every_answers[::61]:
        result, page = recommend(rulebook, answers), client.get(give(answers)).text
        assert f"<title>{sentence(result)} – Django or Flask?</title>" in page
        assert f"<h1>{heading(result)}</h1>" in page
        assert f'<p class="strength">{grounds(result)}</p>' in page
        assert ("Use " in heading(result)) == (result.votes.django != result.votes.flask)
        hero = page.partition("<h1>")[2].partition("</dl>")[0]
        assert hero.count('<i class="mark django">D') == result.votes.django
        assert hero.count('<i class="mark flask">F') == result.votes.flask
        counts = [f"{result.votes.django} for Django", f"{result.votes.flask} for Flask"]
        shown = counts if result.verdict == "django" else counts[::-1]
        assert (f'aria-label="{", ".join(shown)}"' in hero) == bool(result.votes)


def test_the_strongest_reasons_come_first_and_the_strongest_against_them_is_not_hidden(
    client: FlaskClient, give: Give, every_answers: list[dict[str, str]], rulebook: Rulebook
) -> None:
    for answers in every_answers[::61]:
        result, page = recommend(rulebook, answers), client.get(give(answers)).text
        labels = re.findall(r'<span class="label">(.*?)</span>', page)
        if result.strength == "tie":
            assert labels == (["For Django", "For Flask"] if result.votes else [])
        else:
            assert labels[0] == "For it"
            assert len(labels) <= 3
            assert ("Against it" in labels) == bool(result.votes.of(result.rival))
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


def test_every_quotation_stands_under_the_framework_that_it_speaks_for(
    client: FlaskClient, give: Give, rulebook: Rulebook
) -> None:
    heads = {"django": "For Django", "flask": "For Flask", "neither": "No winner"}
    page, result = client.get(give(SHOP)).text, recommend(rulebook, SHOP)
    for finding in result.findings:
        also = {id for rule in finding.rules for id in rule.also}
        for head, _, id, _ in quotations(element(page, "tbody", finding.question)):
            assert head == ("Can be used too" if id in also else heads[rulebook.passages_by_id[id].favours])
    assert len(quotations(page)) > 50


def test_what_can_be_used_too_gives_no_vote(
    client: FlaskClient, give: Give, every_answers: list[dict[str, str]], rulebook: Rulebook
) -> None:
    shown = set()
    for answers in every_answers[::31]:
        page = client.get(give(answers)).text
        for finding in recommend(rulebook, answers).findings:
            fold = page.partition(f'<tbody id="{finding.question}">')[2].partition("</tbody>")[0]
            taken = [sides_taken(fold, position.source) for position in finding.positions]
            assert finding.votes.django == taken.count({"django"})
            assert finding.votes.flask == taken.count({"flask"})
            shown |= {passage for head, _, passage, _ in quotations(fold) if head == "Can be used too"}
    assert shown == {id for rule in rulebook.rules for id in rule.also}


def test_a_verdict_against_what_the_team_knows_and_open_answers_are_said_beside_it(
    client: FlaskClient, give: Give, every_answers: list[dict[str, str]], rulebook: Rulebook
) -> None:
    for answers in [SHOP | {"team": "flask"}, *every_answers[::61]]:
        result, page = recommend(rulebook, answers), client.get(give(answers)).text
        beside = words(page.partition('<p class="strength">')[2].partition('class="reasons"')[0])
        assert all(caveat in beside for caveat in caveats(result))
        known = rulebook.questions_by_id["team"][answers["team"]].knows
        assert ("Your team knows" in beside) == bool(known and known != result.verdict)
        assert ("are open" in beside or "is open" in beside) == ("unsure" in answers.values())


def test_the_what_if_says_what_either_answer_would_make_of_the_verdict(
    client: FlaskClient, give: Give, rulebook: Rulebook
) -> None:
    for answers in (SHOP, PROTOTYPE, TIED, EMPTY):
        page, [what_if] = client.get(give(answers)).text, recommend(rulebook, answers).what_if
        fold = page.partition(f'<details id="what-if-{what_if.id}">')[2].partition('<details id="advice-')[0]
        said = words(fold)
        assert what_if.title in said
        assert what_if.help in said
        for answer in (what_if.yes, what_if.no):
            assert f"{answer.meaning} {answer.because} {would_be(answer)}." in said
        quoted = [passage for side in (what_if.yes, what_if.no) for one in side.positions for passage in one.passages]
        assert sorted(id for _, _, id, _ in quotations(fold)) == sorted(passage.id for passage in quoted)


def test_a_table_shows_where_every_article_stands(client: FlaskClient, give: Give, rulebook: Rulebook) -> None:
    for answers in (SHOP, PROTOTYPE):
        page, result = client.get(give(answers)).text, recommend(rulebook, answers)
        assert re.findall(r'<th scope="col" class="cell"><a href="/sources/(\w+)">', page) == list(result.sources_by_id)
        for finding in result.findings:
            row = page.partition(f'<tbody id="{finding.question}">')[2].partition("</tr>")[0]
            cells = [words(cell) for cell in re.findall(r'<td class="cell">(.*?)</td>', row)]
            assert cells == [SPOKEN_STANCES[position.stance] for position in finding.positions if finding.rules]
            assert finding.label in words(row)


def test_what_would_change_it_leads_straight_to_the_other_result(
    client: FlaskClient, give: Give, every_answers: list[dict[str, str]]
) -> None:
    for answers in every_answers[::101]:
        link = give(answers)
        page, record = client.get(link).text, client.get(f"{link}.json").get_json()
        box = page.partition('id="changes"')[2].partition("</section>")[0]
        led = dict(re.findall(r'<li><a href="(/r/\w+)">(.*?)</a>', box))
        flips = [f"{flip['name']}: {flip['label']}" for flip in record["flips"]]
        assert sorted(map(words, led.values())) == sorted(flips)
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
            assert effect(advice, result) in words(fold)
        for silence in result.not_said:
            assert silence.text in words(page)


def test_quotes_are_shown_as_text_whatever_they_hold(later: Later, rulebook: Rulebook) -> None:
    quote = recommend(rulebook, SHOP).findings[0].positions[0].passages[0].quote
    client = later(("passages.toml", f'quote = "{quote}"', 'quote = "<script>alert(1)</script> & "'))
    page = client.get(client.post("/", data=SHOP).location).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    assert "<script>alert" not in page
