"""The formats that results have been stored in: the newest is written, every one is read."""

import msgspec
from msgspec import structs

from rules.recommendation import Recommendation

NEWEST = 1
"""To change the record, raise this and let `read` turn the older ones into it; none may ever be dropped."""


class FormatError(Exception):
    """What is stored is not a result, or one of a format that a newer release has brought."""


class Head(msgspec.Struct):
    """What tells the format of a record; the first format did not say."""

    format: int = 0


def write(recommendation: Recommendation) -> str:
    """A recommendation as it is stored."""
    return msgspec.json.encode({"format": NEWEST, **structs.asdict(recommendation)}).decode()


def read(stored: str) -> Recommendation:
    """A stored recommendation; raises FormatError where it is none."""
    try:
        format = msgspec.json.decode(stored, type=Head).format
        if not 0 <= format <= NEWEST:
            raise FormatError(f"it has format {format}, and this release knows those up to {NEWEST}")
        # Format 1 has the fields of format 0.
        return msgspec.json.decode(stored, type=Recommendation)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise FormatError(str(error)) from error
