"""Checks across the data files."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from .answers import problem_with
from .parts import part_problems, quoted_in_parts
from .positions import stance
from .rulebook import UNSURE, Rulebook
from .validate_rules import rule_problems

# Short enough to quote, long enough to check.
MAX_WORDS = 45

# Ids are parts of addresses, anchors and field names.
SLUG = re.compile(r"[a-z][a-z0-9-]*")


def problems(rulebook: Rulebook) -> list[str]:
    """Find every problem of the rulebook; each is a sentence that names the file and the entry."""
    ids = list(_ids(rulebook))
    # The other checks look entries up by id, so ids must be unique first.
    return ids or [
        *_passages(rulebook),
        *_questions(rulebook),
        *rule_problems(rulebook),
        *_closing(rulebook),
        *_interest(rulebook),
        *part_problems(rulebook),
        *_not_said(rulebook),
        *_example(rulebook),
    ]


def _ids(rulebook: Rulebook) -> Iterator[str]:
    entries: dict[str, Sequence[Any]] = {
        "sources.toml: source": rulebook.sources,
        "passages.toml: passage": rulebook.passages,
        "questions.toml: question": rulebook.questions,
        "rules.toml: rule": rulebook.rules,
        "rules.toml: advice": rulebook.advice,
        "rules.toml: part": rulebook.parts,
        "rules.toml: guide": rulebook.guides,
        "sources.toml: not_said": rulebook.not_said,
    }
    for question in rulebook.questions:
        entries[f"questions.toml: question “{question.id}”: option"] = question.options
    for kind, group in entries.items():
        for id, count in Counter(entry.id for entry in group).items():
            if not SLUG.fullmatch(id):
                yield f"{kind} “{id}”: an “id” begins with a letter and has small letters, digits and hyphens only"
            if id == UNSURE and count > 1:
                yield f"{kind} “{id}” cannot be reached; every question takes “{id}” already"
            elif count > 1:
                yield f"{kind} “{id}” is used {count} times; ids must be unique"


def _passages(rulebook: Rulebook) -> Iterator[str]:
    sources = {source.id for source in rulebook.sources}
    cited = {
        **{f"rule “{rule.id}”": rule.passages for rule in rulebook.rules},
        **{f"advice “{advice.id}”": advice.passages for advice in rulebook.advice},
    }
    for where, ids in cited.items():
        if not ids:
            yield f"rules.toml: {where} cites no passage"
        for id in ids:
            if id not in rulebook.passages_by_id:
                yield f"rules.toml: {where} cites passage “{id}”, which is not in passages.toml"
    used = {id for ids in cited.values() for id in ids}.union(
        quoted_in_parts(rulebook), *(source.closing + source.interest for source in rulebook.sources)
    )
    for passage in rulebook.passages:
        where = f"passages.toml: passage “{passage.id}”"
        if passage.source not in sources:
            yield f"{where} is of source “{passage.source}”, which is not in sources.toml"
        if not 0 < len(passage.quote.split()) <= MAX_WORDS:
            yield f"{where} must quote between 1 and {MAX_WORDS} words"
        if passage.id not in used:
            yield f"{where} is not cited; cite it in a rule, in advice or in a part, or remove it"


def _questions(rulebook: Rulebook) -> Iterator[str]:
    for question in rulebook.questions:
        if len(question.definite_options) < 2:
            yield f"questions.toml: question “{question.id}” must have two options or more"
        for option in question.definite_options:
            where = f"questions.toml: question “{question.id}”, option “{option.id}”"
            if not (option.label.strip() and option.help.strip()):
                yield f"{where} must have a “label” and a “help”, or nobody can choose it"
            spoken = any((rule.question, rule.option) == (question.id, option.id) for rule in rulebook.rules)
            if not spoken and not option.silent:
                yield f"{where} has no rule; add one, or say in “silent” that the articles are silent on it"
            if spoken and option.silent:
                yield f"{where} says that the articles are silent on it, but there are rules on it"
    knowing = [question.id for question in rulebook.questions if any(option.knows for option in question.options)]
    if len(knowing) > 1:
        yield f"questions.toml: “knows” stands in questions {', '.join(knowing)}; one question only can decide a tie"


def _closing(rulebook: Rulebook) -> Iterator[str]:
    verdicts: Counter[str] = Counter()
    for source in rulebook.sources:
        where = f"sources.toml: source “{source.id}”"
        passages = [rulebook.passages_by_id.get(id) for id in source.closing]
        own = [passage for passage in passages if passage and passage.source == source.id]
        if not own or len(own) < len(passages):
            yield f"{where}: “closing” must name passages of this source, and at least one"
        verdicts[stance(own)] += 1
    if verdicts["django"] == verdicts["flask"]:
        yield "sources.toml: “closing”: the closing verdicts are a tie, so nothing decides a tie of votes"


def _interest(rulebook: Rulebook) -> Iterator[str]:
    for source in rulebook.sources:
        where = f"sources.toml: source “{source.id}”"
        for id in source.interest:
            passage = rulebook.passages_by_id.get(id)
            if not passage or passage.source != source.id:
                yield f"{where}: “interest” names “{id}”, which is not a passage of this source"


def _not_said(rulebook: Rulebook) -> Iterator[str]:
    for entry in rulebook.not_said:
        if not entry.words or not all(word.strip() for word in entry.words):
            yield f"sources.toml: not_said “{entry.id}”: “words” must name what to search for"


def _example(rulebook: Rulebook) -> Iterator[str]:
    if problem := problem_with(rulebook, rulebook.example):
        yield f"rules.toml: example: {problem}"
