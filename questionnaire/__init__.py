"""The web side: the form, the pages, and the results that they show."""

import logging
from pathlib import Path

from flask import Flask
from flask.logging import default_handler, has_level_handler

from rules import Rulebook
from rules.decisions import Decision
from rules.rulebook import UNSURE

# Imported for their views and hooks.
from . import articles, ask, assets, compare, errors, map, security, show, texts  # noqa: A004, F401
from .ask import form_for
from .blueprint import bp
from .cache import Cache
from .commands import recommend_command, rules_commands
from .quotations import HEADS
from .results import Results

log = logging.getLogger(__name__)


def init_app(app: Flask, rulebook: Rulebook, decisions: tuple[Decision, ...]) -> None:
    """Register the pages, hooks and commands of the questionnaire."""
    address = app.config["DATABASE_URL"] or Path(app.instance_path) / "results.sqlite"
    results = Results(rulebook, address, app.config["DATABASE_TIMEOUT"], app.config["DATABASE_PAUSE"])
    app.extensions["results"] = results
    app.extensions["decisions"] = decisions
    app.extensions["form"] = form_for(rulebook)
    if not has_level_handler(log):
        # Use Flask's log format; without a handler Python would print the bare message.
        log.addHandler(default_handler)
    app.wsgi_app = Cache(app, app.config["CACHE_MEMORY"], results)  # type: ignore[method-assign]
    # Merging slashes would redirect to the host of the request, whatever PUBLIC_URL says.
    app.url_map.merge_slashes = False
    app.url_map.converters["code"] = show.CodeConverter
    app.register_blueprint(bp)
    app.jinja_env.filters |= {name: getattr(texts, name) for name in texts.FILTERS.split()}
    app.jinja_env.globals |= texts.WORDS | {"heads": HEADS, "UNSURE": UNSURE}
    app.cli.add_command(rules_commands)
    app.cli.add_command(recommend_command(rulebook))
