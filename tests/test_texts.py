"""The wording: what is said of a verdict, its votes and its reasons, in every case that has words of its own."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from markdown_it import MarkdownIt

from questionnaire import texts
from rules import Rulebook, recommend
from rules.positions import Position, Tally
from rules.recommendation import Judgement, Recommendation
from rules.rulebook import UNSURE

from .conftest import Answers, answers
from .support.pages import words

SENTENCES = {
    "large relational experienced tight full": "Use Django. A clear case: 12 votes to 1.",
    "small relational beginners tight service": "Use Flask. A clear case on these answers: 10 votes to 6.",
    "small unsure unsure unsure unsure": "Use Flask. A leaning so far: 4 votes to 0 (4 of 5 questions open).",
    "unsure unsure flask unsure unsure": "Use Flask. A close call so far: 1 vote to 0 (4 of 5 questions open).",
    "small relational experienced open full": (
        "It is a tie. 6–6; Django by default: two of the five articles choose it in the end "
        "(one of them except for learning)."
    ),
    "medium unsure django normal none": (
        "It is a tie. 1–1 (1 of 5 questions open); Django by default: the team knows it."
    ),
    "unsure unsure unsure normal none": "Not enough to go on. No article takes a side on these answers.",
}
PASTED = {
    "small relational flask tight full": (
        "Django and Flask are tied, seven votes each, for a small project on a relational database, with a tight "
        "deadline and a full API, by a team that knows Flask; we take Flask, which the team knows. "
        "It would be Django with any one of nine other answers, for example if the project were medium-sized."
    ),
    "medium unsure django normal none": (
        "Django and Flask are tied, one vote each, for a medium-sized project with a normal deadline and no API, "
        "by a team that knows Django (still open: database); we take Django, which the team knows. "
        "It would be Flask with any one of 11 other answers, for example if the project were small."
    ),
    "unsure unsure flask unsure unsure": (
        "We chose Flask over Django for a project by a team that knows Flask: 1 vote to 0, counted in five articles "
        "on one answer (still open: project size, database, deadline and API). It would be Django with any one of "
        "six other answers, for example if the project were expected to become large."
    ),
    "small relational changing tight full": (
        "We chose Django over Flask for a small project on a relational database, with a tight deadline "
        "and a full API, by a changing team: 11 votes to 5, counted in five articles on five answers. "
        "It would be Flask if the project used several databases or hand-written SQL, or if the team knew Flask."
    ),
}

Every = list[tuple[Recommendation, str]]


@pytest.fixture(scope="module")
def every(rulebook: Rulebook, every_answers: list[Answers]) -> Every:
    """Every result, and its sentences."""
    results = [recommend(rulebook, given) for given in every_answers]
    return [(result, texts.sentences(result, rulebook, "link")) for result in results]


@pytest.mark.parametrize("options", SENTENCES)
def test_the_verdict_is_a_sentence_a_person_would_say(rulebook: Rulebook, options: str) -> None:
    assert texts.sentence(recommend(rulebook, answers(options))) == SENTENCES[options]


@pytest.mark.parametrize("options", PASTED)
def test_the_sentences_say_what_was_chosen_for_what_and_what_would_change_it(rulebook: Rulebook, options: str) -> None:
    said = texts.sentences(recommend(rulebook, answers(options)), rulebook, "https://a.example/r/x")
    assert said == f"{PASTED[options]} Votes and sources: https://a.example/r/x"


def test_the_sentences_read_well_whatever_is_answered_and_choose_nothing_without_votes(every: Every) -> None:
    shape = re.compile(
        r"(We chose (Django over Flask|Flask over Django) for a [^.:;]+: \d+ votes? to \d+, counted in five "
        r"articles on \w+ answers?( \(still open: [^.;]+\))?|Django and Flask are tied, \w+ votes? each, for a [^.:;]+"
        r"( \(still open: [^.;]+\))?; we take (Django|Flask), which [^.:;]+)\. "
        r"(It would be (Django|Flask) if [^.:;]+|No single answer changes this"
        r"|It would be (Django|Flask) with any one of \w+ other answers, for example if [^.:;]+)\. "
        r"Votes and sources: link"
    )
    for result, said in every:
        assert (shape.fullmatch(said) is not None) == bool(result.votes), said
        assert said or not result.votes
        assert not re.search(r"  | [,.;]|None|with with|with and|, and", said), said


def test_the_sentences_name_every_answer_and_every_open_question_and_no_other(every: Every, rulebook: Rulebook) -> None:
    for result, said in every:
        chosen, named = said.partition(". ")[0], re.search(r"\(still open: ([^)]+)\)", said)
        for question in rulebook.questions if said else []:
            given = [one for one in question.definite_options if one.phrase.removeprefix("with ") in chosen]
            assert [option.id for option in given or [question[UNSURE]]] == [result.answers[question.id]], said
        still = [question.name for question in rulebook.questions if result.answers[question.id] == UNSURE]
        as_named = re.split(", | and ", named[1]) if named else []
        assert not said or [name.lower() for name in as_named] == [name.lower() for name in still], said
        counted = re.findall(r"(\d) of 5 questions open", texts.grounds(result))
        assert counted == ([str(len(still))] if still and said else [])


def test_the_first_reason_of_a_result_stands_after_at_most_100_words(client: FlaskClient, every: Every) -> None:
    def told(result: Recommendation) -> int:
        said = [*result.answers.values(), texts.grounds(result), *texts.caveats(result), texts.votes_cast(result)]
        return len(" ".join(said).split())

    for result in sorted((result for result, _ in every), key=told)[-40:]:
        page = client.get(client.post("/", data=result.answers).location).text
        top = page.partition('<main id="main">')[2].partition('<td class="because"')[0]
        seen = re.sub(r'<(\w+)[^>]* class="unseen"[^>]*>.*?</\1>', "", top)
        assert len(words(seen).split()) <= 100, result.answers


def test_the_votes_that_are_told_are_those_that_were_cast(every: Every) -> None:
    for result, said in every:
        most, least = result.votes.of(result.verdict), result.votes.of(result.rival)
        if result.strength == "tie":
            assert not said or f" {texts.NUMBERS[most]} vote{'s' * (most > 1)} each, " in said
            assert not said or f"{most}–{least}" in texts.grounds(result)
        else:
            assert re.findall(r"(\d+) votes? to (\d+)", said) == [(str(most), str(least))]
            assert re.findall(r"(\d+) votes? to (\d+)", texts.grounds(result)) == [(str(most), str(least))]
        total, *not_cast = map(int, re.findall(r"\d+", texts.votes_cast(result)))
        assert total == 5 * (5 - list(result.answers.values()).count(UNSURE))
        assert not_cast[:1] == [total - most - least] * (total > most + least) == [sum(not_cast[1:])] * bool(not_cast)


def test_nothing_is_counted_in_the_wrong_number(every: Every) -> None:
    one = r"\b(?:1|[Oo]ne) (?:votes|questions|answers|ways|articles|keep)\b"
    more = r"\b(?!1\b)\d+ (?:vote|question|article|keeps)\b"
    for result, said in every:
        advice = [texts.effect(topic, result) for topic in result.advice]
        told = [
            said,
            texts.sentence(result),
            *texts.caveats(result),
            texts.votes_cast(result),
            texts.how_many_turn(result),
        ]
        assert not re.search(f"{one}|{more}", " ".join([*told, *advice])), told


EFFECTS = [
    ("large relational experienced tight full", "kinds", "it changes nothing: no article takes a side."),
    ("small relational newcomers tight few", "languages", "this makes it Django, 9–8."),
    ("small relational newcomers tight few", "cost", "it becomes a tie at 8–8, Django by default."),
    ("small relational experienced tight full", "security", "this makes it Django, 9–7."),
    ("small relational experienced tight full", "upkeep", "it stays a tie at 8–8, Django by default."),
]


@pytest.mark.parametrize(("options", "id", "said"), EFFECTS)
def test_what_is_not_asked_says_what_it_would_do(rulebook: Rulebook, options: str, id: str, said: str) -> None:
    result = recommend(rulebook, answers(options))
    [advice] = [advice for advice in result.advice if advice.id == id]
    assert texts.effect(advice, result) == f"Counted, {said}"


AGAINST = "Your team knows Flask (one vote). No article says what changing costs."
CAVEATS = {
    "large relational django tight full": [],
    "large relational flask tight full": [AGAINST],
    "large unsure flask unsure unsure": [
        AGAINST,
        "Of 48 ways to answer the rest, 33 keep Django.",
        "Answer “Database” first.",
    ],
    "medium unsure django normal none": ["Of 4 ways to answer “Database”, 1 keeps Django."],
    "small mixed unsure normal none": ["Of 6 ways to answer “Team”, all keep Flask."],
}


@pytest.mark.parametrize("options", CAVEATS)
def test_beside_the_verdict_stands_what_speaks_against_it_and_what_open_answers_may_change(
    rulebook: Rulebook, options: str
) -> None:
    assert texts.caveats(recommend(rulebook, answers(options))) == CAVEATS[options]


CLOSING = [Position("", "django", ()), Position("", "both", ()), *[Position("", "flask", ())] * 2]
VALUES = [
    (texts.total, Tally(1, 0), "1 vote to 0"),
    (texts.outcome, Tally(2, 2), "2–2, even"),
    (texts.would_be, Judgement("django", "tie", Tally(0, 0), "closing"), "not enough to go on"),
    (texts.in_words, date(2026, 11, 1), "1 November 2026"),
    (texts.in_words, "2026-02-21", "21 February 2026"),
    (texts.conclusions, CLOSING, "1 chooses Django, 2 choose Flask, 1 argues both ways"),
]


@pytest.mark.parametrize(("say", "value", "said"), VALUES)
def test_votes_numbers_and_dates_are_in_words(say: Callable[..., str], value: object, said: str) -> None:
    assert say(value) == said


@pytest.mark.parametrize("character", [chr(code) for code in range(33, 127)])
def test_every_printable_character_means_itself_in_markdown(character: str) -> None:
    for text in [shape.replace("x", character) for shape in ("a x b", "axbxc", "a xxbxx c")]:
        assert words(MarkdownIt("commonmark").render(f"“{texts.md(text)}”")) == f"“{text}”"
