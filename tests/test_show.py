"""The page of a result: the verdict, the grid with its reasons, what would change it, and every quote."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from questionnaire import texts
from questionnaire.texts import SIGNS, SPOKEN_STANCES, caveats, effect, grounds, heading, project, votes_cast, would_be
from rules import Rulebook, recommend
from rules.positions import Position, count
from rules.recommendation import Recommendation
from rules.rulebook import UNSURE

from .conftest import EMPTY, PROTOTYPE, SHOP, TIED, Answers, Later, create
from .support.pages import element, quotations, sides_taken, words

Shown = list[tuple[Recommendation, str]]


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return create(f"sqlite:///{tmp_path_factory.mktemp('results')}/results.sqlite").test_client()


@pytest.fixture(scope="module")
def shown(visitor: FlaskClient, rulebook: Rulebook, every_answers: list[Answers]) -> Shown:
    """Results of every kind, and some more, with their pages."""
    some = [SHOP, PROTOTYPE, TIED, EMPTY, SHOP | {"team": "flask"}, *every_answers[::41]]
    return [
        (recommend(rulebook, answers), visitor.get(visitor.post("/", data=answers).location).text) for answers in some
    ]


def part(page: str, start: str, end: str) -> str:
    """A page from one piece of markup to another."""
    assert start in page
    return page.partition(start)[2].partition(end)[0]


def cells(row: str) -> list[str]:
    return [words(cell) for cell in re.findall(r'<td class="cell[^"]*">(.*?)</td>', row)]


def spoken(positions: tuple[Position, ...]) -> list[str]:
    return [SPOKEN_STANCES[position.stance] for position in positions]


def test_the_page_begins_with_the_project_the_verdict_its_grounds_its_caveats_and_a_seat_for_every_vote(
    shown: Shown, rulebook: Rulebook
) -> None:
    for result, page in shown:
        assert f"<title>{heading(result)}. {grounds(result)}. – Django or Flask?</title>" in page
        top = part(page, '<div class="verdict', '<div class="columns">')
        said = [f"What five articles say about {project(result, rulebook)}", heading(result), grounds(result)]
        assert words(f"<p{top}").endswith(" ".join([*said, *caveats(result), votes_cast(result)]))
        assert ("Use " in heading(result)) == (result.votes.django != result.votes.flask)
        taken = re.findall(r'<i class="(\w+)">', part(page, 'class="seats"', "</p>"))
        assert (taken.count("django"), taken.count("flask")) == (result.votes.django, result.votes.flask)
        assert len(taken) == 5 * (5 - list(result.answers.values()).count(UNSURE))
        assert re.findall(r"\b(?:1|[Oo]ne) (?:votes|questions|answers|ways|articles|quotations)\b", words(page)) == []


def test_each_reason_stands_once_and_that_of_a_row_names_whom_it_favours_unless_the_verdict(shown: Shown) -> None:
    for result, page in shown:
        said = words(page)
        for finding in result.findings:
            shown_row = element(page, "tr", finding.question)
            because = part(shown_row, '<td class="because"', "</td>").partition("<details>")[0]
            for rule in finding.rules:
                assert said.count(rule.because) == 1
                if rule.because in because:
                    named = f"<b>For {rule.favours.title()}: </b>{rule.because}" in because
                    assert named == (finding.votes.leader != result.verdict)
                    assert finding.votes.leader in (rule.favours, None)


def test_the_grid_shows_where_every_article_stands_and_what_it_gives_in_all(shown: Shown) -> None:
    for result, page in shown:
        heads = re.findall(r'<th scope="col" class="cell"><a href="/sources/(\w+)">', page)
        assert heads == list(result.sources_by_id)
        for finding in result.findings:
            shown_row = element(page, "tr", finding.question)
            assert cells(shown_row) == (spoken(finding.positions) if finding.rules else [])
            assert words(shown_row).startswith(f"{finding.label} {finding.name}")
            silent = finding.silent or ("Left open: no votes." if finding.answer == UNSURE else "")
            assert (silent or finding.votes.score) in words(shown_row)
        by_source = zip(*(finding.positions for finding in result.findings), strict=True)
        sums = [f"{votes.score} {SIGNS[votes.leader] if votes.leader else ''}" for votes in map(count, by_source)]
        assert cells(part(page, '<tr class="sums">', "</tr>")) == [words(votes) for votes in sums]
        assert result.votes.score in part(page, '<tr class="sums">', "</tr>")


def test_the_last_rows_show_what_either_answer_to_the_what_if_would_make_of_the_verdict(shown: Shown) -> None:
    for result, page in shown:
        [what_if] = result.what_if
        fold = element(page, "tbody", f"what-if-{what_if.id}")
        head, *lines = re.findall(r"<tr>.*?</tr>", fold, re.DOTALL)
        assert words(head) == f"{what_if.title} Not asked, not counted."
        for line, start, answer in zip(lines, ("If so", "If not"), (what_if.yes, what_if.no), strict=True):
            verdict = "tie" if answer.counted.strength == "tie" else answer.counted.verdict.title()
            assert words(line).startswith(start)
            assert words(line.partition('<td class="because">')[0]).endswith(f"{answer.counted.votes.score} {verdict}")
            assert cells(line) == spoken(answer.positions)
            quoted = [passage.id for position in answer.positions for passage in position.passages]
            assert sorted(id for _, _, id, _ in quotations(line)) == sorted(quoted)


def test_the_answers_can_be_changed_from_what_they_are_and_an_open_one_be_answered(client: FlaskClient) -> None:
    link = client.post("/", data=EMPTY).location
    page = unescape(client.get(link).text)
    address = f"/?since={link.removeprefix('/r/')}&{urlencode(EMPTY)}"
    assert f'href="{address}">Answer the rest</a>' in page
    for question, option in EMPTY.items():
        assert (f'href="{address}#{question}">Answer it</a>' in page) == (option == UNSURE)


def test_every_quotation_stands_in_its_row_under_the_framework_that_it_speaks_for(
    shown: Shown, rulebook: Rulebook
) -> None:
    heads = {"django": "For Django", "flask": "For Flask", "neither": "No winner"}
    also_shown = set()
    for result, page in shown:
        for finding in result.findings:
            fold = element(page, "tr", finding.question)
            also = {id for rule in finding.rules for id in rule.also}
            found = quotations(fold)
            for head, _, id, _ in found:
                assert head == ("Can be used too" if id in also else heads[rulebook.passages_by_id[id].favours])
            passages = [passage for position in finding.positions for passage in position.passages]
            assert sorted(id for _, _, id, _ in found) == sorted(passage.id for passage in passages)
            said = words(fold)
            assert all(text in said for one in passages for text in (one.text, one.locator, one.disputed, one.note))
            assert not found or f"{len(found)} quotation{'s' * (len(found) > 1)} : " in said
            also_shown |= {id for head, _, id, _ in found if head == "Can be used too"}
            # What can be used too gives no vote.
            taken = [sides_taken(fold, position.source) for position in finding.positions]
            assert (taken.count({"django"}), taken.count({"flask"})) == (finding.votes.django, finding.votes.flask)
        passages = [passage for position in result.closing for passage in position.passages]
        closing = part(page, '<details id="closing">', "</section>")
        assert sorted(id for _, _, id, _ in quotations(closing)) == sorted(passage.id for passage in passages)
    assert also_shown == {id for rule in rulebook.rules for id in rule.also}


def test_what_would_change_it_leads_straight_to_the_other_result(visitor: FlaskClient, shown: Shown) -> None:
    for result, page in shown[::3]:
        box = part(page, 'id="changes"', "</section>")
        led = re.findall(r'<li><a href="(/r/\w+)">(.*?)</a>', box)
        flips = result.flips if result.votes else ()
        changes = [flip for flip in flips if flip.answer != UNSURE]
        assert [words(label) for _, label in led] == [f"{flip.name}: {flip.label}" for flip in changes]
        assert ("No single answer changes this" in box) == (not changes and bool(result.votes))
        assert box.partition("<details>")[0].count("<li>") == min(len(changes), 5)
        assert (f"<summary>{len(changes) - 5} more</summary>" in box) == (len(changes) > 5)
        hanging = re.findall(r'Without the answer to <em>(.*?)</em>: <span class="unbroken">(.*?)\.</span>', box)
        assert hanging == [(flip.name, would_be(flip)) for flip in flips if flip.answer == UNSURE]
        for other, _ in led:
            turned = visitor.get(f"{other}.json").get_json()
            assert turned["verdict"] != result.verdict
            assert sum(turned["answers"][question] != answer for question, answer in result.answers.items()) == 1


def test_a_result_can_be_shown_to_a_team_and_an_empty_one_has_nothing_to_quote(
    visitor: FlaskClient, shown: Shown, rulebook: Rulebook
) -> None:
    for result, page in shown:
        [permalink] = re.findall(r'data-text="([^"]*)">Copy link<', page)
        box, record = part(page, '<section class="share">', "</section>"), f"{permalink}.md"
        assert visitor.get(record).status_code == (200 if result.votes else 404)
        assert ("no decision to record" in visitor.get(record).text) == (not result.votes)
        for offer in ('id="sentences"', "Copy record", "Decision record", "Copy the sentences"):
            assert (offer in box) == bool(result.votes)
        assert texts.sentences(result, rulebook, permalink) in words(box)
        assert ("text/markdown" in page) == ('id="parts"' in page) == bool(result.votes)
        assert result.votes or not re.search(r"Use Django|Use Flask|[Ww]e chose|[Ww]e take", words(page))


def test_what_was_not_asked_says_what_it_would_do_and_what_would_turn_the_verdict_comes_first(shown: Shown) -> None:
    for result, page in shown:
        turning = []
        for advice in result.advice:
            fold = element(page, "details", f"advice-{advice.id}")
            title = part(fold, "<summary>", "</summary>")
            assert title.startswith(f"{advice.title}: {advice.votes.score}")
            assert title.endswith(f" ({would_be(advice.counted)})") == (advice.turns and bool(result.votes))
            assert f"{advice.text} {effect(advice, result)}" in words(fold)
            turning += [page.index(fold)] * advice.turns
        steady = [page.index(f'id="advice-{advice.id}"') for advice in result.advice if not advice.turns]
        assert max(turning, default=0) < min(steady)
        assert f"<summary>{len(result.advice) - 6} more</summary>" in part(page, 'id="advice"', "</section>")
        assert all(silence.text in words(page) for silence in result.not_said)


def test_quotes_are_shown_as_text_whatever_they_hold(later: Later, rulebook: Rulebook) -> None:
    quote = recommend(rulebook, SHOP).findings[0].positions[0].passages[0].quote
    client = later(("passages.toml", f'quote = "{quote}"', 'quote = "<script>alert(1)</script> & "'))
    page = client.get(client.post("/", data=SHOP).location).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page
    assert "<script>alert" not in page
