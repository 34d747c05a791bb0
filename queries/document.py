"""What a printed document is made of: frozen rows and cells, shared by page and paper.

Nothing here knows a session or a page size. Texts are Vietnamese, NFC; percentages 0..100; money whole đồng.
"""

from dataclasses import dataclass, field
from datetime import date

from models.figure import EMPTY, Aggregate, Figure
from queries.inspection_annex import FindingRow, InspectionAnnex
from queries.model_annex import ModelLine
from queries.trace_annex import TraceLine


@dataclass(frozen=True)
class DocumentHead:
    """The frame of Decree 30/2020/NĐ-CP, annex I: who writes, number, day, kind, subject, to whom, who signs."""

    parent_agency: str
    """As "UBND TỈNH QUẢNG NINH"; empty when there is none."""
    agency: str
    """As "SỞ GIÁO DỤC VÀ ĐÀO TẠO"."""
    number: str
    """The registry's number as "05"; empty leaves the room blank to be filled by the clerk."""
    symbol: str
    """As "BC-SGDĐT"."""
    place: str
    """As "Quảng Ninh"."""
    issued_on: date | None
    """None prints "ngày … tháng … năm {year}" with room to write."""
    year: int
    type_name: str
    """As "BÁO CÁO" or "KẾ HOẠCH"."""
    subject: str
    addressees: tuple[str, ...] = ()
    """As ("Ủy ban nhân dân tỉnh", "Sở Nội vụ"); a plan has none."""
    recipients: tuple[str, ...] = ()
    """Lines of "Nơi nhận", without dash and end mark; the last is the archive line as "Lưu: VT, VP"."""
    authority: str = ""
    """As "KT. GIÁM ĐỐC"; empty when the head signs."""
    signer_position: str = ""
    signer_name: str = ""
    is_draft: bool = False
    """A draft is marked "DỰ THẢO" at the foot of every page, outside the decree's fields."""
    code: str = ""
    verify_url: str = ""
    """What stands small at the foot of every page with its QR code, as "K7PM-4TQX-92HD", and where it is checked."""


@dataclass(frozen=True)
class NarrativeSection:
    """One heading of the outline with its text; ``level`` 1 is "I. …", 2 is "1. …", 3 is "a) …"."""

    code: str
    """As "II.2.a"; unique in the outline, sorted by ``position`` of the outline."""
    level: int
    mark: str
    """As "II.", "2.", "a)"."""
    heading: str
    text: str = ""
    """Paragraphs separated by a line break; a line that starts with "- " is a dash paragraph."""


@dataclass(frozen=True)
class FigureRow:
    """One indicator over the annex table: planned, this period, since the year began, last year."""

    code: str
    name: str
    unit: str
    group: str
    """Letter of the group, as "B"."""
    aggregate: Aggregate
    planned: Figure = EMPTY
    current: Figure = EMPTY
    cumulative: Figure = EMPTY
    previous: Figure = EMPTY
    provenance: str = ""
    """Vietnamese words as "Đếm từ hoạt động"; empty in a consolidated annex."""
    group_name: str = ""
    """As "Báo chí, phát thanh, truyền hình"; empty prints "Nhóm chỉ tiêu B"."""
    operands: tuple[str, ...] = ()
    """Codes that it is computed from (models.figure.IndicatorRule); a workbook makes formulas of them."""


@dataclass(frozen=True)
class UnitFigures:
    """One unit's line in the annex by unit; ``figures`` by indicator code. ``status`` says why a line has none."""

    code: str
    name: str
    figures: dict[str, Figure] = field(default_factory=dict)
    status: str = ""
    """Empty when the figures are accepted and frozen, else as "Chưa nộp"."""
    children: tuple["UnitFigures", ...] = ()
    """The schools below a district office, shown and never added again."""


@dataclass(frozen=True)
class UnitGroup:
    """A kind of unit with its lines and its total, as "Phòng Giáo dục và Đào tạo"."""

    label: str
    units: tuple[UnitFigures, ...]
    total: dict[str, Figure] = field(default_factory=dict)


@dataclass(frozen=True)
class SubmissionLine:
    """One unit in the annex on who sent what and when."""

    unit_name: str
    plan_number: str = ""
    plan_on: date | None = None
    plan_status: str = ""
    """As "Đúng hạn", "Chậm 2 ngày", "Chưa nộp", "Được miễn"."""
    report_number: str = ""
    report_on: date | None = None
    accepted_on: date | None = None
    report_status: str = ""
    is_group: bool = False
    """A line that heads a group, as the name of a district office's schools."""


@dataclass(frozen=True)
class AppendixLine:
    """One row of the plan's appendix with what came of it."""

    content: str
    forms: str
    units: str
    result: str
    assessment: str


@dataclass(frozen=True)
class ActivityLine:
    """One activity in the annex of a unit's report."""

    day: str
    """As "06/03/2023" or "06-08/03/2023"."""
    title: str
    channel: str
    evidence: str
    """Link or number of evidence files."""
    reach: Figure


@dataclass(frozen=True)
class PlanLine:
    """One item of a unit's plan, as printed in the plan's annex."""

    title: str
    form: str
    quantity: Figure
    lead: str
    partner: str
    window: str
    budget: Figure


