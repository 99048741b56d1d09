"""Who imports whom: the thinking side knows nothing of web or database, and stored results nothing of Flask."""

import subprocess
import sys

import pytest

from .support.servers import ROOT

FORBIDDEN = {
    "rules": {"flask", "werkzeug", "jinja2", "wtforms", "sqlalchemy", "questionnaire"},
    "questionnaire/results": {"flask", "werkzeug", "jinja2", "wtforms"},
}

# questionnaire/__init__.py imports Flask, so it is left out: a stand-in holds its place.
IMPORT_ALL = """
import importlib, sys, types
package = types.ModuleType("questionnaire")
package.__path__ = ["questionnaire"]
if sys.argv[1].startswith("questionnaire"):
    sys.modules["questionnaire"] = package
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*sys.modules)
"""


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_a_layer_imports_nothing_from_the_layers_above(folder: str) -> None:
    paths = [path.relative_to(ROOT).with_suffix("") for path in (ROOT / folder).glob("*.py")]
    names = [".".join(path.parts).removesuffix(".__init__") for path in paths]
    assert len(names) >= 4
    run = subprocess.run([sys.executable, "-c", IMPORT_ALL, *names], cwd=ROOT, capture_output=True, text=True)
    assert run.stderr == ""
    loaded = {name.partition(".")[0] for name in run.stdout.split()}
    assert "rules" in loaded
    assert loaded & FORBIDDEN[folder] == set()
