"""Errors: what a request that cannot be answered is told."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("address", ["/", "/rules", "/nowhere", "/static/style.css"])
@pytest.mark.parametrize("host", ["a" * 64, "a..b"])
def test_a_host_that_cannot_be_one_is_a_bad_request(client: FlaskClient, address: str, host: str) -> None:
    assert client.get(address, headers={"Host": host}).status_code == 400
