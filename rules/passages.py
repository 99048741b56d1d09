"""Sources, and the passages that are quoted from them."""

from typing import Literal

from msgspec import Struct

Framework = Literal["django", "flask"]
FRAMEWORKS: tuple[Framework, ...] = ("django", "flask")


class Source(Struct, frozen=True):
    """One of the published articles; an empty field is a fact that is not known.

    `interest` are passages in which the article shows what its author gains or prefers; to be listed there gives no
    vote. With the answers in `excepts`, the conclusion holds only as `exception` says.
    """

    id: str
    name: str
    title: str
    document: str
    closing: tuple[str, ...]
    by: str = ""
    date: str = ""
    address: str = ""
    interest: tuple[str, ...] = ()
    excepts: dict[str, tuple[str, ...]] = {}
    exception: str = ""


class Passage(Struct, frozen=True, kw_only=True):
    """A verbatim quotation; prefix and suffix are those of the W3C TextQuoteSelector."""

    id: str
    source: str
    favours: Literal["django", "flask", "neither"]
    locator: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    cut: Literal["", "start", "end", "both"] = ""
    disputed: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The quote as it is shown, with “…” where it begins or ends inside a sentence."""
        start = "… " if self.cut in ("start", "both") else ""
        end = " …" if self.cut in ("end", "both") else ""
        return f"{start}{self.quote}{end}"

    @property
    def ends(self) -> tuple[str, ...]:
        """What a link to the quote names: its first and its last words, or a short one whole."""
        words = self.quote.split()
        return (" ".join(words[:6]), " ".join(words[-3:])) if len(words) > 10 else (self.quote,)


class QuotedPassage(Passage, frozen=True, kw_only=True):
    """A passage as quoted: by which rule, if it was one, and whether only as “can be used too”."""

    rule: str = ""
    also: bool = False
