"""What an edit of the rulebook does to the verdicts, and which entries do it."""

from collections.abc import Iterable, Iterator

from msgspec import Struct, structs

from .answers import AnswersError, check_answers, combinations
from .judge import judge
from .recommendation import Judgement
from .rulebook import Answers, Passage, Rule, Rulebook


class Turned(Struct, frozen=True):
    """A combination of answers with its verdicts under the old and the new rulebook."""

    answers: dict[str, str]
    before: Judgement
    after: Judgement


class Cause(Struct, frozen=True):
    """A changed entry, and the verdicts that its change alone turns."""

    entry: str
    turned: list[Turned]


class Diff(Struct, frozen=True):
    """The combinations that both rulebooks answer, those that turn, and what turns them."""

    compared: int
    only_one: int
    turned: list[Turned]
    causes: list[Cause]
    together: list[Turned]


def diff(old: Rulebook, new: Rulebook) -> Diff:
    """Compare two rulebooks; `together` are verdicts that turn only by several changes at once."""
    shared = [answers for answers in combinations(new) if _answerable(old, answers)]
    turned = list(_turned(old, new, shared))
    causes = [
        Cause(entry, found)
        for entry, edited in _single_edits(old, new)
        if (found := [one for one in turned if judge(edited, one.answers).verdict == one.after.verdict])
    ]
    explained = {tuple(one.answers.values()) for cause in causes for one in cause.turned}
    return Diff(
        compared=len(shared),
        only_one=len(list(combinations(old))) + len(list(combinations(new))) - 2 * len(shared),
        turned=turned,
        causes=causes,
        together=[one for one in turned if tuple(one.answers.values()) not in explained],
    )


def _answerable(rulebook: Rulebook, answers: Answers) -> bool:
    try:
        check_answers(rulebook, answers)
    except AnswersError:
        return False
    return answers.keys() == rulebook.question.keys()


def _turned(old: Rulebook, new: Rulebook, shared: Iterable[dict[str, str]]) -> Iterator[Turned]:
    for answers in shared:
        before, after = judge(old, answers), judge(new, answers)
        if before.verdict != after.verdict:
            yield Turned(answers, before, after)


def _single_edits(old: Rulebook, new: Rulebook) -> Iterator[tuple[str, Rulebook]]:
    """The old rulebook with one entry at a time as it is in the new one."""
    # A new rule may cite new passages, and a passage that is gone may still be cited by an old rule.
    passages = {**new.passage, **old.passage}
    old = structs.replace(old, passages=tuple(passages.values()))
    was, is_now = ({rule.id: rule for rule in rulebook.rules} for rulebook in (old, new))
    for id in was | is_now:
        if _effect(was.get(id)) != _effect(is_now.get(id)):
            change = "new" if id not in was else "changed" if id in is_now else "taken out"
            rules = [rule for rule in {**was, id: is_now.get(id)}.values() if rule and _asked(old, rule)]
            yield f"rule “{id}” ({change})", structs.replace(old, rules=tuple(rules))
    for id, passage in passages.items():
        edit = new.passage.get(id, passage)
        if _bearing(passage) != _bearing(edit):
            edited = tuple({**passages, id: edit}.values())
            yield f"passage “{id}” (changed)", structs.replace(old, passages=edited)
    if old.sources != new.sources:
        yield "sources (changed)", structs.replace(old, sources=new.sources)


def _asked(rulebook: Rulebook, rule: Rule) -> bool:
    return (rule.question, rule.option) in rulebook.rules_on


def _effect(rule: Rule | None) -> tuple[object, ...]:
    return (rule.question, rule.option, rule.given, rule.favours, rule.passages) if rule else ()


def _bearing(passage: Passage) -> tuple[object, ...]:
    return passage.source, passage.favours, bool(passage.disputed)
