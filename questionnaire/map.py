"""The map: every complete combination of answers in one picture, each cell a link to its result."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from flask import render_template, request

from rules import Rulebook
from rules.judge import judge
from rules.recommendation import Judgement
from rules.rulebook import DRAWN, FRAMEWORKS, Option

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


# A title and the lines of a block, each with a label and its cells.
Block = tuple[str, tuple[tuple[str, tuple[Cell, ...]], ...]]


@bp.get("/map")
@cacheable()
def map_page() -> str:
    """Every complete combination; `at` is the code of a result to mark, with those one answer away."""
    rulebook = results.rulebook
    blocks = all_blocks(rulebook)
    cells = [cell for _, lines in blocks for _, line in lines for cell in line]
    at = next((cell for cell in cells if cell.code == request.args.get("at")), None)
    return render_template(
        "map.html",
        blocks=blocks,
        api=rulebook.questions_by_id["api"],
        deadline=rulebook.questions_by_id["deadline"],
        number=len(cells),
        shares=_shares(rulebook, cells),
        at=at,
        near={cell.code for cell in cells if at and len(cell.answers.items() - at.answers.items()) == 1},
    )


# The blocks are the same for every visitor; only the mark differs.
@lru_cache(maxsize=1)
def all_blocks(rulebook: Rulebook) -> tuple[Block, ...]:
    """The blocks in the order in which they are drawn."""
    team, size, database, api, deadline = (rulebook.questions_by_id[id].definite_options for id in DRAWN)
    blocks = []
    for block in product(team, size):
        lines = []
        for line in database:
            cells = tuple(_cell(rulebook, (*block, line, *cell)) for cell in product(api, deadline))
            lines.append((line.label, cells))
        blocks.append((f"{block[1].label} · {block[0].label}", tuple(lines)))
    return tuple(blocks)


def _cell(rulebook: Rulebook, options: tuple[Option, ...]) -> Cell:
    """The cell of some options, in the order of DRAWN."""
    chosen = dict(zip(DRAWN, options, strict=True))
    answers = {id: chosen[id].id for id in rulebook.questions_by_id}
    judgement = judge(rulebook, answers)
    tie = judgement.strength == "tie"
    verdict = "a tie" if tie else f"{judgement.verdict.title()}, {judgement.strength}"
    title = f"{' · '.join(option.label for option in options)}: {verdict}, {texts.total(judgement.votes)}"
    return Cell(code_of(rulebook, answers), answers, judgement, title)


def _shares(rulebook: Rulebook, cells: list[Cell]) -> list[tuple[str, list[int]]]:
    """Each answer, and how many of the combinations with it go to Django, to Flask, and are ties."""
    shares = []
    for question in rulebook.questions:
        for option in question.definite_options:
            leaders = [cell.judgement.votes.leader for cell in cells if cell.answers[question.id] == option.id]
            shares.append((f"{question.name}: {option.label}", [leaders.count(side) for side in (*FRAMEWORKS, None)]))
    return shares
