"""The pages on which the rulebook and the articles lie open."""

from collections import Counter
from dataclasses import dataclass

from flask import abort, render_template

from rules.recommend import recommend
from rules.recommendation import Quotation
from rules.rulebook import Source
from rules.stance import Stance
from rules.topics import Topic, topics

from .blueprint import bp, results
from .codes import code_of
from .constant import constant


@dataclass(frozen=True)
class Said:
    """What a source says on a topic: the passages not quoted on an earlier topic, and those that are."""

    topic: Topic
    stance: Stance
    passages: list[Quotation]
    again: list[Quotation]


@bp.get("/rules")
@constant()
def rules() -> str:
    """The whole rulebook: the method, every rule, and every passage that is quoted."""
    rulebook = results.rulebook
    example = recommend(rulebook, rulebook.example)
    return render_template(
        "rules.html",
        rulebook=rulebook,
        topics=topics(rulebook),
        sources={source.id: source for source in rulebook.sources},
        example=example,
        example_code=code_of(rulebook.revision, example.answers),
    )


@bp.get("/sources")
@constant()
def sources() -> str:
    """The articles, and where each stands on every topic."""
    rulebook = results.rulebook
    return render_template(
        "sources.html",
        sources=rulebook.sources,
        topics=topics(rulebook),
        stances={source.id: Counter(said.stance for said in said_by(source)) for source in rulebook.sources},
    )


@bp.get("/sources/<id>")
@constant()
def source(id: str) -> str:
    """One article, with everything that is quoted from it, by topic."""
    found = next((one for one in results.rulebook.sources if one.id == id), None) or abort(404)
    said = said_by(found)
    return render_template("source.html", source=found, all_said=said, stances=Counter(one.stance for one in said))


def said_by(source: Source) -> list[Said]:
    """Everything a source says, in the order of the topics, each passage in full only once."""
    all_said, quoted = [], set[str]()
    for topic in topics(results.rulebook):
        for voice in topic.voices:
            if voice.source == source.id and voice.passages:
                new = [passage for passage in voice.passages if passage.id not in quoted]
                again = [passage for passage in voice.passages if passage.id in quoted]
                all_said.append(Said(topic, voice.stance, new, again))
                quoted.update(passage.id for passage in new)
    return all_said
