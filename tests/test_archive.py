"""The archive: links of older rulebooks show what they showed, on SQLite and on PostgreSQL."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from unittest.mock import Mock

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from msgspec import structs

from app import create_app
from questionnaire.results.archive import RESULTS, RULEBOOKS, Archive
from questionnaire.results.codes import code_of
from questionnaire.settings import CHECKS
from questionnaire.texts import in_words, outcome, total
from rules import Rulebook
from rules.answers import combinations
from rules.judge import judge
from rules.positions import Tally

from .conftest import DATA, EMPTY, PROTOTYPE, SHOP, TIED, Answers, Give, Later, code_of_link, pinned
from .support.archives import EVERYTHING, execute, insert, sizes, wait_until
from .support.pages import words

Edits = list[tuple[str, str, str]]

EDITS: Edits = [
    ("passages.toml", 'quote = "Flask is perfect for developing simple web apps"', 'quote = "Reworded"'),
    (
        "rules.toml",
        'question = "team"\noption = "newcomers"\nfavours = "flask"',
        'question = "team"\noption = "experienced"\ngiven = { api = ["few"] }\nfavours = "flask"',
    ),
    ("rules.toml", 'text = "Two articles praise Django’s documentation', 'text = "Some praise it'),
    ("questions.toml", 'label = "Small"', 'label = "Tiny"'),
    ("questions.toml", 'unsure = "Not sure yet"', 'unsure = "Undecided"'),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, database: Path) -> str:
    """Every test of this file is run on both databases."""
    database.parent.mkdir()
    return f"sqlite:///{database}" if request.param == "sqlite" else request.getfixturevalue("postgres").database()


@pytest.fixture
def edited_later(later: Later) -> FlaskClient:
    return later(*EDITS)


def without_notice(page: str) -> str:
    """The words of a page, but for what depends on which rulebook is today's."""
    notice_or_link_to_rules = r'<p class="outdated">.*?</p>|<a href="/rules#advice-.*?</a>'
    return words(re.sub(notice_or_link_to_rules, "", page, flags=re.DOTALL)).replace(" · On the map", "")


@pytest.mark.usefixtures("archive")
def test_an_archived_link_shows_what_it_showed(
    client: FlaskClient, edited_later: FlaskClient, rulebook: Rulebook, every_answers: list[Answers]
) -> None:
    for answers in every_answers[::101]:
        link = f"/r/{code_of(rulebook, answers)}.json"
        assert edited_later.get(link).data == client.get(link).data
    for answers in (PROTOTYPE, SHOP, TIED, EMPTY):
        link = f"/r/{code_of(rulebook, answers)}"
        assert edited_later.get(link).status_code == 200
        assert without_notice(edited_later.get(link).text) == without_notice(client.get(link).text)
        for suffix in (".json", ".md") if answers != EMPTY else (".json",):
            assert edited_later.get(link + suffix).data == client.get(link + suffix).data


OTHER_QUESTIONS = [("questions.toml", 'id = "normal"', 'id = "ordinary"')]
NOTICES = [
    (PROTOTYPE, EDITS, "The same answers now give: Use Django. A close call: 7 votes to 6."),
    (SHOP, EDITS, "The same answers now still give: Use Django. A clear case: 12 votes to 1."),
    (EMPTY, OTHER_QUESTIONS, "Today’s questions are different. Answer them"),
]


@pytest.mark.parametrize(("answers", "edits", "notice"), NOTICES, ids=["differ", "the same", "other questions"])
def test_an_archived_result_says_what_todays_rulebook_says(
    later: Later, rulebook: Rulebook, database_url: str, answers: Answers, edits: Edits, notice: str
) -> None:
    link = insert(database_url, answers, rulebook.content)
    today = later(*edits)
    assert notice in words(today.get(link).text)
    if edits is EDITS:
        assert f"The rules have changed since {in_words(rulebook.date)}." in words(today.get(link).text)
        assert "The rules have changed" not in today.get(today.post("/", data=answers).location).text


def test_a_link_that_was_lost_with_the_database_is_brought_back_by_rules_keep(
    client: FlaskClient, give: Give, edited_later: FlaskClient, database_url: str
) -> None:
    link = give(PROTOTYPE)
    assert edited_later.get(link).status_code == 404
    for _ in range(2):  # Keeping it twice is harmless.
        kept = edited_later.application.test_cli_runner().invoke(args=["rules", "keep", str(DATA)])
        assert kept.exit_code == 0, kept.output
        assert sizes(database_url) == EVERYTHING
    assert edited_later.get(f"{link}.json").data == client.get(f"{link}.json").data


def test_archives_that_keep_a_rulebook_at_once_leave_one(
    database_url: str, rulebook: Rulebook, caplog: pytest.LogCaptureFixture
) -> None:
    together, check_url = Barrier(8), CHECKS["DATABASE_URL"][0]

    def keep(_: int) -> None:
        archive = Archive(check_url(database_url), 5, 10)
        together.wait()
        archive.keep(rulebook)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(keep, range(8)))
    assert sizes(database_url) == EVERYTHING
    assert not caplog.records


