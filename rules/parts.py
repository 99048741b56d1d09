"""The parts that answers call for, as each framework has them, and where to read on."""

from msgspec import structs

from .passages import FRAMEWORKS, Framework
from .recommendation import SuppliedPart
from .rulebook import Answers, Guide, Part, Rulebook, meet


def parts_for(rulebook: Rulebook, answers: Answers) -> dict[Framework, tuple[SuppliedPart, ...]]:
    """The parts that the answers call for, as each framework has them."""
    called = [part for part in rulebook.parts if meet(answers, part.when)]
    return {framework: tuple(supplied(rulebook, part, framework) for part in called) for framework in FRAMEWORKS}


def supplied(rulebook: Rulebook, part: Part, framework: Framework) -> SuppliedPart:
    """A part as a framework has it."""
    supply = part.supplies[framework]
    quoted = tuple(rulebook.quoted(id) for id in supply.passages)
    return SuppliedPart(**structs.asdict(supply) | {"id": part.id, "title": part.title, "passages": quoted})


def guides_to(rulebook: Rulebook, framework: Framework) -> tuple[Guide, ...]:
    """Where to read on about a framework."""
    return tuple(guide for guide in rulebook.guides if guide.framework == framework)


def quoted_in_parts(rulebook: Rulebook) -> set[str]:
    """The ids of the passages that say what comes with a framework."""
    return {id for part in rulebook.parts for supply in part.supplies.values() for id in supply.passages}
