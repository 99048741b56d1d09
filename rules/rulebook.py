"""What the data files hold: sources, passages, questions, rules, advice and parts."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Literal

from msgspec import Struct, field

Framework = Literal["django", "flask"]
FRAMEWORKS: tuple[Framework, ...] = ("django", "flask")
Status = Literal["included", "add"]
Answers = Mapping[str, str]
Conditions = Mapping[str, tuple[str, ...]]

# The option that every question takes and that no source speaks on.
UNSURE = "unsure"


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """An entry of a data file."""


class Source(Entry, frozen=True):
    """One of the published articles; an empty field is a fact that is not known.

    `interest` are passages in which the article shows what its author gains or prefers; they give no vote.
    """

    id: str
    name: str
    title: str
    document: str
    closing: tuple[str, ...]
    by: str = ""
    date: str = ""
    address: str = ""
    interest: tuple[str, ...] = ()


class Passage(Entry, frozen=True, kw_only=True):
    """A verbatim quotation; prefix and suffix are those of the W3C TextQuoteSelector."""

    id: str
    source: str
    favours: Literal["django", "flask", "neither"]
    locator: str
    quote: str
    prefix: str = ""
    suffix: str = ""
    cut: Literal["", "start", "end", "both"] = ""
    disputed: str = ""
    note: str = ""

    @property
    def text(self) -> str:
        """The quote as it is shown, with “…” where it begins or ends inside a sentence."""
        start = "… " if self.cut in ("start", "both") else ""
        end = " …" if self.cut in ("end", "both") else ""
        return f"{start}{self.quote}{end}"


class Option(Entry, frozen=True):
    """An answer that a question takes; `silent` says so if no article speaks on it.

    `knows` is the framework that a team with this answer knows; a tie goes to it.
    """

    id: str
    label: str
    help: str = ""
    silent: str = ""
    knows: Framework | Literal[""] = ""


class Question(Entry, frozen=True):
    """One of the questions, with its options in the order in which they are offered, `unsure` last."""

    id: str
    name: str
    title: str
    help: str
    options: tuple[Option, ...] = field(name="option")

    def __getitem__(self, id: str) -> Option:
        for option in self.options:
            if option.id == id:
                return option
        raise KeyError(id)

    @property
    def definite_options(self) -> tuple[Option, ...]:
        """The options without `unsure`."""
        return tuple(option for option in self.options if option.id != UNSURE)


class Rule(Entry, frozen=True, kw_only=True):
    """For this answer, and those `given` in a joint rule, the passages favour a framework."""

    id: str
    question: str
    option: str
    favours: Framework
    because: str
    passages: tuple[str, ...]
    given: dict[str, tuple[str, ...]] = {}

    def holds(self, answers: Answers) -> bool:
        """Whether the answers meet every condition of the rule."""
        return answers[self.question] == self.option and meet(answers, self.given)


def meet(answers: Answers, conditions: Conditions) -> bool:
    """Whether the answers meet every condition."""
    return all(answers[question] in options for question, options in conditions.items())


class Advice(Entry, frozen=True):
    """What the articles say on something that no question asks; it gives no vote."""

    id: str
    title: str
    text: str
    passages: tuple[str, ...]


class Supplied(Struct, frozen=True, kw_only=True):
    """Whether a framework includes a part; a note says what no article does."""

    status: Status
    package: str = ""
    note: str = ""

    @property
    def words(self) -> str:
        """Whether it is included, in words."""
        if self.status == "included":
            return "included"
        return "yours to add" + (f", such as {self.package}" if self.package else "")


class Supply(Supplied, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a framework has a part, by the passages that say so."""

    passages: tuple[str, ...] = ()


class Part(Entry, frozen=True, kw_only=True):
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


class Guide(Entry, frozen=True):
    """An official page to read after the verdict, and when its address was last known to be right."""

    id: str
    framework: Framework
    title: str
    address: str
    known: date


class NotSaid(Entry, frozen=True):
    """Something that people ask about and no article speaks of; `words` are what `verify` searches for in vain."""

    id: str
    title: str
    text: str
    words: tuple[str, ...]


class Rulebook(Struct, frozen=True, eq=False, dict=True):
    """Everything that a recommendation follows from; `revision` is a digest of all of it."""

    revision: str
    read: date
    date: date
    example: dict[str, str]
    unsure: Option
    sources: tuple[Source, ...]
    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    advice: tuple[Advice, ...]
    parts: tuple[Part, ...]
    guides: tuple[Guide, ...]
    not_said: tuple[NotSaid, ...]

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
    def rules_on(self) -> dict[tuple[str, str], list[Rule]]:
        """The rules by question and option."""
        by_answer: dict[tuple[str, str], list[Rule]] = {
            (question.id, option.id): [] for question in self.questions for option in question.options
        }
        for rule in self.rules:
            by_answer[rule.question, rule.option].append(rule)
        return by_answer
