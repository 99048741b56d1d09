"""Preview cards: the pictures that chats and issue threads show beside a link."""

import textwrap
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from rules.positions import Stance
from rules.recommendation import Recommendation

from . import texts

Draw = ImageDraw.ImageDraw

WIDTH, HEIGHT = 1200, 630
MARGIN = 64
FULL = WIDTH - 2 * MARGIN

GROUND, INK, QUIET, LINE = "#fdfcfa", "#1c1e21", "#565b62", "#d9d6cf"
COLOURS = {"django": "#0b5d3f", "flask": "#5a3a9e"}
ROW, FIRST_ROW = 48, 362
CELL_WIDTH, CELL_HEIGHT = 88, 38


def result_card(result: Recommendation) -> bytes:
    """A PNG with the verdict, its strength, the answers, and the position of each source beside them."""
    colour = COLOURS.get(texts.tone(result), QUIET)
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 28, HEIGHT), colour)
    _write(draw, (MARGIN, 36), "Django or Flask?", 40, QUIET)
    _write(draw, (MARGIN, 76), texts.heading(result), 120, colour, bold=True)
    _write(draw, (MARGIN, 216), texts.grounds(result), 50, INK)
    if caveats := texts.caveats(result):
        _write(draw, (MARGIN, 274), " ".join(caveats), 28, QUIET)
    grid = WIDTH - MARGIN - len(result.sources) * (CELL_WIDTH + 8) + 8
    for column, source in enumerate(result.sources):
        _name(draw, grid + column * (CELL_WIDTH + 8) + CELL_WIDTH / 2, source.name)
    draw.line((MARGIN, FIRST_ROW - 12, WIDTH - MARGIN, FIRST_ROW - 12), LINE, 2)
    for row, finding in enumerate(result.findings):
        top = FIRST_ROW + row * ROW
        _write(draw, (MARGIN, top), f"{finding.name}: {finding.label}", 34, INK, fit=grid - MARGIN - 24)
        for column, position in enumerate(finding.positions):
            # On an answer that was left open, no article is silent: none is asked.
            if finding.rules:
                _cell(draw, grid + column * (CELL_WIDTH + 8), top, position.stance)
    file = BytesIO()
    image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _write(
    draw: Draw, place: tuple[int, int], text: str, size: int, colour: str, *, bold: bool = False, fit: int = FULL
) -> None:
    """Write one line, smaller if it would be wider than `fit` pixels."""
    text = textwrap.shorten(text, 200)
    width = draw.textlength(text, ImageFont.load_default(size))
    font = ImageFont.load_default(min(size, size * fit / width))
    draw.text(place, text, colour, font, stroke_width=size // 60 if bold else 0, stroke_fill=colour)


def _name(draw: Draw, centre: float, name: str) -> None:
    """Write the name of a source over its column, in up to two lines."""
    lines = name.replace(" ", "\n", 1)
    width = draw.multiline_textbbox((0, 0), lines, ImageFont.load_default(20))[2]
    # The name of an archived source may be of any length.
    font = ImageFont.load_default(max(1, min(20, 20 * CELL_WIDTH / width)))
    draw.multiline_text((centre, FIRST_ROW - 16), lines, QUIET, font, anchor="md", align="center")


def _cell(draw: Draw, left: int, top: int, stance: Stance) -> None:
    box = (left, top, left + CELL_WIDTH, top + CELL_HEIGHT)
    filled = COLOURS.get(stance)
    # As on the page, the shape tells the frameworks apart without colour.
    radius = CELL_HEIGHT // 2 if stance == "flask" else 8
    draw.rounded_rectangle(box, radius, filled, None if filled else LINE, 0 if filled else 2)
    centre = (left + CELL_WIDTH / 2, top + CELL_HEIGHT / 2)
    # The font has no dash.
    sign, font = texts.SIGNS[stance].replace("–", "-"), ImageFont.load_default(32)
    draw.text(centre, sign, GROUND if filled else QUIET, font, anchor="mm")
