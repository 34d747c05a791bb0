"""Every document of the portal at three sizes, empty, ordinary and absurd, without a database: the tests of geometry
walk them all.

``OFFICIAL`` are those in the layout of Decree 30/2020/NĐ-CP; ``FREE`` have a layout of their own.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from exports import board_paper, chase_letter, consolidation, plan, poster, report, summary, survey_result
from models.deadline import DueIn, DueState
from models.requirement import Level, RequirementKind
from models.unit import UnitKind
from models.workflow import Status
from queries.board.document import SUBJECT, TYPE_NAME, BoardDocument
from queries.board.parts import Board, BoardColumn, BoardGroup, BoardRow, Facets
from queries.chase_letter import ChaseDocument, LateUnit
from queries.document import (
    ConsolidatedDocument,
    DocumentHead,
    PlanDocument,
    SummaryDocument,
    UnitReportDocument,
)
from queries.obligation import Completeness, ObligationLine
from queries.review.holding import Holding
from queries.survey.document import PosterDocument, SurveyReportDocument
from tests.exports import samples, sizes
from tests.exports.survey_samples import POSTERS, REPORTS

Document = (PlanDocument | UnitReportDocument | ConsolidatedDocument | ChaseDocument | SurveyReportDocument
            | BoardDocument | SummaryDocument | PosterDocument)
EMPTY, ORDINARY, ABSURD = "empty", "ordinary", "absurd"
DAY = date(2023, 5, 30)
SENT = datetime(2023, 5, 28, 3, 4, tzinfo=UTC)


def letter(count: int = 9, name: str = "Trường Tiểu học số {} (minh họa)", head: DocumentHead | None = None,
           paragraphs: tuple[str, ...] = (samples.SENTENCE, "Sở đề nghị các đơn vị:")) -> ChaseDocument:
    """A chase letter to so many units."""
    units = tuple(LateUnit(key, key, name.format(key), "Phòng Giáo dục và Đào tạo A (minh họa)", DAY, 7, 3,
                           "Chưa bắt đầu") for key in range(1, count + 1))
    own = samples.head(
        number="5", symbol="SGDĐT-VP", type_name="CÔNG VĂN", issued_on=date(2023, 6, 6),
        subject="đôn đốc gửi báo cáo 6 tháng đầu năm về công tác tuyên truyền cải cách hành chính",
        addressees=("Các đơn vị có tên tại Phụ lục kèm theo",), recipients=("Như trên", "Lưu: VT, VP"),
        authority="TL. GIÁM ĐỐC", signer_position="CHÁNH VĂN PHÒNG")
    return ChaseDocument(head or own, paragraphs, "Đề nghị các đơn vị thực hiện", units)


def _line(unit: int, requirement: int, name: str) -> ObligationLine:
    """What one unit owes: handed in, late or not begun, by its number."""
    begun, code = unit % 3 > 0, f"2023-{requirement}"
    return ObligationLine(
        unit * 10 + requirement, requirement, code, "Kế hoạch", RequirementKind.PLAN, unit, f"U{unit}", name,
        UnitKind.PRIMARY, "Hạ Long", None, None, None, Level.FIRST, DAY, unit if begun else None,
        Status.SUBMITTED if begun else None, 2 if unit % 5 == 0 else None, unit % 4, True, False,
        DAY if unit % 2 else None, None, DueIn(DueState.LATE, -3), SENT if begun else None, None)


def board(units: int = 30, columns: int = 3, name: str = "Trường Tiểu học số {} (minh họa)") -> BoardDocument:
    """The status board of so many units and requirements in one group."""
    heads = tuple(BoardColumn(key, f"2023-{key}", f"Kế hoạch đợt {key}", f"Kế hoạch đợt {key}", DAY,
                              Completeness(units, units // 2, 3, 1, units // 2)) for key in range(1, columns + 1))
    rows = tuple(BoardRow(key, f"U{key}", name.format(key), UnitKind.PRIMARY, "Hạ Long",
                          tuple((_line(key, head.id, name.format(key)),) for head in heads))
                 for key in range(1, units + 1))
    groups = (BoardGroup("A", name.format(""), rows, tuple(head.count for head in heads)),) if units else ()
    head = samples.head(number="", symbol="SGDĐT", type_name=TYPE_NAME, subject=SUBJECT, addressees=(), recipients=(),
                        authority="", signer_position="", signer_name="")
    holdings = (Holding(1, "A", name.format("A"), 4, 5, None),) if units else ()
    found = Board(heads, groups, units, units, Facets({}, {}, {}, {}), DAY)
    filters = (("Tình trạng", "Chậm"),) if units else ()
    return BoardDocument(head, found, "tính đến hết ngày 30/05/2023", filters, holdings)


DISTRICT_HEAD = samples.head(
    parent_agency="UBND THÀNH PHỐ HẠ LONG", agency="PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", symbol="BC-PGDĐT", place="Hạ Long",
    number="12", addressees=("Sở Giáo dục và Đào tạo tỉnh Quảng Ninh",), authority="KT. TRƯỞNG PHÒNG",
    signer_position="PHÓ TRƯỞNG PHÒNG", signer_name="Người ký (minh họa)")
_ABSURD_LETTER = letter(90, sizes.LONG_NAME + "{}", replace(sizes.absurd_head(), type_name="CÔNG VĂN"),
                        (sizes.STORY, "ắ" * 3000, sizes.ODD))
_EMPTY_LETTER = letter(0, "", replace(sizes.empty_head(), type_name="CÔNG VĂN"), ())

Sizes = dict[str, tuple[Document, Callable[[], bytes]]]


def _sized(build: Callable[..., bytes], empty: Document, ordinary: Document, absurd: Document) -> Sizes:
    """A document at three sizes with what prints it."""
    return {size: (document, partial(build, document))
            for size, document in ((EMPTY, empty), (ORDINARY, ordinary), (ABSURD, absurd))}


OFFICIAL: dict[str, Sizes] = {
    "plan": _sized(plan.build, sizes.EMPTY_PLAN, samples.plan(), sizes.ABSURD_PLAN),
    "report": _sized(report.build, sizes.EMPTY_REPORT, samples.unit_report(), sizes.ABSURD_REPORT),
    "district": _sized(
        consolidation.build, replace(sizes.EMPTY_CONSOLIDATION, head=replace(DISTRICT_HEAD, is_draft=True)),
        samples.consolidated(2, 0, head=DISTRICT_HEAD), sizes.LONELY_DISTRICT),
    "consolidation": _sized(consolidation.build, sizes.EMPTY_CONSOLIDATION, samples.consolidated(),
                            sizes.ABSURD_CONSOLIDATION),
    "survey": _sized(survey_result.build, *(REPORTS[size] for size in (EMPTY, ORDINARY, ABSURD))),
    "letter": _sized(chase_letter.build, _EMPTY_LETTER, letter(), _ABSURD_LETTER),
    "board": _sized(board_paper.build, board(0, 0), board(), board(60, 7, sizes.LONG_NAME + " {}")),
}
FREE: dict[str, Sizes] = {
    "summary": _sized(summary.build, sizes.EMPTY_SUMMARY, samples.summary(), sizes.ABSURD_SUMMARY),
    "poster": _sized(poster.build_a4, *(POSTERS[size] for size in (EMPTY, ORDINARY, ABSURD))),
}
EVERY = {**OFFICIAL, **FREE}
