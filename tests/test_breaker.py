"""The circuit breaker: who waits for a failing database, and what is logged."""

from time import sleep

import pytest

from questionnaire.results import breaker
from questionnaire.results.breaker import Breaker
from questionnaire.results.store import StoreError

from .support.outage import lines

REST = 0.05


def fail(guarded: Breaker, error: str = "down") -> None:
    with pytest.raises(StoreError), guarded.guard():
        raise StoreError(error)


def use(guarded: Breaker) -> None:
    with guarded.guard():
        pass


def test_nobody_asks_while_it_is_open(caplog: pytest.LogCaptureFixture) -> None:
    guarded = Breaker(REST, "nothing works")
    fail(guarded)
    for _ in range(3):
        with pytest.raises(StoreError, match="down"):
            use(guarded)
    sleep(REST)
    use(guarded)
    use(guarded)
    assert lines(caplog) == [
        "ERROR The database fails, nothing works: down",
        "WARNING The database works again after: down",
    ]


def test_after_the_rest_one_tries_and_the_others_do_not_wait() -> None:
    guarded = Breaker(REST, "nothing works")
    fail(guarded)
    sleep(REST)
    with guarded.guard(), pytest.raises(StoreError):
        use(guarded)
    use(guarded)


def test_an_outage_that_goes_on_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    guarded = Breaker(REST, "nothing works")
    for error in ("down", "still down"):
        fail(guarded, error)
        sleep(REST)
    assert len(lines(caplog)) == 1


def test_a_slow_success_counts_as_a_failure(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(breaker, "SLOW", 0.01)
    guarded = Breaker(REST, "nothing works")
    with guarded.guard():
        sleep(0.02)
    with pytest.raises(StoreError, match=r"it took 0\.0 seconds"):
        use(guarded)
    assert len(lines(caplog)) == 1


def test_an_error_of_another_kind_is_no_outage() -> None:
    guarded = Breaker(REST, "nothing works")
    with pytest.raises(ZeroDivisionError), guarded.guard():
        raise ZeroDivisionError
    use(guarded)


def test_without_a_consequence_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    guarded = Breaker(REST)
    fail(guarded)
    sleep(REST)
    use(guarded)
    assert lines(caplog) == []
