"""The measures of official paper: Decree 30/2020/NĐ-CP, annex I, read from data/layout/nd30.json.

Lengths are points unless a name ends in ``_mm``. Where the decree gives a range, the file's "use" is taken.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib.units import mm

from exports.fonts import BOLD, ITALIC, REGULAR

FILE = Path(__file__).resolve().parent.parent.parent / "data" / "layout" / "nd30.json"
_LAYOUT: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
_MARGINS = {side: float(range_["use"]) * mm for side, range_ in _LAYOUT["page"]["margins"].items()}

PAGE_WIDTH = float(_LAYOUT["page"]["width"]) * mm
PAGE_HEIGHT = float(_LAYOUT["page"]["height"]) * mm
TOP, BOTTOM, LEFT, RIGHT = (_MARGINS[side] for side in ("top", "bottom", "left", "right"))
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM
LANDSCAPE_WIDTH = PAGE_HEIGHT - LEFT - RIGHT
PAGE_NUMBER_SIZE = float(_LAYOUT["page_number"]["size"]["use"])
SIGNATURE_ROOM = 35 * mm
"""Room for the signature and the seal (a province's seal is 36 mm across)."""

BODY_SIZE = float(_LAYOUT["body"]["size"]["use"])
BODY_LEADING = 18.0
INDENT = float(_LAYOUT["body"]["first_line_indent_use"]) * mm
PARAGRAPH_GAP = float(_LAYOUT["body"]["paragraph_gap_min_pt"])


@dataclass(frozen=True, slots=True)
class Style:
    """How lines are set. ``gap`` is the space above, ``first`` the indent of the first line, ``left`` of all."""

    face: str = REGULAR
    size: float = BODY_SIZE
    leading: float = BODY_LEADING
    align: str = "left"
    """"left", "centre", "right" or "justify"."""
    first: float = 0.0
    left: float = 0.0
    gap: float = 0.0

    @property
    def rise(self) -> float:
        """From the top of a line to its baseline: the letters stand in the middle of the leading."""
        return (self.leading + 0.675 * self.size) / 2


BODY = Style(align="justify", first=INDENT, gap=PARAGRAPH_GAP)
BASIS = Style(face=ITALIC, align="justify", first=INDENT, gap=PARAGRAPH_GAP)
SECTION = Style(face=BOLD, first=INDENT, gap=PARAGRAPH_GAP)
POINT = Style(first=INDENT, gap=PARAGRAPH_GAP)
UNSAID = Style(face=ITALIC, first=INDENT, gap=PARAGRAPH_GAP)
CAPTION = Style(face=BOLD, size=13, leading=16, align="centre", gap=PARAGRAPH_GAP)
NOTE = Style(face=ITALIC, size=11, leading=14, align="justify", gap=4)
KIND = Style(face=BOLD, align="centre")
REFERENCE = Style(face=ITALIC, align="centre")
TITLE = Style(face=BOLD, size=14, leading=18, align="centre")
REGULAR_LINE = Style()
