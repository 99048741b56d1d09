"""Data files and settings, damaged at random: refused at the start with the place, or every page is answered."""

import random
import re

import pytest
from click import ClickException
from flask.testing import FlaskClient

from questionnaire.results.codes import code_of
from questionnaire.settings import CHECKS

from .conftest import DATA, PROTOTYPE, SHOP, Edit, create

FILES = sorted(path.name for path in DATA.glob("*.toml"))
ODD = [
    '""', '" "', '"\\u0000"', '"a\\nb"', '"]]>"', f'"{"x" * 999}"', '"javascript:alert(1)"', '"https://[::1"', "-1",
    "1e999", "9" * 5000, "[]", "{}", "true", "1979-05-27", '["unsure"]', "nan", "'''", '"__class__"', '"size"', '"ddi"',
]  # fmt: skip
SIGNS = "\x00\ufeff\u202e\"'=[]{}#,.\n\\é💥"
VALUES = [
    "", " ", "0", "9", "-1", "٣", "x", "..", "/", "*", "http://", "https://a.example/..", "https://a:99999", "a b",
    "postgres://", "postgresql://a@b/c?d=e", "sqlite://", "sqlite:////x?y=z", "sqlite:////dev/null", "file:///etc",
    "javascript:alert(1)", "https://a.example/r", "https://é", "x" * 3000, "a,b;c", "\n", "[::1]:80",
]  # fmt: skip

WORD = r'"[a-z-]+"'

# A line of a refusal: a file with what is wrong where, or a variable.
PLACE = re.compile(rf"({'|'.join(map(re.escape, FILES))}): .+|({'|'.join(CHECKS)}) .+")


def mutate(lines: list[str], chance: random.Random) -> None:
    """Change, move, lose or repeat a line."""
    number = chance.randrange(len(lines))
    line, place = lines.pop(number), chance.randrange(len(lines))
    words = re.findall(WORD, "\n".join(lines))
    lines[number:number] = chance.choice(
        [
            [],
            [line] * 2,
            [line, *lines[place : place + 12]],
            [f"{line.partition(' = ')[0]} = {chance.choice(ODD)}"],
            [line[: place % (len(line) + 1)] + chance.choice(SIGNS) + line[place % (len(line) + 1) :]],
            [re.sub(WORD, chance.choice(words), line, count=1)],
        ]
    )


def ask_everywhere(client: FlaskClient) -> None:
    """Ask for every kind of page."""
    rulebook = client.application.extensions["results"].rulebook
    one, other = code_of(rulebook, PROTOTYPE), code_of(rulebook, SHOP)
    results = [f"/r/{one}{suffix}" for suffix in ("", ".json", ".md", ".png")]
    pages = ["/", "/rules", f"/map?at={one}", "/sources", f"/sources/{rulebook.sources[0].id}", "/decisions"]
    for address in [*pages, *results, f"/compare/{one}/{other}"]:
        assert client.get(address).status_code < 500, address


@pytest.mark.parametrize("seed", range(200))
def test_a_mutation_is_refused_with_its_place_or_every_page_is_answered(
    seed: int, edited: Edit, database_url: str
) -> None:
    chance = random.Random(seed)
    config: dict[str, object] = {}
    folder = edited()
    if seed % 5 == 0:
        name = chance.choice(sorted(CHECKS))
        config[name] = chance.choice(VALUES)
    else:
        path = folder / FILES[seed // 5 % len(FILES)]
        lines = path.read_text("utf-8").split("\n")
        for _ in range(chance.choice((1, 1, 3))):
            mutate(lines, chance)
        path.write_text("\n".join(lines), "utf-8")
    try:
        client = create(database_url, **{"DATA_DIR": folder, **config}).test_client()
    except ClickException as refused:
        first, *places = refused.message.splitlines()
        assert first == "The application cannot start."
        assert places
        for place in places:
            assert PLACE.fullmatch(place), place
    else:
        ask_everywhere(client)
