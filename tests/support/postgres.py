"""A PostgreSQL server of our own on a socket in a temporary folder."""

import os
import shutil
import signal
import subprocess
import tempfile
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

    def stop(self) -> None:
        self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def remove(self) -> None:
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def database(self, encoding: str = "UTF8") -> str:
        """The URL of a new database."""
        name = next(self.names)
        with psycopg.connect(host=str(self.folder), user="app", dbname="postgres", autocommit=True) as connection:
            options = f"ENCODING {encoding} LOCALE 'C' TEMPLATE template0 STRATEGY file_copy"
            connection.execute(f"CREATE DATABASE {name} {options}".encode())
        return f"postgresql+psycopg://app@/{name}?host={self.folder}"

    def log(self) -> str:
        """What the server has written down."""
        return (self.folder / "log").read_text("utf-8")

    def hang(self) -> None:
        """Let the server and everything that it has started stand still until `go_on`."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        server = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(server)], capture_output=True, text=True).stdout
        for process in (server, *map(int, children.split())):
            os.kill(process, number)

    def _run(self, program: str, *words: str) -> None:
        command = [*AS_ANOTHER, str(Path(INITDB or "").with_name(program)), "-D", str(self.folder / "data"), *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=30)
