"""A proxy in front of PostgreSQL that answers late, or swallows what comes after the log-in."""

import socket
import threading
from contextlib import suppress
from time import sleep
from urllib.parse import parse_qs, urlsplit

# How many messages of a client make a log-in.
LOG_IN = 2


class SlowProxy:
    """Listens on a TCP port and passes everything on to the Unix socket of a server."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._server = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"postgresql+psycopg://app@127.0.0.1:{self._listener.getsockname()[1]}{parts.path}?sslmode=disable"
        self.delay = 0.0
        self.swallow = False
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=self._pass_on, args=(source, target, source is client), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, from_client: bool) -> None:
        messages = 0
        with suppress(OSError):
            while data := source.recv(65536):
                messages += 1
                sleep(self.delay)
                if not (self.swallow and from_client and messages >= LOG_IN):
                    target.sendall(data)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
