"""The README: what it says of the tree and of the verdicts is true."""

import re
from collections import Counter

from rules import Rulebook
from rules.judge import judge

from .conftest import Answers
from .support.servers import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_the_tree_of_the_readme_is_the_tree() -> None:
    tree = README.partition("## Tree")[2].partition("## ")[0]
    folders, named = list[str](), set[str]()
    for indent, name in re.findall(r"^    ( *)([\w./]+) ", tree, re.MULTILINE):
        del folders[len(indent) // 2 :]
        if name.endswith("/"):
            folders.append(name)
        else:
            named.add("".join(folders) + name)
    modules = [path for folder in ("rules", "questionnaire") for path in (ROOT / folder).rglob("*.py")]
    assert named == {"app.py", *(str(path.relative_to(ROOT)) for path in modules if path.name != "__init__.py")}


def test_the_readme_counts_the_verdicts(rulebook: Rulebook, every_answers: list[Answers]) -> None:
    judgements = [judge(rulebook, answers) for answers in every_answers]
    counts = Counter[str](judgement.verdict for judgement in judgements)
    ties = sum(judgement.strength == "tie" for judgement in judgements)
    text = " ".join(README.split())
    assert f"{counts['flask']:,} go to Flask and {counts['django']:,} to Django; {ties} of them are ties" in text
