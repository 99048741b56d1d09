"""The application factory."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import questionnaire
from questionnaire.settings import CHECKS, SettingsError, check_settings
from questionnaire.urls import Prefix
from rules import RulebookError, load
from rules.decisions import load_decisions


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Create and configure the application. Raise ClickException if the data files or settings are invalid."""
    app = Flask(__name__, static_folder=None)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.config.from_mapping(
        {name: os.environ.get(name) for name in CHECKS},
        # Seconds: how long a request may wait for the database, and the pause after a failure.
        DATABASE_TIMEOUT=4,
        DATABASE_PAUSE=10,
        ARCHIVE_IN_BACKGROUND=True,
        MAX_CONTENT_LENGTH=16 * 1024,
        # What each worker caches, in bytes: about 1,000 result pages, compressed.
        CACHE_MEMORY=16 * 2**20,
    )
    app.config.update(config or {})
    try:
        check_settings(app.config)
        folder = app.config["DATA_DIR"] or Path(app.root_path) / "data"
        rulebook = load(folder)
        questionnaire.init_app(app, rulebook, load_decisions(folder, rulebook))
        prefix = urlsplit(app.config["PUBLIC_URL"] or "").path
        if prefix and prefix.split("/")[1] in {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}:
            raise SettingsError(f"PUBLIC_URL has the path of a page, {prefix}; write another path.")
    except (RulebookError, SettingsError) as error:
        # `flask` prints a ClickException without a traceback; under gunicorn it is the last line of one.
        raise click.ClickException(f"The application cannot start.\n{error}") from None
    # These wrap the cache, because its keys use the host, scheme and root that they set.
    if prefix:
        app.wsgi_app = Prefix(app.wsgi_app, prefix)  # type: ignore[method-assign]
    if number := app.config["TRUSTED_PROXIES"]:
        # Never X-Forwarded-Prefix: a client could set it and change every link.
        trusted = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number, x_prefix=0)
        app.wsgi_app = trusted  # type: ignore[method-assign]
    return app
