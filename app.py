"""Django or Flask? The application: its configuration, database and pages."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from flask import Flask

import questionnaire
from questionnaire.engine import DatabaseUrlError
from questionnaire.store import Store
from rules.load import RulebookError, load


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Make the application; raises ClickException, which says what to change, on faulty data files or settings."""
    app = Flask(__name__)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.config.from_mapping(
        DATA_DIR=os.environ.get("DATA_DIR") or Path(app.root_path) / "data",
        DATABASE_URL=os.environ.get("DATABASE_URL") or f"sqlite:///{app.instance_path}/results.sqlite",
        PUBLIC_URL=os.environ.get("PUBLIC_URL"),
        MAX_CONTENT_LENGTH=16 * 1024,
    )
    app.config.update(config or {})
    try:
        rulebook = load(Path(app.config["DATA_DIR"]))
    except RulebookError as error:
        # Shown by `flask` without a traceback; any other server stops on it and shows the message last.
        raise click.ClickException(f"The rulebook cannot be used.\n{error}") from None
    try:
        store = Store(app.config["DATABASE_URL"])
    except DatabaseUrlError as error:
        raise click.ClickException(f"The database cannot be used.\n{error}") from None
    questionnaire.init_app(app, rulebook, store)
    return app
