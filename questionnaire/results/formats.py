"""The formats that results have been stored in: the newest is written, every one is read."""

import re

import msgspec
from msgspec import structs

from rules.recommendation import Recommendation
from rules.rulebook import FRAMEWORKS

# To change the record, raise this and let `read` convert the older formats; none may ever be dropped.
NEWEST = 1


# Question ids are parameters of links; Flask gives a meaning to those that begin with an underscore.
QUESTION_ID = re.compile("[a-z][a-z0-9-]*")


class FormatError(Exception):
    """A stored record that cannot be read: damaged, or written by a newer release."""


class Head(msgspec.Struct):
    """The part of a record that every format has."""

    format: int


def write(recommendation: Recommendation) -> str:
    """A recommendation as it is stored."""
    return msgspec.json.encode({"format": NEWEST, **structs.asdict(recommendation)}).decode()


def read(stored: str) -> Recommendation:
    """A stored recommendation. Raise FormatError if it cannot be read."""
    try:
        format = msgspec.json.decode(stored, type=Head).format
        if not 1 <= format <= NEWEST:
            raise FormatError(f"it has format {format}, and this release reads up to {NEWEST}")
        result = msgspec.json.decode(stored, type=Recommendation)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise FormatError(str(error)) from error
    if not _is_whole(result):
        raise FormatError("its parts do not fit each other")
    return result


def _is_whole(result: Recommendation) -> bool:
    """Whether what the renderings look up is there: every answer has its finding, every position its source."""
    sources = [source.id for source in result.sources]
    groups = [
        *(finding.positions for finding in result.findings),
        result.closing,
        *(advice.positions for advice in result.advice),
    ]
    return (
        bool(sources and result.answers)
        and all(QUESTION_ID.fullmatch(question) for question in result.answers)
        and result.answers == {finding.question: finding.answer for finding in result.findings}
        and all([position.source for position in positions] == sources for positions in groups)
        and set(result.parts) == set(FRAMEWORKS)
        and all(
            passage.source in sources for parts in result.parts.values() for part in parts for passage in part.passages
        )
    )