# Of these, the first alone is counted the same today.
@pytest.mark.parametrize("number", [0, 51, 898, 2162, 3073])
def test_what_an_older_engine_archived_is_shown_as_it_was_given_and_as_it_would_be_counted_today(
    client: FlaskClient, database_url: str, number: int
) -> None:
    rulebook, given = pinned(1)
    verdict, strength, django, flask, *_ = given[number].split()
    answers, votes = list(combinations(rulebook))[number], Tally(int(django), int(flask))
    link, today = insert(database_url, answers, rulebook.content), judge(rulebook, answers)
    row = {"verdict": verdict, "strength": strength, **structs.asdict(votes)}
    execute(database_url, RESULTS.update().values(row))
    shown = client.get(f"{link}.json").get_json()
    assert {"verdict": shown["verdict"], "strength": shown["strength"], **shown["votes"]} == row
    assert (shown["recount"] or shown)["votes"] == structs.asdict(today.votes)
    for suffix in ("", ".md"):
        text = words(client.get(link + suffix).text)
        assert (votes.score if strength == "tie" else total(votes)) in text
        assert (f"{verdict.title()} by default" if strength == "tie" else f"Use {verdict.title()}") in text
        recount = re.search(r"counted today, [a-z ]+ give ([^.]*)", text)
        assert (recount is not None) == bool(shown["recount"]) == bool(number)
        assert recount is None or recount[1] == f"{outcome(today.votes)} ({today.strength})"


def test_what_a_newer_release_archived_is_shown(client: FlaskClient, rulebook: Rulebook, database_url: str) -> None:
    link = insert(database_url, PROTOTYPE, json.dumps(json.loads(rulebook.content) | {"engine": 99, "mood": "sunny"}))
    assert client.get(link).status_code == 200
    assert client.get(f"{link}.json").get_json()["verdict"] == "flask"


CONTENTS = {"no JSON": "garbage", "a letter": sa.func.upper(RULEBOOKS.c.content), "a blob": sa.text("x'7b7d'")}
ROWS: dict[str, dict[str, Any]] = {
    "answers cut off": {"answers": '{"size": "small"'},
    "answers of another code": {"answers": json.dumps(SHOP)},
    "answers without an end": {"answers": "[" * 100_000},
    "an unknown verdict": {"verdict": "rails"},
    "not UTF-8": {"answers": sa.text("CAST(x'7bff7d' AS TEXT)")},
    "many votes": {"django": sa.text("'many'")},
    "more votes than there are": {"flask": 3_000_000},
    "less than no votes": {"django": -1},
    "another verdict than the votes": {"verdict": "django"},
    "a tie with a leader": {"strength": "tie"},
    "other votes than are counted": {"flask": RESULTS.c.flask + 1},
}
ONLY_IN_SQLITE = ("a blob", "not UTF-8", "many votes", "no rulebook")
DAMAGES: dict[str, sa.Executable] = {"no rulebook": RULEBOOKS.delete()}
DAMAGES |= {name: RULEBOOKS.update().values(content=content) for name, content in CONTENTS.items()}
DAMAGES |= {name: RESULTS.update().values(values) for name, values in ROWS.items()}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_said_on_the_page_and_in_the_log_costs_no_other_link_and_is_repaired_by_rules_keep(
    edited_later: FlaskClient, rulebook: Rulebook, database_url: str, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    if damage in ONLY_IN_SQLITE and not database_url.startswith("sqlite"):
        pytest.skip("PostgreSQL does not store this")
    link = insert(database_url, PROTOTYPE, rulebook.content)
    execute(database_url, DAMAGES[damage])
    other = insert(database_url, PROTOTYPE, rulebook.content + " ")
    for suffix in ("", ".json"):
        response = edited_later.get(link + suffix)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
        assert "This result is damaged" in response.text
    logged = [record.getMessage().partition(":")[0] for record in caplog.records]
    assert logged == [f"Result {code_of_link(link)} is archived, but cannot be decoded"] * 2
    assert edited_later.get(other).status_code == 200
    assert edited_later.get(edited_later.post("/", data=PROTOTYPE).location).status_code == 200
    assert edited_later.application.test_cli_runner().invoke(args=["rules", "keep", str(DATA)]).exit_code == 0
    assert edited_later.get(link).status_code == 200


def test_healthz_archives_todays_rulebook(client: FlaskClient, database_url: str) -> None:
    for _ in range(2):
        response = client.get("/healthz")
        assert (response.status_code, response.text, response.headers["Cache-Control"]) == (200, "ok", "no-store")
        assert sizes(database_url) == EVERYTHING


def test_the_first_request_archives_todays_rulebook_in_the_background(
    database_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app({"DATABASE_URL": database_url, "DATABASE_PAUSE": 0.05})
    with monkeypatch.context() as patch:
        # As if the machine had no thread left; root cannot be limited.
        patch.setattr(Thread, "start", Mock(side_effect=RuntimeError))
        assert app.test_client().get("/").status_code == 200
    assert app.test_client().get("/rules").status_code == 200
    wait_until(lambda: sizes(database_url) == EVERYTHING)
    assert not caplog.records
