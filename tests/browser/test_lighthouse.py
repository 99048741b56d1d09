"""Lighthouse, in its mobile emulation, on the questionnaire and on a result."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from ..conftest import SHOP
from .conftest import CHROMIUM, CHROMIUM_FLAGS, MODULES, needed


@pytest.mark.parametrize(
    ("kind", "required"),
    [
        ("questionnaire", {"performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100}),
        ("result", {"performance": 99, "accessibility": 100, "best-practices": 100}),
    ],
)
def test_lighthouse_scores(
    address: str, served_app: Flask, tmp_path: Path, kind: str, required: dict[str, int]
) -> None:
    lighthouse = needed(MODULES / ".bin" / "lighthouse", "Lighthouse")
    chromium = needed(CHROMIUM, "Chromium")
    needed(shutil.which("node"), "Node.js")
    path = "/" if kind == "questionnaire" else served_app.test_client().post("/", data=SHOP).location
    report = tmp_path / "report.json"
    command = [
        lighthouse,
        address + path,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(required)}",
        f"--chrome-flags=--headless=new {' '.join(CHROMIUM_FLAGS)}",
    ]
    # Other tests use the machine too, so a page has six tries.
    for _ in range(6):
        run = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"CHROME_PATH": chromium})
        if run.returncode == 0:
            categories = json.loads(report.read_text("utf-8"))["categories"]
            scores = {name: round(100 * category["score"]) for name, category in categories.items()}
            if all(scores[name] >= least for name, least in required.items()):
                return
    raise AssertionError(run.stderr if run.returncode else scores)
