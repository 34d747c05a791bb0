"""A heat table: counts by row and column, the more the deeper; nothing at all is marked, not left pale."""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor, white

from core.heat import heat_step
from core.numbers import format_integer
from core.tokens import LIGHT
from exports.layout.board import CUT_NOTE, INK, MUTED, TITLE, Zone, centred, clipped
from exports.layout.preset import Style
from exports.layout.sheet import Ink
from exports.layout.typesetter import Line

HEAD = Style(size=9, leading=11, align="centre")
CELL = Style(size=10, leading=12)
NAME_SHARE = 0.24
ROW = 17.0
MOST_COLUMNS = 10
MOST_HEAD_LINES = 4
STEPS = tuple(HexColor(colour) for colour in ("#f4f8f7", LIGHT.jade_soft, "#b9d9d6", "#7fb9b5", LIGHT.jade))
"""From few to many; figures on the deepest are white."""
NONE_FILL = HexColor(LIGHT.lacquer_soft)
LACQUER = HexColor(LIGHT.lacquer)


class HeatZone(Zone):
    """Rows (name, counts) by columns; rows and columns without room are counted below."""

    is_elastic = True

    def __init__(
        self, title: str, columns: Sequence[str], rows: Sequence[tuple[str, tuple[int, ...]]], nothing: str
    ) -> None:
        super().__init__()
        self.title = title
        self.columns = columns[:MOST_COLUMNS]
        self.hidden_columns = len(columns) - len(self.columns)
        self.rows = rows
        self.nothing = nothing
        self._shown = 0
        self._heads: list[list[Line]] = []
        self._head_height = 0.0
        self._size = (0.0, 0.0)

    def fit(self, width: float, room: float) -> float:
        """As many rows as fit below the heads."""
        setter = self.typesetter
        column = self._column(width)
        self._heads = [
            clipped(setter, setter.wrap(name, HEAD, column - 4), HEAD, column - 4, MOST_HEAD_LINES)
            for name in self.columns
        ]
        self._head_height = max((len(lines) for lines in self._heads), default=1) * HEAD.leading + 4
        fixed = TITLE.leading + self._head_height + CUT_NOTE.leading
        self._shown = min(max(int((room - fixed) / ROW), 0), len(self.rows)) if self.columns else 0
        self._size = width, fixed + self._shown * ROW
        return self._size[1]

    def _column(self, width: float) -> float:
        return width * (1 - NAME_SHARE) / max(len(self.columns), 1)

    def draw(self) -> None:
        """Paint the cells, then write names, figures and what was left out."""
        width, height = self._size
        sheet, setter = self.canv, self.typesetter
        sheet.setFillColor(INK)
        top = sheet.write_block([setter.line(self.title, TITLE.face, TITLE.size)], TITLE, 0, height, width)
        column, names = self._column(width), width * NAME_SHARE
        for number, lines in enumerate(self._heads):
            free = self._head_height - len(lines) * HEAD.leading - 2
            sheet.write_block(lines, HEAD, names + number * column + 2, top - free, column - 4)
        top -= self._head_height
        self._paint(top, names, column)
        sheet.setFillColor(MUTED)
        line = setter.line(self._last_words(), CUT_NOTE.face, CUT_NOTE.size)
        sheet.write_block([line], CUT_NOTE, 0, top - self._shown * ROW, width)

    def _paint(self, top: float, names: float, column: float) -> None:
        """Fill the cells of the shown rows and write their figures in three inks."""
        sheet, setter = self.canv, self.typesetter
        shown = self.rows[: self._shown]
        most = max((count for _, counts in shown for count in counts), default=0) or 1
        size = self._figure_size(most, column)
        inks: dict[str, list[Ink]] = {"dark": [], "light": [], "none": []}
        names_inked: list[Ink] = []
        for place, (name, counts) in enumerate(shown):
            bottom = top - (place + 1) * ROW
            baseline = bottom + 5
            label = clipped(setter, setter.wrap(name, CELL, names - 6), CELL, names - 6, 1)
            names_inked += [(0.0, baseline, text) for text, _ in label]
            for number, count in enumerate(counts[: len(self.columns)]):
                step = heat_step(count, most) - 1
                sheet.setFillColor(STEPS[step] if count else NONE_FILL)
                sheet.rect(names + number * column, bottom, column - 1, ROW - 1, stroke=0, fill=1)
                text = setter.line(format_integer(count), CELL.face, size)
                ink = "none" if not count else "light" if step == len(STEPS) - 1 else "dark"
                inks[ink].append((centred(text, names + number * column, column - 1), baseline, text[0]))
        for ink, colour in (("dark", INK), ("light", white), ("none", LACQUER)):
            sheet.setFillColor(colour)
            if inks[ink]:
                sheet.write(inks[ink], CELL.face, size)
        sheet.setFillColor(INK)
        if names_inked:
            sheet.write(names_inked, CELL.face, CELL.size)

    def _figure_size(self, most: int, column: float) -> float:
        """The size at which the largest figure stands in its cell."""
        length = self.typesetter.line(format_integer(most), CELL.face, CELL.size)[1]
        return min(CELL.size, CELL.size * (column - 3) / length)

    def _last_words(self) -> str:
        """What the colours mean and what has no room here."""
        if not self.rows or not self.columns:
            return self.nothing
        hidden = len(self.rows) - self._shown
        more = [f"… và {hidden} địa bàn, khối đơn vị khác"] if hidden else []
        more += [f"… và {self.hidden_columns} nội dung khác"] if self.hidden_columns else []
        return ". ".join([*more, "Ô đỏ: chưa có hoạt động nào"]) + "."
