"""The thinking side: the rulebook, and the recommendation that follows from it."""

from .load import RulebookError, load
from .recommend import recommend
from .rulebook import Rulebook

__all__ = ["Rulebook", "RulebookError", "load", "recommend"]
