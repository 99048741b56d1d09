"""What real projects chose: all decisions on record, and those near to the answers of a result."""

from flask import current_app, render_template

from rules.decisions import Decision, nearest
from rules.judge import judge
from rules.rulebook import Answers

from .blueprint import bp, results
from .cache import cacheable
from .results.codes import code_of


@bp.get("/decisions")
@cacheable()
def decisions_page() -> str:
    """What real projects chose, with our verdict on the same answers, right or wrong."""
    rulebook, decisions = results.rulebook, _decisions()
    verdicts = {decision.id: judge(rulebook, decision.answers) for decision in decisions}
    comparable = [decision for decision in decisions if decision.comparable]
    return render_template(
        "decisions.html",
        decisions=decisions,
        moved=[decision for decision in decisions if decision.switched],
        stayed={
            side: [decision for decision in decisions if decision.chose == side and not decision.switched]
            for side in ("django", "flask")
        },
        questions=rulebook.questions,
        codes={decision.id: code_of(rulebook, decision.answers) for decision in decisions},
        verdicts=verdicts,
        comparable=comparable,
        same=[decision for decision in comparable if verdicts[decision.id].verdict == decision.chose],
    )


def decisions_near(answers: Answers) -> list[Decision]:
    """Up to three projects with answers like these."""
    return nearest(_decisions(), answers)


def _decisions() -> tuple[Decision, ...]:
    decisions: tuple[Decision, ...] = current_app.extensions["decisions"]
    return decisions
