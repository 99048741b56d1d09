"""The application factory."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import questionnaire
from questionnaire.results.archive import Archive
from questionnaire.results.database import DatabaseUrlError
from questionnaire.urls import HOST, Prefix
from rules import RulebookError, load

# A path such as /tool: only characters that need no escaping in a URL.
PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Create and configure the application. Raise ClickException if the data files or settings are invalid."""
    app = Flask(__name__, static_folder=None)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.config.from_mapping(
        DATA_DIR=os.environ.get("DATA_DIR") or Path(app.root_path) / "data",
        DATABASE_URL=os.environ.get("DATABASE_URL") or f"sqlite:///{app.instance_path}/results.sqlite",
        # Seconds a request may wait for the database, and the pause after a failure. The wait is well below the 30
        # seconds after which gunicorn kills a worker.
        DATABASE_TIMEOUT=5,
        DATABASE_PAUSE=10,
        ARCHIVE_IN_BACKGROUND=True,
        PUBLIC_URL=os.environ.get("PUBLIC_URL"),
        # Where the source code is and mistakes are reported; pages leave it out if it is not set.
        SOURCE_URL=os.environ.get("SOURCE_URL"),
        TRUSTED_HOSTS=os.environ.get("TRUSTED_HOSTS", "").replace(",", " ").split() or None,
        TRUSTED_PROXIES=os.environ.get("TRUSTED_PROXIES") or 0,
        MAX_CONTENT_LENGTH=16 * 1024,
        # What each worker caches, in bytes: about 1,000 result pages, compressed.
        CACHE_MEMORY=16 * 2**20,
    )
    app.config.update(config or {})
    try:
        proxies = str(app.config["TRUSTED_PROXIES"])
        if not proxies.isdecimal():
            raise ValueError(
                f"TRUSTED_PROXIES is “{proxies}”; give the number of proxies before the application, such as 1."
            )
        app.config["PUBLIC_URL"] = _public_url(app.config["PUBLIC_URL"])
        for host in app.config["TRUSTED_HOSTS"] or []:
            if not HOST.fullmatch(host):
                raise ValueError(
                    f"TRUSTED_HOSTS has “{host}”; write names separated by spaces, such as choose.example."
                )
        rulebook = load(Path(app.config["DATA_DIR"]))
        archive = Archive(app.config["DATABASE_URL"], app.config["DATABASE_TIMEOUT"], app.config["DATABASE_PAUSE"])
        questionnaire.init_app(app, rulebook, archive)
    except (RulebookError, DatabaseUrlError, ValueError) as error:
        # `flask` prints a ClickException without a traceback; under gunicorn it is the last line of one.
        raise click.ClickException(f"The application cannot start.\n{error}") from None
    # These wrap the cache, because its keys use the host, scheme and root that they set.
    prefix = urlsplit(app.config["PUBLIC_URL"] or "").path
    if prefix:
        app.wsgi_app = Prefix(app.wsgi_app, prefix)  # type: ignore[method-assign]
    if number := int(proxies):
        # Never X-Forwarded-Prefix: a client could set it and change every link.
        trusted = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number, x_prefix=0)
        app.wsgi_app = trusted  # type: ignore[method-assign]
    return app


def _public_url(url: str | None) -> str | None:
    if not url:
        return None
    try:
        parts = urlsplit(url)
        valid = parts.scheme in ("https", "http") and HOST.fullmatch(parts.netloc) and PATH.fullmatch(parts.path)
    except ValueError:
        valid = None
    if not valid or "?" in url or "#" in url or url != url.strip():
        raise ValueError(
            f"PUBLIC_URL is “{url}”; write it in full, such as https://choose.example or https://a.example/b."
        )
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")
