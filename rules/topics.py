"""Everything that the articles speak of, topic by topic, and how far they agree."""

from functools import cache
from typing import Literal

from msgspec import Struct

from .recommendation import Voice
from .rulebook import Question, Rule, Rulebook
from .voices import cited, concluded, voices

Accord = Literal["agree", "differ", "one voice", "no voice", "silent"]


class Topic(Struct, frozen=True):
    """An answer, a condition of joint rules, or something that is not asked, and what the sources say on it."""

    id: str
    title: str
    voices: tuple[Voice, ...]
    question: str = ""
    option: str = ""
    rules: tuple[Rule, ...] = ()
    text: str = ""

    @property
    def accord(self) -> Accord:
        """Whether the sources that speak one way speak the same way."""
        stances = [voice.stance for voice in self.voices]
        sides = [stance for stance in stances if stance in ("django", "flask", "neither")]
        if len(set(sides)) > 1:
            return "differ"
        if sides:
            return "agree" if len(sides) > 1 else "one voice"
        return "silent" if set(stances) == {"silent"} else "no voice"


@cache
def topics(rulebook: Rulebook) -> tuple[Topic, ...]:
    """Every topic: the answers with their joint conditions, then the advice, then the closing verdicts."""
    return (
        *(topic for question in rulebook.questions for topic in _answers(rulebook, question)),
        *(
            Topic(f"advice-{advice.id}", advice.title, cited(rulebook, advice.passages), text=advice.text)
            for advice in rulebook.advice
        ),
        Topic("closing", "How the articles conclude", concluded(rulebook)),
    )


def _answers(rulebook: Rulebook, question: Question) -> list[Topic]:
    found = []
    for option in question.option[:-1]:
        rules = rulebook.rules_on[question.id, option.id]
        conditions = [{}, *(rule.given for rule in rules if rule.given)]
        for number, given in enumerate(conditions):
            if given not in conditions[:number]:
                own = tuple(rule for rule in rules if rule.given == given)
                found.append(
                    Topic(
                        id="-".join([question.id, option.id, *(one for ids in given.values() for one in ids)]),
                        title=", with ".join([f"{question.name}: {option.label}", *_labels(rulebook, given)]),
                        voices=voices(
                            rulebook, ((rule.id, rulebook.passage[id]) for rule in own for id in rule.passages)
                        ),
                        question=question.id,
                        option=option.id,
                        rules=own,
                    )
                )
    return found


def _labels(rulebook: Rulebook, given: dict[str, tuple[str, ...]]) -> list[str]:
    return [
        f"{question.name}: {' or '.join(question[option].label for option in options)}"
        for id, options in given.items()
        for question in [rulebook.question[id]]
    ]
