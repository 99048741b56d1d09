"""The address of the application: PUBLIC_URL, or else the address of the request."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import current_app, has_request_context, request

from .blueprint import bp

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Host names with underscores are common between containers, but Werkzeug rejects them.
HOST = re.compile(r"([a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.I | re.A)


def without_default_port(origin: str) -> str:
    """An origin in small letters and without its default port, as browsers write it."""
    origin = origin.lower()
    return origin.removesuffix(":443" if origin.startswith("https:") else ":80")


class Prefix:
    """WSGI middleware that serves the application under the path of PUBLIC_URL."""

    def __init__(self, app: "WSGIApplication", prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        # Proxies pass the path on with the prefix or without it.
        if path == self._prefix or path.startswith(f"{self._prefix}/"):
            path = path.removeprefix(self._prefix) or "/"
        return self._app({**environ, "SCRIPT_NAME": self._prefix, "PATH_INFO": path}, start_response)


@bp.app_template_global()
def base() -> str:
    """The address without a slash at its end; only its path if no valid host is known."""
    public_url: str | None = current_app.config["PUBLIC_URL"]
    if public_url:
        return public_url
    if not has_request_context():
        return ""
    root, host = request.root_path.rstrip("/"), request.headers.get("Host", "")
    # `request.url_root` fails on hosts that are valid by the newer IDNA standard alone.
    return f"{scheme()}://{host}{root}" if HOST.fullmatch(host) else root


def scheme() -> str:
    """The scheme of the request. Not `request.scheme`, because X-Forwarded-Proto may hold anything."""
    return "https" if request.is_secure else "http"
