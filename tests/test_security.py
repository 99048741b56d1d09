"""What browsers are told and refused, and what the configuration says of hosts and proxies."""

import click
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from .conftest import PROTOTYPE, SHOP, Give, code_of_link, create

HEADERS = [
    ({}, 303),
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
def test_only_our_own_page_may_post_and_all_may_read(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    response = client.post("/", data=PROTOTYPE, headers=headers)
    assert response.status_code == status
    assert client.get("/", headers=headers).status_code == 200
    if status == 403:
        assert "sent from another site" in response.text


def test_every_answer_tells_the_browser_to_trust_nothing_else(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    addresses = ["/", "/?size=small", link, f"{link}.png", f"{link}.json", "/rules", "/nowhere", "/healthz"]
    for response in [client.post("/", data=PROTOTYPE), *(client.get(address) for address in addresses * 2)]:
        headers, policy = response.headers, response.headers["Content-Security-Policy"]
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


def test_what_is_made_for_machines_is_open_to_scripts_of_other_sites(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    for suffix in (".json", ".md", ".png"):
        for address, status in ((link, 200), ("/r/0000000000", 404), (f"/r/{code_of_link(link).upper()}", 301)):
            response = client.get(address + suffix, headers={"Origin": "https://elsewhere.example"})
            assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (status, "*")
    assert client.get("/r/schema.json").headers["Access-Control-Allow-Origin"] == "*"
    for address in ("/", link, "/r/0000000000", "/rules"):
        assert "Access-Control-Allow-Origin" not in client.get(address).headers


def test_https_is_made_to_last_where_it_is_used(client: FlaskClient, database_url: str) -> None:
    assert "Strict-Transport-Security" in client.get("/", base_url="https://localhost").headers
    public = create(database_url, PUBLIC_URL="https://choose.example").test_client()
    assert "Strict-Transport-Security" in public.get("/").headers


@pytest.mark.parametrize("public_url", [None, "https://choose.example"])
def test_only_trusted_hosts_are_answered_even_if_the_page_is_cached(database_url: str, public_url: str | None) -> None:
    client = create(database_url, PUBLIC_URL=public_url, TRUSTED_HOSTS=["choose.example"]).test_client()
    for host, status in (("evil.example", 400), ("choose.example", 200), ("evil.example", 400)):
        assert client.get("/", headers={"Host": host}).status_code == status


def test_as_many_proxies_are_believed_as_are_trusted(database_url: str) -> None:
    forwarded = {"X-Forwarded-Host": "choose.example", "X-Forwarded-Proto": "https"}
    for proxies, shown in (("0", "http://localhost/"), ("1", "https://choose.example/")):
        client = create(database_url, TRUSTED_PROXIES=proxies).test_client()
        assert f'<link rel="canonical" href="{shown}">' in client.get("/", headers=forwarded).text


def test_a_form_behind_a_proxy_that_drops_the_host_is_accepted(database_url: str) -> None:
    client = create(database_url, PUBLIC_URL="https://Choose.example/tool").test_client()
    for origin, status in (("https://choose.example", 303), ("https://evil.example", 403)):
        assert client.post("/", data=PROTOTYPE, headers={"Origin": origin}).status_code == status


HOSTS = dict.fromkeys(["xn--a", "xn--strae-oqa.de", "my_app:8000", "[::1]:80", "x:99999", '"><b>', "a b", "", "é"], 200)
HOSTS |= dict.fromkeys(["a" * 64, "a..b"], 400)


@pytest.mark.parametrize("host", HOSTS)
def test_any_host_is_answered_with_links_that_work_or_as_a_bad_request(app: Flask, give: Give, host: str) -> None:
    for address in ("/", give(SHOP), "/rules", "/robots.txt"):
        # Without the test client, which itself fails on some hosts.
        environ = EnvironBuilder(address).get_environ() | {"HTTP_HOST": host}
        body, status, _ = run_wsgi_app(app, environ, buffered=True)
        page = b"".join(body).decode()
        assert status.startswith(str(HOSTS[host]))
        assert "http:/r" not in page
        assert '//"><b>' not in page


def test_a_host_with_an_underscore_can_use_the_form(client: FlaskClient) -> None:
    headers = {"Host": "my_app:8000", "Origin": "http://my_app:8000"}
    link = client.post("/", data=PROTOTYPE, headers=headers).location
    assert f"http://my_app:8000{link}" in client.get(link, headers=headers).text


FORGED = [
    ({"X-Forwarded-Prefix": "//evil.example"}, "https://choose.example"),
    ({"X-Forwarded-Prefix": "/é"}, "https://choose.example"),
    ({"X-Forwarded-Proto": "javascript"}, "https://choose.example"),
    ({"X-Forwarded-Proto": "javascript"}, None),
    ({"X-Forwarded-Host": "evil.example"}, "https://choose.example"),
]


@pytest.mark.parametrize(("forged", "url"), FORGED, ids=str)
def test_no_forgery_through_a_proxy_is_in_a_link(database_url: str, forged: dict[str, str], url: str | None) -> None:
    client = create(database_url, TRUSTED_PROXIES=1, PUBLIC_URL=url).test_client()
    link = client.post("/", data=SHOP).location
    for address in ("/", link, link.upper().replace("/R/", "/r/"), "/r//x"):
        response = client.get(address, headers=forged)
        assert response.status_code in (200, 301, 404)
        for text in (response.text, response.headers.get("Location", "")):
            assert "evil" not in text
            assert "javascript:" not in text


SETTINGS = [
    ({"TRUSTED_PROXIES": "two"}, "TRUSTED_PROXIES is “two”"),
    ({"TRUSTED_PROXIES": -1}, "TRUSTED_PROXIES is “-1”"),
    ({"PUBLIC_URL": "choose.example"}, "PUBLIC_URL is “choose.example”; write it in full"),
    ({"TRUSTED_HOSTS": ["*"]}, "TRUSTED_HOSTS is"),
]
URLS = ["", "a.example/?x", "a.example/#f", "a example", "a.example\n", "["]
SETTINGS += [({"PUBLIC_URL": url}, "PUBLIC_URL is") for url in ("ftp://a.example", *(f"https://{end}" for end in URLS))]


@pytest.mark.parametrize(("setting", "message"), SETTINGS, ids=str)
def test_an_impossible_setting_stops_the_start(database_url: str, setting: dict[str, object], message: str) -> None:
    with pytest.raises(click.ClickException, match=message):
        create(database_url, **setting)


def test_settings_in_capitals_or_with_commas_are_understood(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_HOSTS", "a.example,b.example")
    client = create(database_url, PUBLIC_URL="HTTPS://a.example").test_client()
    assert '<link rel="canonical" href="https://a.example/">' in client.get("/", headers={"Host": "b.example"}).text
