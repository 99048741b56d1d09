"""What must hold while the database fails: only links of older rulebooks may be unavailable."""

import logging
from collections.abc import Iterator
from itertools import cycle

import pytest
from flask import Flask

from app import create_app

from ..conftest import SHOP, Edit

# Shorter waits than in production, so that the tests are short too.
IMPATIENT = {"DATABASE_TIMEOUT": 1, "DATABASE_REST": 0.5}


def old_link(url: str, edited: Edit) -> str:
    """A link that only the database knows: its result was given under a rulebook that has been changed since."""
    folder = edited(("questions.toml", 'label = "Small"', 'label = "Tiny"'))
    app = create_app({"DATABASE_URL": url, "DATA_DIR": folder})
    link: str = app.test_client().post("/", data=SHOP).location
    app.extensions["results"].store.engine.dispose()
    return link


class Visitor:
    """Gives other answers each time, and opens the result and an old one."""

    def __init__(self, app: Flask, old: str) -> None:
        self.client = app.test_client()
        self.old = old
        self.answers: Iterator[dict[str, str]] = cycle(app.extensions["results"].answers_by_code.values())
        self.links: list[str] = []

    def visit(self, times: int = 1) -> set[int]:
        """Check what must hold, and return the statuses of the old link."""
        return {self._visit() for _ in range(times)}

    def _visit(self) -> int:
        assert self.client.get("/").status_code == 200
        posted = self.client.post("/", data=next(self.answers))
        assert posted.status_code == 303
        self.links.append(posted.location)
        for address in (posted.location, f"{posted.location}.json"):
            assert self.client.get(address).status_code == 200
        # With this query the page is rendered anew and not taken from the cache.
        old = self.client.get(f"{self.old}?since=")
        assert old.status_code == 200 or "This result cannot be looked up now" in old.text
        return old.status_code


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The warnings and errors logged since the last call, each after its level."""
    logged = [f"{record.levelname} {record.getMessage()}" for record in caplog.records if record.levelno > logging.INFO]
    caplog.clear()
    return logged


FAILS = "ERROR The database fails, results of today's rulebook are recomputed, older ones are not available: "
STORES_NOTHING = "ERROR The database fails, new results are not stored: "
WORKS = "WARNING The database works again after: "
