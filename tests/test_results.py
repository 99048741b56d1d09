"""Stored results: frozen, bounded, and never lost if they can be recomputed."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from questionnaire.results.store import RESULTS, Store, StoreError

from .conftest import PROTOTYPE, SHOP, Give, Later
from .support.pages import words


def rows(store: Store) -> int:
    return len(list(store.rows()))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, database: Path) -> str:
    """Every test of this file is run on both databases."""
    return f"sqlite:///{database}" if request.param == "sqlite" else request.getfixturevalue("postgres").database()


@pytest.fixture
def edited_later(later: Later) -> FlaskClient:
    """A client of the same database under a rulebook in which a quote, a rule and a label have changed."""
    return later(
        ("passages.toml", 'quote = "Flask is perfect for developing simple web apps"', 'quote = "Reworded"'),
        (
            "rules.toml",
            'question = "team"\noption = "newcomers"\nfavours = "flask"',
            'question = "team"\noption = "experienced"\ngiven = { api = ["few"] }\nfavours = "flask"',
        ),
        ("questions.toml", 'label = "Small"', 'label = "Tiny"'),
    )


def without_notice(page: str) -> str:
    """A page of an older rulebook without what it says of today's."""
    return re.sub(r'<p class="outdated">.*?</p>\n', "", page, flags=re.DOTALL)


def test_a_stored_result_does_not_change_when_quotes_rules_and_options_do(
    client: FlaskClient, give: Give, edited_later: FlaskClient
) -> None:
    link = give(PROTOTYPE)
    before, after = client.get(link).text, edited_later.get(link).text
    # Only results of today are on the map.
    assert words(without_notice(after)) == words(before).replace(" · On the map", "")
    assert client.get(f"{link}.json").data == edited_later.get(f"{link}.json").data
    assert "Flask is perfect for developing simple web apps" in after
    assert "Project size: Small" in after


def test_an_old_result_says_where_todays_rulebook_differs(give: Give, edited_later: FlaskClient) -> None:
    page = edited_later.get(give(PROTOTYPE)).text
    assert "Today’s rules differ:" in page
    today = edited_later.post("/", data=PROTOTYPE).location
    assert f'<a href="{today}">Use Flask. A close call: 6 votes to 5.</a>' in page
    assert "Reworded" in edited_later.get(today).text
    assert "Project size: Tiny" in edited_later.get(today).text


def test_an_old_result_says_where_todays_rulebook_agrees(give: Give, edited_later: FlaskClient) -> None:
    assert "Today’s rules say the same:" in edited_later.get(give(SHOP)).text


def test_an_old_result_says_when_its_questions_are_no_longer_asked(give: Give, later: Later) -> None:
    link = give(SHOP | {"deadline": "normal"})
    page = later(("questions.toml", 'id = "normal"', 'id = "ordinary"')).get(link).text
    assert "Today’s questions are others." in page
    assert "Deadline: Normal" in page


def test_a_current_result_has_no_word_of_other_rulebooks(client: FlaskClient, give: Give) -> None:
    assert "Today’s rules" not in client.get(give(PROTOTYPE)).text


def lose(store: Store) -> None:
    """Lose all results, as when a backup without them is restored."""
    with store.engine.begin() as connection:
        connection.execute(RESULTS.delete())


def test_losing_the_database_loses_no_current_link(app: Flask, client: FlaskClient, give: Give, store: Store) -> None:
    link = give(PROTOTYPE)
    before = client.get(link).text
    lose(store)
    assert client.get(link).text == before
    assert client.get(f"{link}.json").status_code == 200
    assert rows(store) == 1


def test_a_current_link_opens_on_a_machine_that_never_gave_it(give: Give, tmp_path: Path) -> None:
    link = give(PROTOTYPE)
    elsewhere = create_app({"DATABASE_URL": f"sqlite:///{tmp_path}/elsewhere.sqlite"})
    assert elsewhere.test_client().get(link).status_code == 200
    assert rows(elsewhere.extensions["results"].store) == 1


def test_an_old_code_that_the_database_has_lost_is_not_found(
    give: Give, edited_later: FlaskClient, store: Store
) -> None:
    link = give(PROTOTYPE)
    lose(store)
    assert edited_later.get(link).status_code == 404


def test_a_hundred_posts_from_eight_threads_make_one_row_and_no_error(app: Flask, store: Store) -> None:
    with ThreadPoolExecutor(8) as threads:
        posted = list(threads.map(lambda _: app.test_client().post("/", data=PROTOTYPE), range(100)))
    assert {response.status_code for response in posted} == {303}
    assert len({response.location for response in posted}) == 1
    assert rows(store) == 1


def test_answers_that_were_seen_before_do_not_ask_the_database(give: Give, store: Store) -> None:
    link = give(PROTOTYPE)
    asked = list[str]()
    sa.event.listen(store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert give(PROTOTYPE) == link
    assert asked == []
    give(SHOP)
    assert [statement.split()[0] for statement in asked if not statement.startswith("SET")] == ["SELECT", "INSERT"]


@pytest.fixture
def down(tmp_path: Path, database_url: str) -> Flask:
    """An application whose database cannot be opened: there is a file where its folder would be."""
    (tmp_path / "blocked").write_text("")
    kind = "sqlite:///{}/results" if database_url.startswith("sqlite") else "postgresql+psycopg://app@/results?host={}"
    return create_app({"DATABASE_URL": kind.format(tmp_path / "blocked")})


def test_a_database_that_is_down_takes_down_neither_questionnaire_nor_current_link(
    client: FlaskClient, give: Give, down: Flask
) -> None:
    link = give(PROTOTYPE)
    assert down.test_client().get("/").status_code == 200
    assert down.test_client().post("/", data=PROTOTYPE).location == link
    assert down.test_client().get(link).text == client.get(link).text


def test_a_link_that_only_the_database_knows_is_said_to_be_out_of_reach(down: Flask) -> None:
    response = down.test_client().get("/r/0000000000")
    assert response.status_code == 503
    assert "Try again in a minute" in response.text


def test_healthz_says_when_the_database_does_not_answer(down: Flask) -> None:
    assert down.test_client().get("/healthz").status_code == 503


def test_the_store_says_when_the_database_does_not_answer(down: Flask) -> None:
    with pytest.raises(StoreError, match="blocked"):
        down.extensions["results"].store.ping()
