"""Inspections of the demonstration: one concluded, with findings in every state, and one under way."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.activity import Activity
from models.finding import Deed, Severity
from models.inspection import EvidenceKind, InspectedUnit, Inspection, Mark
from models.permission import Viewer
from models.unit import Unit
from services.inspection import (
    Ending,
    FindingInput,
    InspectionInput,
    MarkInput,
    StepInput,
    VisitInput,
    add_inspection,
    add_units,
    end_inspection,
    mark_evidence,
    raise_finding,
    take_step,
    write_visit,
)


@dataclass(frozen=True)
class _Found:
    """A finding of the story and what became of it, a step with its day after another."""

    unit: str
    what: str
    severity: Severity
    due_on: date
    steps: tuple[tuple[date, StepInput], ...] = ()


_ANSWER = "Đơn vị đã khắc phục và gửi ảnh chụp kèm theo (minh họa)."
_FIRST = InspectionInput(
    title="Kiểm tra công tác tuyên truyền cải cách hành chính năm 2023 (minh họa)",
    basis="Kế hoạch tuyên truyền cải cách hành chính năm 2023 của Sở Giáo dục và Đào tạo",
    decision_number="215/QĐ-SGDĐT (minh họa)", decided_on=date(2023, 4, 5), theme_codes=(),
    content="Niêm yết thủ tục hành chính\nHồ sơ minh chứng hoạt động tuyên truyền\nKhảo sát hài lòng",
    host_programme="", starts_on=date(2023, 4, 10), ends_on=date(2023, 4, 21),
    team="Trưởng đoàn (minh họa)\nThành viên (minh họa)")
_SECOND = InspectionInput(
    title="Kiểm tra niêm yết thủ tục và dịch vụ công trực tuyến (minh họa)", basis="", decision_number="",
    decided_on=None, theme_codes=(), content="", host_programme="Chương trình kiểm tra nội bộ của Sở (minh họa)",
    starts_on=date(2023, 5, 15), ends_on=date(2023, 6, 30), team="Tổ công tác (minh họa)")
_FIRST_VISITS = {"TH-193-02": 12, "PGD-193": 13, "THCS-193-03": 14, "TH-202-02": 18, "THPT-QUAN-LAN": 20}
"""Days of April 2023 by unit."""
_FIRST_FOUND = (
    _Found("TH-193-02", "Bảng niêm yết thủ tục hành chính ở bộ phận văn thư chưa cập nhật; thay bảng mới theo quyết "
           "định đang có hiệu lực (minh họa).", Severity.FAULT, date(2023, 5, 15)),
    _Found("TH-193-02", "Hồ sơ minh chứng các buổi sinh hoạt lồng ghép chưa có ảnh; bổ sung cho các buổi từ tháng 3 "
           "(minh họa).", Severity.REMARK, date(2023, 5, 31),
           ((date(2023, 5, 19), StepInput(Deed.ANSWER, _ANSWER)),)),
    _Found("PGD-193", "Chưa có kế hoạch kiểm tra các trường trong năm; ban hành và gửi Sở (minh họa).",
           Severity.FAULT, date(2023, 6, 10)),
    _Found("THCS-193-03", "Thu hồ sơ ngoài thành phần quy định; chấm dứt ngay và trả lại cho người nộp (minh họa).",
           Severity.GRAVE, date(2023, 5, 5),
           ((date(2023, 5, 4), StepInput(Deed.ANSWER, _ANSWER)),
            (date(2023, 5, 8), StepInput(Deed.ACCEPT, "Đã đối chiếu, đúng yêu cầu (minh họa).")))),
    _Found("TH-202-02", "Trang web chưa có mục hỏi đáp về thủ tục; mở mục và trả lời định kỳ (minh họa).",
           Severity.FAULT, date(2023, 5, 12),
           ((date(2023, 5, 11), StepInput(Deed.ANSWER, "Đơn vị đã mở mục hỏi đáp (minh họa).")),
            (date(2023, 5, 15), StepInput(Deed.ASK, "Mục đã mở nhưng chưa có câu trả lời nào; bổ sung (minh họa).",
                                          date(2023, 6, 5))))),
    _Found("TH-202-02", "Chưa treo băng rôn theo mẫu (minh họa).", Severity.REMARK, date(2023, 5, 12),
           ((date(2023, 4, 26), StepInput(Deed.CLOSE, "Mẫu băng rôn đã được thay, không còn yêu cầu này "
                                          "(minh họa).")),)),
)
_SECOND_FOUND = (
    _Found("PGD-202", "Tỷ lệ hồ sơ nộp trực tuyến của các trường chưa được theo dõi; lập bảng theo dõi hằng tháng "
           "(minh họa).", Severity.FAULT, date(2023, 6, 30)),
)


def add_inspections(session: Session, viewers: dict[str, Viewer], programme_id: int) -> None:
    """Add two inspections up to 25 May 2023. Does not commit."""
    codes = [*_FIRST_VISITS, "PGD-202", "PGD-198"]
    units = dict(session.execute(select(Unit.code, Unit.id).where(Unit.code.in_(codes))).all())
    division, office = viewers["division"], viewers["office"]
    first = _plan(session, _FIRST, [units[code] for code in _FIRST_VISITS if code in units], division, programme_id)
    visits = _visit(session, first, {code: date(2023, 4, day) for code, day in _FIRST_VISITS.items()}, units, division)
    _tick(session, visits.get("TH-193-02"), division)
    _find(session, visits, _FIRST_FOUND, viewers, division)
    end_inspection(session, first, Ending.CONCLUDE, "", viewer=division, now=_at(date(2023, 4, 28)))
    second = _plan(session, _SECOND, [units[code] for code in ("PGD-202", "PGD-198", "TH-193-02") if code in units],
                   office, programme_id)
    visits = _visit(session, second, {"PGD-202": date(2023, 5, 22)}, units, office)
    _find(session, visits, _SECOND_FOUND, viewers, office)


def _at(day: date) -> datetime:
    """Ten o'clock of a day."""
    return start_of_day(day) + timedelta(hours=10)


