"""Since: what a result says of the one that it was changed from."""

from flask.testing import FlaskClient

from questionnaire.texts import sentence
from rules import Rulebook, recommend

from .conftest import PROTOTYPE, Give, Later
from .conftest import code_of_link as code
from .support.pages import words


def test_a_changed_answer_shows_what_moved_since(client: FlaskClient, give: Give, rulebook: Rulebook) -> None:
    since = code(give(PROTOTYPE))
    form = client.get(f"/?since={since}&size=small").text
    assert f'<input type="hidden" name="since" value="{since}">' in form
    before = sentence(recommend(rulebook, PROTOTYPE))
    assert f'Changing “{before}” <a href="/r/{since}">Keep it as it is</a>' in form
    link = client.post("/", data=PROTOTYPE | {"size": "large", "since": since}).location
    assert link.endswith(f"?since={since}")
    page = client.get(link).text
    assert "You changed Project size from “Small” to “Large”." in words(page)
    assert f'Before: <a href="/r/{since}">{before}</a>' in page
    assert f'href="/compare/{since}/{code(link)}"' in page
    assert f'<link rel="canonical" href="http://localhost/r/{code(link)}">' in page
    assert "You changed" not in client.get(f"/r/{code(link)}").text


def test_an_answer_that_is_changed_to_itself_is_no_change(client: FlaskClient, give: Give, later: Later) -> None:
    link = give(PROTOTYPE)
    again = client.post("/", data=PROTOTYPE | {"since": code(link)}).location
    assert again == f"{link}?since={code(link)}"
    assert "You changed" not in client.get(again).text
    today = later(("questions.toml", 'label = "Large"', 'label = "Huge"'))
    under_another_rulebook = today.post("/", data=PROTOTYPE | {"since": code(link)}).location
    assert "?" not in under_another_rulebook
