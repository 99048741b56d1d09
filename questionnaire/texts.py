"""What a result says in words; templates take these functions as filters."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from rules.recommendation import (
    CountedAnswer,
    Position,
    Recommendation,
    Stance,
    StandingAdvice,
    Strength,
    SuppliedPart,
    Tally,
)
from rules.rulebook import FRAMEWORKS, UNSURE, Option, Rulebook, meet

# Each stance: its sign, its words, and what is heard of a cell whose column or row already names the article.
STANCES: dict[Stance, tuple[str, str, str]] = {
    "django": ("D", "Django", "for Django"),
    "flask": ("F", "Flask", "for Flask"),
    "both": ("±", "Both ways", "argues both ways"),
    "neither": ("=", "No winner", "names no winner"),
    "disputed": ("!", "Disputed", "disputed"),
    "silent": ("–", "Says nothing", "says nothing"),
}
SIGNS, STANCE_WORDS, SPOKEN_STANCES = (
    dict(zip(STANCES, words, strict=True)) for words in zip(*STANCES.values(), strict=True)
)

STRENGTH_WORDS: dict[Strength, str] = {"clear": "A clear case", "leaning": "A leaning", "close": "A close call"}

NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def number(value: int) -> str:
    """A number in words, if it is small."""
    return NUMBERS[value] if value < len(NUMBERS) else str(value)


def listed(parts: Iterable[str], word: str) -> str:
    """Parts as a list in a sentence: a, b and c."""
    *most, last = parts
    return f"{', '.join(most)} {word} {last}" if most else last


def in_words(day: date | str) -> str:
    """A date, perhaps as ISO text, as it is read: 21 November 2026."""
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {day:%B %Y}"


def md(text: str) -> str:
    """Text for Markdown, except at the start of a line."""
    return re.sub(r"([\\`*_{}\[\]<>&~|])", r"\\\1", " ".join(text.split()))


def total(votes: Tally) -> str:
    """The votes in words, the greater number first: 9 votes to 4."""
    most, least = max(votes.django, votes.flask), min(votes.django, votes.flask)
    return f"{most} vote{'' if most == 1 else 's'} to {least}"


def outcome(votes: Tally) -> str:
    """The votes in short, and for whom they are: 3–1 for Django."""
    return f"{votes.sum} for {votes.leader.title()}" if votes.leader else f"{votes.sum}, even"


def heading(result: Recommendation) -> str:
    """The verdict in a word or two, or that the votes give none."""
    if not result.votes:
        return "Not enough to go on"
    return "It is a tie" if result.strength == "tie" else f"Use {result.verdict.title()}"


def grounds(result: Recommendation) -> str:
    """The strength and the votes; in a tie, what decides it."""
    if result.strength != "tie":
        return f"{STRENGTH_WORDS[result.strength]}: {total(result.votes)}"
    silent = all(position.stance == "silent" for finding in result.findings for position in finding.positions)
    votes = "No article speaks on these answers" if silent else total(result.votes)
    return f"{votes}. {result.verdict.title()} by default: {why_default(result)}"


def why_default(result: Recommendation) -> str:
    """Why a tie goes to the verdict."""
    if result.decided_by == "team":
        return "the team knows it"
    choosing = [position.source for position in result.closing if position.stance == result.verdict]
    excepting = [source for source in result.sources if source.id in choosing and source.excepts]
    exceptions = [source.exception for source in excepting if meet(result.answers, source.excepts)]
    words = "".join(f", one of them {exception}" for exception in exceptions)
    return f"{len(choosing)} of {len(result.closing)} articles choose it in the end{words}"


def caveats(result: Recommendation) -> list[str]:
    """What to know beside the verdict: that it is against what the team knows, and what open answers may change."""
    said = []
    if result.team_knows not in (None, result.verdict):
        known = str(result.team_knows).title()
        said.append(f"Your team knows {known}. That is one vote here; no article says what changing costs.")
    if left := result.open_answers:
        number_open, all_keep = len(left.questions), left.keep == left.ways
        are = f"{number_open} of {len(result.answers)} questions {'is' if number_open == 1 else 'are'} open"
        keep = f"all {left.ways} ways to answer" if all_keep else f"{left.keep} of the {left.ways} ways to answer"
        them = "it" if number_open == 1 else "them"
        verb = "keeps" if left.keep == 1 else "keep"
        said.append(f"{are}; {keep} {them} {verb} {result.verdict.title()}.")
        if left.first:
            said.append(f"Answer “{left.first}” first.")
    return said


def sentence(result: Recommendation) -> str:
    """The verdict as a person would say it."""
    return f"{heading(result)}. {grounds(result)}."


def summary(result: Recommendation) -> str:
    """The answers in one line."""
    return " · ".join(f"{finding.name}: {finding.label}" for finding in result.findings)


def two_sentences(result: Recommendation, rulebook: Rulebook, permalink: str) -> str:
    """What was chosen, for what and by which votes; what else would change it; and where it can be checked."""
    return f"{_choice(result, rulebook)} {_change(result, rulebook)} {permalink}"


def _choice(result: Recommendation, rulebook: Rulebook) -> str:
    project = _project(_chosen(result, rulebook))
    if result.strength == "tie":
        each = result.votes.django
        level = f"{each} vote{'s' * (each > 1)} each" if result.votes else "no article takes a side"
        chosen = f"so we chose {result.verdict.title()}, as {why_default(result)}"
        return f"Django and Flask are level for {project}: {level}, {chosen}."
    votes = f"{total(result.votes)}, from {number(len(result.sources))} articles"
    return f"We chose {result.verdict.title()} over {result.rival.title()} for {project}: {votes}."


def _chosen(result: Recommendation, rulebook: Rulebook) -> list[Option]:
    """The options that were answered, without those left open."""
    return [rulebook.questions_by_id[id][answer] for id, answer in result.answers.items() if answer != UNSURE]


def _project(options: list[Option]) -> str:
    """The answers as one phrase: a large project on a relational database with a tight deadline and no API."""
    phrases = [option.phrase for option in options]
    size = [phrase for phrase in phrases if phrase.startswith("a ")] or ["a project"]
    with_these = [phrase.removeprefix("with ") for phrase in phrases if phrase.startswith("with ")]
    rest = [phrase for phrase in phrases if not phrase.startswith(("a ", "with "))]
    return " ".join([*size, *rest, *([f"with {listed(with_these, 'and')}"] if with_these else [])])


def _change(result: Recommendation, rulebook: Rulebook) -> str:
    definite = [flip for flip in result.flips if flip.answer != UNSURE]
    if not definite:
        return "No other answer to a single question would change that."
    conditions = [rulebook.questions_by_id[flip.question][flip.answer].condition for flip in definite[:2]]
    return f"We would choose {definite[0].verdict.title()} if {listed(conditions, 'or')}."


def effect(advice: StandingAdvice, result: Recommendation) -> str:
    """What a piece of advice would do to the verdict."""
    counted = advice.counted
    verdict = counted.verdict.title()
    if counted.votes == result.votes:
        return "Counted, it would change nothing: no article takes a side."
    if counted.strength == "tie":
        return f"Counted, it would make a tie: {total(counted.votes)}, {verdict} by default."
    if advice.turns:
        return f"Counted, it would turn the verdict to {verdict}: {total(counted.votes)}."
    same = "too" if result.strength == "tie" else "all the same"
    return f"Counted, it would be {verdict} {same}: {total(counted.votes)}."


def would_be(answer: CountedAnswer) -> str:
    """What an answer to a what-if would make of the verdict: Django, 14–6."""
    counted = answer.counted
    verdict = counted.verdict.title()
    return (
        f"a tie, {counted.votes.sum}, {verdict} by default"
        if counted.strength == "tie"
        else f"{verdict}, {counted.votes.sum}"
    )


def conclusions(positions: Iterable[Position]) -> str:
    """How many articles choose each framework in the end."""
    stances = Counter(position.stance for position in positions)
    parts = [
        f"{stances[side]} choose{'s' * (stances[side] == 1)} {side.title()}" for side in FRAMEWORKS if stances[side]
    ]
    rest = stances.total() - sum(stances[side] for side in FRAMEWORKS)
    return ", ".join([*parts, *([f"{rest} name{'s' * (rest == 1)} no winner"] if rest else [])])


def supplied(part: SuppliedPart) -> str:
    """Whether a part is included."""
    if part.status == "included":
        return "included"
    return "yours to add" + (f", such as {part.package}" if part.package else "")


WORDS = {"signs": SIGNS, "stance_words": STANCE_WORDS, "spoken_stances": SPOKEN_STANCES}
FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        caveats,
        conclusions,
        effect,
        grounds,
        heading,
        in_words,
        md,
        outcome,
        sentence,
        summary,
        supplied,
        why_default,
        would_be,
    )
}
