"""Data files and settings, damaged at random: refused at the start with the place, or every page is answered."""

import random
import re
from collections.abc import Callable

import pytest
from click import ClickException
from flask.testing import FlaskClient

from questionnaire.results.codes import code_of
from questionnaire.settings import CHECKS

from .conftest import DATA, PROTOTYPE, SHOP, TIED, Edit, create

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

# A line of a refusal: a file with what is wrong where, or a variable.
PLACE = re.compile(rf"({'|'.join(map(re.escape, FILES))}): .+|({'|'.join(CHECKS)}) .+")


def odd_value(lines: list[str], chance: random.Random) -> None:
    line = chance.choice([number for number, line in enumerate(lines) if " = " in line])
    lines[line] = f"{lines[line].partition(' = ')[0]} = {chance.choice(ODD)}"


def odd_sign(lines: list[str], chance: random.Random) -> None:
    line = chance.randrange(len(lines))
    place = chance.randint(0, len(lines[line]))
    lines[line] = lines[line][:place] + chance.choice(SIGNS) + lines[line][place:]


def moved_line(lines: list[str], chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))


def lost_line(lines: list[str], chance: random.Random) -> None:
    lines.pop(chance.randrange(len(lines)))


def repeated_lines(lines: list[str], chance: random.Random) -> None:
    start, number = chance.randrange(len(lines)), chance.randint(1, 12)
    lines[start:start] = lines[start : start + number]


def other_word(lines: list[str], chance: random.Random) -> None:
    words = re.findall(r'"[a-z-]+"', "\n".join(lines))
    line = chance.choice([number for number, line in enumerate(lines) if re.search(r'"[a-z-]+"', line)])
    lines[line] = re.sub(r'"[a-z-]+"', chance.choice(words), lines[line], count=1)


MUTATIONS: list[Callable[[list[str], random.Random], None]] = [
    odd_value, odd_sign, moved_line, lost_line, repeated_lines, other_word,
]  # fmt: skip


def answers_everywhere(client: FlaskClient) -> None:
    """Ask for every kind of page, without the part of a path that is before the application."""
    rulebook = client.application.extensions["results"].rulebook
    codes = [code_of(rulebook, answers) for answers in (PROTOTYPE, SHOP, TIED) if set(answers) == set(rulebook.example)]
    results = [f"/r/{code}{suffix}" for code in codes[:1] for suffix in ("", ".json", ".md", ".png")]
    sources = [f"/sources/{source.id}" for source in rulebook.sources[:1]]
    pages = ["/", "/rules", f"/map?at={codes[0]}", "/sources", "/decisions", f"/compare/{'/'.join(codes)}"]
    for address in [*pages, *results, *sources]:
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
        path = folder / FILES[seed % len(FILES)]
        lines = path.read_text("utf-8").split("\n")
        for _ in range(chance.choice((1, 1, 3))):
            chance.choice(MUTATIONS)(lines, chance)
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
        answers_everywhere(client)
