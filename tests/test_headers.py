"""The headers of every answer, and what the configuration says of hosts and proxies."""

from pathlib import Path

import click
import pytest
from flask.testing import FlaskClient

from app import create_app

from .conftest import PROTOTYPE, Give


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


def test_https_is_made_to_last_where_it_is_used(client: FlaskClient, database: Path) -> None:
    assert "Strict-Transport-Security" in client.get("/", base_url="https://localhost").headers
    config = {"DATABASE_URL": f"sqlite:///{database}", "PUBLIC_URL": "https://choose.example"}
    assert "Strict-Transport-Security" in create_app(config).test_client().get("/").headers


def test_only_trusted_hosts_are_answered(database: Path) -> None:
    config = {"DATABASE_URL": f"sqlite:///{database}", "TRUSTED_HOSTS": ["choose.example"]}
    client = create_app(config).test_client()
    assert client.get("/", headers={"Host": "choose.example"}).status_code == 200
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_as_many_proxies_are_believed_as_are_trusted(database: Path) -> None:
    forwarded = {"X-Forwarded-Host": "choose.example", "X-Forwarded-Proto": "https"}
    for proxies, shown in (("0", "http://localhost/"), ("1", "https://choose.example/")):
        client = create_app({"DATABASE_URL": f"sqlite:///{database}", "TRUSTED_PROXIES": proxies}).test_client()
        assert f'<link rel="canonical" href="{shown}">' in client.get("/", headers=forwarded).text


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"TRUSTED_PROXIES": "two"}, "TRUSTED_PROXIES is “two”"),
        ({"PUBLIC_URL": "choose.example"}, "PUBLIC_URL is “choose.example”; write it in full"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL cannot be read"),
    ],
)
def test_a_setting_that_cannot_be_right_stops_the_start(database: Path, setting: dict[str, str], message: str) -> None:
    with pytest.raises(click.ClickException, match=message):
        create_app({"DATABASE_URL": f"sqlite:///{database}", **setting})
