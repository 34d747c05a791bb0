"""The painter of charts on paper: the shapes of ``core.chart`` in their order, in the papers' typeface and colours."""

from functools import cache
from itertools import groupby

from reportlab.lib.colors import Color, HexColor, black
from reportlab.pdfbase.pdfmetrics import stringWidth

from core.chart import Chart, Dot, Line, Rect, Shape, Text
from core.tokens import chart_colour
from exports.fonts import BOLD, REGULAR, printable
from exports.layout.sheet import Sheet, shift
from exports.layout.typesetter import Typesetter

_ANCHORS = {"start": "left", "middle": "centre", "end": "right"}


def measure(text: str, size: float) -> float:
    """The width of ``text`` in the papers' face, for ``core.chart``."""
    width: float = stringWidth(printable(text)[0], REGULAR, size)
    return width


def paint(sheet: Sheet, typesetter: Typesetter, chart: Chart) -> None:
    """Paint the chart below the origin, one colour after another as its shapes stand; y grows upwards on paper."""
    for (kind, role), shapes in groupby(chart.shapes, key=lambda shape: (type(shape), shape.role)):
        colour = _colour(role)
        if kind is Line:
            sheet.setStrokeColor(colour)
        else:
            sheet.setFillColor(colour)
        for shape in shapes:
            _paint(sheet, typesetter, shape)
    sheet.setFillColor(black)
    sheet.setStrokeColor(black)


def _paint(sheet: Sheet, typesetter: Typesetter, shape: Shape) -> None:
    """Paint one shape in the colour that is set."""
    match shape:
        case Rect():
            sheet.rect(shape.x, -shape.y - shape.height, shape.width, shape.height, stroke=0, fill=1)
        case Line():
            sheet.rules([(shape.x1, -shape.y1, shape.x2, -shape.y2)], shape.weight)
        case Dot():
            sheet.circle(shape.x, -shape.y, shape.radius, stroke=0, fill=1)
        case Text():
            face = BOLD if shape.bold else REGULAR
            text, length = typesetter.line(shape.text, face, shape.size)
            left = shape.x + shift(_ANCHORS[shape.anchor], 0.0, length)
            sheet.write([(left, -shape.y, text)], face, shape.size)


@cache
def _colour(role: str) -> Color:
    """The ink of a role."""
    return HexColor(chart_colour(role))


__all__ = ["measure", "paint"]
