"""The web side: the form, the pages, and the results that they show."""

from flask import Flask

from rules import Rulebook

from . import ask, assets, compare, errors, evidence, security, show  # noqa: F401  # They register views and hooks.
from .ask import form_for
from .blueprint import bp
from .cache import Cache
from .commands import recommend_command, rules_commands
from .renderings import SIGNS, STANCE_WORDS
from .results import Results
from .results.store import Store
from .transfer import results_commands


def init_app(app: Flask, rulebook: Rulebook, store: Store) -> None:
    """Register the pages, hooks and commands of the questionnaire."""
    app.extensions["results"] = results = Results(rulebook, store, app.config["DATABASE_REST"])
    app.extensions["form"] = form_for(rulebook)
    app.extensions["cache"] = cache = Cache(app, app.config["CACHE_MEMORY"])
    app.wsgi_app = cache  # type: ignore[method-assign]
    app.register_blueprint(bp)
    app.jinja_env.globals.update(signs=SIGNS, stance_words=STANCE_WORDS)
    app.cli.add_command(rules_commands)
    app.cli.add_command(results_commands)
    app.cli.add_command(recommend_command(rulebook))
    results.prepare()
