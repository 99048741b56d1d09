"""A circuit breaker: after a failure the database is left alone for a while, and each outage is logged once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from .store import StoreError

# A use that takes longer, in seconds, counts as a failure even if it succeeds.
SLOW = 2

log = logging.getLogger(__name__)


class Breaker:
    """Guards one use of the database; after a failure it is left alone for `rest` seconds, then one call tries it.

    Without a `consequence` to log, outages are not logged.
    """

    def __init__(self, rest: float, consequence: str = "") -> None:
        self._consequence = consequence
        self._rest = rest
        self._lock = Lock()
        self._error = ""
        self._open_until = 0.0
        self._trying = False

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Raise StoreError at once while the breaker is open; open it if the call raises StoreError."""
        began = monotonic()
        with self._lock:
            if self._error and (self._trying or began < self._open_until):
                raise StoreError(self._error)
            self._trying = bool(self._error)
        error = ""
        try:
            yield
        except StoreError as failure:
            error = str(failure)
            raise
        finally:
            seconds = monotonic() - began
            if seconds > SLOW and not error:
                error = f"it took {seconds:.1f} seconds"
            with self._lock:
                self._note(error, began)

    def _note(self, error: str, began: float) -> None:
        if error:
            if not self._error and self._consequence:
                log.error("The database fails, %s: %s", self._consequence, error)
            self._error = error
            self._open_until = monotonic() + self._rest
        # A call that began before the failure says nothing about now.
        elif self._error and began >= self._open_until:
            if self._consequence:
                log.warning("The database works again after: %s", self._error)
            self._error = ""
        self._trying = False
