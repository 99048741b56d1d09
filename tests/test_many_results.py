"""Ten thousand results of old rulebooks: finding one among them costs what it costs among ten."""

from datetime import UTC, datetime
from statistics import median
from time import perf_counter

import pytest
from flask import Flask

from questionnaire import formats
from questionnaire.table import FIND, RESULTS
from rules.recommend import recommend
from rules.rulebook import Rulebook

from .conftest import SHOP


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, database_url: str) -> str:
    return database_url if request.param == "sqlite" else request.getfixturevalue("postgres").database()


def fill(app: Flask, rulebook: Rulebook, numbers: range) -> None:
    row = {"revision": "old", "created": datetime.now(UTC), "answers": SHOP}
    row["recommendation"] = formats.write(recommend(rulebook, SHOP))
    with app.extensions["results"].store.engine.begin() as connection:
        connection.execute(RESULTS.insert(), [row | {"code": f"{number:010}"} for number in numbers])


def seconds_to_find(app: Flask, code: str) -> float:
    """The typical time of many look-ups, with the connection open: what the database itself takes."""
    times = []
    with app.extensions["results"].store.engine.connect() as connection:
        for _ in range(300):
            began = perf_counter()
            assert connection.execute(FIND, {"code": code}).scalar()
            times.append(perf_counter() - began)
    return median(times)


def test_a_look_up_costs_the_same_among_ten_thousand_results_as_among_ten(app: Flask, rulebook: Rulebook) -> None:
    fill(app, rulebook, range(10))
    among_ten = seconds_to_find(app, "0000000005")
    fill(app, rulebook, range(10, 10_000))
    among_many = [seconds_to_find(app, f"{number:010}") for number in (5, 5_000, 9_999)]
    # Reading them all would take hundreds of times as long.
    assert max(among_many) < 2 * among_ten, (among_ten, among_many)
