"""Servers in processes of their own, on a free port, and the memory of their workers."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).parent.parent.parent
SECONDS_TO_START = 30
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
GUNICORN = ["--bind=127.0.0.1:{port}", "--no-control-socket", "--forwarded-allow-ips="]


@dataclass(frozen=True)
class Answer:
    """What a server has answered."""

    status: int
    headers: HTTPMessage
    content: bytes


@dataclass(frozen=True)
class Server:
    """Where a server is, which process it is, and how long it took to its first answer."""

    port: int
    pid: int
    seconds_to_start: float

    def status(self, method: str, path: str, headers: dict[str, str], body: str = "") -> int:
        """The status of its answer to one request."""
        return self._ask(method, path, headers, body).status

    def etag(self, path: str) -> str:
        """The tag of a page."""
        return self._ask("GET", path, {}).headers["ETag"]

    def post(self, answers: dict[str, str]) -> str:
        """Answer the questionnaire and return the path of the result."""
        return self._ask("POST", "/", FORM, urlencode(answers)).headers["Location"]

    def json(self, path: str) -> Any:
        """What a page holds as JSON."""
        return json.loads(self._ask("GET", path, {}).content)

    def seconds_for_heads(self, path: str, number: int) -> float:
        """How long HEAD requests take, one after the other, each on a connection of its own."""
        request = f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n".encode()
        started = time.perf_counter()
        for _ in range(number):
            with socket.create_connection(("127.0.0.1", self.port)) as connection:
                connection.sendall(request)
                with connection.makefile("rb") as answer:
                    if not answer.read().startswith(b"HTTP/1.1 200 "):
                        raise RuntimeError(f"HEAD {path} was not answered with 200")
        return time.perf_counter() - started

    def memory(self) -> dict[int, float]:
        """The resident megabytes of every worker."""
        workers = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return {int(worker): _resident(int(worker)) for worker in workers}

    def _ask(self, method: str, path: str, headers: dict[str, str], body: str = "") -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()


@contextmanager
def serve(application: str, *options: str, database_url: str = "") -> Iterator[Server]:
    """Run an application with two gunicorn workers, on a database of its own if none is given."""
    with TemporaryDirectory() as folder:
        url = database_url or f"sqlite:///{folder}/results.sqlite"
        with serve_command(["gunicorn", "--workers=2", *GUNICORN, *options, application], url) as server:
            yield server


@contextmanager
def serve_command(command: list[str], database_url: str) -> Iterator[Server]:
    """Run the command of a server; “{port}” in its words is replaced by a free port."""
    port = _free_port()
    words = [word.format(port=port) for word in command]
    environment = os.environ | {"DATABASE_URL": database_url, "PUBLIC_URL": ""}
    with TemporaryFile("w+") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait(process, port)
            yield Server(port, process.pid, time.perf_counter() - started)
        except BaseException:
            log.seek(0)
            print(log.read(), file=sys.stderr)
            raise
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    server = Server(port, process.pid, 0)
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None and time.monotonic() < deadline:
        try:
            if server.status("GET", "/", {}) == 200:
                return
        except OSError:
            time.sleep(0.002)
    raise RuntimeError("the server did not start")


def _resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Rss:")) / 1024
