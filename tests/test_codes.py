"""Codes: short, stable, and forgiving of how people copy them."""

import pytest
from msgspec import structs

from questionnaire.results.codes import ALPHABET, code_in, code_of
from rules import Rulebook

from .conftest import PROTOTYPE


def test_a_code_is_ten_characters_of_crockfords_alphabet(rulebook: Rulebook) -> None:
    code = code_of(rulebook, PROTOTYPE)
    assert len(code) == 10
    assert set(code) <= set(ALPHABET)
    assert len(ALPHABET) == 32
    assert not set("oilu") & set(ALPHABET)


def test_a_code_never_changes_for_the_same_answers_and_revision(rulebook: Rulebook) -> None:
    # Computed once and kept: if this fails, every link ever shared is dead.
    assert code_of(structs.replace(rulebook, revision="7b4888d3b1fb"), PROTOTYPE) == "cwatckhh0s"


def test_codes_differ_by_answer_and_by_revision(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> None:
    other = structs.replace(rulebook, revision="7b4888d3b1fb")
    codes = {code_of(each, answers) for each in (rulebook, other) for answers in every_answers}
    assert len(codes) == 2 * len(every_answers)


# Texts as they are pasted, by the code that each holds.
COPIED = {
    "abcdefghjk": "ABCDEFGHJK",
    "0011110000": "oOiIlL0000",
    "0123456789": """0123456789 01234-56789 -0-1-2345-6789- 0123456789-0 0123456789** <0123456789>. “0123456789”…
        https://choose.example/tool/r/0123456789 http://localhost/r/0123456789.json /r/0123456789?since=abcdefghjk
        /r/abcdefghjk/r/0123456789""",
    None: "012345678 01234567890 01234u6789 012345678é İ123456789 https://choose.example/0123456789 /r/",
}
TEXTS = [(text, code) for code, texts in COPIED.items() for text in texts.split()]


@pytest.mark.parametrize(("text", "code"), [*TEXTS, ("01234 56789", None), ("", None)])
def test_a_code_is_found_however_it_was_copied(text: str, code: str | None) -> None:
    assert code_in(text) == code
