"""Pictures of every kind of page that matters, to be looked at: `pytest tests/browser/screenshots.py`.

They are written to tests/browser/screenshots/, light and dark, on a phone and on a desktop.
"""

from pathlib import Path

import pytest

from .conftest import Show

FOLDER = Path(__file__).parent / "screenshots"
SHOWN = ["questionnaire", "error-422", "error-404", "clear", "flask", "leaning", "tied", "compare", "rules", "sources"]
WIDTHS = {"phone": 390, "desktop": 1000}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", SHOWN)
def test_write(show: Show, kind: str, scheme: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    for device, width in WIDTHS.items():
        page = show(kind, viewport={"width": width, "height": 860}, color_scheme=scheme)
        page.screenshot(path=FOLDER / f"{kind}-{scheme}-{device}.png", full_page=device == "phone")
