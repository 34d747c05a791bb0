"""Findings of inspections (kiến nghị sau kiểm tra): the one table of what may be done, and when one is overdue.

A finding is sent to its unit when it is written. The unit answers; the inspectors accept the answer, ask again with
another date, or close it with a reason. Lateness is judged by ``models.deadline`` alone (product law 3).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    and_,
    case,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.translation import N_
from models.activity import Activity
from models.attachment import Attachment
from models.base import Identified, Model, code_column, enum_column
from models.deadline import days_late, deadline_of, is_late, is_late_clause
from models.permission import Action

TEXT_MAX_LENGTH = 5000
"""Signs of a finding, an answer, a reason."""

step_activity = Table(
    "finding_step_activity", Model.metadata,
    Column("step_id", ForeignKey("finding_step.id"), primary_key=True),
    Column("activity_id", ForeignKey("activity.id"), primary_key=True),
)
step_attachment = Table(
    "finding_step_attachment", Model.metadata,
    Column("step_id", ForeignKey("finding_step.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)


class Severity(StrEnum):
    """How grave a finding is."""

    REMARK = "remark"
    FAULT = "fault"
    GRAVE = "grave"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Cần khắc phục'."""
        return {"remark": N_("Rút kinh nghiệm"), "fault": N_("Cần khắc phục"), "grave": N_("Nghiêm trọng")}[self.value]


