"""What is kept in memory: made once, revalidated by ETag, and free of anything a request says."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from questionnaire import card
from questionnaire.card import result_card

from .conftest import SHOP

Give = Callable[[dict[str, str]], str]


def addresses(link: str) -> list[str]:
    return ["/", "/card.png", link, f"{link}.json", f"{link}.md", f"{link}.png", "/rules", "/sources", "/sources/ddi"]


def test_every_page_is_revalidated_by_its_etag(client: FlaskClient, give: Give) -> None:
    for address in addresses(give(SHOP)):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), address
        assert again.headers["ETag"] == first.headers["ETag"]
        assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200
        assert first.headers["Cache-Control"] == "public, max-age=300"


def test_text_is_compressed_for_whoever_takes_it(client: FlaskClient, give: Give) -> None:
    link = give(SHOP)
    plain, small = client.get(link), client.get(link, headers={"Accept-Encoding": "gzip, br"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 3
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
    assert "Content-Encoding" not in client.get(link, headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_a_burst_of_previews_makes_a_card_once(app: Flask, give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def counted(given: object) -> bytes:
        made.append(given)
        return result_card(given)  # type: ignore[arg-type]

    monkeypatch.setattr(card, "result_card", counted)
    link = give(SHOP)
    with ThreadPoolExecutor(8) as threads:
        bodies = set(threads.map(lambda _: app.test_client().get(f"{link}.png").data, range(50)))
    assert len(bodies) == len(made) == 1


FORGED = [
    {"Host": "evil.example"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "evil"},
    {"Forwarded": "host=evil.example"},
    {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "evil"},
]


@pytest.mark.parametrize("public_url", [None, "https://choose.example"])
def test_no_header_of_one_visitor_reaches_another(app: Flask, client: FlaskClient, public_url: str | None) -> None:
    app.config["PUBLIC_URL"] = public_url
    link = client.post("/", data=SHOP).location
    for address in addresses(link):
        for headers in FORGED:
            client.get(address, headers=headers)
        page = client.get(address)
        assert page.status_code == 200
        assert b"evil" not in page.data, address
        assert "evil" not in str(page.headers)


@pytest.mark.parametrize("public_url", [None, "https://choose.example"])
def test_no_forged_root_reaches_another_visitor(app: Flask, client: FlaskClient, public_url: str | None) -> None:
    app.config["PUBLIC_URL"] = public_url
    link = client.post("/", data=SHOP).location
    for address in addresses(link):
        client.get(address, environ_overrides={"SCRIPT_NAME": "//evil.example"})
        assert b"evil" not in client.get(address).data, address


def test_with_a_public_address_not_even_the_forger_sees_his_own(app: Flask, client: FlaskClient) -> None:
    app.config["PUBLIC_URL"] = "https://choose.example"
    link = client.post("/", data=SHOP).location
    for address in addresses(link):
        assert b"evil" not in client.get(address, headers=FORGED[-1]).data


def test_a_page_that_is_not_there_is_not_kept(client: FlaskClient, app: Flask) -> None:
    assert client.get("/r/0000000000").status_code == 404
    assert client.get("/r/0000000000").status_code == 404
    assert "Cache-Control" not in client.get("/r/0000000000").headers


def test_a_long_address_takes_no_more_memory_than_a_short_one(client: FlaskClient, app: Flask) -> None:
    for number in range(50):
        assert client.get("/card.png", headers={"Host": f"{number}" + ".evil" * 800}).status_code == 200
    kept = app.extensions["kept"].answers
    assert len(kept) == 50
    assert max(len(address) for address in kept) <= 64
