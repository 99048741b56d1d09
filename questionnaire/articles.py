"""How it works, what the articles say, and what real projects chose."""

from collections import Counter

from flask import abort, current_app, render_template, url_for

from rules.decisions import ENOUGH, Decision
from rules.judge import judge
from rules.passages import FRAMEWORKS
from rules.positions import Stance
from rules.recommend import supplied
from rules.topics import Topic, topics

from .blueprint import bp, results
from .cache import cacheable
from .page import show_part
from .quotations import quotation, sides
from .results.codes import code_of


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
        questions=[(asked, [one for one in every_topic if one.question is asked]) for asked in rulebook.questions],
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
    """One article, with everything that is quoted from it: by topic, each passage in full where it comes first."""
    rulebook = results.rulebook
    source = rulebook.sources_by_id.get(id) or abort(404)
    place = rulebook.sources.index(source)
    spoken = [(topic, topic.positions[place]) for topic in topics(rulebook) if topic.positions[place].passages]
    first: dict[str, Topic] = {}
    for topic, position in spoken:
        for passage in position.passages:
            first.setdefault(passage.id, topic)
    in_parts = [rulebook.quoted(one) for one in sorted(rulebook.ids_in_parts - first.keys())]
    return render_template(
        "source.html",
        source=source,
        in_parts=[quotation(passage, source, {}, passage.id) for passage in in_parts if passage.source == source.id],
        passages=rulebook.passages_by_id,
        statements=[
            (
                topic,
                position.stance,
                [quotation(one, source, {}, one.id) for one in position.passages if first[one.id] is topic],
                [passage for passage in position.passages if first[passage.id] is not topic],
            )
            for topic, position in spoken
        ],
        stances=Counter(position.stance for _, position in spoken),
    )


@bp.get("/decisions")
@cacheable()
def decisions_page() -> str:
    """What real projects chose, with our verdict on the same answers, right or wrong."""
    rulebook = results.rulebook
    decisions: tuple[Decision, ...] = current_app.extensions["decisions"]
    verdicts = {decision.id: judge(rulebook, decision.answers) for decision in decisions}
    comparable = [decision for decision in decisions if decision.shares(decision.answers) >= ENOUGH]
    return render_template(
        "decisions.html",
        decisions=decisions,
        moved=[decision for decision in decisions if decision.switched],
        stayed={side: [one for one in decisions if one.chose == side and not one.switched] for side in FRAMEWORKS},
        questions=rulebook.questions,
        codes={decision.id: code_of(rulebook, decision.answers) for decision in decisions},
        verdicts=verdicts,
        comparable=comparable,
        same=[decision for decision in comparable if verdicts[decision.id].verdict == decision.chose],
    )