def _plan(session: Session, given: InspectionInput, unit_ids: list[int], who: Viewer, programme_id: int) -> Inspection:
    """Plan an inspection five days before it begins."""
    now = _at(given.starts_on - timedelta(days=5))
    made = add_inspection(session, given, programme_id=programme_id, owner_unit_id=who.unit_id,
                          form_token=f"demo-inspection-{given.starts_on}", viewer=who, now=now)
    add_units(session, made, unit_ids, viewer=who, now=now)
    return made


def _visit(session: Session, inspection: Inspection, days: dict[str, date], units: dict[str, int],
           who: Viewer) -> dict[str, InspectedUnit]:
    """Visit units on their days; the visits by the units' codes."""
    rows = {row.unit_id: row for row in session.scalars(
        select(InspectedUnit).where(InspectedUnit.inspection_id == inspection.id))}
    visits = {code: rows[units[code]] for code in days if units.get(code) in rows}
    for code, visit in visits.items():
        write_visit(session, visit, VisitInput(
            days[code], "Thủ trưởng đơn vị (minh họa)\nCán bộ đầu mối (minh họa)",
            "Đơn vị triển khai đúng kế hoạch; hồ sơ cơ bản đầy đủ (minh họa)."), viewer=who, now=_at(days[code]))
    return visits


def _tick(session: Session, visit: InspectedUnit | None, who: Viewer) -> None:
    """Tick the first activities of a unit off."""
    if visit is None or visit.visited_on is None:
        return
    rows = session.execute(
        select(Activity.id, Activity.title).where(Activity.unit_id == visit.unit_id, Activity.removed_at.is_(None))
        .order_by(Activity.starts_on, Activity.id).limit(4)).all()
    marks = (Mark.SEEN, Mark.SEEN, Mark.MISSING, Mark.UNFIT)
    notes = ("", "", "Chưa có ảnh hay biên bản (minh họa)", "Ngày ghi khác biên bản (minh họa)")
    mark_evidence(session, visit, EvidenceKind.ACTIVITY, {
        row[0]: MarkInput(row[1], mark, note) for row, mark, note in zip(rows, marks, notes, strict=False)},
        viewer=who, now=_at(visit.visited_on))


def _find(session: Session, visits: dict[str, InspectedUnit], findings: tuple[_Found, ...], viewers: dict[str, Viewer],
          who: Viewer) -> None:
    """Write findings down and let them take their course."""
    writers = {viewers[name].unit_id: viewers[name] for name in ("district", "school")}
    for number, found in enumerate(findings):
        visit = visits.get(found.unit)
        if visit is None or visit.visited_on is None:
            continue
        token = f"demo-finding-{visit.id}-{number}"
        row = raise_finding(session, visit, FindingInput(found.what, found.severity, None, found.due_on),
                            form_token=token, viewer=who, now=_at(visit.visited_on) + timedelta(hours=6))
        for place, (day, step) in enumerate(found.steps):
            actor = writers.get(visit.unit_id) if step.deed is Deed.ANSWER else who
            take_step(session, row, step, form_token=f"{token}-{place}", viewer=actor, now=_at(day))


__all__ = ["add_inspections"]
