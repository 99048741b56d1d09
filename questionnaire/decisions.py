"""What real projects chose, and what the articles say to their answers."""

from flask import current_app, render_template

from rules.decisions import ENOUGH, Decision
from rules.judge import judge
from rules.passages import FRAMEWORKS

from .blueprint import bp, results
from .cache import cacheable
from .results.codes import code_of


@bp.get("/decisions")
@cacheable()
def decisions_page() -> str:
    """What real projects chose, with our verdict on the same answers, right or wrong."""
    rulebook = results.rulebook
    decisions: tuple[Decision, ...] = current_app.extensions["decisions"]
    stayed = [decision for decision in decisions if not decision.switched]
    verdicts = {decision.id: judge(rulebook, decision.answers) for decision in decisions}
    comparable = [decision for decision in decisions if decision.shares(decision.answers) >= ENOUGH]
    return render_template(
        "decisions.html",
        decisions=decisions,
        moved=[decision for decision in decisions if decision.switched],
        stayed={side: [decision for decision in stayed if decision.chose == side] for side in FRAMEWORKS},
        questions=rulebook.questions,
        codes={decision.id: code_of(rulebook, decision.answers) for decision in decisions},
        verdicts=verdicts,
        comparable=comparable,
        same=[decision for decision in comparable if verdicts[decision.id].verdict == decision.chose],
    )
