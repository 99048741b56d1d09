"""Pictures of every kind of page that matters, to be looked at: `pytest tests/browser/screenshots.py`.

They are written to tests/browser/screenshots/, light and dark, on a phone and on a desktop.
"""

from pathlib import Path

import pytest

from .conftest import Show

FOLDER = Path(__file__).parent / "screenshots"
SHOWN = [
    "questionnaire", "error-422", "error-404", "clear", "flask", "leaning", "tied", "empty", "compare", "compare-four",
    "map", "rules", "sources",
]  # fmt: skip
WINDOWS = {"phone": (390, 844), "desktop": (1280, 800)}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", SHOWN)
def test_write(show: Show, kind: str, scheme: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    for device, (width, height) in WINDOWS.items():
        page = show(kind, viewport={"width": width, "height": height}, color_scheme=scheme)
        page.screenshot(path=FOLDER / f"{kind}-{scheme}-{device}.png", full_page=device == "phone")
