"""The page cache: pages are rendered once, revalidated by ETag, and free of anything that a request says."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app import create_app
from questionnaire import card
from questionnaire.card import result_card

from .conftest import PROTOTYPE, SHOP, Give, code_of_link


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

    def counted(result: object) -> bytes:
        made.append(result)
        return result_card(result)  # type: ignore[arg-type]

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


def test_a_page_that_is_not_there_is_not_cached(client: FlaskClient, app: Flask) -> None:
    for _ in range(2):
        assert client.get("/r/0000000000").status_code == 404
    assert not app.extensions["cache"].pages


def test_a_long_address_takes_no_more_memory_than_a_short_one(client: FlaskClient, app: Flask) -> None:
    for number in range(50):
        assert client.get("/robots.txt", headers={"Host": f"{number}" + ".evil" * 800}).status_code == 200
    pages = app.extensions["cache"].pages
    assert len(pages) == 50
    assert len({len(key) for key in pages}) == 1


def test_head_answers_what_get_would_without_the_body(client: FlaskClient, give: Give) -> None:
    for address in addresses(give(SHOP)):
        got, head = client.get(address), client.head(address)
        assert (head.status_code, head.data) == (200, b"")
        assert dict(head.headers) == dict(got.headers), address
        revalidated = client.head(address, headers={"If-None-Match": got.headers["ETag"]})
        assert revalidated.status_code == 304


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_query_that_a_page_does_not_read_is_answered_from_the_cache(
    app: Flask, client: FlaskClient, give: Give, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = addresses(give(SHOP))
    for address in pages:
        client.get(address)
    rendered = list[str]()
    monkeypatch.setattr(app, "preprocess_request", lambda: rendered.append(request.full_path))
    for address in pages:
        assert client.open(f"{address}?utm_source=x&y", method=method).status_code == 200
    assert rendered == []
    assert len(app.extensions["cache"].pages) == len(pages)


def test_a_query_that_a_page_reads_is_not_ignored(client: FlaskClient, give: Give) -> None:
    since, link = code_of_link(give(PROTOTYPE)), give(SHOP)
    for address, words in (("/?size=large", "<input checked "), (f"{link}?since={since}", "You changed")):
        path = address.partition("?")[0]
        for _ in range(2):
            assert words not in client.get(path).text
            assert words in client.get(address).text
            assert words in client.get(f"{address}&utm_source=x").text


def test_an_untrusted_host_is_refused_though_the_page_is_cached(database_url: str) -> None:
    config = {"PUBLIC_URL": "https://choose.example", "TRUSTED_HOSTS": ["choose.example"]}
    client = create_app({"DATABASE_URL": database_url, **config}).test_client()
    for host, status in (("evil.example", 400), ("choose.example", 200), ("evil.example", 400)):
        assert client.get("/", headers={"Host": host}).status_code == status
