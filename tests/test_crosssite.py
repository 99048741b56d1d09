"""Posts from other sites are refused by what the browser says of them."""

import pytest
from flask.testing import FlaskClient

from .conftest import PROTOTYPE

HEADERS = [
    ({}, 303),
    ({"Sec-Fetch-Site": "same-origin"}, 303),
    ({"Sec-Fetch-Site": "none"}, 303),
    ({"Sec-Fetch-Site": "same-site"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
    ({"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"}, 303),
    ({"Origin": "http://localhost"}, 303),
    ({"Origin": "https://elsewhere.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://[broken"}, 403),
]


@pytest.mark.parametrize(("headers", "status"), HEADERS, ids=str)
def test_a_post_is_taken_from_our_own_page_only(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    response = client.post("/", data=PROTOTYPE, headers=headers)
    assert response.status_code == status
    if status == 403:
        assert "sent from another site" in response.text


def test_reading_is_open_to_every_site(client: FlaskClient) -> None:
    assert client.get("/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200