class FindingStatus(StrEnum):
    """Where a finding stands, without regard to its date."""

    OPEN = "open"
    ANSWERED = "answered"
    ASKED = "asked"
    MENDED = "mended"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Chờ đơn vị trả lời'."""
        return {
            "open": N_("Chờ đơn vị trả lời"), "answered": N_("Đã trả lời, chờ xem xét"),
            "asked": N_("Cần bổ sung"), "mended": N_("Đã khắc phục"), "closed": N_("Đã khép lại"),
        }[self.value]

    @property
    def is_with_unit(self) -> bool:
        """Whether it is the unit's turn."""
        return self in (FindingStatus.OPEN, FindingStatus.ASKED)

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is waited for."""
        return self in (FindingStatus.MENDED, FindingStatus.CLOSED)


class Deed(StrEnum):
    """What is done to a finding."""

    ANSWER = "answer"
    ACCEPT = "accept"
    ASK = "ask"
    CLOSE = "close"
    REOPEN = "reopen"

    @property
    def label(self) -> str:
        """The Vietnamese words of its line in the history, as 'Đơn vị trả lời'."""
        return {
            "answer": N_("Đơn vị trả lời"), "accept": N_("Chấp nhận kết quả khắc phục"), "ask": N_("Yêu cầu bổ sung"),
            "close": N_("Khép lại"), "reopen": N_("Mở lại"),
        }[self.value]


class Standing(StrEnum):
    """Where a finding stands today; every finding has exactly one."""

    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    MENDED = "mended"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Quá hạn khắc phục'."""
        return {
            "open": N_("Đang trong hạn"), "overdue": N_("Quá hạn khắc phục"), "answered": N_("Chờ xem xét"),
            "mended": N_("Đã khắc phục"), "closed": N_("Đã khép lại"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Rule:
    """One deed: from which states, to which, who may, and what it asks for."""

    sources: frozenset[FindingStatus]
    target: FindingStatus
    action: Action
    needs_text: bool = True
    sets_due: bool = False


_S = FindingStatus
RULES: dict[Deed, Rule] = {
    Deed.ANSWER: Rule(frozenset({_S.OPEN, _S.ASKED, _S.ANSWERED}), _S.ANSWERED, Action.FINDING_ANSWER),
    Deed.ACCEPT: Rule(frozenset({_S.ANSWERED}), _S.MENDED, Action.INSPECTION_WRITE, needs_text=False),
    Deed.ASK: Rule(frozenset({_S.ANSWERED}), _S.ASKED, Action.INSPECTION_WRITE, sets_due=True),
    Deed.CLOSE: Rule(frozenset({_S.OPEN, _S.ASKED, _S.ANSWERED}), _S.CLOSED, Action.INSPECTION_WRITE),
    Deed.REOPEN: Rule(frozenset({_S.MENDED, _S.CLOSED}), _S.ASKED, Action.INSPECTION_WRITE, sets_due=True),
}
"""The one table of transitions."""


class FindingError(Exception):
    """The deed does not fit the finding as it stands; the message is Vietnamese."""


def next_status(status: FindingStatus, deed: Deed) -> FindingStatus:
    """Where a deed leads. Raises FindingError when it does not fit."""
    rule = RULES[deed]
    if status not in rule.sources:
        raise FindingError(N_("Kiến nghị đã chuyển sang tình trạng khác. Xem lại rồi làm tiếp."))
    return rule.target


def possible_deeds(status: FindingStatus, action: Action) -> list[Deed]:
    """What may be done with a finding in this state by those who have a right."""
    return [deed for deed, rule in RULES.items() if status in rule.sources and rule.action is action]


def deadline(due_on: date) -> datetime:
    """The first moment that is late: the day itself still counts ("chậm nhất ngày")."""
    return deadline_of(due_on, counts_due_day=True)


def standing_of(status: FindingStatus, deadline_at: datetime, now: datetime) -> Standing:
    """Where a finding stands at ``now``; one that waits for the inspectors is never overdue."""
    if status.is_with_unit:
        return Standing.OVERDUE if is_late(now, deadline_at) else Standing.OPEN
    return Standing(status.value)


def standing_clause(now: Any) -> ColumnElement[str]:
    """The SQL twin of ``standing_of``."""
    with_unit = Finding.status.in_([_S.OPEN, _S.ASKED])
    return case(
        (and_(with_unit, is_late_clause(now, Finding.__table__.c.deadline_at)), Standing.OVERDUE.value),
        (with_unit, Standing.OPEN.value), (Finding.status == _S.ANSWERED, Standing.ANSWERED.value),
        (Finding.status == _S.MENDED, Standing.MENDED.value), else_=Standing.CLOSED.value)


class Finding(Identified, Model):
    """One finding. Its text and date are the inspectors'; it is never deleted."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("visit_id", "number"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("(status in ('mended', 'closed')) = (settled_at is not null)", name="settled_at"),
        Index("ix_finding_unit_id_raised_on", "unit_id", "raised_on"),
    )

    visit_id: Mapped[int] = mapped_column(ForeignKey("inspected_unit.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The unit that has to mend it."""
    number: Mapped[int]
    """From 1 at each visit."""
    what: Mapped[str]
    severity: Mapped[Severity] = enum_column(Severity, "severity")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    due_on: Mapped[date]
    """The last day in Vietnam on which an answer is in time."""
    deadline_at: Mapped[datetime]
    """The first moment that is late."""
    status: Mapped[FindingStatus] = enum_column(FindingStatus, "status", default=FindingStatus.OPEN)
    raised_on: Mapped[date]
    raised_at: Mapped[datetime]
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None]
    """When the unit last answered."""
    settled_at: Mapped[datetime | None]
    """When it was accepted as mended, or closed."""
    form_token: Mapped[str] = code_column(64, unique=True)
    """Sent with the form: the same form twice makes one finding."""

    def late_days(self, now: datetime) -> int:
        """Days late of the answer, or of today while the unit owes one; 0 in time or closed without an answer."""
        return late_days(self.status, self.deadline_at, self.answered_at, now)


def late_days(status: FindingStatus, deadline_at: datetime, answered_at: datetime | None, now: datetime) -> int:
    """Days late of the answer, or of today while the unit owes one; 0 in time or closed without an answer."""
    moment = now if status.is_with_unit else answered_at
    return days_late(moment, deadline_at) if moment is not None else 0


class FindingStep(Identified, Model):
    """One step between unit and inspectors: an answer with its evidence, a word on it. Never changed."""

    __tablename__ = "finding_step"

    finding_id: Mapped[int] = mapped_column(ForeignKey("finding.id"), index=True)
    deed: Mapped[Deed] = enum_column(Deed, "deed")
    text: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    """The new date that it set."""
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str] = mapped_column(default="")
    """The person's name as it was then."""
    form_token: Mapped[str] = code_column(64, unique=True)
    activities: Mapped[list[Activity]] = relationship(
        secondary=step_activity, lazy="raise", order_by=Activity.starts_on)
    attachments: Mapped[list[Attachment]] = relationship(
        secondary=step_attachment, lazy="raise", order_by=Attachment.id)


__all__ = ["RULES", "TEXT_MAX_LENGTH", "Deed", "Finding", "FindingError", "FindingStatus", "FindingStep", "Rule",
           "Severity", "Standing", "deadline", "late_days", "next_status", "possible_deeds", "standing_clause",
           "standing_of", "step_activity", "step_attachment"]
