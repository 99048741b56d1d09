"""Checks of the rules: their conditions, and the passages that they cite."""

from collections.abc import Iterator

from .rulebook import Conditions, Rule, Rulebook


def rule_problems(rulebook: Rulebook) -> Iterator[str]:
    """Find every rule that cannot hold, cites the other side or repeats another."""
    for rule in rulebook.rules:
        yield from _rule(rulebook, rule)
    yield from _clashes(rulebook)


def _rule(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    where = f"rules.toml: rule “{rule.id}”"
    for problem in condition_problems(rulebook, "given", {**rule.given, rule.question: (rule.option,)}):
        yield f"{where}: {problem}"
    if rule.question in rule.given:
        yield f"{where}: “given” names its own question, “{rule.question}”"
    for id in rule.passages:
        passage = rulebook.passages_by_id.get(id)
        if passage and passage.favours != rule.favours:
            yield f"{where} favours {rule.favours}, but cites passage “{id}”, which favours {passage.favours}"


def condition_problems(rulebook: Rulebook, field: str, conditions: Conditions) -> Iterator[str]:
    """Find every condition of a field that no answers can meet."""
    for id, options in conditions.items():
        question = rulebook.questions_by_id.get(id)
        if question is None:
            yield f"there is no question “{id}”"
            continue
        known = [option.id for option in question.definite_options]
        if not options:
            yield f"“{field}” names no option of question “{id}”"
        for option in options:
            if option not in known:
                yield f"question “{id}” has no option “{option}”; it has {', '.join(known)}"


def _clashes(rulebook: Rulebook) -> Iterator[str]:
    seen: dict[str, str] = {}
    for rule in rulebook.rules:
        condition = repr((rule.question, rule.option, sorted(rule.given.items()), rule.favours))
        if condition in seen:
            yield f"rules.toml: rules “{seen[condition]}” and “{rule.id}” have the same condition; make them one"
        seen[condition] = rule.id
