"""Leadership's summary: exactly two pages, whatever happened in the period.

Page one says how things stand (facts, sentences, satisfaction); page two where to look (who is late, what is not
covered, through which channels). It is a working paper for a meeting, so it carries no letterhead.
"""

from collections.abc import Sequence

from reportlab.platypus import PageBreak

from exports.layout.board import CUT_NOTE, MUTED, Board, CodesZone, PictureZone, TitleZone, Zone, clipped
from exports.layout.heat import HeatZone
from exports.layout.picture import Picture
from exports.layout.sheet import OfficialTemplate, Sheet
from exports.layout.typesetter import Line
from exports.layout.zones import FactsZone, ListZone, SentencesZone
from exports.pictures import channel_picture, satisfaction_picture
from queries.document import SummaryDocument

MOST_BARS = 6
MOST_PICTURE = 225.0
"""The most height of a chart, points."""
LATE = "Đơn vị chưa nộp hoặc nộp chậm"
NOBODY_LATE = "Không có đơn vị nào chưa nộp hoặc nộp chậm."
MODELS = "Mô hình hay nên nhân rộng"
MOST_MODELS = 110.0
"""The most height of the list of good models, points."""
NO_COVERAGE = "Chưa có hoạt động nào được ghi nhận."
"""Said in place of an empty table."""


def build(document: SummaryDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The summary as a PDF file of two pages."""
    satisfaction = satisfaction_picture(
        _caption(document.satisfaction_caption, document.satisfaction), document.satisfaction[:MOST_BARS]
    )
    channels = channel_picture(
        _caption(document.channels_caption, document.channels), document.channels[:MOST_BARS]
    )
    first = Board(
        TitleZone(document.agency, document.title, document.period),
        FactsZone(document.facts),
        SentencesZone(document.sentences),
        *_zones(satisfaction),
    )
    second = Board(
        ListZone(f"{LATE} ({len(document.late)})" if document.late else LATE, document.late, NOBODY_LATE),
        HeatZone(document.coverage_caption, document.coverage_columns, document.coverage, NO_COVERAGE),
        *_models(document.models),
        *_zones(channels),
        *_notes(document.notes),
        CodesZone(),
    )
    template = OfficialTemplate(document.title, document.agency, document.period, is_draft=False)
    return template.print([first, PageBreak(), second], sheet)


class ModelsZone(ListZone):
    """Good models with their units on a few lines, so that the other zones of the page keep their room."""

    is_elastic = False
    OTHERS = "mô hình khác"

    def fit(self, width: float, room: float) -> float:
        """Two or three models a column."""
        return super().fit(width, min(room, MOST_MODELS))


class NotesZone(Zone):
    """What cannot be known of an earlier day, in small letters; at most ``MOST_LINES`` lines, each note from a new one."""

    MOST_LINES = 6

    def __init__(self, notes: Sequence[str]) -> None:
        super().__init__()
        self.notes = notes
        self._lines: list[Line] = []
        self._width = 0.0

    def fit(self, width: float, room: float) -> float:
        """The height of the lines; dots say where there are more."""
        lines = [line for note in self.notes for line in self.typesetter.wrap(note, CUT_NOTE, width)]
        self._lines, self._width = clipped(self.typesetter, lines, CUT_NOTE, width, self.MOST_LINES), width
        return len(self._lines) * CUT_NOTE.leading

    def draw(self) -> None:
        """Write them."""
        self.canv.setFillColor(MUTED)
        self.canv.write_block(self._lines, CUT_NOTE, 0, len(self._lines) * CUT_NOTE.leading, self._width)


def _notes(notes: Sequence[str]) -> list[Zone]:
    """The notes as a zone; none without any."""
    return [NotesZone(notes)] if notes else []


def _models(models: Sequence[tuple[str, str]]) -> list[Zone]:
    """Good models worth spreading as a list; none without any."""
    return [ModelsZone(f"{MODELS} ({len(models)})", models, "")] if models else []


def _zones(pictures: Sequence[Picture]) -> list[Zone]:
    """The first picture as a zone; none without bars."""
    return [PictureZone(picture, MOST_PICTURE) for picture in pictures[:1]]


def _caption(caption: str, bars: Sequence[object]) -> str:
    """The caption; with more bars than are shown it says how many."""
    return caption if len(bars) <= MOST_BARS else f"{caption} ({MOST_BARS} trong {len(bars)} dòng)"
