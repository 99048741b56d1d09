"""The pages for when something is wrong: what happened, and what to do next."""

from secrets import token_hex

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import BadHost, HTTPException, SecurityError, ServiceUnavailable

from .codes import LENGTH
from .store import StoreError

ADVICE = {
    400: ("This request cannot be read", "Nothing is lost: go back to your answers, or start again."),
    403: (
        "This form was sent from another site",
        "Answers are taken from the questionnaire itself only. Open it and answer there.",
    ),
    404: (
        "There is nothing at this address",
        f"The link to a result ends in a code of {LENGTH} letters and digits, as in /r/7k3m9q2x4c. "
        "Compare it with the link that you were sent, or answer the questions yourself.",
    ),
    405: ("This address cannot be used like that", "It can be read, but nothing can be sent to it."),
    413: (
        "That is more than five answers",
        "Answers take less than a kilobyte. Give them on the questionnaire’s own page.",
    ),
    500: (
        "Something went wrong here",
        "It is not your doing. Try again in a minute: the same answers give the same link, so nothing is lost.",
    ),
    503: (
        "This result cannot be looked up now",
        "It was given under an older rulebook and is kept in the database alone, which cannot give it at the moment. "
        "Try again in a minute.",
    ),
}


def register(app: Flask) -> None:
    """Show every error as a page of our own."""
    app.register_error_handler(HTTPException, _page)
    # No address can be made under such a host, and every page of our own has some.
    for untrusted in (BadHost, SecurityError):
        app.register_error_handler(untrusted, lambda error: error)
    app.register_error_handler(StoreError, lambda error: _page(ServiceUnavailable()))


def _page(error: HTTPException) -> Response:
    title, advice = ADVICE.get(error.code or 500, (error.name, "Start again from the questionnaire."))
    reference = token_hex(4)
    if error.code == 500:
        current_app.logger.error("Reference %s: %s %r failed", reference, request.method, request.path)
    page = render_template("error.html", code=error.code, title=title, advice=advice, reference=reference)
    return Response(page, error.code, error.get_headers())
