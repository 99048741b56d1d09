"""Error pages: each says what to do next, and never shows a stack trace."""

import re
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

FORM = "application/x-www-form-urlencoded"
CASES: dict[str, tuple[dict[str, Any], int]] = {
    "a cross-site post": ({"path": "/", "method": "POST", "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
    "no such page": ({"path": "/nowhere"}, 404),
    "a method not allowed": ({"path": "/rules", "method": "DELETE"}, 405),
    "a body in chunks": ({"path": "/", "method": "POST", "headers": {"Transfer-Encoding": "chunked"}}, 411),
    "a body too large": ({"path": "/", "method": "POST", "data": {"size": "x" * 20_000}}, 413),
    "too many fields": ({"path": "/", "method": "POST", "data": b"size=small&" * 1500, "content_type": FORM}, 413),
    "a bad request": ({"path": "/bad"}, 400),
    "a failure of ours": ({"path": "/fail"}, 500),
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
    assert "Django or Flask?</title>" in response.text
    assert 'href="/"' in response.text
    assert "Traceback" not in response.text
    assert "ZeroDivisionError" not in response.text
    assert "Cache-Control" not in response.headers
    assert set(response.allow) == ({"GET", "HEAD", "OPTIONS"} if status == 405 else set())


@pytest.mark.parametrize("address", ["/r/0000000000", "/r/schema", "/nowhere", "/r/\x00"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_error_at_an_address_for_machines_is_in_their_format(client: FlaskClient, address: str, method: str) -> None:
    for suffix, mimetype in ((".json", "application/problem+json"), (".md", "text/plain"), (".png", "text/plain")):
        response = client.open(address + suffix, method=method)
        if response.status_code == 200:
            assert (address, suffix) == ("/r/schema", ".json")
            continue
        assert (response.status_code in (404, 405), response.mimetype) == (True, mimetype)
        if suffix == ".json":
            problem = response.get_json()
            assert problem["status"] == response.status_code
            assert problem["title"] and problem["detail"]


def test_a_failure_of_ours_has_a_reference_that_is_in_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.testing = False
    app.add_url_rule("/fail", "fail", lambda: str(1 // 0))
    [reference] = re.findall(r"quote reference (\w+)<", app.test_client().get("/fail").text)
    assert f"Reference {reference}: GET '/fail' failed" in caplog.messages
