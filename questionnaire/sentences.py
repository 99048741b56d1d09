"""The answer in two sentences, as a team would write it into a message or a decision record."""

from collections.abc import Iterable

from rules.recommendation import Finding, Flip, Recommendation
from rules.rulebook import UNSURE

NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

# How an answer ends “for …”, by question and option; what begins with “with” is joined into one list.
PHRASES = {
    "size small": "a small project",
    "size medium": "a project of medium size",
    "size large": "a large project",
    "size growing": "a small project that is to grow",
    "database relational": "on a relational database",
    "database nosql": "on a NoSQL database",
    "database mixed": "on several stores or SQL by hand",
    "database none": "without a database",
    "team beginners": "with a team of beginners",
    "team newcomers": "with a team new to both frameworks",
    "team django": "with a team that knows Django",
    "team flask": "with a team that knows Flask",
    "team experienced": "with an experienced team",
    "team changing": "with a changing team",
    "deadline tight": "with a tight deadline",
    "deadline normal": "with a normal deadline",
    "deadline open": "with no pressure of time",
    "api none": "with no API",
    "api few": "with a few API endpoints",
    "api full": "with a full API",
    "api service": "with small services only",
}

# How an answer ends “if …”.
CONDITIONS = {
    "size small": "it were small",
    "size medium": "it were of medium size",
    "size large": "it were large",
    "size growing": "it were to grow",
    "database relational": "it used a relational database",
    "database nosql": "it used a NoSQL database",
    "database mixed": "it used several stores or SQL by hand",
    "database none": "it needed no database",
    "team beginners": "the team were beginners",
    "team newcomers": "the team were new to both",
    "team django": "the team knew Django",
    "team flask": "the team knew Flask",
    "team experienced": "the team were experienced",
    "team changing": "people came and went",
    "deadline tight": "the deadline were tight",
    "deadline normal": "the deadline were normal",
    "deadline open": "there were no pressure of time",
    "api none": "it needed no API",
    "api few": "it needed a few API endpoints",
    "api full": "it needed a full API",
    "api service": "it were one small service or several",
}


def sentences(result: Recommendation, permalink: str) -> str:
    """What was chosen, for what and by which votes; what else would change it; and where it can be checked."""
    return f"{_choice(result)} {_change(result)} {permalink}"


def _choice(result: Recommendation) -> str:
    chosen, refused = result.verdict.title(), result.rival.title()
    most, least = sorted((result.votes.django, result.votes.flask), reverse=True)
    if result.strength == "tie":
        level = "no article takes a side" if result.empty else f"{_votes(most)} each"
        level = f"{level}, so we chose {chosen}, as {_default(result)}"
        return f"Django and Flask are level for {_project(result)}: {level}."
    votes = f"{_votes(most)} of {_number(len(result.sources))} articles to {_number(least) if least else 'none'}"
    return f"We chose {chosen} over {refused} for {_project(result)}: {votes}."


def _default(result: Recommendation) -> str:
    if result.decided_by == "team":
        return "the team knows it"
    choosing = sum(position.stance == result.verdict for position in result.closing)
    return f"{_number(choosing)} of the {_number(len(result.closing))} articles choose it in the end"


def _project(result: Recommendation) -> str:
    """The answers as one phrase, without those left open."""
    phrases = [_phrase(finding) for finding in result.findings if finding.answer != UNSURE]
    size = [phrase for phrase in phrases if phrase.startswith("a ")] or ["a project"]
    with_these = [phrase.removeprefix("with ") for phrase in phrases if phrase.startswith("with ")]
    rest = [phrase for phrase in phrases if not phrase.startswith(("a ", "with "))]
    return " ".join([*size, *rest, *([f"with {_list(with_these, 'and')}"] if with_these else [])])


def _phrase(finding: Finding) -> str:
    return PHRASES.get(f"{finding.question} {finding.answer}", f"with “{finding.label}” for {finding.name}")


def _change(result: Recommendation) -> str:
    definite = [flip for flip in result.flips if flip.answer != UNSURE]
    if not definite:
        return "No other answer to a single question would change that."
    return f"We would choose {definite[0].verdict.title()} if {_list(map(_condition, definite[:2]), 'or')}."


def _condition(flip: Flip) -> str:
    return CONDITIONS.get(f"{flip.question} {flip.answer}", f"the answer to {flip.name} were “{flip.label}”")


def _list(parts: Iterable[str], word: str) -> str:
    *most, last = parts
    return f"{', '.join(most)} {word} {last}" if most else last


def _number(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _votes(number: int) -> str:
    return f"{_number(number)} vote{'' if number == 1 else 's'}"
