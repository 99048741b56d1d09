"""Releases: pinned data give the verdicts, strengths, votes and stances that they gave; see PIN."""

from collections.abc import Iterator

import pytest
from msgspec import structs

from questionnaire.texts import SIGNS
from rules import Rulebook, load, recommend
from rules.answers import combinations
from rules.judge import ENGINE, judge
from rules.positions import Tally, positions_on

from .conftest import DATA, RELEASES, pinned

PIN = "`python -m tests.test_release` pins data/ under the number of ENGINE"
CHANGED = f"""the same data give another verdict, strength, vote or stance.
Raise ENGINE in rules/judge.py; then {PIN}.
Keep the older releases: they prove that archived rulebooks can be read, and their results shown as given."""


def lines(rulebook: Rulebook) -> Iterator[str]:
    """What each combination of answers gives: verdict, strength, votes, and the stances on every question."""
    for answers in combinations(rulebook):
        given = judge(rulebook, answers)
        by_question = [positions_on(rulebook, question, answers) for question in rulebook.questions]
        stances = ["".join(SIGNS[position.stance] for position in positions) for positions in by_question]
        yield " ".join([given.verdict, given.strength, str(given.votes.django), str(given.votes.flask), *stances])


def test_the_pinned_data_give_what_they_gave() -> None:
    assert (RELEASES / f"{ENGINE}.json").exists(), f"release {ENGINE} is not pinned; {PIN}"
    rulebook, given = pinned(ENGINE)
    for answers, now, then in zip(combinations(rulebook), lines(rulebook), given, strict=True):
        assert now == then, f"For {answers} {CHANGED}"


@pytest.mark.parametrize("number", range(1, ENGINE + 1))
def test_the_data_of_every_release_are_read_and_their_results_shown_as_given(number: int) -> None:
    rulebook, given = pinned(number)
    assert rulebook.engine == number
    for answers, line in zip(combinations(rulebook), given, strict=True):
        verdict, strength, django, flask, *_ = line.split()
        today = judge(rulebook, answers)
        archived = structs.replace(today, verdict=verdict, strength=strength, votes=Tally(int(django), int(flask)))
        shown = recommend(rulebook, answers, archived)
        assert (shown.verdict, shown.strength, shown.votes) == (verdict, strength, archived.votes)
        assert shown.recount == (None if today == archived else today)


if __name__ == "__main__":
    today = load(DATA)
    (RELEASES / f"{ENGINE}.json").write_text(today.content, "utf-8")
    (RELEASES / f"{ENGINE}.txt").write_text("\n".join([*lines(today), ""]), "utf-8")
