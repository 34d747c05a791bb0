"""A heat table as a zone of a page: the geometry of ``core.chart`` with as many rows as have room."""

from collections.abc import Sequence
from dataclasses import replace

from core.chart import Chart, heat_table
from core.chart.heat import ROW
from core.heat import Heat, HeatRow, heat_of_counts
from exports.layout.board import CUT_NOTE, INK, MUTED, TITLE, Zone
from exports.layout.painter import measure, paint

MOST_COLUMNS = 10
MOST_HEAD_LINES = 4


class HeatZone(Zone):
    """Rows (name, counts) by columns, a line a row; rows and columns without room are counted below."""

    is_elastic = True

    def __init__(
        self, title: str, columns: Sequence[str], rows: Sequence[tuple[str, tuple[int, ...]]], nothing: str
    ) -> None:
        super().__init__()
        self.title = title
        self.heat = heat_of_counts(columns, rows)
        self.nothing = nothing
        self._shown = 0
        self._chart: Chart | None = None
        self._size = (0.0, 0.0)

    def fit(self, width: float, room: float) -> float:
        """As many rows as fit below the heads; tints stay those of the whole table."""
        fixed = TITLE.leading + CUT_NOTE.leading
        if self.heat.columns:
            free = room - fixed - self._lay_out(width, 0).height
            self._shown = min(max(int(free / ROW), 0), len(self.heat.rows))
            self._chart = self._lay_out(width, self._shown)
        self._size = width, fixed + (self._chart.height if self._chart else 0.0)
        return self._size[1]

    def _lay_out(self, width: float, count: int) -> Chart:
        """The first ``count`` rows."""
        return heat_table(self.title, self.title, _part(self.heat, count), head="", width=width, name_lines=1,
                          head_lines=MOST_HEAD_LINES, measure=measure)

    def draw(self) -> None:
        """Write the title, paint the table, then say what was left out."""
        width, height = self._size
        sheet, setter = self.canv, self.typesetter
        sheet.setFillColor(INK)
        top = sheet.write_block([setter.line(self.title, TITLE.face, TITLE.size)], TITLE, 0, height, width)
        if self._chart:
            sheet.saveState()
            sheet.translate(0, top)
            paint(sheet, setter, self._chart)
            sheet.restoreState()
        sheet.setFillColor(MUTED)
        line = setter.line(self._last_words(), CUT_NOTE.face, CUT_NOTE.size)
        sheet.write_block([line], CUT_NOTE, 0, CUT_NOTE.leading, width)

    def _last_words(self) -> str:
        """What the colours mean and what has no room here."""
        if not self.heat.rows or not self.heat.columns:
            return self.nothing
        hidden, columns = len(self.heat.rows) - self._shown, len(self.heat.columns) - MOST_COLUMNS
        more = [f"… và {hidden} địa bàn, khối đơn vị khác"] if hidden else []
        more += [f"… và {columns} nội dung khác"] if columns > 0 else []
        return ". ".join([*more, "Ô đỏ có khung: chưa có hoạt động nào"]) + "."


def _part(heat: Heat, count: int) -> Heat:
    """The first ``count`` rows and the first columns, tinted as they are in the whole."""
    rows = tuple(HeatRow(row.label, row.counts[:MOST_COLUMNS], row.steps[:MOST_COLUMNS]) for row in heat.rows[:count])
    return replace(heat, columns=heat.columns[:MOST_COLUMNS], rows=rows)


__all__ = ["HeatZone"]
