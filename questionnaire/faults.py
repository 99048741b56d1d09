"""Faults of the database: said once when they begin and once when they end, and not waited for by every request."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from .store import StoreError

SECONDS_TO_REST = 5
"""How long the database is left alone after a failure before the next request tries it again."""

SHARE = 5
"""How many times as long as the failure itself the rest is at least, so that a database that hangs costs a worker
no more than a sixth of its time."""

log = logging.getLogger(__name__)


class Faults:
    """Watches one use of the database."""

    def __init__(self, use: str) -> None:
        self._use = use
        self._lock = Lock()
        self._fault = ""
        self._rest_until = 0.0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note whether the use fails; raises StoreError at once while the database rests."""
        began = monotonic()
        if began < self._rest_until:
            raise StoreError(self._fault)
        try:
            yield
        except StoreError as error:
            self._begin(str(error), monotonic() - began)
            raise
        self._end(began)

    def _begin(self, fault: str, seconds: float) -> None:
        with self._lock:
            if not self._fault:
                log.error("The database fails, %s: %s", self._use, fault)
            self._fault = fault
            self._rest_until = monotonic() + max(SECONDS_TO_REST, SHARE * seconds)

    def _end(self, began: float) -> None:
        with self._lock:
            # What began before the failure and got through says nothing of how it is now.
            if self._fault and began >= self._rest_until:
                log.warning("The database works again; it had said: %s", self._fault)
                self._fault = ""
