"""Errors: what a request that cannot be answered is told."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("address", ["/", "/rules", "/nowhere", "/static/style.css"])
@pytest.mark.parametrize("host", ["a" * 64, "a..b"])
def test_a_host_that_cannot_be_one_is_a_bad_request(client: FlaskClient, address: str, host: str) -> None:
    assert client.get(address, headers={"Host": host}).status_code == 400


def test_a_refused_method_is_told_which_are_taken(client: FlaskClient) -> None:
    response = client.delete("/rules")
    assert response.status_code == 405
    assert set(response.allow) == {"GET", "HEAD", "OPTIONS"}


def test_a_range_beyond_the_end_is_told_where_the_end_is(client: FlaskClient) -> None:
    response = client.get("/static/style.css", headers={"Range": "bytes=9999999-"})
    assert response.status_code == 416
    assert response.headers["Content-Range"].startswith("bytes */")
