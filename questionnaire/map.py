"""The map: every complete combination of answers in one picture, each cell a link to its result."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from math import prod

from flask import render_template

from rules import Rulebook
from rules.judge import judge
from rules.recommendation import Judgement
from rules.rulebook import Option, Question

from .blueprint import bp, results
from .cache import cacheable, query
from .results.codes import canonical, code_of

# A row of blocks for each team, a block for each size; in a block a line for each database, and in a line a cell for
# each deadline under each API.
ORDER = ("team", "size", "database", "api", "deadline")


@dataclass(frozen=True)
class Cell:
    """A combination with its verdict."""

    code: str
    answers: dict[str, str]
    judgement: Judgement
    title: str

    @property
    def lead(self) -> int:
        """By how many votes the verdict leads."""
        return abs(self.judgement.votes.django - self.judgement.votes.flask)

    @property
    def shade(self) -> str:
        """The classes of its colour."""
        return f"{self.judgement.verdict} {self.judgement.strength}" if self.lead else "tie"

    def is_near(self, other: "Cell") -> bool:
        """Whether exactly one answer differs."""
        return sum(other.answers[question] != answer for question, answer in self.answers.items()) == 1


@dataclass(frozen=True)
class Share:
    """How many percent of the combinations with an option go to Django, to Flask, and are ties."""

    question: Question
    option: Option
    django: int
    flask: int
    tie: int


@bp.get("/map")
@cacheable()
def map() -> str:
    """Every complete combination; `at` is the code of a result to mark, with those one answer away."""
    rulebook = results.rulebook
    cells = all_cells(rulebook)
    code = canonical(query("at"))
    at = next((cell for cell in cells if cell.code == code), None)
    return render_template(
        "map.html",
        blocks=blocks(rulebook),
        api=rulebook.questions_by_id["api"],
        deadline=rulebook.questions_by_id["deadline"],
        number=len(cells),
        shares=shares(rulebook),
        at=at,
        near={cell.code for cell in cells if at and cell.is_near(at)},
    )


def blocks(rulebook: Rulebook) -> Iterator[tuple[str, list[tuple[str, tuple[Cell, ...]]]]]:
    """The title of each block and its lines, each with a label and its cells."""
    team, size, database, *across = (rulebook.questions_by_id[id].definite_options for id in ORDER)
    cells, width = all_cells(rulebook), prod(len(options) for options in across)
    lines = [cells[start : start + width] for start in range(0, len(cells), width)]
    labels = [option.label for option in database]
    for number, (row, column) in enumerate(product(team, size)):
        start = number * len(database)
        yield f"{column.label} · {row.label}", list(zip(labels, lines[start : start + len(database)], strict=True))


# The cells are the same for every visitor; only the mark differs.
@lru_cache(maxsize=1)
def all_cells(rulebook: Rulebook) -> tuple[Cell, ...]:
    """The cells in the order in which they are drawn."""
    questions = [rulebook.questions_by_id[id] for id in ORDER]
    cells = []
    for options in product(*(question.definite_options for question in questions)):
        chosen = {question.id: option for question, option in zip(questions, options, strict=True)}
        answers = {id: chosen[id].id for id in rulebook.questions_by_id}
        judgement = judge(rulebook, answers)
        verdict = "a tie" if judgement.strength == "tie" else f"{judgement.verdict.title()}, {judgement.strength}"
        title = f"{' · '.join(option.label for option in options)}: {verdict}, {judgement.votes}"
        cells.append(Cell(code_of(rulebook.revision, answers), answers, judgement, title))
    return tuple(cells)


def shares(rulebook: Rulebook) -> list[Share]:
    """The shares of every option."""
    found = []
    for question in rulebook.questions:
        for option in question.definite_options:
            cells = [cell for cell in all_cells(rulebook) if cell.answers[question.id] == option.id]
            ties = sum(cell.lead == 0 for cell in cells)
            flask = sum(cell.judgement.votes.flask > cell.judgement.votes.django for cell in cells)
            django, flask, tie = (round(100 * count / len(cells)) for count in (len(cells) - flask - ties, flask, ties))
            found.append(Share(question, option, django, flask, tie))
    return found
