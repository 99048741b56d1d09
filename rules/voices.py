"""Where every source stands, by the passages that speak."""

from collections.abc import Iterable
from functools import cache

from msgspec import structs

from .recommendation import Quotation, Voice
from .rulebook import Passage, Rulebook
from .stance import stance

BY_NO_RULE = ""


def voices(rulebook: Rulebook, spoken: Iterable[tuple[str, Passage]]) -> tuple[Voice, ...]:
    """One voice for each source, in their order; every passage comes with the id of the rule that quotes it."""
    quoted = [Quotation(**structs.asdict(passage), rule=rule) for rule, passage in spoken]
    return tuple(
        Voice(source.id, stance(own), own)
        for source in rulebook.sources
        for own in [tuple(passage for passage in quoted if passage.source == source.id)]
    )


def cited(rulebook: Rulebook, ids: Iterable[str]) -> tuple[Voice, ...]:
    """Where the sources stand by passages that no rule quotes: advice and closing verdicts."""
    return voices(rulebook, ((BY_NO_RULE, rulebook.passage[id]) for id in ids))


@cache
def concluded(rulebook: Rulebook) -> tuple[Voice, ...]:
    """Where the sources stand in conclusion."""
    return cited(rulebook, (id for source in rulebook.sources for id in source.closing))
