"""What a result says in words; templates take these functions as filters."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from rules.positions import Position, Stance, Tally
from rules.recommendation import CountedAdvice, Judgement, Recommendation, SuppliedPart
from rules.rulebook import UNSURE, Rulebook, meet

# Each stance: its sign, its words, and what a screen reader says of a cell whose column or row names the article.
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

STRENGTH_WORDS = {"clear": "A clear case", "leaning": "A leaning", "close": "A close call"}

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
    return f"{votes.score} for {votes.leader.title()}" if votes.leader else f"{votes.score}, even"


def heading(result: Recommendation) -> str:
    """The verdict in a word or two, or that the votes give none."""
    if not result.votes:
        return "Not enough to go on"
    return "It is a tie" if result.strength == "tie" else f"Use {result.verdict.title()}"


def grounds(result: Recommendation) -> str:
    """The strength and the votes, and what is open; in a tie, what decides it."""
    if not result.votes:
        return "No article takes a side on these answers"
    still = result.open_answers
    left = f" ({len(still.questions)} of {len(result.answers)} questions open)" if still else ""
    if result.strength == "tie":
        return f"{result.votes.score}{left}; {result.verdict.title()} by default: {why_default(result)}"
    words = STRENGTH_WORDS[result.strength]
    if still:
        words += " so far"
    elif result.strength == "clear" and any(
        answer.counted.verdict != result.verdict for what_if in result.what_if for answer in (what_if.yes, what_if.no)
    ):
        words += " on these answers"
    return f"{words}: {total(result.votes)}{left}"


def why_default(result: Recommendation, it: str = " it") -> str:
    """Why a tie goes to the verdict; `it` is empty in a relative clause."""
    if result.decided_by == "team":
        return f"the team knows{it}"
    choosing = [position.source for position in result.closing if position.stance == result.verdict]
    excepting = [source for source in result.sources if source.id in choosing and source.excepts]
    exceptions = [source.exception for source in excepting if meet(result.answers, source.excepts)]
    words = "".join(f" ({'one of them ' * (len(choosing) > 1)}{exception})" for exception in exceptions)
    of_all = f"{number(len(choosing))} of the {number(len(result.closing))} articles"
    return f"{of_all} choose{'s' * (len(choosing) == 1)}{it} in the end{words}"


def caveats(result: Recommendation) -> list[str]:
    """What to know beside the verdict: that it is against what the team knows, and what open answers may change."""
    said = []
    if result.votes and result.team_knows not in (None, result.verdict):
        said.append(f"Your team knows {result.rival.title()} (one vote). No article says what changing costs.")
    if left := result.open_answers:
        keep = "all" if left.keep == left.ways else str(left.keep)
        them = f"“{left.questions[0]}”" if len(left.questions) == 1 else "the rest"
        verb = ("keep" if result.votes else "give") + "s" * (keep == "1")
        said.append(f"Of {left.ways:,} ways to answer {them}, {keep} {verb} {result.verdict.title()}.")
        if left.first and len(left.questions) > 1:
            said.append(f"Answer “{left.first}” first.")
    return said


def tone(judgement: Judgement) -> str:
    """The class that colours a verdict: its framework, or `tie`."""
    return "tie" if judgement.strength == "tie" else judgement.verdict


def sentence(result: Recommendation) -> str:
    """The verdict as a person would say it."""
    return f"{heading(result)}. {grounds(result)}."


def answers_line(result: Recommendation) -> str:
    """The answers in one line."""
    return " · ".join(f"{finding.name}: {finding.label}" for finding in result.findings)


def votes_cast(result: Recommendation) -> str:
    """What became of every vote: 25 votes, one per article and answer; 14 not cast: 8 both ways, …"""
    findings = [finding for finding in result.findings if finding.answer != UNSURE]
    stances = Counter(position.stance for finding in findings for position in finding.positions)
    names: dict[Stance, str] = {"both": "both ways", "neither": "no winner", "disputed": "disputed", "silent": "silent"}
    why = ", ".join(f"{stances[stance]} {words}" for stance, words in names.items() if stances[stance])
    rest = stances.total() - result.votes.django - result.votes.flask
    return f"{stances.total()} votes, one per article and answer" + (f"; {rest} not cast: {why}." if rest else ".")


def project(result: Recommendation, rulebook: Rulebook) -> str:
    """The answers as one phrase: a large project on a relational database, with no API, by a changing team."""
    chosen = [rulebook.questions_by_id[id][answer] for id, answer in result.answers.items() if answer != UNSURE]
    phrases = [option.phrase for option in chosen]
    size = [phrase for phrase in phrases if phrase.startswith("a ")] or ["a project"]
    with_these = [phrase.removeprefix("with ") for phrase in phrases if phrase.startswith("with ")]
    rest = sorted(phrase for phrase in phrases if not phrase.startswith(("a ", "as ", "by ", "with ")))
    more = [f"with {listed(with_these, 'and')}"] if with_these else []
    more += [phrase for start in ("by ", "as ") for phrase in phrases if phrase.startswith(start)]
    return " ".join([*size, *rest]) + (", " if rest else " ") * bool(more) + ", ".join(more)


def sentences(result: Recommendation, rulebook: Rulebook, permalink: str) -> str:
    """What was chosen, for what and by which votes, what would change it and where to check it; empty without votes."""
    if not result.votes:
        return ""
    verdict, what = result.verdict.title(), project(result, rulebook)
    names = result.open_answers.questions if result.open_answers else ()
    still = [name if name.isupper() else name.lower() for name in names]
    left = f" (still open: {listed(still, 'and')})" if still else ""
    if result.strength == "tie":
        votes = f"{number(result.votes.django)} vote{'s' * (result.votes.django > 1)} each, for {what}{left}"
        first = f"Django and Flask are tied, {votes}; we take {verdict}, which {why_default(result, '')}."
    else:
        answered = len(result.answers) - len(still)
        answers = f"{number(answered)} answer{'s' * (answered > 1)}"
        votes = f"{total(result.votes)}, counted in {number(len(result.sources))} articles on {answers}"
        first = f"We chose {verdict} over {result.rival.title()} for {what}: {votes}{left}."
    return f"{first} {_change(result, rulebook)} Votes and sources: {permalink}"


def _change(result: Recommendation, rulebook: Rulebook) -> str:
    conditions = [
        rulebook.questions_by_id[flip.question][flip.answer].condition for flip in result.flips if flip.answer != UNSURE
    ]
    if len(conditions) > 2:
        others = f"any one of {number(len(conditions))} other answers"
        return f"It would be {result.rival.title()} with {others}, for example if {conditions[0]}."
    if conditions:
        return f"It would be {result.rival.title()} if {', or if '.join(conditions)}."
    return how_many_turn(result)


def how_many_turn(result: Recommendation) -> str:
    """How many other answers would turn the verdict, as the start of a list."""
    flips = sum(flip.answer != UNSURE for flip in result.flips)
    if not flips:
        return "No single answer changes this."
    answers = "other answer" + "s, each by itself," * (flips > 1)
    return f"{number(flips).capitalize()} {answers} would make it {result.rival.title()}:"


def effect(advice: CountedAdvice, result: Recommendation) -> str:
    """What a piece of advice would do to the verdict."""
    if not advice.votes:
        return "Counted, it changes nothing: no article takes a side."
    tied, was_tied = advice.counted.strength == "tie", result.strength == "tie"
    stays = result.votes and not advice.turns and tied == was_tied
    verb = "it stays" if stays else "it becomes" if tied else "this makes it"
    return f"Counted, {verb} {would_be(advice.counted)}."


def would_be(judgement: Judgement) -> str:
    """What another answer leads to: Django, 14–6."""
    verdict, score = judgement.verdict.title(), judgement.votes.score
    tie = f"a tie at {score}, {verdict} by default" if judgement.votes else "not enough to go on"
    return tie if judgement.strength == "tie" else f"{verdict}, {score}"


def conclusions(positions: Iterable[Position]) -> str:
    """How many articles choose each framework in the end: 2 choose Django, 1 argues both ways."""
    numbers = Counter(position.stance for position in positions)
    verbs: dict[Stance, str] = {"django": "choose{} Django", "flask": "choose{} Flask", "both": "argue{} both ways"}
    verbs |= {"neither": "name{} no winner", "disputed": "say{} what is disputed"}
    shown = [(numbers[stance], words) for stance, words in verbs.items() if numbers[stance]]
    return ", ".join(f"{number} {words.format('s' * (number == 1))}" for number, words in shown)


def how_supplied(part: SuppliedPart) -> str:
    """Whether a part is included, or what to add for it."""
    if part.status == "included":
        return "included"
    return "yours to add" + (f", such as {part.package}" if part.package else "")


WORDS = {"signs": SIGNS, "stance_words": STANCE_WORDS, "spoken_stances": SPOKEN_STANCES}
FILTERS = (
    "answers_line caveats conclusions effect grounds heading how_many_turn how_supplied in_words md number outcome "
    "sentence tone votes_cast would_be"
)
