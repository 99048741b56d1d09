"""Links to a passage where it was published: the browser scrolls to it by a text fragment."""

from urllib.parse import quote

from rules.rulebook import Passage, Source

from .blueprint import bp


@bp.app_template_global()
def article_link(source: Source, passage: Passage) -> str:
    """The address of a passage in its article; empty where the article's address is not known.

    The form is `#:~:text=[prefix-,]text[,-suffix]` of the Scroll to Text Fragment draft.
    """
    if not source.address:
        return ""
    prefix = f"{_encoded(passage.prefix)}-," if passage.prefix else ""
    suffix = f",-{_encoded(passage.suffix)}" if passage.suffix else ""
    return f"{source.address}#:~:text={prefix}{_encoded(passage.quote)}{suffix}"


def _encoded(text: str) -> str:
    # A hyphen is never encoded by `quote`, but in a text fragment it marks a prefix or a suffix.
    return quote(text, safe="").replace("-", "%2D")
