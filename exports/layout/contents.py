"""The contents of a long document: its headings with their pages, and its appendices.

Decree 30/2020/NĐ-CP lets nothing stand before the head of the first page, so the contents follow the signature, on a
page of their own before the appendices. There all pages of the text are known: no second pass is needed.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import ActionFlowable, Flowable

from exports.fonts import BOLD, ITALIC, REGULAR, require
from exports.layout.address import AppendixHeading
from exports.layout.preset import Style
from exports.layout.sheet import Block, Entry
from exports.layout.typesetter import Line

LONG = 12
"""Pages of text beyond which a document has contents."""
DEEPEST = 1
"""The level of headings that is still listed: 0 is "I.", 1 is "1."."""
HEADING = require("MỤC LỤC")
APART = require("Mỗi phụ lục được đánh số trang riêng.")
TITLE = Style(face=BOLD, align="centre", leading=30)
STEP = 14.0
"""How far a heading of the second level is set in, points."""
LINE = Style(size=13, leading=19)
PAGES = 34.0
"""Room for page numbers at the right, points."""

_Row = tuple[Line, float, str, str, str]
"""A line, its start, its face, its page number ("" on lines before the last), and where it leads."""


class Contents(Block):
    """The list itself; empty in a short document."""

    def __init__(self, appendices: Sequence[AppendixHeading], rows: list[_Row] | None = None) -> None:
        super().__init__()
        self.appendices = appendices
        self.is_needed = rows is not None
        self._is_first = rows is None
        self._rows = rows
        self._width = 0.0

    @property
    def _ZEROSIZE(self) -> bool:  # noqa: N802 - ReportLab's name
        """Whether there is nothing to say, so that no page is opened for it."""
        return not self.is_needed

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The height of title and lines; nothing in a short document."""
        self._width = width
        if not self.is_needed:
            return width, 0.0
        if self._rows is None:
            self._rows = self._lay(width)
        return width, self._title_height() + LINE.leading * len(self._rows)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break between lines."""
        rows = self._rows or []
        fits = int((height - self._title_height()) / LINE.leading)
        if fits < 1:
            return []
        first = Contents(self.appendices, rows[:fits])
        first._is_first = self._is_first
        rest = Contents(self.appendices, rows[fits:])
        rest._is_first = False
        return [first, rest]

    def draw(self) -> None:
        """Write title, lines and page numbers, with dots between them and a link on each."""
        rows, width, sheet = self._rows or [], self._width, self.canv
        top = LINE.leading * len(rows) + self._title_height()
        if self._is_first and rows:
            sheet.bookmark(HEADING.capitalize(), 0, top)
            sheet.write_block([self.typesetter.line(HEADING, BOLD, TITLE.size)], TITLE, 0, top, width)
            top -= TITLE.leading
        for line, left, face, page, key in rows:
            baseline = top - LINE.rise
            sheet.write([(left, baseline, line[0])], face, LINE.size)
            if page:
                length = self.typesetter.line(page, REGULAR, LINE.size)[1]
                sheet.write([(width - length, baseline, page)], REGULAR, LINE.size)
                sheet.dots(left + line[1] + 4, width - PAGES + 8, baseline)
            if key:
                sheet.linkRect(line[0], key, (left, top - LINE.leading, width, top), relative=1, thickness=0)
            top -= LINE.leading

    def _title_height(self) -> float:
        return TITLE.leading if self._is_first else 0.0

    def _lay(self, width: float) -> list[_Row]:
        """Headings of the first levels, then the appendices, broken into lines."""
        rows: list[_Row] = []
        for entry in self.canv.entries:
            if entry.level <= DEEPEST:
                rows += self._lines(entry, STEP * entry.level, BOLD if entry.level == 0 else REGULAR, width)
        for number, heading in enumerate(self.appendices):
            rows += self._lines(Entry(heading.called, 0, heading.key(number), 0), 0.0, BOLD, width)
        if self.appendices:
            rows.append((self.typesetter.line(APART, ITALIC, LINE.size), 0.0, ITALIC, "", ""))
        return rows

    def _lines(self, entry: Entry, left: float, face: str, width: float) -> list[_Row]:
        """The lines of one entry; its page stands on the last."""
        style = Style(face=face, size=LINE.size, leading=LINE.leading)
        lines = self.typesetter.wrap(entry.title, style, width - left - PAGES)
        last = len(lines) - 1
        page = str(entry.page) if entry.page else ""
        return [(line, left, face, page if number == last else "", entry.key) for number, line in enumerate(lines)]


class Rehearsal(ActionFlowable):
    """Stands at the end of a text that is laid out for nothing but to learn its length and its headings' pages."""

    def __init__(self) -> None:
        super().__init__(())
        self.entries: tuple[Entry, ...] | None = None
        """The headings, when the text is long enough for contents."""

    def apply(self, doc: Any) -> None:
        """Ask how many pages the text has, and what stands on them."""
        self.entries = tuple(doc.canv.entries) if doc.part_page > LONG else None


class StartContents(ActionFlowable):
    """Decide on the last page of the text whether contents are needed, and open their page."""

    def __init__(self, contents: Contents) -> None:
        super().__init__(())
        self.contents = contents

    def apply(self, doc: Any) -> None:
        """Ask how many pages the text has."""
        if doc.part_page > LONG:
            self.contents.is_needed = True
            doc.handle_pageBreak()


__all__ = ["HEADING", "LONG", "Contents", "Rehearsal", "StartContents"]
