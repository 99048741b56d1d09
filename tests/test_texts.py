"""The wording: what is said of a verdict, its votes and its reasons, in every case that has words of its own."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from markdown_it import MarkdownIt
from msgspec import structs

from questionnaire import texts
from rules import Rulebook, recommend
from rules.recommendation import Position, Stance, Tally

from .conftest import answers
from .support.pages import words

SENTENCES = {
    "large relational experienced tight full": "Use Django. A clear case: 12 votes to 1.",
    "large relational flask normal full": "Use Django. A leaning: 10 votes to 1.",
    "small unsure unsure unsure unsure": "Use Flask. A leaning: 4 votes to 0.",
    "unsure unsure flask unsure unsure": "Use Flask. A close call: 1 vote to 0.",
    "small relational experienced tight full": (
        "It is a tie. 7 votes to 7. Django by default: 2 of 5 articles choose it in the end."
    ),
    "small relational experienced open full": (
        "It is a tie. 6 votes to 6. "
        "Django by default: 2 of 5 articles choose it in the end, one of them except for learning."
    ),
    "small relational flask tight full": "It is a tie. 7 votes to 7. Flask by default: the team knows it.",
    "unsure unsure unsure normal none": (
        "Not enough to go on. No article speaks on these answers. "
        "Django by default: 2 of 5 articles choose it in the end."
    ),
}
TWO_SENTENCES = {
    "large relational experienced tight full": (
        "We chose Django over Flask for a large project on a relational database with an experienced team, a tight "
        "deadline and a full API: 12 votes to 1, from five articles. "
        "No other answer to a single question would change that."
    ),
    "large none experienced open full": (
        "We chose Django over Flask for a large project without a database as an exercise or experiment with an "
        "experienced team and a full API: 6 votes to 3, from five articles. "
        "We would choose Flask if it were small or it were medium-sized."
    ),
    "small relational experienced tight full": (
        "Django and Flask are level for a small project on a relational database with an experienced team, a tight "
        "deadline and a full API: 7 votes each, so we chose Django, as 2 of 5 articles choose it in the end. "
        "We would choose Flask if it used a NoSQL database or it used several databases or hand-written SQL."
    ),
    "medium unsure django normal none": (
        "Django and Flask are level for a medium-sized project with a team that knows Django, a normal deadline and "
        "no API: 1 vote each, so we chose Django, as the team knows it. "
        "We would choose Flask if it were small or it used a NoSQL database."
    ),
    "unsure unsure unsure normal unsure": (
        "Django and Flask are level for a project with a normal deadline: no article takes a side, so we chose Django, "
        "as 2 of 5 articles choose it in the end. We would choose Flask if it were small or it were medium-sized."
    ),
}


@pytest.mark.parametrize("options", SENTENCES)
def test_the_verdict_is_a_sentence_a_person_would_say(rulebook: Rulebook, options: str) -> None:
    assert texts.sentence(recommend(rulebook, answers(options))) == SENTENCES[options]


@pytest.mark.parametrize("options", TWO_SENTENCES)
def test_two_sentences_say_what_was_chosen_and_what_would_change_it(rulebook: Rulebook, options: str) -> None:
    said = texts.two_sentences(recommend(rulebook, answers(options)), rulebook, "https://a.example/r/x")
    assert said == f"{TWO_SENTENCES[options]} https://a.example/r/x"


def test_a_verdict_that_no_single_answer_turns_says_so(rulebook: Rulebook) -> None:
    steady = structs.replace(recommend(rulebook, rulebook.example), flips=())
    assert "No other answer to a single question would change that." in texts.two_sentences(steady, rulebook, "")


def test_two_sentences_read_well_whatever_is_answered(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> None:
    shape = re.compile(
        r"(We chose (Django|Flask) over (Django|Flask)|Django and Flask are level) for a [^.:]+: [^.:]+\. "
        r"(We would choose (Django|Flask) if [^.:]+|No other answer to a single question would change that)\. link"
    )
    for given in every_answers[::7]:
        said = texts.two_sentences(recommend(rulebook, given), rulebook, "link")
        assert shape.fullmatch(said), said
        assert not re.search(r"  | [,.]|None|with with|with and|, and", said), said


EFFECTS = [
    ("large relational experienced tight full", "kinds", "change nothing: no article takes a side."),
    ("large relational experienced tight full", "security", "be Django all the same: 14 votes to 1."),
    ("small relational newcomers tight few", "languages", "turn the verdict to Django: 9 votes to 8."),
    ("small relational newcomers tight few", "cost", "make a tie: 8 votes to 8, Django by default."),
    ("small relational experienced tight full", "security", "be Django too: 9 votes to 7."),
    ("small relational flask tight full", "testing", "be Flask too: 8 votes to 7."),
    ("unsure unsure flask unsure unsure", "cost", "make a tie: 1 vote to 1, Flask by default."),
]


@pytest.mark.parametrize(("options", "id", "said"), EFFECTS)
def test_what_is_not_asked_says_what_it_would_do(rulebook: Rulebook, options: str, id: str, said: str) -> None:
    result = recommend(rulebook, answers(options))
    [advice] = [advice for advice in result.advice if advice.id == id]
    assert texts.effect(advice, result) == f"Counted, it would {said}"


AGAINST = "Your team knows Flask. That is one vote here; no article says what changing costs."
CAVEATS = {
    "large relational experienced tight full": [],
    "large relational django tight full": [],
    "large relational flask normal full": [AGAINST],
    "large unsure flask unsure unsure": [
        AGAINST,
        "3 of 5 questions are open; 33 of the 48 ways to answer them keep Django.",
        "Answer “Database” first.",
    ],
    "medium unsure django normal none": [
        "1 of 5 questions is open; 1 of the 4 ways to answer it keeps Django.",
        "Answer “Database” first.",
    ],
    "small mixed unsure normal none": ["1 of 5 questions is open; all 6 ways to answer it keep Flask."],
}


@pytest.mark.parametrize("options", CAVEATS)
def test_beside_the_verdict_stands_what_speaks_against_it_and_what_open_answers_may_change(
    rulebook: Rulebook, options: str
) -> None:
    assert texts.caveats(recommend(rulebook, answers(options))) == CAVEATS[options]


SUPPOSED = {
    "large relational experienced tight full": ("Django, 17–1", "Django, 12–5"),
    "small relational newcomers tight few": ("Django, 12–8", "Flask, 12–7"),
    "medium relational experienced normal full": ("Django, 11–2", "a tie, 6–6, Django by default"),
}


@pytest.mark.parametrize("options", SUPPOSED)
def test_either_answer_to_the_what_if_says_what_it_would_make_of_the_verdict(rulebook: Rulebook, options: str) -> None:
    [what_if] = recommend(rulebook, answers(options)).what_if
    assert (texts.would_be(what_if.yes), texts.would_be(what_if.no)) == SUPPOSED[options]


def standing(*stances: Stance) -> list[Position]:
    return [Position("", stance, ()) for stance in stances]


VALUES = [
    (texts.total, Tally(1, 3), "3 votes to 1"),
    (texts.total, Tally(1, 0), "1 vote to 0"),
    (texts.outcome, Tally(9, 4), "9–4 for Django"),
    (texts.outcome, Tally(2, 2), "2–2, even"),
    (texts.number, 11, "11"),
    (texts.in_words, date(2026, 11, 1), "1 November 2026"),
    (texts.in_words, "2026-02-21", "21 February 2026"),
    (texts.conclusions, standing("django", "flask", "neither"), "1 chooses Django, 1 chooses Flask, 1 names no winner"),
    (texts.conclusions, standing("flask", "flask", "both", "silent"), "2 choose Flask, 2 name no winner"),
]


@pytest.mark.parametrize(("say", "value", "said"), VALUES)
def test_votes_numbers_and_dates_are_in_words(say: Callable[..., str], value: object, said: str) -> None:
    assert say(value) == said


@pytest.mark.parametrize("character", [chr(code) for code in range(33, 127)])
def test_every_printable_character_means_itself_in_markdown(character: str) -> None:
    for text in [shape.replace("x", character) for shape in ("a x b", "axbxc", "a xxbxx c")]:
        assert words(MarkdownIt("commonmark").render(f"“{texts.md(text)}”")) == f"“{text}”"
