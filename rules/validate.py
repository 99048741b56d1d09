"""Checks across the data files."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from .answers import problem_with
from .positions import stance
from .rulebook import Question, Rule, Rulebook

# Short enough to quote, long enough to check.
MAX_WORDS = 45


def problems(rulebook: Rulebook) -> list[str]:
    """Find every problem of the rulebook; each is a sentence that names the file and the entry."""
    repeated = list(_repeated(rulebook))
    # The other checks look entries up by id, so ids must be unique first.
    return repeated or [
        *_passages(rulebook),
        *_questions(rulebook),
        *(problem for rule in rulebook.rules for problem in _rule(rulebook, rule)),
        *_clashes(rulebook),
        *_closing(rulebook),
        *_example(rulebook),
    ]


def _repeated(rulebook: Rulebook) -> Iterator[str]:
    entries: dict[str, Sequence[Any]] = {
        "sources.toml: source": rulebook.sources,
        "passages.toml: passage": rulebook.passages,
        "questions.toml: question": rulebook.questions,
        "rules.toml: rule": rulebook.rules,
        "rules.toml: advice": rulebook.advice,
        "sources.toml: not_said": rulebook.not_said,
    }
    for question in rulebook.questions:
        entries[f"questions.toml: question “{question.id}”: option"] = question.options
    for kind, group in entries.items():
        for id, count in Counter(entry.id for entry in group).items():
            if count > 1:
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
        *(source.closing + source.interest for source in rulebook.sources)
    )
    for passage in rulebook.passages:
        where = f"passages.toml: passage “{passage.id}”"
        if passage.source not in sources:
            yield f"{where} is of source “{passage.source}”, which is not in sources.toml"
        if not 0 < len(passage.quote.split()) <= MAX_WORDS:
            yield f"{where} must quote between 1 and {MAX_WORDS} words"
        if passage.id not in used:
            yield f"{where} is not cited; cite it in a rule or in advice, or remove it"


def _questions(rulebook: Rulebook) -> Iterator[str]:
    for question in rulebook.questions:
        for option in question.definite_options:
            where = f"questions.toml: question “{question.id}”, option “{option.id}”"
            spoken = any((rule.question, rule.option) == (question.id, option.id) for rule in rulebook.rules)
            if not spoken and not option.silent:
                yield f"{where} has no rule; add one, or say in “silent” that the articles are silent on it"
            if spoken and option.silent:
                yield f"{where} says that the articles are silent on it, but there are rules on it"


def _rule(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    where = f"rules.toml: rule “{rule.id}”"
    for question, options in {**rule.given, rule.question: (rule.option,)}.items():
        for problem in _condition(rulebook.questions_by_id.get(question), question, options):
            yield f"{where}: {problem}"
    if rule.question in rule.given:
        yield f"{where}: “given” names its own question, “{rule.question}”"
    for id in rule.passages:
        passage = rulebook.passages_by_id.get(id)
        if passage and passage.favours != rule.favours:
            yield f"{where} favours {rule.favours}, but cites passage “{id}”, which favours {passage.favours}"


def _condition(question: Question | None, id: str, options: tuple[str, ...]) -> Iterator[str]:
    if question is None:
        yield f"there is no question “{id}”"
        return
    known = [option.id for option in question.definite_options]
    if not options:
        yield f"“given” names no option of question “{id}”"
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
        yield "sources.toml: the closing verdicts are a tie, so they cannot decide a tie of votes"


def _example(rulebook: Rulebook) -> Iterator[str]:
    if problem := problem_with(rulebook, rulebook.example):
        yield f"rules.toml: example: {problem}"
