"""A PostgreSQL server of our own on a socket in a temporary folder."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

# Debian keeps the server's programs off the path, in a folder a version.
DEBIAN = sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin")))
INITDB = shutil.which("initdb", path=os.pathsep.join([os.environ["PATH"], *DEBIAN]))

# initdb refuses root.
AS_ANOTHER = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []

# Creating a database there takes a tenth of the time.
MEMORY = Path("/dev/shm")


class Postgres:
    """A server with as many databases as are asked for."""

    def __init__(self) -> None:
        assert INITDB, "there is no PostgreSQL on this machine; install the package “postgresql”"
        self.folder = Path(tempfile.mkdtemp(prefix="postgres", dir=MEMORY if MEMORY.is_dir() else None))
        self.names = (f"results{number}" for number in count())
        if AS_ANOTHER:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-A", "trust", "-U", "app", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        self.start()

    def start(self) -> None:
        options = f"-c listen_addresses='' -k {self.folder} -F"
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def restart(self) -> None:
        self._run("pg_ctl", "-w", "-m", "fast", "restart")

    def remove(self) -> None:
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def database(self, encoding: str = "UTF8") -> str:
        """The URL of a new database."""
        name = next(self.names)
        self.execute(f"CREATE DATABASE {name} ENCODING {encoding} LOCALE 'C' TEMPLATE template0 STRATEGY file_copy")
        return f"postgresql+psycopg://app@/{name}?host={self.folder}"

    def execute(self, statement: str, name: str = "postgres") -> None:
        with psycopg.connect(host=str(self.folder), user="app", dbname=name, autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Meanwhile there is no server."""
        self._run("pg_ctl", "-w", "-m", "fast", "stop")
        try:
            yield
        finally:
            self.start()

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Meanwhile the server accepts connections and never answers."""
        server = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(server, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(server, signal.SIGCONT)

    def _run(self, program: str, *words: str) -> None:
        command = [*AS_ANOTHER, str(Path(INITDB or "").with_name(program)), "-D", str(self.folder / "data"), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=30)