@dataclass(frozen=True)
class ScaleBar:
    """One bar of the satisfaction chart: how many answered 1..5, most dissatisfied first."""

    label: str
    counts: tuple[int, int, int, int, int]
    reason: str = ""
    """Why a bar without answers has none; empty says that there are no answers yet."""


@dataclass(frozen=True)
class CountBar:
    """One plain bar: a label and a count."""

    label: str
    value: int


@dataclass(frozen=True)
class PlanDocument:
    """A unit's plan."""

    head: DocumentHead
    opening: str
    sections: tuple[NarrativeSection, ...]
    items: tuple[PlanLine, ...]
    indicator_targets: tuple[FigureRow, ...] = ()
    """Printed below section II.4 (targets), or at the end of the text when the outline has none."""
    legal_bases: tuple[str, ...] = ()
    """As "Căn cứ Nghị định số …", one each, without end marks; printed above the opening."""
    closing: str = ""
    """The last sentence, without its end mark "./."; empty prints the portal's own."""


@dataclass(frozen=True)
class UnitReportDocument:
    """A unit's periodic report with annex I (figures) and annex II (activities)."""

    head: DocumentHead
    opening: str
    sections: tuple[NarrativeSection, ...]
    figures: tuple[FigureRow, ...]
    activities: tuple[ActivityLine, ...]
    legal_bases: tuple[str, ...] = ()
    """As "Căn cứ Nghị định số …", one each, without end marks; printed above the opening."""
    closing: str = ""
    findings: tuple[FindingRow, ...] = ()
    """Findings of inspections that the period tells of, as frozen; none prints no annex."""
    lists_activities: bool = True
    """Whether annex II is there; not in an ad hoc report none of whose figures counts activities."""


@dataclass(frozen=True)
class ConsolidatedDocument:
    """A district's or the Department's periodic report: narrative, charts and annexes I–IV.

    ``coverage`` is a sentence on whose figures are in and whose are not; ``missing`` names the latter.
    """

    head: DocumentHead
    opening: str
    sections: tuple[NarrativeSection, ...]
    coverage: str
    missing: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    unit_columns: tuple[tuple[str, str], ...]
    """Columns of annex II: (heading, indicator code), as ("A1", "A1"); a code may join several as "C1+C2+C3"."""
    unit_groups: tuple[UnitGroup, ...]
    grand_total: dict[str, Figure]
    submissions: tuple[SubmissionLine, ...]
    appendix: tuple[AppendixLine, ...]
    satisfaction: tuple[ScaleBar, ...] = ()
    channels: tuple[CountBar, ...] = ()
    districts: tuple[CountBar, ...] = ()
    legal_bases: tuple[str, ...] = ()
    """As "Căn cứ Nghị định số …", one each, without end marks; printed above the opening."""
    closing: str = ""
    """The last sentence, without its end mark "./."; empty prints the portal's own."""
    channels_caption: str = "Số hoạt động theo hình thức tuyên truyền"
    districts_caption: str = "Số hoạt động theo địa bàn, khối đơn vị"
    satisfaction_caption: str = "Mức độ hài lòng của người trả lời phiếu khảo sát"
    models: tuple[ModelLine, ...] = ()
    """Good models and examples, as picked when the document was frozen; none prints no annex."""
    inspection: InspectionAnnex | None = None
    """Inspections and what became of their findings; None prints no annex."""
    requirement: str = ""
    """What was asked for, as "Báo cáo 6 tháng đầu năm 2023 (mã 2023-half-year)"; said in the workbook alone."""
    period: str = ""
    """As "số liệu tính từ ngày 01/12/2022 đến hết ngày 29/5/2023"; said in the workbook alone."""
    trace: tuple[TraceLine, ...] = ()
    """Where the sentences came from; none, as in every issued file, prints no annex."""


@dataclass(frozen=True)
class SummaryFact:
    """One number for leadership: the value as printed, over what, and what it means."""

    label: str
    value: str
    """As "12/13"."""
    note: str = ""
    """As "92,3%"."""


@dataclass(frozen=True)
class SummaryDocument:
    """Two pages for leadership: at most six sentences, facts, two charts, who is late, where themes are not covered."""

    agency: str
    title: str
    period: str
    """As "số liệu tính đến hết ngày 29/5/2023"."""
    sentences: tuple[str, ...]
    facts: tuple[SummaryFact, ...]
    satisfaction: tuple[ScaleBar, ...]
    channels: tuple[CountBar, ...]
    late: tuple[tuple[str, str], ...]
    """(unit, state in words), as ("Trường …", "Chậm 2 ngày")."""
    coverage_columns: tuple[str, ...]
    """Short theme names."""
    coverage: tuple[tuple[str, tuple[int, ...]], ...]
    """(district or group, activities by theme)."""
    channels_caption: str = "Số hoạt động theo hình thức tuyên truyền"
    satisfaction_caption: str = "Mức độ hài lòng của người trả lời phiếu khảo sát"
    coverage_caption: str = "Số hoạt động theo nội dung tuyên truyền và địa bàn"
    models: tuple[tuple[str, str], ...] = ()
    """(good model worth spreading, unit); none prints no list."""
    notes: tuple[str, ...] = ()
    """What cannot be known of an earlier day; none of a summary of now."""
    plan: tuple[tuple[str, str], ...] = ()
    """(indicator, done of planned in words), the least done first; none prints no list."""
