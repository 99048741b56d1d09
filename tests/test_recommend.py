"""Recommendations: what they say in named cases, and how the positions come about."""

import re
from functools import partial
from typing import Literal

import pytest

from questionnaire import texts
from rules import Rulebook, load, recommend
from rules.answers import problem_with
from rules.passages import QuotedPassage
from rules.positions import Position, Tally, stance
from rules.recommendation import Judgement, Recommendation
from rules.rulebook import UNSURE

from .conftest import PROTOTYPE, SHOP, Edit, Later, answers, disputed
from .support.pages import words


def position(result: Recommendation, question: str, source: str) -> Position:
    finding = next(finding for finding in result.findings if finding.question == question)
    return next(position for position in finding.positions if position.source == source)


def test_what_is_reworded_in_the_data_files_is_said_so(edited: Edit) -> None:
    changes = {'"a small project"': '"a toy"', "project were medium": "project were middling", '"Small"': '"Tiny"'}
    rulebook = load(edited(*(("questions.toml", old, new) for old, new in changes.items())))
    result = recommend(rulebook, PROTOTYPE)
    said = f"{texts.sentences(result, rulebook, '')} {texts.answers_line(result)}"
    assert re.search(
        r"Flask over Django for a toy .* example if the project were middling.*Project size: Tiny · Data", said
    )


SIXTH = (
    '[[source]]\nid = "sixth"\nname = "Sixth"\ntitle = "Six"\ndocument = "6.txt"\nclosing = ["ddi-django-rapid"]\n\n'
)


def test_a_sixth_article_is_counted_in_numbers_and_words_and_has_its_column(later: Later) -> None:
    first, rapid = '[[source]]\nid = "ddi"', 'id = "ddi-django-rapid"\nsource = '
    client = later(("sources.toml", first, SIXTH + first), ("passages.toml", f'{rapid}"ddi"', f'{rapid}"sixth"'))
    link = client.post("/", data=SHOP).location
    page = client.get(link).text
    table = page.partition('<table class="grid why of-6">')[2].partition("</table>")[0]
    widths = [row.count('class="cell') for row in table.split("<tr")[1:] if 'class="whole"' not in row]
    # Beside the head and five answers, the sums and both answers to the what-if.
    assert widths == [6] * (1 + 5 + 1 + 2)
    assert ", counted in six articles" in page
    for address in ("/", link, f"{link}.md", "/rules", "/sources", "/sources/ddi", "/map", "/nowhere"):
        said = words(client.get(address).text)
        assert not re.search(r"\b([Ff]ive|5) (published )?articles|these five", said), address


STANCES = {
    "not answered": (PROTOTYPE | {"size": "unsure"}, "size", "jonna", "silent"),
    "tight, but not quoted on large": (SHOP, "deadline", "jonna", "django"),
    "tight and large": (SHOP, "deadline", "hostit", "django"),
    "tight, and the team knows Django": (PROTOTYPE | {"team": "django"}, "deadline", "ddi", "django"),
    "tight, large and experienced": (SHOP, "deadline", "ddi", "both"),
    "tight, large and new to the framework": (SHOP | {"team": "newcomers"}, "deadline", "hostit", "both"),
    "NoSQL and experienced": (SHOP | {"database": "nosql"}, "database", "ddi", "django"),
    "trying out and a team that has to learn": (PROTOTYPE | {"deadline": "open"}, "deadline", "jonna", "flask"),
}


@pytest.mark.parametrize("case", STANCES)
def test_a_source_stands_where_its_most_specific_passages_do(rulebook: Rulebook, case: str) -> None:
    given, question, source, expected = STANCES[case]
    assert position(recommend(rulebook, given), question, source).stance == expected


# What each passage favours, and how it is quoted.
ADDED_UP: dict[str, tuple[list[tuple[Literal["django", "flask", "neither"], str]], str]] = {
    "nothing": ([], "silent"),
    "one side": ([("django", "")], "django"),
    "both sides": ([("django", ""), ("flask", "")], "both"),
    "one side, and also the other": ([("django", ""), ("flask", "also")], "django"),
    "one side, and no winner": ([("neither", ""), ("flask", "")], "flask"),
    "one side, and the other disputed": ([("django", "disputed"), ("flask", "")], "flask"),
    "no winner": ([("neither", "")], "neither"),
    "also alone": ([("django", "also")], "neither"),
    "disputed": ([("django", "disputed")], "disputed"),
    "disputed and also": ([("django", "disputed"), ("django", "also")], "neither"),
}


@pytest.mark.parametrize("case", ADDED_UP)
def test_passages_add_up_to_a_stance_by_the_sides_that_they_prefer(case: str) -> None:
    passages, expected = ADDED_UP[case]
    passage = partial(QuotedPassage, id="id", source="one", locator="", quote="So.")
    quoted = [
        passage(favours=favours, disputed="Wrong." if how == "disputed" else "", also=how == "also")
        for favours, how in passages
    ]
    assert stance(quoted) == stance(reversed(quoted)) == expected


ALSO = 'given = { size = ["large"] }\nfavours = "django"\n'
VOTELESS = {
    "disputed": ("ddi", PROTOTYPE | {"team": "experienced"}, disputed("Flask is really so simple")),
    "also": ("jonna", SHOP, [("rules.toml", ALSO, f'{ALSO}also = ["jonna-flask-choose-scalable"]\n')]),
}


@pytest.mark.parametrize("case", VOTELESS)
def test_joint_rules_that_take_no_side_do_not_silence_the_general_rule(edited: Edit, case: str) -> None:
    source, given, edits = VOTELESS[case]
    assert position(recommend(load(edited(*edits)), given), "deadline", source).stance == "django"


@pytest.mark.parametrize(
    "options",
    ["small relational django tight few", "unsure none unsure unsure unsure", "unsure unsure unsure normal few"],
)
def test_the_flips_are_every_single_change_that_turns_the_verdict(rulebook: Rulebook, options: str) -> None:
    given = answers(options)
    result, turned = recommend(rulebook, given), []
    for question in rulebook.questions:
        for option in question.options:
            changed = given | {question.id: option.id}
            if not problem_with(rulebook, changed):
                other = recommend(rulebook, changed)
                if other.verdict != result.verdict and (other.votes or option.id == UNSURE):
                    turned.append((question.id, option.id, other.verdict, other.strength, other.votes))
    flips = [(flip.question, flip.answer, flip.verdict, flip.strength, flip.votes) for flip in result.flips]
    assert flips == turned


def test_what_is_not_asked_is_counted_on_top_of_the_votes_that_an_archived_result_was_given(rulebook: Rulebook) -> None:
    given = Judgement("flask", "leaning", Tally(1, 3), "votes")
    result = recommend(rulebook, SHOP, given)
    [what_if] = result.what_if
    assert (what_if.yes.counted.votes, what_if.yes.counted.verdict) == (Tally(6, 3), "django")
    assert (what_if.no.counted.votes, what_if.no.counted.verdict) == (Tally(1, 7), "flask")
    security = next(advice for advice in result.advice if advice.id == "security")
    assert security.counted.votes == Tally(3, 3)
