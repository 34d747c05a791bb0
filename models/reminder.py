"""Reminders: when a requirement's units are reminded, and the record of every reminder (plan, IV.1; domain §3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column
from models.deadline import Holidays, working_days_between

DAYS_BEFORE = (10, 5, 2, 1, 0)
MOST_DAYS_BEFORE = 60
EVERY_WORKING_DAYS = 2
MOST_AFTER = 10
CATCH_UP_DAYS = 2
"""A portal that was off on the day itself reminds up to so many days later."""


class ReminderKind(StrEnum):
    """Why somebody is reminded."""

    BEFORE = "before"
    DUE_DAY = "due_day"
    AFTER = "after"
    NOW = "now"
    """A person pressed the button."""

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Trước hạn'."""
        return {"before": N_("Trước hạn"), "due_day": N_("Đúng ngày hạn"), "after": N_("Sau hạn"),
                "now": N_("Nhắc trực tiếp")}[self.value]


class ReminderChannel(StrEnum):
    """How it reaches somebody."""

    PORTAL = "portal"
    MAIL = "mail"

    @property
    def label(self) -> str:
        """The Vietnamese word, as 'Trên cổng'."""
        return {"portal": N_("Trên cổng"), "mail": N_("Thư điện tử")}[self.value]


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time at which those who owe are reminded: why, how many days off, on which day, of which last good day."""

    kind: ReminderKind
    days: int
    """Calendar days before, working days after; 0 on the day itself."""
    on: date
    last_day: date

    @property
    def code(self) -> str:
        """What makes it one: "before-5@2023-05-30"; another due date makes another, the button one a day."""
        if self.kind is ReminderKind.NOW:
            return f"now-{self.on}"
        return f"{self.kind.value}-{self.days}@{self.last_day}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When and whom to remind."""

    days_before: tuple[int, ...] = DAYS_BEFORE
    """Calendar days before the last good day; 0 is that day."""
    every_after: int = EVERY_WORKING_DAYS
    """Working days between reminders after it; 0 for none."""
    most_after: int = MOST_AFTER
    is_on: bool = True
    to_officers: bool = True
    to_head: bool = True
    to_reviewer: bool = True

    def occasion_on(self, day: date, last_day: date, holidays: Holidays) -> Occasion | None:
        """The occasion that falls on ``day`` itself, or None."""
        days = (last_day - day).days
        if days >= 0:
            kind = ReminderKind.BEFORE if days else ReminderKind.DUE_DAY
            return Occasion(kind, days, day, last_day) if days in self.days_before else None
        if not self.every_after or not holidays.is_working(day):
            return None
        passed = working_days_between(last_day, day, holidays)
        times, rest = divmod(passed, self.every_after)
        if rest or not 0 < times <= self.most_after:
            return None
        return Occasion(ReminderKind.AFTER, passed, day, last_day)

    def occasion_by(self, day: date, last_day: date, since: date, holidays: Holidays) -> Occasion | None:
        """The newest occasion of ``day`` and the days just before it, none before ``since``; None when off."""
        if not self.is_on:
            return None
        days = (day - timedelta(days=step) for step in range(CATCH_UP_DAYS + 1))
        found = (self.occasion_on(each, last_day, holidays) for each in days if each >= since)
        return next((occasion for occasion in found if occasion is not None), None)


class ReminderRule(Identified, Model):
    """The schedule that the Office set for a requirement. No row: the usual one holds."""

    __tablename__ = "reminder_rule"
    __table_args__ = (
        CheckConstraint("every_after >= 0", name="every_after"),
        CheckConstraint("most_after >= 0", name="most_after"),
    )

    requirement_id: Mapped[int] = mapped_column(ForeignKey("requirement.id"), unique=True)
    days_before: Mapped[list[int]] = mapped_column(JSON)
    every_after: Mapped[int]
    most_after: Mapped[int]
    is_on: Mapped[bool]
    to_officers: Mapped[bool]
    to_head: Mapped[bool]
    to_reviewer: Mapped[bool]

    @property
    def schedule(self) -> Schedule:
        """The same as a plain value."""
        return Schedule(tuple(sorted(set(self.days_before), reverse=True)), self.every_after, self.most_after,
                        self.is_on, self.to_officers, self.to_head, self.to_reviewer)


class Reminder(Identified, Model):
    """One obligation, one occasion, one way, one recipient: never written twice."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("obligation_id", "occasion", "channel", "recipient"),
        CheckConstraint("(channel = 'mail') = (mail_id is not null)", name="mail_id"),
        Index("ix_reminder_unit_id_channel", "unit_id", "channel"),
    )

    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligation.id"))
    occasion: Mapped[str] = code_column()
    """``Occasion.code``."""
    kind: Mapped[ReminderKind] = enum_column(ReminderKind, "kind")
    days: Mapped[int]
    sent_on: Mapped[date]
    channel: Mapped[ReminderChannel] = enum_column(ReminderChannel, "channel")
    recipient: Mapped[str] = code_column()
    """"unit-12" in the portal, "account-40" by mail."""
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    """The unit that is reminded: the one that owes, or its reviewer."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """To whom the mail goes; None in the portal, where the whole unit sees it."""
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_mail.id"), index=True)
    """A reviewer's mail tells of many obligations at once."""
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who pressed the button; None for the schedule."""
    received_at: Mapped[datetime | None]
    """When somebody of the unit said "đã nhận" in the portal."""
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
