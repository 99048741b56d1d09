"""Codes: short, stable, and forgiving of how people copy them."""

import re

import pytest
from msgspec import structs

from questionnaire.results.codes import code_of, codes_in
from rules import Rulebook

from .conftest import PROTOTYPE, Answers


def test_a_code_is_ten_characters_of_crockfords_alphabet(rulebook: Rulebook) -> None:
    assert re.fullmatch("[0-9a-hjkmnp-tv-z]{10}", code_of(rulebook, PROTOTYPE))


def test_a_code_never_changes_for_the_same_answers_and_revision(rulebook: Rulebook) -> None:
    # Computed once and kept: if this fails, every link ever shared is dead.
    assert code_of(structs.replace(rulebook, revision="7b4888d3b1fb"), PROTOTYPE) == "cwatckhh0s"


def test_codes_differ_by_answer_and_by_revision(rulebook: Rulebook, every_answers: list[Answers]) -> None:
    other = structs.replace(rulebook, revision="7b4888d3b1fb")
    codes = {code_of(each, answers) for each in (rulebook, other) for answers in every_answers}
    assert len(codes) == 2 * len(every_answers)


# Texts as they are pasted, by the codes that each holds.
ONE, TWO = "0123456789", "abcdefghjk"
COPIED: dict[str, tuple[str, ...]] = {
    "ABCDEFGHJK": (TWO,),
    "oOiIlL0000": ("0011110000",),
    **dict.fromkeys(("-0-1-23456789-", f"{ONE}-0", f"“{ONE}”…", f"HTTPS://X/R/{ONE}", f"/r/{ONE}?since={TWO}"), (ONE,)),
    # A label of Slack, the trailer of a service that rewrites links, and a word.
    **dict.fromkeys((f"<x/r/{ONE}|comparison>", f"__x/r/{ONE}__;!!BhJSzQqDqA!LxYz$", f"/r/{ONE}/permission"), (ONE,)),
    f"https://choose.example/compare?x=1&amp;links={ONE}%0A{TWO}": (ONE, TWO),
    **dict.fromkeys((f"/r/{ONE}/r/{TWO}", f"{ONE};{TWO}", f"x/r/{ONE}，x/r/{TWO}", f"x/r/{ONE};x/r/{TWO}"), (ONE, TWO)),
    f"https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fchoose.example%2Fr%2F{ONE}&data=05": (ONE,),
    f"https://www.google.com/url?q=https%253A%252F%252Fchoose.example%252Fr%252F{ONE}%2526sa%253DD": (ONE,),
    f"https://l.example/r/?u=https://choose.example/tool/r/{ONE}.md": (ONE,),
    f"https://choose.example/map?at={ONE}#at": (ONE,),
    f"https://choose.example/compare/{ONE}/{TWO.upper()}.": (ONE, TWO),
    **dict.fromkeys(
        ("", "/r/", "012345678", "01234567890", "01234u6789", "012345678é", "İ123456789", "01234 56789"), ()
    ),
    **dict.fromkeys((f"https://choose.example/{ONE}", f"https://choose.example/?since={ONE}"), ()),
}


@pytest.mark.parametrize("text", COPIED)
def test_the_codes_in_a_link_or_text_are_found_however_it_was_copied_or_wrapped(text: str) -> None:
    assert tuple(codes_in(text)) == COPIED[text]
