"""What can fail in a database: a server that hangs, is slow or locked, a file on a full or read-only disk."""

import socket
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from functools import partial
from math import inf
from pathlib import Path
from threading import Thread
from time import sleep

import psycopg

from .postgres import Postgres


class Proxy:
    """Passes on what a client and a PostgreSQL server say: `delay` seconds late, and no more than `limit` questions."""

    def __init__(self, server: Postgres) -> None:
        self.server = server
        self.name = server.database().partition("?")[0].rpartition("/")[2]
        self.listener = socket.create_server(("127.0.0.1", 0))
        port = self.listener.getsockname()[1]
        self.url = f"postgresql+psycopg://app@127.0.0.1:{port}/{self.name}?sslmode=disable"
        self.delay, self.limit = 0.0, inf
        Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        with suppress(OSError):
            while True:
                client, server = self.listener.accept()[0], socket.socket(socket.AF_UNIX)
                with suppress(OSError):
                    server.connect(f"{self.server.folder}/.s.PGSQL.5432")
                for ends in ((client, server), (server, client)):
                    Thread(target=self.pass_on, args=[*ends, ends[0] is client], daemon=True).start()

    def pass_on(self, source: socket.socket, target: socket.socket, asking: bool) -> None:
        asked = 0
        with source, suppress(OSError):
            while said := source.recv(65536):
                asked += asking
                sleep(self.delay)
                if asked <= self.limit:
                    target.sendall(said)
        with suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)


@contextmanager
def between(before: Callable[[], object], after: Callable[[], object]) -> Iterator[None]:
    before()
    try:
        yield
    finally:
        after()


def setting(proxy: Proxy, name: str, value: float, usual: float) -> AbstractContextManager[None]:
    return between(partial(setattr, proxy, name, value), partial(setattr, proxy, name, usual))


def read_only_server(proxy: Proxy) -> AbstractContextManager[None]:
    statement = f"ALTER DATABASE {proxy.name} SET default_transaction_read_only = "
    return between(*(partial(proxy.server.execute, statement + value) for value in ("on", "off")))


@contextmanager
def locked_tables(proxy: Proxy) -> Iterator[None]:
    with psycopg.connect(proxy.url.replace("+psycopg", "")) as connection:
        connection.execute("LOCK TABLE rulebooks, results IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Meanwhile nobody else can read or write a file of SQLite."""
    with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


def read_only(path: Path) -> AbstractContextManager[None]:
    remount = ["mount", "-o", "remount", path.parent]
    return between(*(partial(subprocess.run, [*remount, option], check=True) for option in ("-r", "-w")))


@contextmanager
def full(path: Path) -> Iterator[None]:
    with path.with_name("filling").open("wb", buffering=0) as file:
        with suppress(OSError):
            while file.write(bytes(4096)):
                pass
        yield
        file.truncate(0)


def garbage(path: Path) -> AbstractContextManager[None]:
    return between(partial(path.write_bytes, b"garbage" * 1000), partial(path.write_bytes, path.read_bytes()))
