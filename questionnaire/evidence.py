"""The pages of the rulebook and the articles."""

from collections import Counter
from dataclasses import dataclass

from flask import abort, render_template

from rules import recommend
from rules.recommendation import QuotedPassage, Stance
from rules.rulebook import Part, Passage
from rules.topics import Topic, closing_topic, topics

from .blueprint import bp, results
from .cache import cacheable
from .results.codes import code_of


@dataclass(frozen=True)
class Statement:
    """What a source says on a topic: the passages not quoted on an earlier topic, and those that are."""

    topic: Topic
    stance: Stance
    passages: list[QuotedPassage]
    repeated: list[QuotedPassage]


@bp.get("/rules")
@cacheable()
def rulebook() -> str:
    """How it works: the method, every rule, and every passage that is quoted."""
    rulebook = results.rulebook
    example = recommend(rulebook, rulebook.example)
    return render_template(
        "rules.html",
        rulebook=rulebook,
        topics=topics(rulebook),
        closing=closing_topic(rulebook),
        sources=rulebook.sources_by_id,
        example=example,
        example_code=code_of(rulebook.revision, example.answers),
    )


@bp.get("/sources")
@cacheable()
def sources() -> str:
    """The articles, and where each stands on every topic."""
    rulebook = results.rulebook
    return render_template(
        "sources.html",
        sources=rulebook.sources,
        passages=rulebook.passages_by_id,
        read=rulebook.read,
        topics=topics(rulebook),
        closing={position.source: position.stance for position in closing_topic(rulebook).positions},
        stances={
            source.id: Counter(statement.stance for statement in _statements(source.id)) for source in rulebook.sources
        },
    )


@bp.get("/sources/<id>")
@cacheable()
def source(id: str) -> str:
    """One article, with everything that is quoted from it, by topic."""
    rulebook = results.rulebook
    source = rulebook.sources_by_id.get(id) or abort(404)
    statements = _statements(id)
    return render_template(
        "source.html",
        source=source,
        in_parts=_in_parts(id, {passage.id for statement in statements for passage in statement.passages}),
        passages=rulebook.passages_by_id,
        statements=statements,
        stances=Counter(statement.stance for statement in statements),
        closing=next(position.stance for position in closing_topic(rulebook).positions if position.source == id),
    )


def _statements(source: str) -> list[Statement]:
    """Everything a source says, in the order of the topics, each passage in full only once."""
    statements, quoted = [], set[str]()
    for topic in topics(results.rulebook):
        for position in topic.positions:
            if position.source == source and position.passages:
                new = [passage for passage in position.passages if passage.id not in quoted]
                repeated = [passage for passage in position.passages if passage.id in quoted]
                statements.append(Statement(topic, position.stance, new, repeated))
                quoted.update(passage.id for passage in new)
    return statements


def _in_parts(source: str, quoted: set[str]) -> list[tuple[Part, Passage]]:
    """What a source says of parts and is not quoted on any topic, each passage once."""
    rulebook, found = results.rulebook, dict[str, tuple[Part, Passage]]()
    for part in rulebook.parts:
        for supply in part.supplies.values():
            for id in supply.passages:
                passage = rulebook.passages_by_id[id]
                if passage.source == source and id not in quoted:
                    found.setdefault(id, (part, passage))
    return list(found.values())
