"""What browsers are told and refused, and what the configuration says of hosts and proxies."""

import click
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from app import create_app

from .conftest import PROTOTYPE, SHOP, Give

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


def test_every_answer_tells_the_browser_to_trust_nothing_else(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    for address in ("/", "/?size=small", link, f"{link}.png", f"{link}.json", "/rules", "/nowhere", "/healthz"):
        for headers in (client.get(address).headers, client.get(address).headers):
            policy = headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["Referrer-Policy"] == "same-origin"
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert "camera=()" in headers["Permissions-Policy"]
            assert "Strict-Transport-Security" not in headers
            assert "Set-Cookie" not in headers


def test_https_is_made_to_last_where_it_is_used(client: FlaskClient, database_url: str) -> None:
    assert "Strict-Transport-Security" in client.get("/", base_url="https://localhost").headers
    config = {"DATABASE_URL": database_url, "PUBLIC_URL": "https://choose.example"}
    assert "Strict-Transport-Security" in create_app(config).test_client().get("/").headers


def test_only_trusted_hosts_are_answered(database_url: str) -> None:
    config = {"DATABASE_URL": database_url, "TRUSTED_HOSTS": ["choose.example"]}
    client = create_app(config).test_client()
    assert client.get("/", headers={"Host": "choose.example"}).status_code == 200
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_as_many_proxies_are_believed_as_are_trusted(database_url: str) -> None:
    forwarded = {"X-Forwarded-Host": "choose.example", "X-Forwarded-Proto": "https"}
    for proxies, shown in (("0", "http://localhost/"), ("1", "https://choose.example/")):
        client = create_app({"DATABASE_URL": database_url, "TRUSTED_PROXIES": proxies}).test_client()
        assert f'<link rel="canonical" href="{shown}">' in client.get("/", headers=forwarded).text


def test_a_form_behind_a_proxy_that_drops_the_host_is_accepted(database_url: str) -> None:
    client = create_app({"DATABASE_URL": database_url, "PUBLIC_URL": "https://Choose.example/tool"}).test_client()
    for origin, status in (("https://choose.example", 303), ("https://evil.example", 403)):
        assert client.post("/", data=PROTOTYPE, headers={"Origin": origin}).status_code == status


HOSTS = ["xn--a", "xn--strae-oqa.de", "my_app:8000", "[::1]:80", "x:99999", '"><b>', "a b", "", "é"]


@pytest.mark.parametrize("host", HOSTS)
def test_any_host_is_answered_with_links_that_work(app: Flask, give: Give, host: str) -> None:
    for address in ("/", give(SHOP), "/rules"):
        # Without the test client, which itself fails on some hosts.
        environ = EnvironBuilder(address).get_environ() | {"HTTP_HOST": host}
        body, status, _ = run_wsgi_app(app, environ, buffered=True)
        page = b"".join(body).decode()
        assert status[:3] in ("200", "400")
        assert "http:/r" not in page
        assert '"><b>' not in page


def test_a_host_with_an_underscore_can_use_the_form(client: FlaskClient) -> None:
    headers = {"Host": "my_app:8000", "Origin": "http://my_app:8000"}
    link = client.post("/", data=PROTOTYPE, headers=headers).location
    assert f"http://my_app:8000{link}" in client.get(link, headers=headers).text


FORGED = [
    {"X-Forwarded-Prefix": "//evil.example"},
    {"X-Forwarded-Prefix": "/é"},
    {"X-Forwarded-Proto": "javascript"},
    {"X-Forwarded-Host": "evil.example"},
]


@pytest.mark.parametrize("forged", FORGED, ids=str)
def test_what_a_client_forges_through_a_proxy_is_in_no_link(database_url: str, forged: dict[str, str]) -> None:
    config = {"DATABASE_URL": database_url, "TRUSTED_PROXIES": 1, "PUBLIC_URL": "https://choose.example"}
    client = create_app(config).test_client()
    link = client.post("/", data=SHOP).location
    for address in ("/", link, link.upper().replace("/R/", "/r/"), "/r//x"):
        response = client.get(address, headers=forged)
        assert response.status_code in (200, 301, 404)
        for text in (response.text, response.headers.get("Location", "")):
            assert "evil" not in text
            assert "javascript:" not in text


def test_without_a_public_url_a_forged_scheme_is_in_no_link(database_url: str) -> None:
    client = create_app({"DATABASE_URL": database_url, "TRUSTED_PROXIES": 1}).test_client()
    assert "javascript:" not in client.get("/", headers={"X-Forwarded-Proto": "javascript"}).text


SETTINGS = [
    ({"TRUSTED_PROXIES": "two"}, "TRUSTED_PROXIES is “two”"),
    ({"TRUSTED_PROXIES": -1}, "TRUSTED_PROXIES is “-1”"),
    ({"PUBLIC_URL": "choose.example"}, "PUBLIC_URL is “choose.example”; write it in full"),
    ({"PUBLIC_URL": "https://"}, "PUBLIC_URL is"),
    ({"PUBLIC_URL": "https://a.example/?x"}, "PUBLIC_URL is"),
    ({"PUBLIC_URL": "https://a.example/#f"}, "PUBLIC_URL is"),
    ({"PUBLIC_URL": "https://a example"}, "PUBLIC_URL is"),
    ({"PUBLIC_URL": "https://a.example\n"}, "PUBLIC_URL is"),
    ({"PUBLIC_URL": "ftp://a.example"}, "PUBLIC_URL is"),
    ({"PUBLIC_URL": "https://["}, "PUBLIC_URL is"),
    ({"TRUSTED_HOSTS": ["*"]}, "TRUSTED_HOSTS has “\\*”"),
    ({"DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be read"),
]


@pytest.mark.parametrize(("setting", "message"), SETTINGS, ids=str)
def test_a_setting_that_cannot_work_stops_the_start(
    database_url: str, setting: dict[str, object], message: str
) -> None:
    with pytest.raises(click.ClickException, match=message):
        create_app({"DATABASE_URL": database_url, **setting})


def test_settings_in_capitals_or_with_commas_are_understood(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_HOSTS", "a.example,b.example")
    client = create_app({"DATABASE_URL": database_url, "PUBLIC_URL": "HTTPS://a.example"}).test_client()
    assert client.get("/", headers={"Host": "b.example"}).status_code == 200
    assert '<link rel="canonical" href="https://a.example/">' in client.get("/", headers={"Host": "b.example"}).text
