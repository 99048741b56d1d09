"""Codes that name a result: the same for the same answers under the same revision of the rulebook."""

import hashlib
import re
from itertools import chain, takewhile
from urllib.parse import unquote

from rules import Rulebook
from rules.rulebook import Answers

# Crockford's base 32, which leaves out the letters that are mistaken for others.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LOOK_ALIKES = str.maketrans("oil", "011")

LENGTH = 10

# What stands before a code in a link; the group matches what stands before several.
MARKS = re.compile(r"/r/|[?&](?:amp;)?at=|(/compare/|[?&](?:amp;)?links=)", re.IGNORECASE)

# Ten letters and digits, perhaps in groups, with no further one behind them.
PASTED = re.compile(rf"\W*((?:[0-9a-z]-*){{{LENGTH}}})(?![0-9a-z])", re.ASCII | re.IGNORECASE)


def code_of(rulebook: Rulebook, answers: Answers) -> str:
    """The code of these answers under a rulebook."""
    query = "&".join(f"{question}={answers[question]}" for question in rulebook.questions_by_id)
    digest = hashlib.sha256(f"{rulebook.revision}?{query}".encode()).digest()
    number = int.from_bytes(digest)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(256 - 5, 256 - 5 * LENGTH - 1, -5))


def code_in(text: str) -> str | None:
    """The first code in a pasted link or text; None if there is none."""
    return next(iter(codes_in(text)), None)


def codes_in(text: str) -> list[str]:
    """The codes in a pasted link to a result, a comparison or the map; case, look-alikes and hyphens do not matter."""
    # Chats and mail services escape a link that they wrap, some of them twice.
    bare, *marked = MARKS.split(unquote(unquote(text)))
    # Behind a link to one result, ten letters are a word or a trailer of the service that wrapped it.
    pairs = zip(marked[::2], marked[1::2], strict=True)
    parts = [re.split(r"[/+\s]", part) if several else [part] for several, part in pairs]
    found = (takewhile(bool, map(PASTED.match, part)) for part in parts or [re.split("[/;|，、]", bare)])
    codes = [match[1].replace("-", "").lower().translate(LOOK_ALIKES) for match in chain.from_iterable(found) if match]
    return [code for code in codes if set(code) <= set(ALPHABET)]
