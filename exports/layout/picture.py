"""Charts on paper: the geometry of ``core.chart`` painted with the papers' typeface and the shared colours."""

from reportlab.lib.colors import HexColor, black
from reportlab.pdfbase.pdfmetrics import stringWidth

from core.chart import Chart, Dot, Line, Rect, Text
from core.tokens import chart_colour
from exports.fonts import BOLD, REGULAR, printable
from exports.layout.preset import CAPTION
from exports.layout.sheet import Block, shift
from exports.layout.typesetter import Line as TextLine
from exports.layout.typesetter import balance

BELOW = 6.0
"""Space below a picture, points."""
_ANCHORS = {"start": "left", "middle": "centre", "end": "right"}


class Picture(Block):
    """A chart below its title, centred; a chart is never broken and is made smaller rather than cut.

    One without room waits for the next page while text goes on, up to the next part of the outline.
    """

    gap = 10.0
    may_wait = True

    def __init__(self, chart: Chart, number: str = "") -> None:
        super().__init__()
        self.chart = chart
        self.caption = f"{number}. {chart.title}" if number else chart.title
        self.most = 600.0
        """The most height in points of the picture without its title."""
        self._scale = 1.0
        self._caption_height = 0.0
        self._width = 0.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The height of the title and the picture."""
        self._width = width
        self._lines = balance(self.typesetter, self.caption, CAPTION, width)
        self._caption_height = len(self._lines) * CAPTION.leading + 6
        self._scale = min(width / self.chart.width, self.most / self.chart.height, 1.0)
        return width, self._caption_height + self.chart.height * self._scale + BELOW

    @property
    def lines(self) -> list[TextLine]:
        """The lines of the title, once they were broken."""
        return self._lines

    @property
    def scale(self) -> float:
        """How much smaller than its geometry the picture is drawn."""
        return self._scale

    def draw(self) -> None:
        """Write the title and paint the shapes in their order."""
        sheet, scale, chart = self.canv, self._scale, self.chart
        height = chart.height * scale + BELOW
        sheet.write_block(self._lines, CAPTION, 0, height + self._caption_height, self._width)
        sheet.saveState()
        sheet.translate((self._width - chart.width * scale) / 2, height)
        sheet.scale(scale, scale)
        for shape in chart.shapes:
            colour = HexColor(chart_colour(shape.role))
            match shape:
                case Rect():
                    sheet.setFillColor(colour)
                    sheet.rect(shape.x, -shape.y - shape.height, shape.width, shape.height, stroke=0, fill=1)
                case Line():
                    sheet.setStrokeColor(colour)
                    sheet.rules([(shape.x1, -shape.y1, shape.x2, -shape.y2)], shape.weight)
                case Dot():
                    sheet.setFillColor(colour)
                    sheet.circle(shape.x, -shape.y, shape.radius, stroke=0, fill=1)
                case Text():
                    sheet.setFillColor(colour)
                    self._write(shape)
        sheet.restoreState()
        sheet.setFillColor(black)

    def _write(self, shape: Text) -> None:
        """Write one line of the chart at its anchor."""
        face = BOLD if shape.bold else REGULAR
        text, length = self.typesetter.line(shape.text, face, shape.size)
        left = shape.x + shift(_ANCHORS[shape.anchor], 0.0, length)
        self.canv.write([(left, -shape.y, text)], face, shape.size)


def measure(text: str, size: float) -> float:
    """The width of ``text`` in the papers' face, for ``core.chart``."""
    width: float = stringWidth(printable(text)[0], REGULAR, size)
    return width
