"""Everything that the articles speak of, topic by topic, and how far they agree."""

from .positions import Positioned, cited, concluded, positions, quoted_by
from .rulebook import Conditions, Question, Rule, Rulebook


class Topic(Positioned, frozen=True):
    """An answer, an answer under a condition, or something that is not asked, with the position of every source."""

    id: str
    label: str
    question: Question | None = None
    option: str = ""
    rules: tuple[Rule, ...] = ()
    text: str = ""
    supposed: bool = False

    @property
    def title(self) -> str:
        """The label with the name of the question."""
        return f"{self.question.name}: {self.label}" if self.question else self.label


def topics(rulebook: Rulebook) -> list[Topic]:
    """Every topic: answers with the conditions of joint rules, the what-if, the advice, and the closing verdicts."""
    found = [topic for question in rulebook.questions for topic in _on_question(rulebook, question)]
    for what_if in rulebook.what_if:
        for answer in what_if.answers:
            label, stands = f"{what_if.title} {answer.title}", cited(rulebook, answer.passages, answer.also)
            found.append(Topic(answer.id, label, positions=stands, text=answer.text, supposed=True))
    for advice in rulebook.advice:
        stands = cited(rulebook, advice.passages, advice.also)
        found.append(Topic(f"advice-{advice.id}", advice.title, positions=stands, text=advice.text))
    return [*found, Topic("closing", "How the articles conclude", positions=concluded(rulebook))]


def _on_question(rulebook: Rulebook, question: Question) -> list[Topic]:
    found = []
    for option in question.definite_options:
        given: list[Conditions] = [{}, *(rule.given for rule in rulebook.rules_on[question.id, option.id])]
        conditions = [condition for place, condition in enumerate(given) if condition not in given[:place]]
        found += [_on_answer(rulebook, question, option.id, condition) for condition in conditions]
    return found


def _on_answer(rulebook: Rulebook, question: Question, option: str, condition: Conditions) -> Topic:
    rules = tuple(rule for rule in rulebook.rules_on[question.id, option] if rule.given == condition)
    ids, labels = [question.id, option], [question[option].label]
    for id, options in condition.items():
        asked = rulebook.questions_by_id[id]
        ids += options
        labels.append(f"{asked.name}: {' or '.join(asked[option].label for option in options)}")
    stands = positions(rulebook, quoted_by(rulebook, rules))
    return Topic("-".join(ids), ", with ".join(labels), question, option, rules, positions=stands)
