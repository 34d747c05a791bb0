"""Chart geometry: a chart is worked out once, in points, and painted by three painters.

The page paints it as inline SVG (``templates/components/chart.html``), the paper through ``exports/layout/painter.py``,
the DOCX as a metafile (``exports/word/metafile.py``). All walk ``Chart.shapes`` in order and colour each shape by its
role (``core.tokens.CHART_FILLS``). The origin is the upper left corner and y grows downwards; a painter of paper turns
it over. Text is anchored on its baseline. Each chart carries the table behind it, so nobody needs the picture to read
the figures. What differs between page and paper is given: the width, and the widths of words in the painter's face.
"""

from core.chart.bars import Bar, horizontal_bars
from core.chart.heat import heat_table
from core.chart.stacked import StackedRow, round_shares, stacked_bars
from core.chart.trend import TrendPoint, trend_line
from core.chart.words import Measure, approximate_width, clip, wrap
from core.shapes import Chart, Dot, Line, Rect, Shape, Text

__all__ = [
    "Bar", "Chart", "Dot", "Line", "Measure", "Rect", "Shape", "StackedRow", "Text", "TrendPoint", "approximate_width",
    "clip", "heat_table", "horizontal_bars", "round_shares", "stacked_bars", "trend_line", "wrap",
]
