"""Codes that name a result: the same for the same answers under the same revision of the rulebook."""

import hashlib
import re

from rules import Rulebook
from rules.rulebook import Answers

# Crockford's base 32, which leaves out the letters that are mistaken for others.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LOOK_ALIKES = str.maketrans("oil", "011")

LENGTH = 10

# Ten letters and digits, perhaps in groups, with no further one behind them.
PASTED = re.compile(rf"\W*((?:[0-9a-z]-*){{{LENGTH}}})(?![0-9a-z])", re.ASCII | re.IGNORECASE)


def code_of(rulebook: Rulebook, answers: Answers) -> str:
    """The code of these answers under a rulebook."""
    query = "&".join(f"{question}={answers[question]}" for question in rulebook.questions_by_id)
    digest = hashlib.sha256(f"{rulebook.revision}?{query}".encode()).digest()
    number = int.from_bytes(digest)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(256 - 5, 256 - 5 * LENGTH - 1, -5))


def code_in(text: str) -> str | None:
    """The code in a pasted link, with case, look-alikes and hyphens normalized; None if there is none."""
    _, _, end = text.rpartition("/r/")
    found = PASTED.match(end)
    code = found[1].replace("-", "").lower().translate(LOOK_ALIKES) if found else ""
    return code if code and set(code) <= set(ALPHABET) else None
