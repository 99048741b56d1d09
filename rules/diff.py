"""What an edit of the rulebook does to the verdicts, and which entries do it."""

from collections.abc import Iterator

from msgspec import Struct, structs

from .answers import combinations, problem_with
from .judge import judge
from .recommendation import Judgement
from .rulebook import Passage, Question, Rule, Rulebook


class Turn(Struct, frozen=True):
    """A combination of answers with its verdicts under the old and the new rulebook."""

    answers: dict[str, str]
    before: Judgement
    after: Judgement


class Cause(Struct, frozen=True):
    """A changed entry, and the verdicts that its change alone turns."""

    entry: str
    turned: list[Turn]


class Diff(Struct, frozen=True):
    """The combinations that both rulebooks answer, those that turn, and what turns them."""

    compared: int
    only_one: int
    turned: list[Turn]
    causes: list[Cause]
    together: list[Turn]


def diff(old: Rulebook, new: Rulebook) -> Diff:
    """Compare two rulebooks; `together` are verdicts that turn only by several changes at once."""
    compared, turned, causes = 0, [], []
    for answers in combinations(new):
        if answers.keys() == old.questions_by_id.keys() and not problem_with(old, answers):
            compared += 1
            before, after = judge(old, answers), judge(new, answers)
            if before.verdict != after.verdict:
                turned.append(Turn(answers, before, after))
    for entry, edited in _single_edits(old, new):
        by_itself = [turn for turn in turned if judge(edited, turn.answers).verdict == turn.after.verdict]
        if by_itself:
            causes.append(Cause(entry, by_itself))
    explained = {tuple(turn.answers.values()) for cause in causes for turn in cause.turned}
    return Diff(
        compared=compared,
        only_one=len(list(combinations(old))) + len(list(combinations(new))) - 2 * compared,
        turned=turned,
        causes=causes,
        together=[turn for turn in turned if tuple(turn.answers.values()) not in explained],
    )


def _single_edits(old: Rulebook, new: Rulebook) -> Iterator[tuple[str, Rulebook]]:
    """The old rulebook with one entry at a time as it is in the new one."""
    # A new rule may cite new passages, and an old rule may cite removed ones.
    passages = {**new.passages_by_id, **old.passages_by_id}
    old = structs.replace(old, passages=tuple(passages.values()))
    before, after = old.rules_by_id, new.rules_by_id
    for id in before | after:
        if _effect(before.get(id)) != _effect(after.get(id)):
            change = "new" if id not in before else "changed" if id in after else "removed"
            edited = [rule for rule in {**before, id: after.get(id)}.values() if rule]
            # The old rulebook may not have the option of a new rule.
            rules = [rule for rule in edited if (rule.question, rule.option) in old.rules_on]
            yield f"rule “{id}” ({change})", structs.replace(old, rules=tuple(rules))
    for id, passage in passages.items():
        edit = new.passages_by_id.get(id, passage)
        if _bearing(passage) != _bearing(edit):
            yield f"passage “{id}” (changed)", structs.replace(old, passages=tuple({**passages, id: edit}.values()))
    questions = tuple(_knowing(question, new) for question in old.questions)
    if questions != old.questions:
        yield "what a team knows (changed)", structs.replace(old, questions=questions)
    if old.sources != new.sources:
        yield "sources (changed)", structs.replace(old, sources=new.sources)


def _knowing(question: Question, new: Rulebook) -> Question:
    """A question whose options know what those of the new rulebook do."""
    edited = new.questions_by_id.get(question.id, question)
    knows = {option.id: option.knows for option in edited.options}
    options = [structs.replace(option, knows=knows.get(option.id, option.knows)) for option in question.options]
    return structs.replace(question, options=tuple(options))


def _effect(rule: Rule | None) -> tuple[object, ...]:
    return (rule.question, rule.option, rule.given, rule.favours, rule.passages) if rule else ()


def _bearing(passage: Passage) -> tuple[object, ...]:
    return passage.source, passage.favours, bool(passage.disputed)
