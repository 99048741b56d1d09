"""The Nu HTML checker finds no error in any page or in the stylesheet."""

import shutil
import subprocess
from pathlib import Path

from .conftest import KINDS, MODULES, needed


def test_the_nu_checker_finds_no_error(kinds: dict[str, str], tmp_path: Path) -> None:
    java = needed(shutil.which("java"), "Java")
    checker = needed(MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar", "vnu-jar")
    assert set(KINDS) == set(kinds)
    for kind, html in kinds.items():
        (tmp_path / f"{kind}.html").write_text(html, "utf-8")
    checked = subprocess.run([java, "-jar", checker, "--errors-only", str(tmp_path)], capture_output=True, text=True)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_no_page_has_style_or_script_in_it(kinds: dict[str, str]) -> None:
    for kind, html in kinds.items():
        for inline in (" style=", "<style", " onclick=", "<script>", "javascript:"):
            assert inline not in html, (kind, inline)
