"""A chart as an enhanced metafile (EMF): vectors and words that every Word, LibreOffice and printer draws sharp.

Records follow the published format [MS-EMF]: little-endian, sizes in bytes, strings UTF-16. Units on the drawing are
1/100 point, so that no stroke is rounded away.
"""

import struct
from collections.abc import Callable

from core.chart import Chart, Dot, Line, Rect, Text
from core.tokens import chart_colour

FONT = "Times New Roman"
SCALE = 100
"""Units a point."""
_HUNDREDTHS_OF_MM = 2540 / 72
_NULL_BRUSH, _NULL_PEN = 0x80000005, 0x80000008
_HEADER, _EOF = 1, 14
_WINDOW, _WINDOW_ORIGIN, _VIEW, _VIEW_ORIGIN, _MAP_MODE = 9, 10, 11, 12, 17
_BACKGROUND, _TEXT_ALIGN, _TEXT_COLOUR = 18, 22, 24
_MOVE, _LINE, _SELECT, _DELETE = 27, 54, 37, 40
_PEN, _BRUSH, _FONT = 38, 39, 82
ELLIPSE, RECTANGLE, _WORDS = 42, 43, 84
_ON_BASELINE = 24
_DEVICE, _DEVICE_MM = (72_000, 72_000), (254, 254)
"""Ten inches either way, on which a unit is exactly 1/100 point."""
_SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}
Measure = Callable[[str, float, bool], float]
"""The width in points of a text at a size, bold or not."""


class Metafile:
    """Collects the records of one drawing of ``width`` × ``height`` points."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._records: list[bytes] = []
        wide, high = self._units(width), self._units(height)
        self._add(_MAP_MODE, "<I", 8)
        for kind in (_WINDOW_ORIGIN, _VIEW_ORIGIN):
            self._add(kind, "<ii", 0, 0)
        for kind in (_WINDOW, _VIEW):
            self._add(kind, "<ii", wide, high)
        self._add(_BACKGROUND, "<I", 1)
        self._add(_TEXT_ALIGN, "<I", _ON_BASELINE)

    @staticmethod
    def _units(points: float) -> int:
        return round(points * SCALE)

    def _add(self, kind: int, layout: str = "", *values: int, tail: bytes = b"") -> None:
        """Add a record; its length is a multiple of four."""
        body = (struct.pack(layout, *values) if layout else b"") + tail
        body += b"\0" * (-len(body) % 4)
        self._records.append(struct.pack("<II", kind, 8 + len(body)) + body)

    def _with(self, number: int, stock: int) -> None:
        """Draw with the object just made and nothing else."""
        self._add(_SELECT, "<I", number)
        self._add(_SELECT, "<I", stock)

    def fill(self, kind: int, colour: str, box: tuple[float, float, float, float]) -> None:
        """A filled rectangle or ellipse between two corners."""
        self._add(_BRUSH, "<IIII", 1, 0, _colour(colour), 0)
        self._with(1, _NULL_PEN)
        self._add(kind, "<iiii", *(self._units(edge) for edge in box))
        self._add(_SELECT, "<I", _NULL_BRUSH)
        self._add(_DELETE, "<I", 1)

    def stroke(self, colour: str, weight: float, ends: tuple[float, float, float, float]) -> None:
        """A straight stroke."""
        self._add(_PEN, "<IIiiI", 1, 0, max(self._units(weight), 1), 0, _colour(colour))
        self._with(1, _NULL_BRUSH)
        x1, y1, x2, y2 = (self._units(end) for end in ends)
        self._add(_MOVE, "<ii", x1, y1)
        self._add(_LINE, "<ii", x2, y2)
        self._add(_SELECT, "<I", _NULL_PEN)
        self._add(_DELETE, "<I", 1)

    def words(self, text: str, size: float, at: tuple[float, float], colour: str, *, bold: bool,
              steps: list[float]) -> None:
        """A line of words on its baseline; ``steps`` are the widths of its signs in points."""
        face = FONT.encode("utf-16-le").ljust(64, b"\0")
        weight = 700 if bold else 400
        font = struct.pack("<iiiiiBBBBBBBB", -self._units(size), 0, 0, 0, weight, 0, 0, 0, 1, 0, 0, 0, 0) + face
        font += b"\0" * (320 - len(font))  # names, then the older fields of EXTLOGFONTW, all unused
        self._add(_FONT, "<I", 1, tail=font)
        self._add(_SELECT, "<I", 1)
        self._add(_TEXT_COLOUR, "<I", _colour(colour))
        signs = text.encode("utf-16-le")
        count = len(signs) // 2
        padded = signs + b"\0" * (-len(signs) % 4)
        start = 76
        advances = b"".join(struct.pack("<I", self._units(step)) for step in steps[:count])
        head = struct.pack("<iiiiIffii", 0, 0, -1, -1, 2, 1.0, 1.0, self._units(at[0]), self._units(at[1]))
        head += struct.pack("<IIIiiiiI", count, start, 0, 0, 0, -1, -1, start + len(padded))
        self._add(_WORDS, tail=head + padded + advances)
        self._add(_SELECT, "<I", 0x8000000D)
        self._add(_DELETE, "<I", 1)

    def finish(self) -> bytes:
        """The whole file."""
        self._add(_EOF, "<III", 0, 0, 20)
        body = b"".join(self._records)
        wide, high = self._units(self.width), self._units(self.height)
        frame = (round(self.width * _HUNDREDTHS_OF_MM), round(self.height * _HUNDREDTHS_OF_MM))
        header = struct.pack("<iiii", 0, 0, wide, high) + struct.pack("<iiii", 0, 0, *frame)
        header += struct.pack("<IIII", 0x464D4520, 0x10000, 108 + len(body), len(self._records) + 1)
        header += struct.pack("<HHIIIiiii", 2, 0, 0, 0, 0, *_DEVICE, *_DEVICE_MM)
        header += struct.pack("<IIIii", 0, 0, 0, *(1000 * side for side in _DEVICE_MM))
        return struct.pack("<II", _HEADER, 8 + len(header)) + header + body


def _colour(text: str) -> int:
    """A colour as the format has it: "#0b6a66" is 0x00666a0b."""
    return int(text[5:7] + text[3:5] + text[1:3], 16)


def draw(chart: Chart, measure: Measure, clean: Callable[[str], str]) -> bytes:
    """The chart's picture; ``measure`` gives the width of a text, ``clean`` its printable form."""
    file = Metafile(chart.width, chart.height)
    for shape in chart.shapes:
        colour = chart_colour(shape.role)
        match shape:
            case Rect(x=x, y=y, width=width, height=height):
                file.fill(RECTANGLE, colour, (x, y, x + width, y + height))
            case Line(x1=x1, y1=y1, x2=x2, y2=y2, weight=weight):
                file.stroke(colour, weight, (x1, y1, x2, y2))
            case Dot(x=x, y=y, radius=radius):
                file.fill(ELLIPSE, colour, (x - radius, y - radius, x + radius, y + radius))
            case Text(text=text, size=size, bold=bold):
                words = clean(text)
                steps = [measure(sign, size, bold) for sign in words]
                left = shape.x - _SHARES[shape.anchor] * sum(steps)
                if words:
                    file.words(words, size, (left, shape.y), colour, bold=bold, steps=steps)
    return file.finish()
