"""How it works, and what the articles say."""

from collections import Counter
from dataclasses import dataclass

from flask import abort, render_template, url_for

from rules import recommend
from rules.judge import count
from rules.parts import quoted_in_parts, supplied
from rules.recommendation import Stance
from rules.rulebook import FRAMEWORKS, Framework, Part, Rulebook, Source
from rules.topics import Topic, closing_topic, topics

from . import texts
from .blueprint import bp, results
from .cache import cacheable
from .page import ShownPart, show_part
from .quotations import Hrefs, Quotation, Side, quotation, sides
from .results.codes import code_of


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with its votes; the title leaves out the question's name."""

    topic: Topic
    title: str
    score: str
    leads: Framework | None


@dataclass(frozen=True, slots=True)
class CalledPart:
    """A part with the answers that call for it, each question's in a phrase, and how each framework has it."""

    part: Part
    calls: list[str]
    shown: dict[Framework, ShownPart]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source says on a topic: the passages shown here for the first time, and those shown above."""

    topic: Topic
    stance: Stance
    quotations: list[Quotation]
    repeated: list[Quotation]


@bp.get("/rules")
@cacheable()
def rules_page() -> str:
    """How it works: the method, every rule, and every passage that is quoted."""
    rulebook = results.rulebook
    example = recommend(rulebook, rulebook.example)
    hrefs = {source.id: url_for(".source_page", id=source.id) for source in rulebook.sources}
    *rows, closing = [_row(rulebook, topic) for topic in topics(rulebook)]
    return render_template(
        "rules.html",
        rulebook=rulebook,
        date=texts.in_words(rulebook.date),
        questions=[
            (question, [row for row in rows if row.topic.question == question.id]) for question in rulebook.questions
        ],
        advice=[row for row in rows if row.topic.text],
        sides={row.topic.id: _sides(rulebook, row.topic, hrefs) for row in [*rows, closing]},
        parts=[_part(rulebook, part, hrefs) for part in rulebook.parts],
        closing=closing,
        conclusions=texts.conclusions(closing.topic.positions),
        sources=rulebook.sources_by_id,
        example=example,
        example_sentence=texts.sentence(example),
        example_code=code_of(rulebook, rulebook.example),
    )


@bp.get("/sources")
@cacheable()
def sources_page() -> str:
    """The articles, and where each stands on every topic."""
    rulebook = results.rulebook
    every_topic = topics(rulebook)
    stances = {source.id: Counter[Stance]() for source in rulebook.sources}
    for topic in every_topic:
        for position in topic.positions:
            stances[position.source][position.stance] += 1
    return render_template(
        "sources.html",
        sources=rulebook.sources,
        passages=rulebook.passages_by_id,
        read=texts.in_words(rulebook.read),
        rows=[_row(rulebook, topic) for topic in every_topic],
        closing={position.source: position.stance for position in every_topic[-1].positions},
        stances=stances,
    )


@bp.get("/sources/<id>")
@cacheable()
def source_page(id: str) -> str:
    """One article, with everything that is quoted from it, by topic."""
    rulebook = results.rulebook
    source = rulebook.sources_by_id.get(id) or abort(404)
    statements = _statements(rulebook, source)
    shown = {quotation.id for statement in statements for quotation in statement.quotations}
    closing = closing_topic(rulebook).positions[rulebook.sources.index(source)]
    return render_template(
        "source.html",
        source=source,
        in_parts=_in_parts(rulebook, source, shown),
        passages=rulebook.passages_by_id,
        statements=statements,
        stances=Counter(statement.stance for statement in statements),
        closing=closing.stance,
    )


def _row(rulebook: Rulebook, topic: Topic) -> TopicRow:
    question = rulebook.questions_by_id.get(topic.question)
    title = topic.title.removeprefix(f"{question.name}: ") if question else topic.title
    votes = count(topic.positions)
    return TopicRow(topic, title, texts.score(votes), votes.leader)


def _sides(rulebook: Rulebook, topic: Topic, hrefs: Hrefs) -> list[Side]:
    return sides(topic.positions, rulebook.sources_by_id, topic.id, hrefs, topic.rules)


def _part(rulebook: Rulebook, part: Part, hrefs: Hrefs) -> CalledPart:
    calls = []
    for id, options in part.when.items():
        question = rulebook.questions_by_id[id]
        calls.append(f"{question.name}: {' or '.join(f'“{question[option].label}”' for option in options)}")
    shown = {
        framework: show_part(supplied(rulebook, part, framework), rulebook.sources_by_id, hrefs)
        for framework in FRAMEWORKS
    }
    return CalledPart(part, calls, shown)


def _statements(rulebook: Rulebook, source: Source) -> list[Statement]:
    """Everything a source says, in the order of the topics, each passage in full only once."""
    statements, quoted = [], set[str]()
    for topic in topics(rulebook):
        position = topic.positions[rulebook.sources.index(source)]
        if position.passages:
            shown = [quotation(passage, source, {}, passage.id) for passage in position.passages]
            new = [quotation for quotation in shown if quotation.id not in quoted]
            repeated = [quotation for quotation in shown if quotation.id in quoted]
            statements.append(Statement(topic, position.stance, new, repeated))
            quoted.update(quotation.id for quotation in new)
    return statements


def _in_parts(rulebook: Rulebook, source: Source, shown: set[str]) -> list[Quotation]:
    """What a source says of parts and on no topic, each passage once."""
    passages = [rulebook.quoted(id) for id in sorted(quoted_in_parts(rulebook) - shown)]
    return [quotation(passage, source, {}, passage.id) for passage in passages if passage.source == source.id]
