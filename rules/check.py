"""`flask rules check`: entries of the data files that no combination of answers ever uses."""

from .answers import combinations
from .positions import positions_on
from .rulebook import Rulebook


def check(rulebook: Rulebook) -> list[str]:
    """Try every combination; return a sentence for each rule that never speaks and passage that is never shown."""
    speaking = set[str]()
    shown = rulebook.ids_in_parts.union(*(source.closing + source.interest for source in rulebook.sources))
    for advice in [*rulebook.advice, *(answer for what_if in rulebook.what_if for answer in what_if.answers)]:
        shown.update(advice.passages, advice.also)
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
