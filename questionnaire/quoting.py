"""A quotation as it stands on a page, and the link to where it was published."""

from functools import lru_cache
from urllib.parse import quote

from flask import render_template
from markupsafe import Markup

from rules.recommendation import Quotation, StandingAdvice, Voice
from rules.rulebook import Passage, Source

from .blueprint import bp


@bp.app_template_global()
@lru_cache(maxsize=4096)
def quotation(passage: Quotation, source: Source, href: str = "", id: str = "", place: str = "") -> Markup:
    """The figure that shows a passage; kept, because most of a page is made of figures that other pages have too."""
    page = render_template(
        "quotation.html",
        passage=passage,
        source=source,
        href=href,
        id=id,
        place=place or passage.locator,
        article=article_link(source, passage),
    )
    # What the template has escaped already.
    return Markup(page)  # noqa: S704


@bp.app_template_global()
@lru_cache(maxsize=512)
def voices(topic: str, all: tuple[Voice, ...], sources: tuple[Source, ...], rules: str, level: int = 4) -> Markup:
    """What each source says on a topic; `rules` is where the rulebook is shown, or empty if it has changed since."""
    by_id = {source.id: source for source in sources}
    page = render_template("voices.html", topic=topic, all=all, sources=by_id, rules=rules, level=level)
    return Markup(page)  # noqa: S704


@bp.app_template_global()
@lru_cache(maxsize=16)
def advice(advice: tuple[StandingAdvice, ...], sources: tuple[Source, ...], rules: str) -> Markup:
    """The standing advice, which is the same on every result of a rulebook."""
    return Markup(render_template("advice.html", advice=advice, sources=sources, rules=rules))  # noqa: S704


def article_link(source: Source, passage: Passage) -> str:
    """The address of a passage in its article, to which a browser scrolls; empty where the address is not known.

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
