"""What browsers are told and refused, and what the configuration says of hosts and proxies."""

from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from .conftest import PROTOTYPE, SHOP, Give, create

# By the address that a form is posted to: what the browser says of where it comes from, and the answer.
POSTS: dict[str, list[tuple[dict[str, str], int]]] = {
    "http://localhost": [
        ({}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"}, 303),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://[broken"}, 403),
    ],
    "http://choose.example:80": [({"Origin": "http://choose.example"}, 303)],
    "http://choose.example": [
        ({"Origin": "http://choose.example:80"}, 303),
        ({"Origin": "https://choose.example"}, 403),
    ],
    "https://CHOOSE.example": [({"Origin": "https://choose.example:443"}, 303)],
    "http://my_app:8000": [({"Origin": "http://my_app:8000"}, 303), ({"Origin": "http://my_app"}, 403)],
    "http://choose.example:443": [({"Origin": "http://choose.example"}, 403)],
}


@pytest.mark.parametrize("address", POSTS)
def test_only_our_own_page_may_post_and_all_may_read(client: FlaskClient, address: str) -> None:
    for headers, status in POSTS[address]:
        sent = headers | {"Host": address.partition("://")[2]}
        response = client.post("/", data=PROTOTYPE, headers=sent, base_url=address)
        assert response.status_code == status, headers
        assert ("sent from another site" in response.text) == (status == 403)
        assert client.get("/", headers=sent, base_url=address).status_code == 200


TOLD = {
    "Content-Security-Policy": "default-src 'none'; ",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}


