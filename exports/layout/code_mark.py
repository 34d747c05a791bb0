"""The code at the foot of every page of a frozen document: a small QR code, the code itself, where it is checked.

It stands in the bottom margin, outside the decree's fields, and is never higher than 12 mm. The code is drawn once a
file; every page shows the same drawing.
"""

from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm

from exports.fonts import REGULAR, require
from exports.layout import preset
from exports.layout.qr import draw_code, quiet_edge
from exports.layout.sheet import Sheet

HEIGHT = 12 * mm
"""With the white around the QR code."""
BOTTOM = 4 * mm
"""From the edge of the sheet: most printers reach that far."""
SIZE, LEADING = 8.0, 10.0
INK = Color(0.35, 0.35, 0.35)
CALLED = require("Mã kiểm tra:")
CHECK_AT = require("Kiểm tra tại")
CHECK_THERE = require("Nhập mã tại trang /verify của cổng báo cáo để kiểm tra")
_FORM = "code"


class CodeMark:
    """The mark of one document."""

    def __init__(self, code: str, address: str) -> None:
        """``address`` is where the code is checked; without one the QR code holds the code alone."""
        self.content = address or code
        shown = address.removeprefix("https://").removeprefix("http://").removesuffix(f"/{code}")
        self.lines = (f"{CALLED} {code}", f"{CHECK_AT} {shown}" if address else CHECK_THERE)
        require(" ".join(self.lines))
        whole = quiet_edge(self.content, 1.0) * 2 + 1
        self.edge = HEIGHT / whole

    def draw(self, sheet: Sheet) -> None:
        """Draw it in the bottom right corner of the page."""
        if not sheet.hasForm(_FORM):
            sheet.beginForm(_FORM, 0, 0, self.edge, self.edge)
            draw_code(sheet, self.content, 0, 0, self.edge)
            sheet.endForm()
        right = sheet.page_size[0] - preset.RIGHT
        quiet = (HEIGHT - self.edge) / 2
        x, y = right - self.edge, BOTTOM + quiet
        sheet.saveState()
        sheet.translate(x, y)
        sheet.doForm(_FORM)
        sheet.restoreState()
        sheet.setFillColor(INK)
        sheet.setFont(REGULAR, SIZE)
        middle = y + self.edge / 2
        for number, line in enumerate(self.lines):
            sheet.drawRightString(x - quiet, middle + 1.5 - (number * LEADING), line)
        sheet.setFillColor(black)


__all__ = ["CodeMark"]
