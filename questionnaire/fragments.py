"""Pieces that many pages have in common: a quotation, what the sources say, a row of the grid; each made only once."""

from functools import lru_cache
from urllib.parse import quote

from flask import render_template
from markupsafe import Markup

from rules.recommendation import Quotation, StandingAdvice, Voice
from rules.rulebook import Passage, Source

from .blueprint import bp

Sources = tuple[Source, ...]


@bp.app_template_global()
@lru_cache(maxsize=4096)
def quotation(passage: Quotation, source: Source, href: str = "", id: str = "", place: str = "") -> Markup:
    """The figure that shows a passage."""
    place = place or passage.locator
    article = article_link(source, passage)
    return _made("quotation.html", passage=passage, source=source, href=href, id=id, place=place, article=article)


@bp.app_template_global()
@lru_cache(maxsize=512)
def voices(topic: str, all: tuple[Voice, ...], sources: Sources, rules: str, level: int = 4) -> Markup:
    """What each source says on a topic; `rules` is where the rulebook is shown, or empty if it has changed since."""
    return _made("voices.html", topic=topic, all=all, sources=_by_id(sources), rules=rules, level=level)


@bp.app_template_global()
@lru_cache(maxsize=512)
def row(question: str, title: str, voices: tuple[Voice, ...], sources: Sources) -> Markup:
    """The row of the grid for an answer, which leads to what each source says."""
    return _made("row.html", question=question, title=title, voices=voices, sources=_by_id(sources))


@bp.app_template_global()
@lru_cache(maxsize=16)
def advice(advice: tuple[StandingAdvice, ...], sources: Sources, rules: str) -> Markup:
    """The standing advice, which is the same on every result of a rulebook."""
    return _made("advice.html", advice=advice, sources=sources, rules=rules)


def _made(template: str, **values: object) -> Markup:
    return Markup(render_template(template, **values))  # noqa: S704  # The template has escaped it already.


def _by_id(sources: Sources) -> dict[str, Source]:
    return {source.id: source for source in sources}


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
