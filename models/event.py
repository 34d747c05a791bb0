"""The trail: who did what, when, to which thing, before and after (product law 11)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Identified, Model, code_column, enum_column


class Subject(StrEnum):
    """The kind of thing an event is about."""

    ACCOUNT = "account"
    UNIT = "unit"
    PROGRAMME = "programme"
    REQUIREMENT = "requirement"
    OBLIGATION = "obligation"
    SUBMISSION = "submission"
    ACTIVITY = "activity"
    SURVEY = "survey"
    """A tally of paper sheets."""
    QUESTIONNAIRE = "questionnaire"
    ROUND = "survey_round"
    PLACE = "survey_place"
    """A unit in a survey round, with what came in there."""
    REORGANISATION = "reorganisation"
    REMINDER = "reminder"
    CHASE_LETTER = "chase_letter"
    INSPECTION = "inspection"
    FINDING = "finding"
    COMMENDATION = "commendation"
    EMULATION = "emulation"
    ANNOUNCEMENT = "announcement"
    HOLIDAY = "holiday"


class Event(Identified, Model):
    """One thing that happened. Rows are only ever added."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject_kind_subject_id", "subject_kind", "subject_id"),)

    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """None for what the portal or a command did."""
    actor: Mapped[str] = mapped_column(default="")
    """The person's name and unit as they were then."""
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    """The unit the thing belongs to."""
    subject_kind: Mapped[Subject] = enum_column(Subject, "subject_kind")
    subject_id: Mapped[int]
    action: Mapped[str] = code_column()
    """As "submit", "return", "override", "remove"."""
    reason: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Before and after, as {"field": ["old", "new"]}, and what else the timeline shows."""
