"""The parts that answers call for: what comes with each framework, and what is yours to add."""

from collections.abc import Iterator
from functools import lru_cache

from msgspec import structs

from .recommendation import QuotedPassage, SuppliedPart
from .rulebook import FRAMEWORKS, Answers, Framework, Guide, Part, Rulebook, Supply, meet
from .validate_rules import condition_problems


def parts_for(rulebook: Rulebook, answers: Answers) -> dict[Framework, tuple[SuppliedPart, ...]]:
    """The parts that the answers call for, as each framework has them."""
    called = [part.id for part in rulebook.parts if meet(answers, part.when)]
    supplied = _supplied(rulebook)
    return {framework: tuple(supplied[framework, id] for id in called) for framework in FRAMEWORKS}


# The same few parts are in thousands of results.
@lru_cache(maxsize=8)
def _supplied(rulebook: Rulebook) -> dict[tuple[Framework, str], SuppliedPart]:
    return {
        (framework, part.id): _supply(rulebook, part, supply)
        for part in rulebook.parts
        for framework, supply in part.supplies.items()
    }


def _supply(rulebook: Rulebook, part: Part, supply: Supply) -> SuppliedPart:
    quoted = tuple(QuotedPassage(**structs.asdict(rulebook.passages_by_id[id])) for id in supply.passages)
    fields = structs.asdict(supply) | {"id": part.id, "title": part.title, "passages": quoted}
    return SuppliedPart(**fields)


def guides_to(rulebook: Rulebook, framework: Framework) -> tuple[Guide, ...]:
    """Where to read on about a framework."""
    return tuple(guide for guide in rulebook.guides if guide.framework == framework)


def quoted_in_parts(rulebook: Rulebook) -> set[str]:
    """The ids of the passages that say what comes with a framework."""
    return {id for part in rulebook.parts for supply in part.supplies.values() for id in supply.passages}


def part_problems(rulebook: Rulebook) -> Iterator[str]:
    """Find every part that cannot be called for or is not as its passages say, and every guide that leads nowhere."""
    for part in rulebook.parts:
        where = f"rules.toml: part “{part.id}”"
        if not part.title.strip():
            yield f"{where} must have a “title”"
        for problem in condition_problems(rulebook, "when", part.when):
            yield f"{where}: {problem}"
        for framework, supply in part.supplies.items():
            for problem in _supply_problems(rulebook, supply):
                yield f"{where}, field “{framework}”: {problem}"
    for guide in rulebook.guides:
        if not guide.address.startswith("https://"):
            yield f"rules.toml: guide “{guide.id}”: “address” must begin with https://, not “{guide.address}”"
    for framework in FRAMEWORKS:
        if not guides_to(rulebook, framework):
            yield f"rules.toml: there is no guide to {framework}"


def _supply_problems(rulebook: Rulebook, supply: Supply) -> Iterator[str]:
    quotes = []
    for id in supply.passages:
        passage = rulebook.passages_by_id.get(id)
        if passage is None:
            yield f"cites passage “{id}”, which is not in passages.toml"
        elif passage.disputed:
            yield f"cites passage “{id}”, which is disputed"
        else:
            quotes.append(passage.quote)
    if supply.package and supply.status == "included":
        yield f"names package “{supply.package}” for a part that is included"
    elif supply.package and not (quotes and supply.package in quotes[0]):
        yield f"names package “{supply.package}”, which does not stand in the first of its passages"
