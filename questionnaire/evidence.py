"""How it works, and what the articles say."""

from collections import Counter
from dataclasses import dataclass

from flask import abort, render_template, url_for
from msgspec import structs

from rules import recommend
from rules.judge import count
from rules.parts import quoted_in_parts
from rules.recommendation import QuotedPassage, Stance
from rules.rulebook import Framework, Source
from rules.topics import Topic, closing_topic, topics

from .blueprint import bp, results
from .cache import cacheable
from .quotations import Quotation, Side, quotation, sides
from .reasons import leader, score
from .renderings import in_words
from .results.codes import code_of
from .rows import conclusions


@dataclass(frozen=True, slots=True)
class Fold:
    """A topic as it is folded away: its title, the votes it gives, and what it folds out."""

    topic: Topic
    title: str
    score: str
    leads: Framework | None
    sides: list[Side]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source says on a topic: the passages not quoted on an earlier topic, and those that are."""

    topic: Topic
    stance: Stance
    quotations: list[Quotation]
    repeated: list[Quotation]


@bp.get("/rules")
@cacheable()
def rulebook() -> str:
    """How it works: the method, every rule, and every passage that is quoted."""
    rulebook = results.rulebook
    example = recommend(rulebook, rulebook.example)
    folds = _folds()
    return render_template(
        "rules.html",
        rulebook=rulebook,
        date=in_words(rulebook.date.isoformat()),
        questions=[
            (question, [fold for fold in folds if fold.topic.question == question.id])
            for question in rulebook.questions
        ],
        advice=[fold for fold in folds if fold.topic.text],
        closing=folds[-1],
        conclusions=conclusions(folds[-1].topic.positions),
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
        read=in_words(rulebook.read.isoformat()),
        folds=_folds(),
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
        in_parts=_in_parts(source, {one.id for statement in statements for one in statement.quotations}),
        passages=rulebook.passages_by_id,
        statements=statements,
        stances=Counter(statement.stance for statement in statements),
        closing=next(position.stance for position in closing_topic(rulebook).positions if position.source == id),
    )


def _folds() -> list[Fold]:
    """Every topic, under its question without the question's name."""
    rulebook = results.rulebook
    hrefs = {source.id: url_for(".source", id=source.id) for source in rulebook.sources}
    found = []
    for topic in topics(rulebook):
        question = rulebook.questions_by_id.get(topic.question)
        title = topic.title.removeprefix(f"{question.name}: ") if question else topic.title
        shown = sides(topic.positions, rulebook.sources_by_id, topic.id, hrefs, topic.rules)
        votes = count(topic.positions)
        found.append(Fold(topic, title, score(votes), leader(votes), shown))
    return found


def _statements(id: str) -> list[Statement]:
    """Everything a source says, in the order of the topics, each passage in full only once."""
    source, statements, quoted = results.rulebook.sources_by_id[id], [], set[str]()
    for topic in topics(results.rulebook):
        for position in topic.positions:
            if position.source == id and position.passages:
                shown = [quotation(passage, source, id=passage.id) for passage in position.passages]
                new = [one for one in shown if one.id not in quoted]
                statements.append(Statement(topic, position.stance, new, [one for one in shown if one not in new]))
                quoted.update(one.id for one in new)
    return statements


def _in_parts(source: Source, topical: set[str]) -> list[Quotation]:
    """What a source says of parts and on no topic, each passage once."""
    passages = results.rulebook.passages_by_id
    ids = [id for id in quoted_in_parts(results.rulebook) if passages[id].source == source.id and id not in topical]
    return [quotation(QuotedPassage(**structs.asdict(passages[id])), source, id=id) for id in sorted(ids)]
