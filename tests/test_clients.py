"""What browsers, chats, orchestrators, platforms and editors do, and other clients than ours."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from wsgiref.types import WSGIEnvironment

import click
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder, run_wsgi_app

from questionnaire.results.codes import codes_in
from rules import Rulebook, load

from .conftest import DATA, PROTOTYPE, SHOP, Give, create
from .support.servers import ROOT

ONE, TWO = "0123456789", "abcdefghjk"
WRAPPED = {
    f"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fchoose.example%2Fr%2F{ONE}&data=05%7C01": [ONE],
    f"https://www.google.com/url?q=https%253A%252F%252Fchoose.example%252Fr%252F{ONE}%2526sa%253DD": [ONE],
    f"https://l.example/r/?u=https://choose.example/r/{ONE}.md": [ONE],
    f"https://choose.example/map?at={ONE}#at": [ONE],
    f"https://choose.example/compare/{ONE}/{TWO}?utm_source=chat": [ONE, TWO],
    f"https://choose.example/compare/{ONE}/{TWO.upper()}.": [ONE, TWO],
    f"https://choose.example/?since={ONE}": [],
    f"https://choose.example/{ONE}": [],
}


@pytest.mark.parametrize("link", WRAPPED)
def test_the_codes_in_a_link_are_found_however_it_was_wrapped(client: FlaskClient, give: Give, link: str) -> None:
    assert codes_in(link) == WRAPPED[link]
    real = [give(answers).removeprefix("/r/") for answers in (PROTOTYPE, SHOP)]
    pasted = link.replace(ONE, real[0]).replace(TWO, real[1]).replace(TWO.upper(), real[1].upper())
    response = client.get("/compare", query_string={"links": f"{pasted} {real[1]}"})
    assert (response.status_code, response.location) == (
        (302, f"/compare/{'/'.join(real)}") if WRAPPED[link] else (422, None)
    )


@pytest.mark.parametrize("behind", [".", ")", ".)", ">", ",", "%20", "**"])
@pytest.mark.parametrize("suffix", ["", ".json", ".md", ".png"])
def test_a_stray_character_behind_a_suffix_does_not_lose_it(client: FlaskClient, suffix: str, behind: str) -> None:
    assert client.get(f"/r/{ONE}{suffix}{behind}").location == f"/r/{ONE}{suffix}"


@pytest.mark.parametrize("path", ["/rules", "/map", "/sources", "/sources/ddi", "/compare", "/decisions"])
def test_a_slash_at_the_end_is_redirected_away(client: FlaskClient, database_url: str, path: str) -> None:
    assert (client.get(f"{path}/").status_code, client.get(f"{path}/").location) == (301, path)
    below = create(database_url, PUBLIC_URL="https://choose.example/tool").test_client()
    assert below.get(f"/tool{path}/").location == f"/tool{path}"


@pytest.mark.parametrize("path", ["/favicon.ico", "/apple-touch-icon.png"])
def test_an_icon_that_is_looked_for_by_its_usual_name_is_there(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.mimetype, response.data[:4]) == ("image/png", b"\x89PNG")


ODD_HOSTS = ["choose.example", "10.0.0.7:8000", "a..b", ".", "x" * 300, "é", ""]


def ask(app: Flask, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str]]:
    """The status and headers without the test client, which itself fails on some hosts."""
    environ: WSGIEnvironment = EnvironBuilder(path, method=method).get_environ()
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    body, status, answered = run_wsgi_app(app, environ, buffered=True)
    b"".join(body)
    return int(status.split()[0]), dict(answered)


@pytest.mark.parametrize("host", ODD_HOSTS)
def test_the_probe_and_only_the_probe_is_answered_whatever_the_host_is(database_url: str, host: str) -> None:
    app = create(database_url, TRUSTED_HOSTS=["choose.example"])
    for method, expected in (("GET", 200), ("HEAD", 200), ("POST", 405 if host == "choose.example" else 400)):
        status, headers = ask(app, "/healthz", method, host=host)
        assert (status, headers["Cache-Control"]) == (expected, "no-store")
    assert ask(app, "/", host=host)[0] == (200 if host == "choose.example" else 400)


@pytest.mark.parametrize("trusted", [None, ["choose.example"]])
@pytest.mark.parametrize("host", ODD_HOSTS)
@pytest.mark.parametrize("path", ["/", "/r/x.json", "/healthz", "/nowhere"])
def test_a_forged_post_with_any_host_is_refused_and_never_a_failure(
    database_url: str, trusted: list[str] | None, host: str, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    app = create(database_url, TRUSTED_HOSTS=trusted)
    for method in ("POST", "DELETE"):
        for forged in ({"sec_fetch_site": "cross-site"}, {"origin": "http://evil.example"}):
            assert ask(app, path, method, host=host, **forged)[0] in (400, 403, 404, 405)
    assert not caplog.records


ORIGINS = [
    ("choose.example:80", "http", "http://choose.example", 303),
    ("choose.example", "http", "http://choose.example:80", 303),
    ("choose.example:443", "https", "https://choose.example", 303),
    ("CHOOSE.example", "https", "https://choose.example:443", 303),
    ("choose.example:8000", "http", "http://choose.example:8000", 303),
    ("choose.example:8000", "http", "http://choose.example", 403),
    ("choose.example:443", "http", "http://choose.example", 403),
    ("choose.example", "http", "https://choose.example", 403),
]


@pytest.mark.parametrize(("host", "scheme", "origin", "status"), ORIGINS)
def test_an_origin_is_compared_by_scheme_host_and_port(
    client: FlaskClient, host: str, scheme: str, origin: str, status: int
) -> None:
    headers = {"Host": host, "Origin": origin}
    assert client.post("/", data=SHOP, headers=headers, base_url=f"{scheme}://{host}").status_code == status


PUBLIC_URLS = {
    "https://choose.example:443": "https://choose.example",
    "http://choose.example:80/tool/": "http://choose.example/tool",
    "https://choose.example:8443/a.b/c": "https://choose.example:8443/a.b/c",
    "https://x/../a": None,
    "https://x/./a": None,
    "https://x:99999": None,
    "https://x:0": None,
    "https://x//a": None,
    "https://user@x": None,
    "https://x/r": None,
    "https://x/map/tool": None,
}


@pytest.mark.parametrize("url", PUBLIC_URLS)
def test_a_public_address_is_normalized_or_refused(database_url: str, url: str) -> None:
    expected = PUBLIC_URLS[url]
    if not expected:
        with pytest.raises(click.ClickException, match=r"PUBLIC_URL"):
            create(database_url, PUBLIC_URL=url)
        return
    client = create(database_url, PUBLIC_URL=url).test_client()
    assert f'<link rel="canonical" href="{expected}/">' in client.get("/").text
    origin = "/".join(expected.split("/")[:3])
    assert client.post("/", data=SHOP, headers={"Origin": origin}).status_code == 303


def test_what_machines_ask_for_is_open_to_other_sites_whatever_the_answer(client: FlaskClient, give: Give) -> None:
    link = give(PROTOTYPE)
    addresses = [f"{link}.json", f"{link.upper().replace('/R/', '/r/')}.md", "/r/schema.json", "/r/0000000000.png"]
    for address in [*addresses, "/nowhere.json", "/r/%00.json", "/x/y.md"]:
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            assert client.open(address, method=method).headers["Access-Control-Allow-Origin"] == "*", address


def test_a_server_may_change_the_headers_that_it_is_given(client: FlaskClient) -> None:
    etag = client.get("/").headers["ETag"]
    environ = EnvironBuilder("/", headers={"If-None-Match": etag}).get_environ()

    def start_response(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        assert status.startswith("304")
        headers.append(("Content-Length", "0"))

    for _ in range(2):
        client.application.wsgi_app(dict(environ), start_response)  # type: ignore[arg-type]
    assert len(client.get("/").headers.getlist("Content-Length")) == 1


def test_a_data_file_may_begin_with_a_byte_order_mark(tmp_path: Path, rulebook: Rulebook) -> None:
    for path in DATA.glob("*.toml"):
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8-sig")
    assert load(tmp_path).revision == rulebook.revision


def test_the_project_may_be_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "feature%2Fx #1?"
    for name in ("questionnaire", "rules", "templates", "static", "data"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "app.py", folder)
    probe = "from app import create_app; print(create_app().test_client().get('/healthz').status)"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    run = subprocess.run([sys.executable, "-c", probe], cwd=folder, env=environment, capture_output=True, text=True)
    assert run.stdout == "200 OK\n", run.stderr
    assert list(tmp_path.rglob("results.sqlite")) == [folder / "instance" / "results.sqlite"]
