"""Reading pages back: their links, anchors and words."""

import re
from html import unescape
from html.parser import HTMLParser


class Links(HTMLParser):
    """Where a page leads, and what in it can be led to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src") and tag != "use":
                self.hrefs.append(value or "")


def words(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def element(page: str, tag: str, id: str) -> str:
    """The element with an id, up to the first end tag of its kind."""
    found = re.search(rf'<{tag}[^>]* id="{re.escape(id)}".*?</{tag}>', page, re.DOTALL)
    assert found, f"no <{tag}> with id {id}"
    return found.group()
