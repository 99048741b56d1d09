"""What is promised while the database fails: only links of older rulebooks may wait for it."""

import logging
from collections.abc import Iterator
from itertools import cycle

import pytest
from flask import Flask

from app import create_app
from questionnaire import engine, faults

from .conftest import SHOP, Edit


def old_link(url: str, edited: Edit) -> str:
    """A link that is in the database alone: it was given under a rulebook that has been changed since."""
    folder = edited(("questions.toml", 'label = "Small"', 'label = "Tiny"'))
    app = create_app({"DATABASE_URL": url, "DATA_DIR": folder})
    link: str = app.test_client().post("/", data=SHOP).location
    app.extensions["results"].store.engine.dispose()
    return link


class Visitor:
    """Answers differently each time, and looks at the result and at an old one."""

    def __init__(self, app: Flask, old: str) -> None:
        self.client = app.test_client()
        self.old = old
        self.answers: Iterator[dict[str, str]] = cycle(app.extensions["results"].answers.values())
        self.links: list[str] = []

    def visit(self, times: int = 1) -> set[int]:
        """See that the promise is kept, and return what the old link answered."""
        return {self._visit() for _ in range(times)}

    def _visit(self) -> int:
        assert self.client.get("/").status_code == 200
        posted = self.client.post("/", data=next(self.answers))
        assert posted.status_code == 303
        self.links.append(posted.location)
        for address in (posted.location, f"{posted.location}.json"):
            assert self.client.get(address).status_code == 200
        # With a query the page is made anew and not taken from memory.
        old = self.client.get(f"{self.old}?again")
        assert old.status_code == 200 or "This result cannot be looked up now" in old.text
        return old.status_code


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged since last asked: the level, and how it begins."""
    said = [f"{record.levelname} {record.getMessage()}" for record in caplog.records if record.levelno > logging.INFO]
    caplog.clear()
    return said


FAILS = "ERROR The database fails, results of today's rulebook are given without it, older ones not at all: "
STORES_NOTHING = "ERROR The database fails, results are given without being stored: "
WORKS = "WARNING The database works again; it had said: "


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait and rest less than in earnest, so that the tests do."""
    monkeypatch.setattr(engine, "SECONDS_TO_WAIT", 2)
    monkeypatch.setattr(engine, "MILLISECONDS", 2000)
    monkeypatch.setattr(faults, "SECONDS_TO_REST", 1)
    monkeypatch.setattr(faults, "SHARE", 0)
