"""The blueprint of all pages, and the results of the current app."""

from typing import cast

from flask import Blueprint, current_app
from werkzeug.local import LocalProxy

from .results import Results

# How the addresses for machines end.
SUFFIXES = (".json", ".md", ".png")

bp = Blueprint("questionnaire", __name__)
results = cast(Results, LocalProxy(lambda: current_app.extensions["results"]))
