"""The sheet of paper: a canvas that knows its typesetter and writes lines, and the template of official pages.

All ink of the documents goes through ``Sheet.write`` and ``Sheet.rules``; blocks paint themselves in their own
coordinates (origin at the lower left of the block, as ReportLab hands it over).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Protocol

from reportlab.lib.colors import Color, black
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject
from reportlab.platypus import ActionFlowable, BaseDocTemplate, Flowable, Frame, PageTemplate

from exports.fonts import BOLD, REGULAR, require
from exports.layout import preset
from exports.layout.preset import Style
from exports.layout.typesetter import MOST_WORDS, Line, Typesetter

Ink = tuple[float, float, str]
"""A line's start, its baseline and its text."""
Rule = tuple[float, float, float, float]

PORTRAIT = "portrait"
LANDSCAPE = "landscape"
HAIRLINE = 0.5
DRAFT_MARK = require("DỰ THẢO")
DRAFT_INK = Color(0.45, 0.45, 0.45)
CREATOR = require("Cổng báo cáo tuyên truyền cải cách hành chính")


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading as the contents list it: ``level`` from 0, the page within its part, the name of its bookmark."""

    title: str
    level: int
    key: str
    page: int


class Run(PDFTextObject):
    """A run of text that remembers how strings are encoded; those of a table come back again and again.

    Encoding is half the cost of a table. Only strings written wholly in the font's first subset are remembered,
    so that nothing depends on what was written before.
    """

    _canvas: "Sheet"
    _fontname: str
    _curSubset: int  # noqa: N815 - ReportLab's name

    def _formatText(self, text: str) -> str:  # noqa: N802 - ReportLab's name
        sheet = self._canvas
        known = sheet.encoded.get((self._fontname, text))
        if known is not None and self._curSubset == 0:
            return known
        before = self._curSubset
        code: str = super()._formatText(text)  # type: ignore[misc]  # the stubs leave it out
        if before == 0 and self._curSubset == 0 and len(sheet.encoded) < MOST_WORDS:
            sheet.encoded[(self._fontname, text)] = code
        return code


class Sheet(Canvas):
    """A ReportLab canvas with one typesetter, on which lines of text are written many at a time."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.update(initialFontName=REGULAR, lang="vi")
        super().__init__(*args, **options)
        self.typesetter = Typesetter()
        self._bookmarks = 0
        self._outline_level = -1
        self.entries: list[Entry] = []
        """Headings that were drawn so far."""
        self.encoded: dict[tuple[str, str], str] = {}
        """How strings are written in a face, by face and string."""

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height of the page in points."""
        width, height = self._pagesize  # type: ignore[attr-defined]  # the stubs leave it out
        return width, height

    def write(self, lines: Iterable[Ink], face: str, size: float) -> None:
        """Write ready lines (start, baseline, text) in one face and size."""
        text = Run(self)
        text.setFont(face, size)
        for x, y, line in lines:
            text.setTextOrigin(x, y)
            text.textLine(line)
        self.drawText(text)

    def write_spread(self, lines: Iterable[tuple[float, float, str, float]], face: str, size: float) -> None:
        """Write lines whose blanks are widened by the fourth value (justified prose)."""
        text = Run(self)
        text.setFont(face, size)
        for x, y, line, spread in lines:
            text.setTextOrigin(x, y)
            text.setWordSpace(spread)
            text.textLine(line)
        self.drawText(text)

    def write_block(self, lines: Sequence[Line], style: Style, x: float, top: float, width: float) -> float:
        """Write broken lines from ``top`` down, aligned within ``width``; returns the bottom."""
        baseline = top - style.rise
        inked = []
        for text, length in lines:
            inked.append((x + style.left + shift(style.align, width - style.left, length), baseline, text))
            baseline -= style.leading
        if inked:
            self.write(inked, style.face, style.size)
        return top - style.leading * len(lines)

    def bookmark(self, title: str, level: int, height: float, key: str = "") -> None:
        """Set a bookmark at ``height`` of the block that is drawn, and an entry of the file's outline.

        An entry stands at most one level below the one before it, whatever the outline's author left out.
        """
        self._bookmarks += 1
        key = key or f"b{self._bookmarks}"
        self.entries.append(Entry(title, level, key, getattr(getattr(self, "_doctemplate", None), "part_page", 0)))
        self.bookmarkHorizontalAbsolute(key, self.absolutePosition(0, height)[1])
        self._outline_level = min(level, self._outline_level + 1)
        self.addOutlineEntry(title, key, self._outline_level)

    def dots(self, left: float, right: float, baseline: float) -> None:
        """Draw a row of dots on a line, from a heading to its page number; nothing where there is no room."""
        if right - left < 6:
            return
        self.saveState()
        self.setDash(0.8, 3)
        self.rules([(left, baseline + 0.6, right, baseline + 0.6)], 0.8)
        self.restoreState()

    def rules(self, lines: Iterable[Rule], weight: float = HAIRLINE) -> None:
        """Draw straight rules."""
        self.setLineWidth(weight)
        path = self.beginPath()
        for x1, y1, x2, y2 in lines:
            path.moveTo(x1, y1)
            path.lineTo(x2, y2)
        self.drawPath(path)


def shift(align: str, width: float, length: float) -> float:
    """How far a line of ``length`` stands from the left of ``width``."""
    if align == "centre":
        return (width - length) / 2
    return width - length if align == "right" else 0.0


class Block(Flowable):
    """A flowable whose canvas is a ``Sheet``; ``gap`` is the space that it wants above itself."""

    gap: float = 0.0
    may_wait: bool = False
    """Whether text that follows may stand above the block, so that it leaves no hole at the foot of a page."""
    may_overtake: bool = False
    """Whether the block may stand above one that waits for the next page."""
    clings: bool = False
    """Whether the block belongs to the text before it, which then does not leave it."""
    canv: Sheet

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """The space above the block in points."""
        return self.gap

    @property
    def typesetter(self) -> Typesetter:
        """The typesetter of the document that the block stands in."""
        return self.canv.typesetter


class StartPart(ActionFlowable):
    """Begin a part whose pages are numbered from 1 again, the number hidden on its first page."""

    def __init__(self, orientation: str) -> None:
        super().__init__(())
        self.orientation = orientation

    def apply(self, doc: Any) -> None:
        """Tell the template; the page break that follows begins the part."""
        doc.part_page = 0
        doc.handle_nextPageTemplate(self.orientation)


class FootMark(Protocol):
    """What stands small in the bottom margin of every page."""

    def draw(self, sheet: Sheet) -> None:
        """Draw it on the page at hand."""


class OfficialTemplate(BaseDocTemplate):
    """Pages of Decree 30/2020: margins, page number centred in the top margin, the mark of a draft at the foot."""

    def __init__(self, title: str, author: str, subject: str, is_draft: bool,
                 mark: "FootMark | None" = None) -> None:
        self.buffer = BytesIO()
        super().__init__(
            self.buffer,
            title=title,
            author=author,
            subject=subject,
            creator=CREATOR,
            invariant=1,
            pageCompression=1,
            allowSplitting=1,
        )
        self.part_page = 0
        self.is_draft = is_draft
        self.mark = mark
        self.addPageTemplates([_page(PORTRAIT), _page(LANDSCAPE)])

    def handle_pageBegin(self) -> None:  # noqa: N802 - ReportLab's name
        """Count the page of the part before its number is drawn."""
        self.part_page += 1
        super().handle_pageBegin()

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        """Place the next block; text goes ahead of pictures that have no room left on the page."""
        place = 0
        while place < len(flowables) and getattr(flowables[place], "may_wait", False):
            place += 1
        if 0 < place < len(flowables) and getattr(flowables[place], "may_overtake", False):
            is_led = place + 1 < len(flowables) and getattr(flowables[place + 1], "clings", False)
            if not is_led and not self._has_room(flowables[0]):
                flowables.insert(0, flowables.pop(place))
        super().handle_flowable(flowables)

    def _has_room(self, block: Flowable) -> bool:
        """Whether the block fits what is left of the page."""
        frame: Any = self.frame
        room = frame._y - frame._y1p - (0 if frame._atTop else block.getSpaceBefore())
        return bool(block.wrapOn(self.canv, frame._aW, room)[1] <= room)

    def print(self, story: list[Flowable], sheet: type[Sheet] = Sheet) -> bytes:
        """Lay the story out once and return the file; equal stories give equal bytes."""
        self.build(story, canvasmaker=sheet)
        return self.buffer.getvalue()


def _page(orientation: str) -> PageTemplate:
    """A page of one orientation with one frame inside the decree's margins."""
    width, height = preset.PAGE_WIDTH, preset.PAGE_HEIGHT
    if orientation == LANDSCAPE:
        width, height = height, width
    frame = Frame(
        preset.LEFT,
        preset.BOTTOM,
        width - preset.LEFT - preset.RIGHT,
        height - preset.TOP - preset.BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    return PageTemplate(id=orientation, frames=[frame], pagesize=(width, height), onPage=_paint_margins)


def _paint_margins(canvas: Any, doc: Any) -> None:
    """Draw the page number from the second page of a part on, and the mark of a draft."""
    width, height = canvas.page_size
    if doc.part_page > 1:
        baseline = height - preset.TOP / 2 - 0.34 * preset.PAGE_NUMBER_SIZE
        canvas.setFont(REGULAR, preset.PAGE_NUMBER_SIZE)
        canvas.drawCentredString(width / 2, baseline, str(doc.part_page))
    if doc.is_draft:
        canvas.setFont(BOLD, 11)
        canvas.setFillColor(DRAFT_INK)
        canvas.drawCentredString(width / 2, 9 * mm, DRAFT_MARK)
        canvas.setFillColor(black)
    if doc.mark is not None:
        doc.mark.draw(canvas)
