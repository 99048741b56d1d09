"""Decision records pass the linter of the repositories that they go into."""

import random
import shutil
import subprocess
from pathlib import Path

from flask import Flask

from questionnaire.results.codes import code_of
from rules import Rulebook

from ..conftest import SHOP, TIED, Answers
from .conftest import MODULES, needed

CONFIG = Path(__file__).parent / "records.markdownlint.yaml"


def test_markdownlint_with_the_rules_of_madr_finds_nothing_in_a_hundred_records(
    served_app: Flask, rulebook: Rulebook, every_answers: list[Answers], tmp_path: Path
) -> None:
    node = needed(shutil.which("node"), "Node.js")
    linter = needed(MODULES / "markdownlint-cli2" / "markdownlint-cli2-bin.mjs", "markdownlint-cli2")
    client = served_app.test_client()
    for answers in [SHOP, TIED, *random.Random(7).sample(every_answers, 100)]:
        path = f"{code_of(rulebook, answers)}.md"
        (tmp_path / path).write_text(client.get(f"/r/{path}").text, "utf-8")
    checked = subprocess.run(
        [node, linter, "--config", CONFIG, "*.md"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert (checked.returncode, checked.stderr) == (0, "")
