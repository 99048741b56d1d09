"""What the pages share: their blueprint, and the rulebook and results of the application that serves them."""

from typing import cast

from flask import Blueprint, current_app
from werkzeug.local import LocalProxy

from .results import Results

bp = Blueprint("questionnaire", __name__)
results = cast(Results, LocalProxy(lambda: current_app.extensions["results"]))
