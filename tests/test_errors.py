"""Error pages: each says what to do next, and never shows a stack trace."""

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from .conftest import PROTOTYPE

CASES = {
    "a cross-site post": ({"path": "/", "method": "POST", "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
    "no such page": ({"path": "/nowhere"}, 404),
    "no such result": ({"path": "/r/0000000000"}, 404),
    "a method not allowed": ({"path": "/rules", "method": "DELETE"}, 405),
    "a body too large": ({"path": "/", "method": "POST", "data": {"size": "x" * 20_000}}, 413),
    "a bad request": ({"path": "/bad"}, 400),
    "a failure of ours": ({"path": "/fail"}, 500),
    "answers missing": ({"path": "/", "method": "POST", "data": {"size": "small"}}, 422),
}


@pytest.mark.parametrize("case", CASES)
def test_an_error_is_a_page_that_says_what_to_do(app: Flask, case: str) -> None:
    request, status = CASES[case]
    app.testing = False
    app.add_url_rule("/fail", "fail", lambda: str(1 // 0))
    app.add_url_rule("/bad", "bad", lambda: abort(400))
    response = app.test_client().open(**request)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert "Django or Flask?</title>" in response.text or "Error: Django or Flask?" in response.text
    assert 'href="/"' in response.text
    assert "Traceback" not in response.text
    assert "ZeroDivisionError" not in response.text
    assert "Cache-Control" not in response.headers


@pytest.mark.parametrize("address", ["/", "/rules", "/nowhere", "/robots.txt"])
@pytest.mark.parametrize("host", ["a" * 64, "a..b"])
def test_a_host_that_cannot_be_one_is_a_bad_request(client: FlaskClient, address: str, host: str) -> None:
    assert client.get(address, headers={"Host": host}).status_code == 400


def test_a_refused_method_is_told_which_are_taken(client: FlaskClient) -> None:
    response = client.delete("/rules")
    assert response.status_code == 405
    assert set(response.allow) == {"GET", "HEAD", "OPTIONS"}


def test_crawlers_are_told_what_to_leave_alone(app: Flask) -> None:
    response = app.test_client().get("/robots.txt")
    assert (response.mimetype, "Disallow: /compare" in response.text) == ("text/plain", True)
    link = app.test_client().post("/", data=PROTOTYPE).location
    assert '<meta name="robots" content="noindex">' in app.test_client().get(link).text
    assert "noindex" not in app.test_client().get("/").text


def test_a_long_name_of_an_asset_is_not_found(client: FlaskClient) -> None:
    assert client.get(f"/static/x/{'a' * 300}").status_code == 404
