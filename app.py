"""Django or Flask? The application: its configuration, database and pages."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import questionnaire
from questionnaire.store import Store, StoreError
from rules.load import RulebookError, load


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the application; raises ClickException, which names the file and entry, on faulty data files."""
    app = Flask(__name__, static_folder=None)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.config.from_mapping(
        DATA_DIR=os.environ.get("DATA_DIR") or Path(app.root_path) / "data",
        DATABASE_URL=os.environ.get("DATABASE_URL") or f"sqlite:///{app.instance_path}/results.sqlite",
        PUBLIC_URL=os.environ.get("PUBLIC_URL"),
        TRUSTED_HOSTS=os.environ.get("TRUSTED_HOSTS", "").split() or None,
        TRUSTED_PROXIES=int(os.environ.get("TRUSTED_PROXIES", "0")),
        MAX_CONTENT_LENGTH=16 * 1024,
    )
    app.config.update(config or {})
    try:
        rulebook = load(Path(app.config["DATA_DIR"]))
    except RulebookError as error:
        # Shown by `flask` without a traceback; any other server stops on it and shows the message last.
        raise click.ClickException(f"The rulebook cannot be used.\n{error}") from None
    store = Store(app.config["DATABASE_URL"])
    questionnaire.init_app(app, rulebook, store)
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
        )
    try:
        store.prepare()
    except StoreError as error:
        app.logger.error("The database cannot be prepared, results are given without being stored: %s", error)
    return app
