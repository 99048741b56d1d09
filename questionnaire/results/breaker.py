"""A circuit breaker: after a failure the database is left alone for a while, and each outage is logged once."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from .store import StoreError

log = logging.getLogger(__name__)


class Breaker:
    """Guards one use of the database; after a failure it is left alone for `rest` seconds."""

    def __init__(self, consequence: str, rest: float) -> None:
        self._consequence = consequence
        self._rest = rest
        self._lock = Lock()
        self._error = ""
        self._open_until = 0.0

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Raise StoreError at once while the breaker is open; open it if the call raises StoreError."""
        began = monotonic()
        if began < self._open_until:
            raise StoreError(self._error)
        try:
            yield
        except StoreError as error:
            with self._lock:
                if not self._error:
                    log.error("The database fails, %s: %s", self._consequence, error)
                self._error = str(error)
                self._open_until = monotonic() + self._rest
            raise
        with self._lock:
            # A call that began before the failure says nothing about now.
            if self._error and began >= self._open_until:
                log.warning("The database works again after: %s", self._error)
                self._error = ""
