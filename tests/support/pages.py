"""Reading pages back: their links, elements and words."""

import re
from html import unescape


def links(page: str) -> list[str]:
    """Where a page leads, and what it loads."""
    return [unescape(address) for address in re.findall(r'<(?!use )[^>]* (?:href|src)="([^"]*)"', page)]


def words(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def quotations(fold: str) -> list[tuple[str, str, str, bool]]:
    """What is quoted side by side: the heading, the source, the passage, and whether it is marked as disputed."""
    found = []
    for side in fold.split('<div class="side">')[1:]:
        head = words(side.partition("</h")[0])
        figures = re.findall(r'<figure class="quote \w+( disputed)?".*?href="/sources/(\w+)#([\w-]+)"', side, re.DOTALL)
        found += [(head, source, passage, bool(disputed)) for disputed, source, passage in figures]
    return found


def sides_taken(fold: str, source: str) -> set[str]:
    """The frameworks under whose headings a source is quoted, undisputed."""
    heads = {head for head, quoted, _, disputed in quotations(fold) if quoted == source and not disputed}
    return {framework for framework in ("django", "flask") if f"For {framework.title()}" in heads}


def element(page: str, tag: str, id: str) -> str:
    """The element with an id, up to the first end tag of its kind."""
    found = re.search(rf'<{tag}[^>]* id="{re.escape(id)}".*?</{tag}>', page, re.DOTALL)
    assert found, f"no <{tag}> with id {id}"
    return found.group()
