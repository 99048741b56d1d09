"""A PostgreSQL connection that gives up at a deadline, whatever the server does."""

from time import monotonic
from typing import Any, Self, TypeVar

import psycopg
from psycopg.abc import PQGen

RV = TypeVar("RV")


class DeadlineConnection(psycopg.Connection[Any]):
    """A connection for one use. psycopg has no timeout for a server that stops answering after the login."""

    deadline = float("inf")

    @classmethod
    def connect_until(cls, deadline: float, *arguments: Any, **parameters: Any) -> Self:
        """Connect; everything until the connection is closed must be done by then, on the clock of `monotonic`."""
        seconds = max(2, int(deadline - monotonic()))
        connection = cls.connect(*arguments, **parameters, connect_timeout=seconds)
        connection.deadline = deadline
        return connection

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for the server, but not beyond the deadline."""
        try:
            return super().wait(gen, interval, max(self.deadline - monotonic(), 0))
        except psycopg.OperationalError as error:
            if monotonic() < self.deadline:
                raise
            # Close it: a rollback would block again.
            self.close()
            raise psycopg.OperationalError("the server did not answer in time") from error
