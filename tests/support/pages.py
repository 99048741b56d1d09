"""Reading pages back: their links, elements and words."""

import re
from html import unescape


def links(page: str) -> list[str]:
    """Where a page leads, and what it loads."""
    return [unescape(address) for address in re.findall(r'<(?!use )[^>]* (?:href|src)="([^"]*)"', page)]


def words(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def element(page: str, tag: str, id: str) -> str:
    """The element with an id, up to the first end tag of its kind."""
    found = re.search(rf'<{tag}[^>]* id="{re.escape(id)}".*?</{tag}>', page, re.DOTALL)
    assert found, f"no <{tag}> with id {id}"
    return found.group()
