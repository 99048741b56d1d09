"""`flask rules check`: entries of the data files that no combination of answers ever uses."""

from .answers import combinations
from .parts import quoted_in_parts
from .positions import positions_on
from .rulebook import Rulebook


def check(rulebook: Rulebook) -> list[str]:
    """Try every combination; return a sentence for each rule that never speaks and passage that is never shown."""
    speaking = set[str]()
    shown = {id for source in rulebook.sources for id in source.closing + source.interest}
    shown |= {id for advice in rulebook.advice for id in advice.passages} | quoted_in_parts(rulebook)
    for what_if in rulebook.what_if:
        shown.update(what_if.yes.passages, what_if.yes.also, what_if.no.passages, what_if.no.also)
    for answers in combinations(rulebook):
        for question in rulebook.questions:
            for position in positions_on(rulebook, question, answers):
                speaking |= {passage.rule for passage in position.passages}
                shown |= {passage.id for passage in position.passages}
    return [
        *(f"rules.toml: rule “{rule.id}” never speaks" for rule in rulebook.rules if rule.id not in speaking),
        *(
            f"passages.toml: passage “{passage.id}” is never shown"
            for passage in rulebook.passages
            if passage.id not in shown
        ),
    ]
