"""What must hold between the data files before a recommendation may rest on them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from .answers import AnswersError, check_answers
from .rulebook import UNSURE, Question, Rule, Rulebook
from .stance import stance

MAX_WORDS = 45
"""The longest quotation, in words: short enough to quote, long enough to check."""


def faults(rulebook: Rulebook) -> list[str]:
    """Every fault of the rulebook, a sentence each that names the file and the entry."""
    repeated = list(_repeated(rulebook))
    # The other checks look entries up by id, which is only sure once no id stands twice.
    return repeated or [
        *_passages(rulebook),
        *_questions(rulebook),
        *(fault for rule in rulebook.rules for fault in _rule(rulebook, rule)),
        *_clashes(rulebook),
        *_closing(rulebook),
        *_example(rulebook),
    ]


def _repeated(rulebook: Rulebook) -> Iterator[str]:
    kinds: list[tuple[str, Iterable[str]]] = [
        ("sources.toml: source", (one.id for one in rulebook.sources)),
        ("passages.toml: passage", (one.id for one in rulebook.passages)),
        ("questions.toml: question", (one.id for one in rulebook.questions)),
        ("rules.toml: rule", (one.id for one in rulebook.rules)),
        ("rules.toml: advice", (one.id for one in rulebook.advice)),
        *(
            (f"questions.toml: question “{question.id}”: option", (one.id for one in question.option))
            for question in rulebook.questions
        ),
    ]
    for kind, ids in kinds:
        for id, count in Counter(ids).items():
            if count > 1:
                yield f"{kind} “{id}” stands {count} times; every id must be its own"


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
            if id not in rulebook.passage:
                yield f"rules.toml: {where} cites passage “{id}”, which is not in passages.toml"
    used = {id for ids in cited.values() for id in ids}.union(*(source.closing for source in rulebook.sources))
    for passage in rulebook.passages:
        where = f"passages.toml: passage “{passage.id}”"
        if passage.source not in sources:
            yield f"{where} is of source “{passage.source}”, which is not in sources.toml"
        if not 0 < len(passage.quote.split()) <= MAX_WORDS:
            yield f"{where} must quote between 1 and {MAX_WORDS} words"
        if passage.id not in used:
            yield f"{where} is cited by nothing; cite it in a rule or in advice, or take it out"


def _questions(rulebook: Rulebook) -> Iterator[str]:
    for question in rulebook.questions:
        for option in question.option:
            if option.id == UNSURE:
                continue
            where = f"questions.toml: question “{question.id}”, option “{option.id}”"
            spoken = any((rule.question, rule.option) == (question.id, option.id) for rule in rulebook.rules)
            if not spoken and not option.silent:
                yield f"{where} has no rule; add one, or say in “silent” that the articles are silent on it"
            if spoken and option.silent:
                yield f"{where} says that the articles are silent on it, but there are rules on it"


def _rule(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    where = f"rules.toml: rule “{rule.id}”"
    for question, options in {**rule.given, rule.question: (rule.option,)}.items():
        yield from (f"{where}: {fault}" for fault in _answers(rulebook.question.get(question), question, options))
    if rule.question in rule.given:
        yield f"{where}: “given” names its own question, “{rule.question}”"
    for id in rule.passages:
        passage = rulebook.passage.get(id)
        if passage and passage.favours != rule.favours:
            yield f"{where} favours {rule.favours}, but cites passage “{id}”, which favours {passage.favours}"


def _answers(question: Question | None, id: str, options: tuple[str, ...]) -> Iterator[str]:
    if question is None:
        yield f"there is no question “{id}”"
        return
    right = [option.id for option in question.option if option.id != UNSURE]
    if not options:
        yield f"“given” names no option of question “{id}”"
    for option in options:
        if option not in right:
            yield f"question “{id}” has no option “{option}”; it has {', '.join(right)}"


def _clashes(rulebook: Rulebook) -> Iterator[str]:
    for one, other in combinations(rulebook.rules, 2):
        if (one.question, one.option, one.given, one.favours) == (
            other.question,
            other.option,
            other.given,
            other.favours,
        ):
            yield f"rules.toml: rules “{one.id}” and “{other.id}” have the same condition; make them one"


def _closing(rulebook: Rulebook) -> Iterator[str]:
    verdicts: Counter[str] = Counter()
    for source in rulebook.sources:
        where = f"sources.toml: source “{source.id}”"
        passages = [rulebook.passage.get(id) for id in source.closing]
        known = [passage for passage in passages if passage and passage.source == source.id]
        if not known or len(known) < len(passages):
            yield f"{where}: “closing” must name passages of this source, and at least one"
        verdicts[stance(known)] += 1
    if verdicts["django"] == verdicts["flask"]:
        yield "sources.toml: the closing verdicts are level, so they cannot decide where the voices are"


def _example(rulebook: Rulebook) -> Iterator[str]:
    try:
        check_answers(rulebook, rulebook.example)
    except AnswersError as error:
        yield f"rules.toml: example: {error}"
