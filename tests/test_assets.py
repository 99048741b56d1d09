"""The files beside the pages: style, script and icon under names with a digest, and what crawlers are told."""

import re

import pytest
from flask.testing import FlaskClient

from .conftest import SHOP, TIED, Give, code_of_link


def test_an_asset_is_named_by_its_content_and_kept_for_a_year_and_an_old_name_not_for_long(client: FlaskClient) -> None:
    [address] = re.findall(r'href="(/static/[0-9a-f]{16}/style\.css)"', client.get("/").text)
    response = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert response.mimetype == "text/css"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["Content-Encoding"] == "gzip"
    assert client.get(address, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    old = client.get("/static/0000000000000000/style.css")
    assert old.headers["Cache-Control"] == "public, max-age=300"
    assert old.data == client.get(address).data


@pytest.mark.parametrize("name", ["x.css", "..", "..%2fapp.py", "%2e%2e%2fapp.py", "style.css%00", ".", "a" * 300])
def test_nothing_but_the_assets_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/0000000000000000/{name}").status_code == 404


@pytest.mark.parametrize("path", ["/favicon.ico", "/apple-touch-icon.png"])
def test_an_icon_that_is_looked_for_by_its_usual_name_is_there(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.mimetype, response.data[:4]) == ("image/png", b"\x89PNG")


def test_crawlers_are_told_what_to_leave_alone(client: FlaskClient, give: Give) -> None:
    response = client.get("/robots.txt")
    # A crawler that may not read a page never sees that it is not to be listed.
    assert (response.mimetype, re.findall("Disallow: (.*)", response.text)) == ("text/plain", ["/*?at=", "/*?since="])
    for address, kept_out in ((give(SHOP), True), ("/compare", True), ("/", False), ("/rules", False)):
        assert ('<meta name="robots" content="noindex">' in client.get(address).text) == kept_out


@pytest.mark.parametrize("address", ["/", "/rules", "/map", "/sources", "/sources/ddi", "/decisions", "/compare/{}/{}"])
def test_a_page_that_is_shared_has_a_preview_of_its_own(client: FlaskClient, give: Give, address: str) -> None:
    address = address.format(*(code_of_link(give(answers)) for answers in (SHOP, TIED)))
    page = client.get(address).text
    shown = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]+)">', page))
    assert shown["og:url"] == f"http://localhost{address}"
    assert f'<link rel="canonical" href="{shown["og:url"]}">' in page
    assert shown["og:description"] == shown["description"]
    assert shown["og:title"] and shown["og:image:alt"]
    assert client.get(shown["og:image"]).mimetype == "image/png"
