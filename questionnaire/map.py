"""The map: every complete combination of answers in one picture, each cell a link to its result."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from flask import render_template, request

from rules import Rulebook
from rules.judge import judge
from rules.recommendation import Judgement
from rules.rulebook import DRAWN, Option

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
    summary: str


# A title and the lines of a block, each with a label and its cells.
Block = tuple[str, tuple[tuple[str, tuple[Cell, ...]], ...]]

# An answer and, of the combinations with it, how many go to Django, how many not to Flask, and how many there are.
Share = tuple[str, int, int, int]


@bp.get("/map")
@cacheable()
def map_page() -> str:
    """Every complete combination; `at` is the code of a result to mark, with those one answer away."""
    rulebook = results.rulebook
    blocks = all_blocks(rulebook)
    cells = {cell.code: cell for block in blocks for _, line in block[1] for cell in line}
    at = cells.get(request.args.get("at", ""))
    near = _near(rulebook, at, cells) if at else {}
    shares = _shares(rulebook, list(cells.values()))
    return render_template(
        "map.html",
        headline=_headline(shares),
        blocks=blocks,
        explained=next((block for block in blocks for _, line in block[1] if at in line), blocks[0]),
        api=rulebook.questions_by_id["api"].definite_options,
        deadline=rulebook.questions_by_id["deadline"].definite_options,
        combinations=f"{len(cells):,}",
        shares=shares,
        verdicts=Counter(cell.judgement.votes.leader for cell in cells.values()),
        at=at,
        near=near,
    )


# The blocks are the same for every visitor; only the mark differs.
@lru_cache(maxsize=1)
def all_blocks(rulebook: Rulebook) -> tuple[Block, ...]:
    """The blocks in the order in which they are drawn."""
    team, size, database, api, deadline = (rulebook.questions_by_id[id].definite_options for id in DRAWN)
    return tuple(
        (
            f"{block[1].label} · {block[0].label}",
            tuple(
                (line.label, tuple(_cell(rulebook, (*block, line, *cell)) for cell in product(api, deadline)))
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
    verdict = "a tie" if judgement.strength == "tie" else f"{judgement.verdict.title()}, {judgement.strength}"
    summary = f"{verdict}, {judgement.votes.score}"
    labels = " · ".join(chosen[id].label for id in rulebook.questions_by_id)
    return Cell(code_of(rulebook, answers), answers, judgement, f"{labels}: {summary}", summary)


def _near(rulebook: Rulebook, at: Cell, cells: dict[str, Cell]) -> dict[str, tuple[str, Cell]]:
    """The cells one answer away by code, each with the answer that differs, in the order of the questions."""
    near = {}
    for question in rulebook.questions:
        for option in question.definite_options:
            code = code_of(rulebook, at.answers | {question.id: option.id})
            near[code] = f"{question.name}: {option.label}", cells[code]
    del near[at.code]
    return near


def _shares(rulebook: Rulebook, cells: list[Cell]) -> list[Share]:
    shares = []
    for question in rulebook.questions:
        for option in question.definite_options:
            leaders = [cell.judgement.votes.leader for cell in cells if cell.answers[question.id] == option.id]
            django, flask = leaders.count("django"), leaders.count("flask")
            shares.append((f"{question.name}: {option.label}", django, len(leaders) - flask, len(leaders)))
    return shares


def _headline(shares: list[Share]) -> str:
    """The answer that leads most to Flask, and the one that leads most to Django."""
    flask = max(shares, key=lambda share: 1 - share[2] / share[3])
    django = max(shares, key=lambda share: share[1] / share[3])
    return (
        f"“{flask[0]}” leads to Flask in {flask[3] - flask[2]} of {flask[3]} combinations, "
        f"“{django[0]}” to Django in {django[1]} of {django[3]}"
    )
