"""How it works, and what the articles say."""

from collections import Counter

from flask import abort, render_template, url_for

from rules.passages import FRAMEWORKS, Source
from rules.recommend import supplied
from rules.recommendation import Stance
from rules.rulebook import Rulebook
from rules.topics import Topic, topics

from .blueprint import bp, results
from .cache import cacheable
from .page import show_part
from .quotations import Quotation, quotation, sides

# What a source says on a topic: its stance, the passages shown there for the first time, and those shown above.
Statement = tuple[Topic, Stance, list[Quotation], list[Quotation]]


@bp.get("/rules")
@cacheable()
def rules_page() -> str:
    """How it works: the method, every rule, and every passage that is quoted."""
    rulebook = results.rulebook
    hrefs = {source.id: url_for(".source_page", id=source.id) for source in rulebook.sources}
    every_topic, named = topics(rulebook), rulebook.sources_by_id
    return render_template(
        "rules.html",
        rulebook=rulebook,
        questions=[
            (question, [topic for topic in every_topic if topic.question is question])
            for question in rulebook.questions
        ],
        what_if=[topic for topic in every_topic if topic.supposed],
        advice=[topic for topic in every_topic if topic.text and not topic.supposed],
        sides={topic.id: sides(topic.positions, rulebook, topic.id, hrefs, topic.rules) for topic in every_topic},
        parts=[
            (part, {side: show_part(supplied(rulebook, part, side), named, hrefs) for side in FRAMEWORKS})
            for part in rulebook.parts
        ],
        closing=every_topic[-1],
        sources=named,
        example=results.today(rulebook.example),
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
        about=rulebook.about,
        read=rulebook.read,
        topics=every_topic,
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
    shown = {quotation.id for _, _, quotations, _ in statements for quotation in quotations}
    return render_template(
        "source.html",
        source=source,
        in_parts=_in_parts(rulebook, source, shown),
        passages=rulebook.passages_by_id,
        statements=statements,
        stances=Counter(stance for _, stance, _, _ in statements),
    )


def _statements(rulebook: Rulebook, source: Source) -> list[Statement]:
    """Everything a source says, in the order of the topics, each passage in full only once."""
    statements: list[Statement] = []
    quoted = set[str]()
    for topic in topics(rulebook):
        position = topic.positions[rulebook.sources.index(source)]
        if position.passages:
            shown = [quotation(passage, source, {}, passage.id) for passage in position.passages]
            new = [quotation for quotation in shown if quotation.id not in quoted]
            repeated = [quotation for quotation in shown if quotation.id in quoted]
            statements.append((topic, position.stance, new, repeated))
            quoted.update(quotation.id for quotation in new)
    return statements


def _in_parts(rulebook: Rulebook, source: Source, shown: set[str]) -> list[Quotation]:
    """What a source says of parts and on no topic, each passage once."""
    passages = [rulebook.quoted(id) for id in sorted(rulebook.ids_in_parts - shown)]
    return [quotation(passage, source, {}, passage.id) for passage in passages if passage.source == source.id]
