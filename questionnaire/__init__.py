"""The web side: the form, the stored results, and the pages that show them."""

from flask import Flask

from rules.rulebook import Rulebook

from . import asking, assets, commands, comparing, errors, evidence, fragments, showing, transfer  # noqa: F401
from .blueprint import bp
from .crosssite import refuse_cross_site
from .form import form_for
from .headers import protect
from .kept import Kept
from .results import Results
from .store import Store


def init_app(app: Flask, rulebook: Rulebook, store: Store) -> None:
    """Serve the questionnaire on a rulebook and a store of results."""
    app.extensions["results"] = results = Results(rulebook, store)
    app.extensions["form"] = form_for(rulebook)
    app.extensions["kept"] = kept = Kept(app)
    app.wsgi_app = kept  # type: ignore[method-assign]
    app.before_request(refuse_cross_site)
    app.after_request(protect)
    app.register_blueprint(bp)
    app.cli.add_command(commands.rules)
    app.cli.add_command(transfer.commands)
    app.cli.add_command(commands.recommend_command(rulebook))
    errors.register(app)
    results.prepare()
