"""The README: what it says of the tree and of the verdicts is so."""

import re
from collections import Counter
from pathlib import Path

from rules.judge import judge
from rules.rulebook import Rulebook

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_names_every_module() -> None:
    modules = {path.name for folder in ("rules", "questionnaire") for path in (ROOT / folder).glob("*.py")}
    assert modules - {"__init__.py"} <= set(re.findall(r"\w+\.py", README))


def test_the_readme_gives_the_shares_of_the_verdicts(rulebook: Rulebook, every_answers: list[dict[str, str]]) -> None:
    judgements = [judge(rulebook, answers) for answers in every_answers]
    verdicts = Counter(judgement.verdict for judgement in judgements)
    level = sum(judgement.voices.django == judgement.voices.flask for judgement in judgements)
    flask, django, even = (
        f"{count / len(judgements):.1%}".replace("%", " %") for count in (verdicts["flask"], verdicts["django"], level)
    )
    said = " ".join(README.split())
    assert f"{flask} go to Flask and {django} to Django; in {even} the voices are level" in said
