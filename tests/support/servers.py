"""A server to measure: gunicorn as in production, on a free port, with what its workers need of memory."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent.parent
SECONDS_TO_START = 30


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

    def _ask(self, method: str, path: str, headers: dict[str, str], body: str = "") -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            response.read()
            return response
        finally:
            connection.close()


@contextmanager
def serve(application: str) -> Iterator[Server]:
    """Run an application with two workers and a database of its own."""
    with TemporaryDirectory() as folder, (Path(folder) / "log").open("w+") as log:
        port = _free_port()
        options = ["--workers=2", f"--bind=127.0.0.1:{port}", "--no-control-socket"]
        command = [sys.executable, "-m", "gunicorn", *options, application]
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{folder}/results.sqlite", "PUBLIC_URL": ""}
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait(process, port)
            yield Server(port, process.pid, time.perf_counter() - started)
        except BaseException:
            print((Path(folder) / "log").read_text(), file=sys.stderr)
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
