"""The query parameters that pages read, and the values that they accept; everything else in a query is ignored."""

from .results import Results
from .results.codes import code_in


def accepted(results: Results, path: str, name: str, text: str) -> str | None:
    """The value of a parameter as the page at a path reads it; None if it reads no such value."""
    if path == "/compare" and name == "links":
        return text
    if path == "/" and name in results.rulebook.questions_by_id:
        options = results.rulebook.questions_by_id[name].options
        return text if any(text == option.id for option in options) else None
    if name == "since" and (path == "/" or path.removeprefix("/r/") in results.answers_by_code):
        return code_of_today(results, text)
    if name == "at" and path == "/map":
        return code_of_today(results, text)
    return None


def code_of_today(results: Results, text: str) -> str | None:
    """The code in a text, if it is of today's rulebook: these pages never wait for the database."""
    code = code_in(text)
    return code if code in results.answers_by_code else None
