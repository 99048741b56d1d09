"""Codes: the ten characters that name a result, the same for the same answers and rulebook."""

import hashlib
import re
from urllib.parse import urlencode

from rules.rulebook import Answers

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, which leaves out the letters that are taken for others."""

LENGTH = 10
LOOK_ALIKES = str.maketrans("oil", "011")


def code_of(revision: str, answers: Answers) -> str:
    """The code of these answers, in the order of the questions, under a revision of the rulebook."""
    digest = hashlib.sha256(f"{revision}?{urlencode(answers)}".encode()).digest()
    number = int.from_bytes(digest)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(256 - 5, 256 - 5 * LENGTH - 1, -5))


def canonical(text: str) -> str | None:
    """The code that was meant, with upper case and look-alikes set right; None where it cannot be one."""
    code = text.lower().translate(LOOK_ALIKES)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def code_in(text: str) -> str | None:
    """The code in what somebody pasted: a link, a code, or either with the punctuation around it."""
    _, _, end = text.rpartition("/r/")
    words = re.findall(r"[0-9A-Za-z]+", end)
    return canonical(words[0]) if words else None
