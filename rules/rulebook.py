"""What the data files hold: questions, rules, advice and parts, and the rulebook of them all."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from msgspec import Struct, field, structs

from .passages import Framework, Passage, QuotedPassage, Source

Status = Literal["included", "add"]
Answers = Mapping[str, str]
Conditions = Mapping[str, tuple[str, ...]]

# The questions that the map draws: team and size make a block, database a line of it, API and deadline a cell.
DRAWN = ("team", "size", "database", "api", "deadline")

# “Not sure yet”, an option of every question.
UNSURE = "unsure"


class Option(Struct, frozen=True):
    """An answer that a question takes; `silent` says so if no article speaks on it by itself.

    `phrase` completes “We chose X for …”, and `condition` completes “It would be X if …”.
    `knows` is the framework that a team with this answer knows; a tie goes to it.
    """

    id: str
    label: str
    help: str = ""
    phrase: str = ""
    condition: str = ""
    silent: str = ""
    knows: Framework | Literal[""] = ""


class Question(Struct, frozen=True):
    """One of the questions, with its options in the order in which they are offered, `unsure` last.

    `missing` is the error message when it is not answered.
    """

    id: str
    name: str
    title: str
    help: str
    missing: str
    options: tuple[Option, ...] = field(name="option")

    def __getitem__(self, id: str) -> Option:
        [option] = [option for option in self.options if option.id == id]
        return option

    @property
    def definite_options(self) -> tuple[Option, ...]:
        """The options without `unsure`."""
        return tuple(option for option in self.options if option.id != UNSURE)


class Rule(Struct, frozen=True, kw_only=True):
    """For this answer, and those `given` in a joint rule, the passages favour a framework.

    The passages under `also` only say that a framework can be used too, and take no side.
    """

    id: str
    question: str
    option: str
    favours: Framework
    because: str
    passages: tuple[str, ...]
    also: tuple[str, ...] = ()
    given: dict[str, tuple[str, ...]] = {}


def meet(answers: Answers, conditions: Conditions) -> bool:
    """Whether the answers meet every condition."""
    return all(answers[question] in options for question, options in conditions.items())


class Advice(Struct, frozen=True):
    """What the articles say on something that no question asks; it gives no vote."""

    id: str
    title: str
    text: str
    passages: tuple[str, ...]
    also: tuple[str, ...] = ()


class Supposed(Struct, frozen=True, kw_only=True):
    """One answer to a what-if: what it means, and the passages that would favour a framework then."""

    meaning: str
    favours: Framework
    because: str
    passages: tuple[str, ...]
    also: tuple[str, ...] = ()


class WhatIf(Struct, frozen=True):
    """Something that no question asks, shown with what either answer would make of the verdict; it has no vote."""

    id: str
    title: str
    help: str
    yes: Supposed
    no: Supposed

    @property
    def answers(self) -> list[Advice]:
        """Both answers as advice."""
        both = (("yes", "If so", self.yes), ("no", "If not", self.no))
        return [
            Advice(f"{self.id}-{id}", title, f"{answer.meaning} {answer.because}", answer.passages, answer.also)
            for id, title, answer in both
        ]


class Supply(Struct, frozen=True, kw_only=True):
    """Whether a framework includes a part, by the passages that say so; `note` holds facts that no article states."""

    status: Status
    package: str = ""
    note: str = ""
    passages: tuple[str, ...] = ()


class Part(Struct, frozen=True, kw_only=True):
    """Something that a project needs when its answers meet the conditions."""

    id: str
    title: str
    when: dict[str, tuple[str, ...]] = {}
    django: Supply
    flask: Supply

    @property
    def supplies(self) -> dict[Framework, Supply]:
        """What each framework has of it."""
        return {"django": self.django, "flask": self.flask}


class Guide(Struct, frozen=True):
    """An official page to read after the verdict, and when its address was last known to be right."""

    id: str
    framework: Framework
    title: str
    address: str
    known: date


class NotSaid(Struct, frozen=True):
    """Something that people ask about and no article speaks of; `words` are what `verify` searches for in vain."""

    id: str
    title: str
    text: str
    words: tuple[str, ...]


# Tables of the data files that are named in the singular there.
TABLES = {f"{table}s": table for table in ("source", "passage", "question", "rule", "part", "guide")}


class Rulebook(Struct, frozen=True, eq=False, dict=True, rename=TABLES):
    """Everything that a recommendation follows from, with the names that the data files give it.

    `content` is the text that is archived, and `revision` a digest of it.
    """

    engine: int
    read: date
    date: date
    example: dict[str, str]
    unsure: str
    sources: tuple[Source, ...]
    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    advice: tuple[Advice, ...]
    parts: tuple[Part, ...]
    guides: tuple[Guide, ...]
    not_said: tuple[NotSaid, ...]
    what_if: tuple[WhatIf, ...] = ()
    about: str = ""
    revision: str = ""
    content: str = ""

    @cached_property
    def sources_by_id(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def passages_by_id(self) -> dict[str, Passage]:
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def questions_by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def rules_by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def ids_in_parts(self) -> set[str]:
        """The passages that say what comes with a framework."""
        return {id for part in self.parts for supply in part.supplies.values() for id in supply.passages}

    @lru_cache(maxsize=1024)  # noqa: B019  # Few rulebooks are in use at a time.
    def quoted(self, id: str, rule: str = "", also: bool = False) -> QuotedPassage:
        """The passage with an id, as it is quoted by a rule or without one."""
        return QuotedPassage(**structs.asdict(self.passages_by_id[id]), rule=rule, also=also)

    @cached_property
    def rules_on(self) -> dict[tuple[str, str], list[Rule]]:
        """The rules by question and option."""
        by_answer: dict[tuple[str, str], list[Rule]] = {
            (question.id, option.id): [] for question in self.questions for option in question.options
        }
        for rule in self.rules:
            by_answer[rule.question, rule.option].append(rule)
        return by_answer
