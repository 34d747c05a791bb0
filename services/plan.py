"""Writing a unit's plan: its texts, its items, and its frozen form. Nothing here commits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from core.translation import N_
from models.event import Subject
from models.indicator import OutlineKind, OutlineSection
from models.permission import Viewer
from models.plan import PlanBudget, PlanItem, SectionText
from models.programme import Audience, Theme
from models.requirement import Obligation
from models.submission import Submission
from queries.plan import PlanContent, PlanSection, content_of, get_plan, get_proposals
from queries.submission import SubmissionLine, get_submission_line
from services.submission import FrozenContent, Problem, SubmissionError, lock, touch
from services.trail import record


@dataclass(frozen=True)
class PlanItemFields:
    """What a person typed of an item; rows of the programme by their ids, money in đồng by source."""

    title: str
    medium_id: int
    quantity: int
    starts_on: date
    ends_on: date
    lead: str
    partner: str
    staff: str
    note: str
    theme_ids: tuple[int, ...]
    audience_ids: tuple[int, ...]
    budgets: Mapping[int, int]


def freeze_plan(session: Session, submission: Submission, on: date) -> FrozenContent:
    """The plan as it stands now, with what stands in the way of sending it. Reads only."""
    session.flush()
    line = get_submission_line(session, submission.obligation_id, on)
    if line is None:
        raise SubmissionError(N_("Không tìm thấy yêu cầu này."))
    plan = get_plan(session, line, on)
    problems = find_problems(plan, get_proposals(session, line))
    return FrozenContent(content=content_of(plan), figures=[], data_until=on, problems=problems,
                         warnings=find_warnings(plan, line, problems))


def find_problems(plan: PlanContent, proposals: Mapping[str, str]) -> list[Problem]:
    """What must be mended before the plan can be sent: no items, or main headings without text."""
    problems = [
        _unwritten(row) for row in plan.sections if row.is_unwritten and row.code in proposals
    ]
    if not plan.items:
        problems.append(Problem("items", N_("Kế hoạch chưa có việc nào. Thêm ít nhất một việc.")))
    return problems


def _unwritten(section: PlanSection) -> Problem:
    """A heading without text."""
    return Problem(f"section:{section.code}", N_("Mục %(title)s chưa có nội dung."), {"title": section.title})


def find_warnings(plan: PlanContent, line: SubmissionLine, problems: Iterable[Problem]) -> list[Problem]:
    """What is worth a second look before sending, beside ``problems``."""
    told = {problem.part for problem in problems}
    warnings = [
        _unwritten(row) for row in plan.sections
        if row.is_unwritten and f"section:{row.code}" not in told and not (row.holds_targets and plan.targets)]
    if not plan.document_number or plan.document_on is None:
        warnings.append(Problem("document", N_("Chưa ghi số, ngày của văn bản giấy.")))
    if not plan.signer_name:
        warnings.append(Problem("document", N_("Chưa ghi người ký.")))
    if not line.is_signed_off:
        message = N_("Thủ trưởng chưa ký duyệt nội bộ nội dung đang có.")
        warnings.append(Problem("sign_off", message))
    for number, item in enumerate(plan.items, start=1):
        if not item.lead and not item.staff:
            warnings.append(Problem(f"item:{item.id}", N_("Việc %(number)s chưa ghi người, bộ phận thực hiện."),
                                    {"number": number}))
    return warnings


def save_section(session: Session, submission: Submission, section_id: int, text: str, viewer: Viewer | None,
                 now: datetime) -> bool:
    """Save the text under one heading; False when it says so already. Raises SubmissionError when locked."""
    lock(session, submission)
    row = session.get(SectionText, (submission.id, section_id))
    before = row.text if row is not None else None
    if before == text:
        return False
    touch(session, submission, now)
    if row is None:
        session.add(SectionText(submission_id=submission.id, section_id=section_id, text=text))
    else:
        row.text, row.is_drafted = text, False
    section = session.get_one(OutlineSection, section_id)
    _note(session, submission, "write", viewer, now, {"part": f"section:{section.code}", "text": [before, text]})
    return True


def adopt_proposals(session: Session, submission: Submission, proposals: Mapping[str, str], viewer: Viewer | None,
                    now: datetime) -> int:
    """Save the proposals under all headings that have no text yet; returns how many. Raises SubmissionError."""
    obligation = session.get_one(Obligation, submission.obligation_id)
    line = get_submission_line(session, obligation.id, now.date())
    assert line is not None
    sections = session.scalars(
        select(OutlineSection)
        .where(OutlineSection.programme_id == line.programme_id, OutlineSection.kind == OutlineKind.PLAN))
    written = set(session.scalars(
        select(SectionText.section_id)
        .where(SectionText.submission_id == submission.id, func.trim(SectionText.text) != "")))
    return sum(
        save_section(session, submission, section.id, proposals[section.code], viewer, now)
        for section in sections.all()
        if section.has_text and section.code in proposals and section.id not in written)


def add_item(session: Session, submission: Submission, fields: PlanItemFields, token: str, viewer: Viewer | None,
             now: datetime) -> PlanItem:
    """Add an item at the end; the same ``token`` twice makes one. Raises SubmissionError when locked."""
    lock(session, submission)
    made = session.scalar(select(PlanItem).where(PlanItem.form_token == token))
    if made is not None and made.submission_id == submission.id:
        return made
    if made is not None:
        raise SubmissionError(N_("Biểu mẫu này đã được dùng ở kế hoạch khác. Mở lại trang thêm việc rồi nhập tiếp."))
    touch(session, submission, now)
    last = session.scalar(
        select(func.max(PlanItem.position)).where(PlanItem.submission_id == submission.id)) or 0
    item = PlanItem(submission_id=submission.id, position=last + 1, form_token=token, themes=[], audiences=[],
                    budgets=[])
    _fill(session, item, fields)
    session.add(item)
    session.flush()
    _note(session, submission, "add", viewer, now, {"part": f"item:{item.id}", "title": item.title})
    return item


def change_item(session: Session, submission: Submission, item_id: int, fields: PlanItemFields, viewer: Viewer | None,
                now: datetime) -> bool:
    """Change an item; False when it says so already. Raises SubmissionError when locked."""
    lock(session, submission)
    item = session.scalars(
        select(PlanItem).where(PlanItem.id == item_id, PlanItem.submission_id == submission.id)
        .options(selectinload(PlanItem.themes), selectinload(PlanItem.audiences), selectinload(PlanItem.budgets))
    ).one()
    before = _as_plain(item)
    _fill(session, item, fields)
    after = _as_plain(item)
    if before == after:
        return False
    touch(session, submission, now)
    changes = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    _note(session, submission, "write", viewer, now,
          {"part": f"item:{item.id}", "title": item.title, "changes": changes})
    return True


def _fill(session: Session, item: PlanItem, fields: PlanItemFields) -> None:
    """Put what was typed into an item whose lists are loaded."""
    for name in ("title", "medium_id", "quantity", "starts_on", "ends_on", "lead", "partner", "staff", "note"):
        setattr(item, name, getattr(fields, name))
    item.themes = list(session.scalars(select(Theme).where(Theme.id.in_(fields.theme_ids)).order_by(Theme.position)))
    item.audiences = list(session.scalars(
        select(Audience).where(Audience.id.in_(fields.audience_ids)).order_by(Audience.position)))
    kept = {row.funding_source_id: row for row in item.budgets}
    item.budgets = [
        kept.get(source_id) or PlanBudget(funding_source_id=source_id, amount=0)
        for source_id, amount in sorted(fields.budgets.items()) if amount
    ]
    for row in item.budgets:
        row.amount = fields.budgets[row.funding_source_id]


def _as_plain(item: PlanItem) -> dict[str, Any]:
    """An item as the trail keeps it."""
    return {
        "title": item.title, "medium_id": item.medium_id, "quantity": item.quantity,
        "starts_on": item.starts_on.isoformat(), "ends_on": item.ends_on.isoformat(), "lead": item.lead,
        "partner": item.partner, "staff": item.staff, "note": item.note,
        "themes": [row.code for row in item.themes], "audiences": [row.code for row in item.audiences],
        "budgets": {str(row.funding_source_id): row.amount for row in item.budgets},
    }


def remove_item(session: Session, submission: Submission, item_id: int, viewer: Viewer | None, now: datetime) -> bool:
    """Take an item out; it can be put back. False when it is out already. Raises SubmissionError when locked."""
    item = _own_item(session, submission, item_id)
    if item.removed_at is not None:
        return False
    touch(session, submission, now)
    item.removed_at = now
    _note(session, submission, "remove", viewer, now, {"part": f"item:{item.id}", "title": item.title})
    return True


def restore_item(session: Session, submission: Submission, item_id: int, viewer: Viewer | None, now: datetime) -> bool:
    """Put an item back in its place. False when it is there. Raises SubmissionError when locked."""
    item = _own_item(session, submission, item_id)
    if item.removed_at is None:
        return False
    touch(session, submission, now)
    item.removed_at = None
    _note(session, submission, "restore", viewer, now, {"part": f"item:{item.id}", "title": item.title})
    return True


def move_item(session: Session, submission: Submission, item_id: int, steps: int, now: datetime) -> bool:
    """Move an item ``steps`` places down (negative: up). False at the edge. Raises SubmissionError when locked."""
    lock(session, submission)
    items = list(session.scalars(
        select(PlanItem).where(PlanItem.submission_id == submission.id, PlanItem.removed_at.is_(None))
        .order_by(PlanItem.position, PlanItem.id)))
    place = next((number for number, item in enumerate(items) if item.id == item_id), None)
    if place is None or not 0 <= place + steps < len(items):
        return False
    touch(session, submission, now)
    items.insert(place + steps, items.pop(place))
    for position, item in enumerate(items, start=1):
        item.position = position
    return True


def _own_item(session: Session, submission: Submission, item_id: int) -> PlanItem:
    """An item of this plan. Raises SubmissionError when it is another's."""
    lock(session, submission)
    item = session.get(PlanItem, item_id, populate_existing=True)
    if item is None or item.submission_id != submission.id:
        raise SubmissionError(N_("Không tìm thấy việc này trong kế hoạch."))
    return item


def _note(session: Session, submission: Submission, action: str, viewer: Viewer | None, now: datetime,
          detail: dict[str, Any]) -> None:
    """Add a line to the plan's timeline."""
    unit_id = session.get_one(Obligation, submission.obligation_id).unit_id
    record(session, at=now, viewer=viewer, subject=Subject.SUBMISSION, subject_id=submission.id, action=action,
           unit_id=unit_id, detail=detail)


__all__ = ["PlanItemFields", "add_item", "adopt_proposals", "change_item", "find_problems", "find_warnings",
           "freeze_plan", "move_item", "remove_item", "restore_item", "save_section"]
