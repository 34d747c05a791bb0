"""Charts in the text of a paper: a title, and below it what ``core.chart`` has laid out."""

from reportlab.lib.colors import black

from core.chart import Chart
from exports.layout.painter import paint
from exports.layout.preset import CAPTION
from exports.layout.sheet import Block
from exports.layout.typesetter import Line as TextLine
from exports.layout.typesetter import balance

BELOW = 6.0
"""Space below a picture, points."""


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
        paint(sheet, self.typesetter, chart)
        sheet.restoreState()
        sheet.setFillColor(black)
