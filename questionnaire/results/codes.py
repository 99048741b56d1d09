"""Codes that name a result: the same for the same answers and rulebook."""

import hashlib
import re

from rules.rulebook import Answers

# Crockford's base 32, which leaves out the letters that are mistaken for others.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LOOK_ALIKES = str.maketrans("oil", "011")

LENGTH = 10


def code_of(revision: str, answers: Answers) -> str:
    """The code of these answers, in the order of the questions, under a revision of the rulebook."""
    query = "&".join(f"{question}={option}" for question, option in answers.items())
    digest = hashlib.sha256(f"{revision}?{query}".encode()).digest()
    number = int.from_bytes(digest)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(256 - 5, 256 - 5 * LENGTH - 1, -5))


def canonical(text: str) -> str | None:
    """The code that a text means, with upper case and look-alikes corrected; None if it is not a code."""
    code = text.lower().translate(LOOK_ALIKES)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def code_in(text: str) -> str | None:
    """The code in a pasted link, or None."""
    _, _, end = text.rpartition("/r/")
    words = re.findall(r"[0-9A-Za-z]+", end)
    return canonical(words[0]) if words else None
