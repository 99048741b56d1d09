"""The formats that results have been stored in: the newest is written, every one is read."""

import msgspec
from msgspec import structs

from rules.recommendation import Recommendation

# To change the record, raise this and let `read` convert the older formats; none may ever be dropped.
NEWEST = 1


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
        return msgspec.json.decode(stored, type=Recommendation)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise FormatError(str(error)) from error
