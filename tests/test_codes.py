"""Codes: short, stable, and forgiving of how people copy them."""

import pytest

from questionnaire.results.codes import ALPHABET, canonical, code_of

from .conftest import PROTOTYPE


def test_a_code_is_ten_characters_of_crockfords_alphabet() -> None:
    code = code_of("7b4888d3b1fb", PROTOTYPE)
    assert len(code) == 10
    assert set(code) <= set(ALPHABET)
    assert len(ALPHABET) == 32
    assert not set("oilu") & set(ALPHABET)


def test_a_code_never_changes_for_the_same_answers_and_revision() -> None:
    # Computed once and kept: if this fails, every link ever shared is dead.
    assert code_of("7b4888d3b1fb", PROTOTYPE) == "cwatckhh0s"


def test_codes_differ_by_answer_and_by_revision(every_answers: list[dict[str, str]]) -> None:
    codes = {code_of(revision, answers) for revision in ("a", "b") for answers in every_answers}
    assert len(codes) == 2 * len(every_answers)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0123456789", "0123456789"),
        ("ABCDEFGHJK", "abcdefghjk"),
        ("oOiIlL0000", "0011110000"),
        ("012345678", None),
        ("01234567890", None),
        ("01234u6789", None),
        ("012345678é", None),
        ("İ123456789", None),
        ("", None),
    ],
)
def test_upper_case_and_look_alikes_are_set_right(text: str, code: str | None) -> None:
    assert canonical(text) == code
