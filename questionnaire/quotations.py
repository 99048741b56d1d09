"""Quotations as the pages show them: under the framework they speak for, one of each article first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from rules.passages import QuotedPassage, Source
from rules.positions import Position
from rules.recommendation import Recommendation
from rules.rulebook import Rule, Rulebook

# The address of the page of each source.
Hrefs = Mapping[str, str]

HEADS = {"django": "For Django", "flask": "For Flask", "neither": "No winner", "also": "Can be used too"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage with its caption and links; `head` is one of HEADS, and `id` its anchor."""

    passage: QuotedPassage
    head: str
    source: Source
    caption: str
    href: str
    article: str
    site: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """Everything under one of HEADS: our reasons, one quotation of each article, and all others."""

    name: str
    head: str
    reasons: list[str]
    first: list[Quotation]
    more: list[Quotation]


def quotation(passage: QuotedPassage, source: Source, hrefs: Hrefs, id: str = "") -> Quotation:
    """How a passage is shown."""
    head = "also" if passage.also else passage.favours
    caption = f"{source.name}, “{passage.locator}”"
    href = f"{hrefs[source.id]}#{passage.id}" if source.id in hrefs else ""
    return Quotation(passage, head, source, caption, href, *article_link(source.address, passage), id)


def sides(
    positions: Iterable[Position], of: Recommendation | Rulebook, scope: str, hrefs: Hrefs, rules: Iterable[Rule] = ()
) -> list[Side]:
    """The quotations of some positions, side by side, with the reasons of some rules."""
    first: dict[str, list[Quotation]] = {head: [] for head in HEADS}
    more: dict[str, list[Quotation]] = {head: [] for head in HEADS}
    for position in positions:
        source, id, seen = of.sources_by_id[position.source], f"{scope}-{position.source}", set[str]()
        for passage in position.passages:
            shown = quotation(passage, source, hrefs, "" if seen else id)
            (more if shown.head in seen else first)[shown.head].append(shown)
            seen.add(shown.head)
    reasons: dict[str, list[str]] = {head: [] for head in HEADS}
    for rule in rules:
        reasons[rule.favours].append(rule.because)
    return [Side(name, head, reasons[name], first[name], more[name]) for name, head in HEADS.items() if first[name]]


@lru_cache(maxsize=1024)
def article_link(address: str, passage: QuotedPassage) -> tuple[str, str]:
    """The address of a passage in an article, to which a browser scrolls, and the site; empty if it is not known."""
    if not address:
        return "", ""
    # `#:~:text=[prefix-,]start[,end][,-suffix]`, by the Scroll to Text Fragment draft.
    prefix = f"{_encoded(passage.prefix)}-," if passage.prefix else ""
    suffix = f",-{_encoded(passage.suffix)}" if passage.suffix else ""
    site = (urlsplit(address).hostname or "").removeprefix("www.")
    return f"{address}#:~:text={prefix}{','.join(map(_encoded, passage.ends))}{suffix}", site


def _encoded(text: str) -> str:
    # `quote` never encodes a hyphen, but in a text fragment it marks a prefix or a suffix.
    return quote(text, safe="").replace("-", "%2D")
