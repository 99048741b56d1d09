"""Servers in processes of their own, on a free port, and the memory of their workers."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent.parent
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
GUNICORN = ["gunicorn", "--no-control-socket", "--forwarded-allow-ips=", "--workers=2"]

# gunicorn itself refuses this once a worker is ready, so that the application has seen no request yet.
NO_REQUEST = b"NO REQUEST\r\n\r\n"
GET = b"GET / HTTP/1.0\r\n\r\n"


class Answer(NamedTuple):
    """What a server has answered, and after how many seconds."""

    status: int
    headers: HTTPMessage
    content: bytes
    seconds: float


class Server(NamedTuple):
    """Where a server is, which process it is, and how long it took to its first answer."""

    port: int
    pid: int
    seconds_to_start: float

    def ask(self, method: str, path: str, headers: dict[str, str] | None = None, body: str = "") -> Answer:
        """The answer to one request on a connection of its own."""
        started = perf_counter()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body or None, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read(), perf_counter() - started)
        finally:
            connection.close()

    def post(self, answers: dict[str, str]) -> str:
        """Answer the questionnaire and return the path of the result."""
        return self.ask("POST", "/", FORM, urlencode(answers)).headers["Location"]

    def json(self, path: str) -> Any:
        """What a page holds as JSON."""
        return json.loads(self.ask("GET", path).content)

    def memory(self) -> dict[int, float]:
        """The resident megabytes of every worker."""
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        rolled_up = {worker: Path(f"/proc/{worker}/smaps_rollup").read_text() for worker in workers}
        return {int(worker): int(text.partition("Rss:")[2].split()[0]) / 1024 for worker, text in rolled_up.items()}


@contextmanager
def serve(application: str, *options: str, database_url: str = "", first: bytes = GET) -> Iterator[Server]:
    """Run an application with two gunicorn workers, on a database of its own if none is given."""
    with TemporaryDirectory() as folder, TemporaryFile("w+") as log:
        environment = os.environ | {"DATABASE_URL": database_url or f"sqlite:///{folder}/results.sqlite"}
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port, inherited = listener.getsockname()[1], listener.fileno()
            command = [sys.executable, "-m", *GUNICORN, f"--bind=fd://{inherited}", *options, application]
            started = perf_counter()
            streams: dict[str, Any] = {"stdout": log, "stderr": log, "env": environment, "pass_fds": [inherited]}
            process = subprocess.Popen(command, cwd=ROOT, start_new_session=True, **streams)
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
                connection.sendall(first)
                assert connection.recv(1), "the server did not start"
            yield Server(port, process.pid, perf_counter() - started)
        except BaseException:
            log.seek(0)
            print(log.read(), file=sys.stderr)
            raise
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
