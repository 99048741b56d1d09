"""Everything that the articles speak of, topic by topic, and how far they agree."""

from typing import Literal

from msgspec import Struct

from .positions import cited, concluded, positions, quoted_by
from .recommendation import Position
from .rulebook import Conditions, Question, Rule, Rulebook

Accord = Literal["agree", "differ", "one vote", "no vote", "silent"]


class Topic(Struct, frozen=True):
    """An answer, an answer under a condition, or something that is not asked, with the position of every source."""

    id: str
    title: str
    positions: tuple[Position, ...]
    question: str = ""
    option: str = ""
    rules: tuple[Rule, ...] = ()
    text: str = ""

    @property
    def accord(self) -> Accord:
        """Whether the sources that take a side take the same side."""
        stances = [position.stance for position in self.positions]
        sides = [stance for stance in stances if stance in ("django", "flask", "neither")]
        if len(set(sides)) > 1:
            return "differ"
        if sides:
            return "agree" if len(sides) > 1 else "one vote"
        return "silent" if set(stances) == {"silent"} else "no vote"


def topics(rulebook: Rulebook) -> list[Topic]:
    """Every topic: the answers with the conditions of joint rules, then the advice, then the closing verdicts."""
    found = [topic for question in rulebook.questions for topic in _on_question(rulebook, question)]
    for advice in rulebook.advice:
        stands = cited(rulebook, advice.passages)
        found.append(Topic(f"advice-{advice.id}", advice.title, stands, text=advice.text))
    return [*found, closing_topic(rulebook)]


def closing_topic(rulebook: Rulebook) -> Topic:
    """How the articles conclude."""
    return Topic("closing", "How the articles conclude", concluded(rulebook))


def _on_question(rulebook: Rulebook, question: Question) -> list[Topic]:
    found = []
    for option in question.definite_options:
        conditions: list[Conditions] = [{}]
        for rule in rulebook.rules_on[question.id, option.id]:
            if rule.given not in conditions:
                conditions.append(rule.given)
        found += [_on_answer(rulebook, question, option.id, condition) for condition in conditions]
    return found


def _on_answer(rulebook: Rulebook, question: Question, option: str, condition: Conditions) -> Topic:
    rules = tuple(rule for rule in rulebook.rules_on[question.id, option] if rule.given == condition)
    ids, labels = [question.id, option], [f"{question.name}: {question[option].label}"]
    for id, options in condition.items():
        asked = rulebook.questions_by_id[id]
        ids += options
        labels.append(f"{asked.name}: {' or '.join(asked[option].label for option in options)}")
    return Topic(
        id="-".join(ids),
        title=", with ".join(labels),
        positions=positions(rulebook, quoted_by(rulebook, rules)),
        question=question.id,
        option=option,
        rules=rules,
    )
