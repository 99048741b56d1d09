"""Django or Flask? The application: its configuration, database and pages."""

import gc

# What is imported stays, and looking among it for garbage would make every start a tenth longer.
gc.disable()

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import questionnaire
from questionnaire.engine import DatabaseUrlError
from questionnaire.store import Store
from rules.load import RulebookError, load

gc.enable()


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the application; raises ClickException, which says what to change, on faulty data files or settings."""
    app = Flask(__name__, static_folder=None)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.config.from_mapping(
        DATA_DIR=os.environ.get("DATA_DIR") or Path(app.root_path) / "data",
        DATABASE_URL=os.environ.get("DATABASE_URL") or f"sqlite:///{app.instance_path}/results.sqlite",
        PUBLIC_URL=os.environ.get("PUBLIC_URL"),
        TRUSTED_HOSTS=os.environ.get("TRUSTED_HOSTS", "").split() or None,
        TRUSTED_PROXIES=os.environ.get("TRUSTED_PROXIES") or "0",
        MAX_CONTENT_LENGTH=16 * 1024,
    )
    app.config.update(config or {})
    try:
        rulebook = load(Path(app.config["DATA_DIR"]))
        store = Store(app.config["DATABASE_URL"])
        proxies = _proxies(app.config["TRUSTED_PROXIES"])
        _check_public_url(app.config["PUBLIC_URL"])
    except (RulebookError, DatabaseUrlError, ValueError) as error:
        # Shown by `flask` without a traceback; any other server stops on it and shows the message last.
        raise click.ClickException(f"The application cannot start.\n{error}") from None
    questionnaire.init_app(app, rulebook, store)
    if proxies:
        trusted = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies)
        app.wsgi_app = trusted  # type: ignore[method-assign]
    return app


def _proxies(number: str) -> int:
    if not number.isdecimal():
        raise ValueError(
            f"TRUSTED_PROXIES is “{number}”; write how many proxies stand before the application, such as 1."
        )
    return int(number)


def _check_public_url(address: str | None) -> None:
    if address and not address.startswith(("https://", "http://")):
        raise ValueError(f"PUBLIC_URL is “{address}”; write it in full, such as https://choose.example.")
