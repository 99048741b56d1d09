"""The map: every complete combination of answers in one picture, each cell a link to its result."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from flask import render_template, request

from rules import Rulebook
from rules.judge import judge
from rules.recommendation import Judgement
from rules.rulebook import DRAWN, Option, Question

from . import texts
from .blueprint import bp, results
from .cache import cacheable
from .results.codes import code_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A combination with its verdict."""

    code: str
    answers: dict[str, str]
    judgement: Judgement
    title: str

    @property
    def shade(self) -> str:
        """The classes of its colour."""
        tie = self.judgement.strength == "tie"
        return "tie" if tie else f"{self.judgement.verdict} {self.judgement.strength}"

    def is_near(self, other: "Cell") -> bool:
        """Whether exactly one answer differs."""
        return sum(other.answers[question] != answer for question, answer in self.answers.items()) == 1


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one database in a block."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one team and size."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the combinations with an option go to Django, to Flask, and are ties."""

    question: Question
    option: Option
    django: int
    flask: int
    tie: int


@bp.get("/map")
@cacheable()
def map_page() -> str:
    """Every complete combination; `at` is the code of a result to mark, with those one answer away."""
    rulebook = results.rulebook
    blocks = all_blocks(rulebook)
    cells = [cell for block in blocks for line in block.lines for cell in line.cells]
    at = next((cell for cell in cells if cell.code == request.args.get("at")), None)
    return render_template(
        "map.html",
        blocks=blocks,
        api=rulebook.questions_by_id["api"],
        deadline=rulebook.questions_by_id["deadline"],
        number=len(cells),
        shares=_shares(rulebook, cells),
        at=at,
        near={cell.code for cell in cells if at and cell.is_near(at)},
    )


# The blocks are the same for every visitor; only the mark differs.
@lru_cache(maxsize=1)
def all_blocks(rulebook: Rulebook) -> tuple[Block, ...]:
    """The blocks in the order in which they are drawn."""
    team, size, database, api, deadline = (rulebook.questions_by_id[id].definite_options for id in DRAWN)
    return tuple(
        Block(
            f"{block[1].label} · {block[0].label}",
            tuple(
                Line(line.label, tuple(_cell(rulebook, (*block, line, *rest)) for rest in product(api, deadline)))
                for line in database
            ),
        )
        for block in product(team, size)
    )


def _cell(rulebook: Rulebook, options: tuple[Option, ...]) -> Cell:
    """The cell of some options, in the order of DRAWN."""
    chosen = dict(zip(DRAWN, options, strict=True))
    answers = {id: chosen[id].id for id in rulebook.questions_by_id}
    judgement = judge(rulebook, answers)
    tie = judgement.strength == "tie"
    verdict = "a tie" if tie else f"{judgement.verdict.title()}, {judgement.strength}"
    title = f"{' · '.join(option.label for option in options)}: {verdict}, {texts.total(judgement.votes)}"
    return Cell(code_of(rulebook, answers), answers, judgement, title)


def _shares(rulebook: Rulebook, cells: list[Cell]) -> list[Share]:
    shares = []
    for question in rulebook.questions:
        for option in question.definite_options:
            leaders = [cell.judgement.votes.leader for cell in cells if cell.answers[question.id] == option.id]
            shares.append(Share(question, option, *(leaders.count(side) for side in ("django", "flask", None))))
    return shares