def test_every_answer_tells_the_browser_to_trust_nothing_else(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    addresses = ["/", "/?size=small", link, f"{link}.png", f"{link}.json", "/rules", "/nowhere", "/healthz"]
    for response in [client.post("/", data=PROTOTYPE), *(client.get(address) for address in addresses * 2)]:
        assert all(words in response.headers[name] for name, words in TOLD.items())
        assert not {"Strict-Transport-Security", "Set-Cookie"} & set(response.headers.keys())
        policy = response.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy and "unsafe" not in policy


def test_https_is_made_to_last_where_it_is_used(client: FlaskClient, database_url: str) -> None:
    assert "Strict-Transport-Security" in client.get("/", base_url="https://localhost").headers
    public = create(database_url, PUBLIC_URL="https://choose.example").test_client()
    assert "Strict-Transport-Security" in public.get("/").headers


def test_what_is_made_for_machines_and_nothing_else_is_open_to_other_sites(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    addresses = [f"{link}.json", f"{link.upper().replace('/R/', '/r/')}.md", "/r/schema.json", "/r/0000000000.png"]
    for address in [*addresses, "/nowhere.json", "/r/%00.json", "/x/y.md"]:
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            assert client.open(address, method=method).headers["Access-Control-Allow-Origin"] == "*", address
    for address in ("/", link, "/r/0000000000", "/rules"):
        assert "Access-Control-Allow-Origin" not in client.get(address).headers


def ask(app: Flask, path: str, host: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    """The status and the page without the test client, which itself fails on some hosts."""
    environ = EnvironBuilder(path, method=method).get_environ() | {"HTTP_HOST": host} | headers
    body, status, _ = run_wsgi_app(app, environ, buffered=True)
    return int(status.split()[0]), b"".join(body).decode()


# How a page names its own address under a host; None if the host is a bad request.
HOSTS = {host: f"http://{host}" for host in ("xn--a", "xn--strae-oqa.de", "my_app:8000", "[::1]:80", "x:99999")}
HOSTS |= dict.fromkeys(['"><b>', "a b", "", "é"], "")
ODD_HOSTS: dict[str, str | None] = HOSTS | dict.fromkeys(["a" * 64, "a..b", ".", "x" * 300])


@pytest.mark.parametrize("host", ODD_HOSTS)
def test_any_host_is_answered_with_links_that_work_or_as_a_bad_request(app: Flask, give: Give, host: str) -> None:
    shown = ODD_HOSTS[host]
    for address in ("/", give(SHOP), "/rules"):
        status, page = ask(app, address, host)
        assert status == (400 if shown is None else 200)
        assert shown is None or f'<link rel="canonical" href="{shown}{address}">' in page


@pytest.mark.parametrize("trusted", [None, ["choose.example"]])
@pytest.mark.parametrize("host", ["choose.example", *ODD_HOSTS])
def test_a_forged_post_with_any_host_is_refused_and_never_a_failure(
    database_url: str, trusted: list[str] | None, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = create(database_url, TRUSTED_HOSTS=trusted)
    for path in ("/", "/r/x.json", "/healthz", "/nowhere"):
        for forged in ({"HTTP_SEC_FETCH_SITE": "cross-site"}, {"HTTP_ORIGIN": "http://evil.example"}):
            assert ask(app, path, host, "POST", **forged)[0] in (400, 403, 404, 405)
    assert not caplog.records


@pytest.mark.parametrize("public_url", [None, "https://choose.example"])
def test_only_the_probe_is_answered_on_a_host_that_is_not_trusted(database_url: str, public_url: str | None) -> None:
    app = create(database_url, PUBLIC_URL=public_url, TRUSTED_HOSTS=["choose.example"])
    # The second time, the page may come from the cache.
    for host in ["choose.example", *ODD_HOSTS, "choose.example", "evil.example"]:
        for path, method in (("/", "GET"), ("/healthz", "GET"), ("/healthz", "HEAD"), ("/healthz", "POST")):
            probed = path == "/healthz" and method != "POST"
            right = 405 if method == "POST" else 200
            assert ask(app, path, host, method)[0] == (right if probed or host == "choose.example" else 400)


def test_no_answer_of_the_probe_may_be_cached(tmp_path: Path) -> None:
    client = create(f"sqlite:///{tmp_path}", TRUSTED_HOSTS=["choose.example"]).test_client()
    for method, host, status in [("HEAD", "x", 503), ("POST", "x", 400), ("POST", "choose.example", 405)]:
        response = client.open("/healthz", method=method, headers={"Host": host})
        assert (response.status_code, response.headers["Cache-Control"]) == (status, "no-store")


def test_as_many_proxies_are_believed_as_are_trusted(database_url: str) -> None:
    forwarded = {"X-Forwarded-Host": "choose.example", "X-Forwarded-Proto": "https"}
    for proxies, shown in (("0", "http://localhost/"), ("1", "https://choose.example/")):
        client = create(database_url, TRUSTED_PROXIES=proxies).test_client()
        assert f'<link rel="canonical" href="{shown}">' in client.get("/", headers=forwarded).text


FORGED = [
    ({"X-Forwarded-Prefix": "//evil.example"}, "https://choose.example"),
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


PUBLIC_URLS = {
    "HTTPS://Choose.example:443": "https://choose.example",
    "http://choose.example:80/tool/": "http://choose.example/tool",
    "https://choose.example:8443/a.b/c": "https://choose.example:8443/a.b/c",
}


@pytest.mark.parametrize("url", PUBLIC_URLS)
def test_a_public_address_is_normalized_and_its_form_accepted_behind_any_proxy(database_url: str, url: str) -> None:
    client = create(database_url, PUBLIC_URL=url).test_client()
    assert f'<link rel="canonical" href="{PUBLIC_URLS[url]}/">' in client.get("/").text
    own = "/".join(PUBLIC_URLS[url].split("/")[:3])
    for origin, status in ((own, 303), ("https://evil.example", 403)):
        assert client.post("/", data=SHOP, headers={"Origin": origin}).status_code == status


SETTINGS: list[tuple[dict[str, Any], str]] = [
    ({"TRUSTED_PROXIES": "two"}, "TRUSTED_PROXIES is “two”"),
    ({"TRUSTED_PROXIES": -1}, "TRUSTED_PROXIES is “-1”"),
    ({"TRUSTED_PROXIES": "٣"}, "TRUSTED_PROXIES is “٣”"),
    *(({"TRUSTED_HOSTS": hosts}, "TRUSTED_HOSTS is") for hosts in (["*"], " ,", "my_app", "a.example:8000")),
    ({"DATA_DIR": "x" * 300}, "DATA_DIR is"),
    ({"SOURCE_URL": "password=secret"}, "SOURCE_URL cannot be used"),
    ({"PUBLIC_URL": "choose.example"}, "PUBLIC_URL is “choose.example”; write it in full"),
    ({"PUBLIC_URL": "https://x/r"}, "PUBLIC_URL has the path of a page"),
    ({"PUBLIC_URL": "https://x/map/tool"}, "PUBLIC_URL has the path of a page"),
    *(({"PUBLIC_URL": f"https://user:secret{end}"}, "PUBLIC_URL cannot be used; write") for end in ("", "@x", "%40x")),
]
URLS = ["", "x/#f", "x y", "x\n", "[", "x/../a", "x/./a", "x:99999", "x:0", "x//a"]
SETTINGS += [({"PUBLIC_URL": f"https://{url}"}, "PUBLIC_URL is") for url in URLS]


@pytest.mark.parametrize(("setting", "message"), SETTINGS, ids=str)
def test_an_impossible_setting_stops_the_start(database_url: str, setting: dict[str, Any], message: str) -> None:
    with pytest.raises(click.ClickException, match=message):
        create(database_url, **setting)
