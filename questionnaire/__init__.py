"""The web side: the form, the pages, and the results that they show."""

import logging

from flask import Flask
from flask.logging import default_handler, has_level_handler

from rules import Rulebook

# They register views and hooks.
from . import ask, assets, choose, compare, errors, evidence, map, security, show  # noqa: F401
from .ask import form_for
from .blueprint import bp
from .cache import Cache
from .commands import recommend_command, rules_commands
from .renderings import SIGNS, STANCE_WORDS
from .results import Results
from .results.store import Store
from .transfer import results_commands

log = logging.getLogger(__name__)


def init_app(app: Flask, rulebook: Rulebook, store: Store) -> None:
    """Register the pages, hooks and commands of the questionnaire."""
    app.extensions["results"] = Results(rulebook, store, app.config["DATABASE_REST"])
    if not has_level_handler(log):
        # With date and level, as Flask's own lines; without a handler Python would print the bare message.
        log.addHandler(default_handler)
    app.extensions["form"] = form_for(rulebook)
    app.extensions["cache"] = cache = Cache(app, app.config["CACHE_MEMORY"])
    app.wsgi_app = cache  # type: ignore[method-assign]
    # Merging slashes would redirect to the host of the request, whatever PUBLIC_URL says.
    app.url_map.merge_slashes = False
    app.register_blueprint(bp)
    app.jinja_env.globals.update(signs=SIGNS, stance_words=STANCE_WORDS)
    app.cli.add_command(rules_commands)
    app.cli.add_command(results_commands)
    app.cli.add_command(recommend_command(rulebook))
