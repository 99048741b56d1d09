"""Quotations as the pages show them: under the framework they speak for, one of each article first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from rules.recommendation import Position, QuotedPassage
from rules.rulebook import Passage, Rule, Source

from .blueprint import bp

HEADS = {"django": "For Django", "flask": "For Flask", "neither": "No winner"}

# The address of an article's page, or of a passage on it.
Href = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage with where it is from and where it can be read; `id` is what a link on the page leads to."""

    passage: QuotedPassage
    caption: str
    href: str
    article: str
    site: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """Everything that speaks for one framework: our reasons, one quotation of each article, and all others."""

    favours: str
    head: str
    reasons: list[tuple[str, str]]
    first: list[Quotation]
    more: list[Quotation]


def quotation(passage: QuotedPassage, source: Source, href: str = "", id: str = "") -> Quotation:
    """How a passage is shown."""
    article = article_link(source, passage)
    site = (urlsplit(source.address).hostname or "").removeprefix("www.")
    return Quotation(passage, f"{source.name}, “{passage.locator}”", href, article, site, id)


def sides(
    positions: Iterable[Position],
    sources: Mapping[str, Source],
    scope: str,
    hrefs: Mapping[str, str],
    rules: Iterable[Rule] = (),
    labels: Mapping[str, str] = {},
) -> list[Side]:
    """The quotations of some positions, side by side; `labels` are the answers that joint rules name."""
    first: dict[str, list[Quotation]] = {side: [] for side in HEADS}
    more: dict[str, list[Quotation]] = {side: [] for side in HEADS}
    for position in positions:
        source, id, seen = sources[position.source], f"{scope}-{position.source}", set[str]()
        href = hrefs.get(position.source, "")
        for passage in sorted(position.passages, key=clarity):
            shown = quotation(passage, source, f"{href}#{passage.id}" if href else "", "" if seen else id)
            (more if passage.favours in seen else first)[passage.favours].append(shown)
            seen.add(passage.favours)
    reasons: dict[str, list[tuple[str, str]]] = {side: [] for side in HEADS}
    for rule in rules:
        also = " and ".join(f"“{labels[question]}”" for question in rule.given if question in labels)
        reasons[rule.favours].append((rule.because, also))
    return [Side(side, HEADS[side], reasons[side], first[side], more[side]) for side in HEADS if first[side]]


def clarity(passage: QuotedPassage) -> tuple[bool, bool, bool]:
    """How well a passage stands alone: disputed ones last, whole sentences and those that name a framework first."""
    text = passage.quote.lower()
    fragment = text.endswith(":") or len(text.split()) < 5
    return bool(passage.disputed), fragment, "django" not in text and "flask" not in text


@bp.app_template_global()
def article_link(source: Source, passage: Passage) -> str:
    """The address of a passage in its article, to which a browser scrolls; empty if the address is not known.

    The form is `#:~:text=[prefix-,]text[,-suffix]` of the Scroll to Text Fragment draft.
    """
    if not source.address:
        return ""
    prefix = f"{_encoded(passage.prefix)}-," if passage.prefix else ""
    suffix = f",-{_encoded(passage.suffix)}" if passage.suffix else ""
    return f"{source.address}#:~:text={prefix}{_encoded(passage.quote)}{suffix}"


# A page has about a hundred quotations, and the same ones are on hundreds of pages.
@lru_cache(maxsize=1024)
def _encoded(text: str) -> str:
    # `quote` never encodes a hyphen, but in a text fragment it marks a prefix or a suffix.
    return quote(text, safe="").replace("-", "%2D")
