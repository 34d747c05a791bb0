"""Leadership's summary: exactly two pages, whatever happened in the period.

Page one says how things stand (facts, sentences, satisfaction, plan against done); page two where to look (who is late,
what is not covered, what is worth spreading). It is a working paper for a meeting, so it carries no letterhead.
"""

from collections.abc import Sequence

from reportlab.platypus import PageBreak

from core.numbers import format_integer
from exports.layout.board import CUT_NOTE, INK, MUTED, Board, CodesZone, PictureZone, TitleZone, Zone, clipped
from exports.layout.heat import HeatZone
from exports.layout.picture import Picture
from exports.layout.roll import RollZone
from exports.layout.sheet import OfficialTemplate, Sheet
from exports.layout.typesetter import Line
from exports.layout.zones import SMALL, FactsZone, ListZone, SentencesZone
from exports.pictures import satisfaction_picture
from queries.document import CountBar, SummaryDocument, SummaryFact

MOST_BARS = 6
MOST_PICTURE = 225.0
"""The most height of a chart, points."""
LATE = "Đơn vị chưa nộp hoặc nộp chậm"
NOBODY_LATE = "Không có đơn vị nào chưa nộp hoặc nộp chậm."
MODELS = "Mô hình hay nên nhân rộng"
MOST_MODELS = 110.0
"""The most height of the list of good models, points."""
PLAN = "Kế hoạch năm và kết quả, thấp nhất trước"
MOST_NOTES = 6
"""Lines of notes at most."""
NO_COVERAGE = "Chưa có hoạt động nào được ghi nhận."
"""Said in place of an empty table."""


def build(document: SummaryDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The summary as a PDF file of two pages."""
    satisfaction = satisfaction_picture(
        _caption(document.satisfaction_caption, document.satisfaction), document.satisfaction[:MOST_BARS]
    )
    first = Board(
        TitleZone(document.agency, document.title, document.period),
        _facts(document.facts),
        Told(document.sentences),
        *_zones(satisfaction),
        *_plan(document.plan),
    )
    second = Board(
        RollZone(f"{LATE} ({len(document.late)})" if document.late else LATE, document.late, NOBODY_LATE),
        CoverageZone(document.coverage_caption, document.coverage_columns, document.coverage, NO_COVERAGE),
        *_channels(document.channels_caption, document.channels),
        *_models(document.models),
        *_notes(document.notes),
        CodesZone(),
    )
    template = OfficialTemplate(document.title, document.agency, document.period, is_draft=False)
    return template.print([first, PageBreak(), second], sheet)


class WideFacts(FactsZone):
    """Five facts in one row."""

    ACROSS = 5


def _facts(facts: Sequence[SummaryFact]) -> FactsZone:
    """The facts in one row where five hold them, else in two."""
    return WideFacts(facts) if len(facts) == WideFacts.ACROSS else FactsZone(facts)


class Told(SentencesZone):
    """The sentences, which have their room before the plan has."""

    claim = 1.0


class CoverageZone(HeatZone):
    """The heat table, which has its room before the roll of units has: a province's rows are all there."""

    claim = 0.8


class PlanZone(ListZone):
    """Indicators with what was done of what was planned."""

    OTHERS = "chỉ tiêu khác"


def _plan(rows: Sequence[tuple[str, str]]) -> list[Zone]:
    """Plan against done as a list; none without any plan."""
    return [PlanZone(PLAN, rows, "")] if rows else []


class ModelsZone(ListZone):
    """Good models with their units on a few lines, so that the other zones of the page keep their room."""

    is_elastic = False
    OTHERS = "mô hình khác"

    def fit(self, width: float, room: float) -> float:
        """Two or three models a column."""
        return super().fit(width, min(room, MOST_MODELS))


class NotesZone(Zone):
    """A few lines of small letters; dots say where there are more than ``most``."""

    style = CUT_NOTE
    ink = MUTED

    def __init__(self, notes: Sequence[str], most: int) -> None:
        super().__init__()
        self.notes, self.most = notes, most
        self._lines: list[Line] = []
        self._width = 0.0

    def fit(self, width: float, room: float) -> float:
        """The height of the lines, each note from a new one."""
        lines = [line for note in self.notes for line in self.typesetter.wrap(note, self.style, width)]
        self._lines, self._width = clipped(self.typesetter, lines, self.style, width, self.most), width
        return len(self._lines) * self.style.leading

    def draw(self) -> None:
        """Write them."""
        self.canv.setFillColor(self.ink)
        self.canv.write_block(self._lines, self.style, 0, len(self._lines) * self.style.leading, self._width)


class ChannelsZone(NotesZone):
    """Activities by channel in a sentence."""

    style = SMALL
    ink = INK


def _channels(caption: str, bars: Sequence[CountBar]) -> list[Zone]:
    """Activities by channel in a sentence of three lines at most; none without any."""
    told = "; ".join(f"{bar.label} {format_integer(bar.value)}" for bar in bars[:MOST_BARS])
    return [ChannelsZone([f"{_caption(caption, bars)}: {told}."], 3)] if bars else []


def _notes(notes: Sequence[str]) -> list[Zone]:
    """The notes as a zone; none without any."""
    return [NotesZone(notes, MOST_NOTES)] if notes else []


def _models(models: Sequence[tuple[str, str]]) -> list[Zone]:
    """Good models worth spreading as a list; none without any."""
    return [ModelsZone(f"{MODELS} ({len(models)})", models, "")] if models else []


def _zones(pictures: Sequence[Picture]) -> list[Zone]:
    """The first picture as a zone; none without bars."""
    return [PictureZone(picture, MOST_PICTURE) for picture in pictures[:1]]


def _caption(caption: str, bars: Sequence[object]) -> str:
    """The caption; with more bars than are shown it says how many."""
    return caption if len(bars) <= MOST_BARS else f"{caption} ({MOST_BARS} trong {len(bars)} dòng)"
