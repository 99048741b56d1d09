"""Checks across the data files: every problem is a sentence that names the file and the entry."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from .answers import problem_with
from .passages import FRAMEWORKS
from .positions import stance
from .rulebook import DRAWN, Conditions, Option, Rule, Rulebook, Supply, Supposed

# Short enough to quote, long enough to check.
MAX_WORDS = 45

# What a result and its card have room for.
MOST_SOURCES = 8
MAX_NAME = 40

# Ids are parts of addresses, anchors and field names.
SLUG = re.compile(r"[a-z][a-z0-9-]*")

# An https address without a character that has a meaning in Markdown or in text around it.
ADDRESS = re.compile(r"https://[a-z0-9.-]*[a-z0-9](:\d+)?(/[\w/.~%!$&*+,;=:@?#-]*)?", re.ASCII)


def problems_of(rulebook: Rulebook) -> list[str]:
    """Find every problem of the rulebook."""
    # The other checks look entries up by id, so ids must be unique first.
    return list(_ids(rulebook)) or [
        *_passages(rulebook),
        *_questions(rulebook),
        *_rules(rulebook),
        *_sources(rulebook),
        *_parts(rulebook),
        *_rest(rulebook),
    ]


def _ids(rulebook: Rulebook) -> Iterator[str]:
    entries: dict[str, Sequence[Any]] = {
        "sources.toml: source": rulebook.sources,
        "passages.toml: passage": rulebook.passages,
        "questions.toml: question": rulebook.questions,
        "rules.toml: rule": rulebook.rules,
        "rules.toml: what_if": rulebook.what_if,
        "rules.toml: advice": rulebook.advice,
        "rules.toml: part": rulebook.parts,
        "rules.toml: guide": rulebook.guides,
        "sources.toml: not_said": rulebook.not_said,
    }
    for question in rulebook.questions:
        entries[f"questions.toml: question “{question.id}”: option"] = question.options
    for kind, group in entries.items():
        for id, times in Counter(entry.id for entry in group).items():
            if not SLUG.fullmatch(id):
                yield f"{kind} “{id}”: an “id” begins with a letter and has small letters, digits and hyphens only"
            if times > 1:
                yield f"{kind} “{id}” is used {times} times; ids must be unique, and every question has an “unsure”"


def _citing(rulebook: Rulebook) -> Iterator[tuple[str, Rule | Supposed]]:
    """Whatever cites passages for a framework, with where it stands."""
    for rule in rulebook.rules:
        yield f"rules.toml: rule “{rule.id}”", rule
    for what_if in rulebook.what_if:
        yield f"rules.toml: what_if “{what_if.id}”, field “yes”", what_if.yes
        yield f"rules.toml: what_if “{what_if.id}”, field “no”", what_if.no


def _passages(rulebook: Rulebook) -> Iterator[str]:
    cited = {where: citing.passages + citing.also for where, citing in _citing(rulebook)}
    cited |= {f"rules.toml: advice “{advice.id}”": advice.passages + advice.also for advice in rulebook.advice}
    for where, ids in cited.items():
        if not ids:
            yield f"{where} cites no passage"
        for id, times in Counter(ids).items():
            if id not in rulebook.passages_by_id:
                yield f"{where} cites passage “{id}”, which is not in passages.toml"
            if times > 1:
                yield f"{where} cites passage “{id}” {times} times"
    concluding = (source.closing + source.interest for source in rulebook.sources)
    used = rulebook.ids_in_parts.union(*cited.values(), *concluding)
    for passage in rulebook.passages:
        where = f"passages.toml: passage “{passage.id}”"
        if passage.source not in rulebook.sources_by_id:
            yield f"{where} is of source “{passage.source}”, which is not in sources.toml"
        if len(passage.quote.split()) > MAX_WORDS:
            yield f"{where} must quote at most {MAX_WORDS} words"
        if passage.id not in used:
            yield f"{where} is not cited; cite it in rules.toml, or in “closing” or “interest” of its source"


def _questions(rulebook: Rulebook) -> Iterator[str]:
    if set(rulebook.questions_by_id) != set(DRAWN):
        yield f"questions.toml: the questions must be {', '.join(DRAWN)}, because the map draws these"
    general = {(rule.question, rule.option) for rule in rulebook.rules if not rule.given}
    for question in rulebook.questions:
        if len(question.definite_options) < 2:
            yield f"questions.toml: question “{question.id}” must have two options or more"
        for option in question.definite_options:
            for problem in _option(option, spoken=(question.id, option.id) in general):
                yield f"questions.toml: question “{question.id}”, option “{option.id}” {problem}"
    knowing = [question.id for question in rulebook.questions if any(option.knows for option in question.options)]
    if len(knowing) > 1:
        yield f"questions.toml: “knows” stands in questions {', '.join(knowing)}; one question only can decide a tie"


def _option(option: Option, spoken: bool) -> Iterator[str]:
    if not (option.help and option.phrase and option.condition):
        yield "must have a “help”, a “phrase” and a “condition”, or no sentence can name it"
    if not spoken and not option.silent:
        yield "has no rule without “given”; add one, or say in “silent” that the articles are silent on it"
    if spoken and option.silent:
        yield "says that the articles are silent on it, but there is a rule without “given” on it"


def _rules(rulebook: Rulebook) -> Iterator[str]:
    if len(rulebook.what_if) > 1:
        yield "rules.toml: there is more than one what_if; a result has room for one"
    for where, citing in _citing(rulebook):
        if citing.also and not citing.passages:
            yield f"{where} has no “passages” of its own; “also” alone gives no vote"
        for passage in rulebook.passages:
            if passage.id in citing.passages and passage.favours != citing.favours:
                yield f"{where} favours {citing.favours}, but its passage “{passage.id}” favours {passage.favours}"
    seen: dict[str, str] = {}
    for rule in rulebook.rules:
        if rule.question in rule.given:
            yield f"rules.toml: rule “{rule.id}”: “given” names its own question, “{rule.question}”"
        for problem in _conditions(rulebook, "given", {**rule.given, rule.question: (rule.option,)}):
            yield f"rules.toml: rule “{rule.id}”: {problem}"
        given = sorted((question, sorted(options)) for question, options in rule.given.items())
        other = seen.setdefault(repr((rule.question, rule.option, given, rule.favours)), rule.id)
        if other != rule.id:
            yield f"rules.toml: rules “{other}” and “{rule.id}” have the same condition; make them one"


def _conditions(rulebook: Rulebook, field: str, conditions: Conditions) -> Iterator[str]:
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


def _sources(rulebook: Rulebook) -> Iterator[str]:
    verdicts: Counter[str] = Counter()
    if len(rulebook.sources) > MOST_SOURCES:
        yield f"sources.toml: there are more than {MOST_SOURCES} sources; a result has no room for more"
    for source in rulebook.sources:
        where = f"sources.toml: source “{source.id}”"
        own = [passage.id for passage in rulebook.passages if passage.source == source.id]
        if len(source.name) > MAX_NAME or not source.name.isprintable():
            yield f"{where}: “name” must be one line of at most {MAX_NAME} letters"
        if source.address and not ADDRESS.fullmatch(source.address):
            yield f"{where}: “address” must be an https address, not “{source.address}”"
        for field, ids in (("closing", source.closing), ("interest", source.interest)):
            if not set(ids) <= set(own) or (field == "closing" and not ids):
                yield f"{where}: “{field}” must name passages of this source{', at least one' * (field == 'closing')}"
        for problem in _conditions(rulebook, "excepts", source.excepts):
            yield f"{where}: {problem}"
        if bool(source.excepts) != bool(source.exception):
            yield f"{where} must have both “excepts” and “exception”, or neither"
        verdicts[stance(rulebook.quoted(id) for id in source.closing if id in own)] += 1
    if verdicts["django"] == verdicts["flask"]:
        yield "sources.toml: “closing”: the closing verdicts are a tie, so nothing decides a tie of votes"


def _parts(rulebook: Rulebook) -> Iterator[str]:
    for part in rulebook.parts:
        where = f"rules.toml: part “{part.id}”"
        for problem in _conditions(rulebook, "when", part.when):
            yield f"{where}: {problem}"
        for framework, supply in part.supplies.items():
            for problem in _supply(rulebook, supply):
                yield f"{where}, field “{framework}”: {problem}"


def _supply(rulebook: Rulebook, supply: Supply) -> Iterator[str]:
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
    elif supply.package and not re.search(rf"\b{re.escape(supply.package)}\b", " ".join(quotes[:1])):
        yield f"names package “{supply.package}”, which does not stand in the first of its passages"


def _rest(rulebook: Rulebook) -> Iterator[str]:
    """Find what is wrong with guides, with what is not said, and with the example."""
    for guide in rulebook.guides:
        if not ADDRESS.fullmatch(guide.address):
            yield f"rules.toml: guide “{guide.id}”: “address” must be an https address, not “{guide.address}”"
    for framework in FRAMEWORKS:
        if framework not in [guide.framework for guide in rulebook.guides]:
            yield f"rules.toml: there is no guide to {framework}"
    for entry in rulebook.not_said:
        if not entry.words:
            yield f"sources.toml: not_said “{entry.id}”: “words” must name what to search for"
    if problem := problem_with(rulebook, rulebook.example):
        yield f"rules.toml: example: {problem}"
