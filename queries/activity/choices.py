"""What the form of an activity offers: the programme's words and the unit's own plan."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.plan import PlanItem
from models.programme import (
    Audience,
    Channel,
    FundingSource,
    Medium,
    Outlet,
    Programme,
    ProgrammeStatus,
    Theme,
)
from models.requirement import Obligation, Requirement
from models.submission import Submission


@dataclass(frozen=True, slots=True)
class CodeChoice:
    """One theme, audience or funding source."""

    id: int
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class MediumChoice:
    """One medium with what it implies and asks for."""

    id: int
    code: str
    label: str
    unit: str
    asks_outlet: bool
    reach_label: str
    channel_code: str
    channel_label: str


@dataclass(frozen=True, slots=True)
class PlanItemChoice:
    """One item of the unit's own plan."""

    id: int
    title: str
    medium_code: str


@dataclass(frozen=True, slots=True)
class ProgrammeSpan:
    """A programme and the days whose activities it tells of, both included."""

    id: int
    year: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class ActivityChoices:
    """Everything the form offers, each list in the order of the programme."""

    programme: ProgrammeSpan
    themes: tuple[CodeChoice, ...]
    media: tuple[MediumChoice, ...]
    audiences: tuple[CodeChoice, ...]
    funding_sources: tuple[CodeChoice, ...]
    outlets: tuple[str, ...]
    plan_items: tuple[PlanItemChoice, ...]


def programme_on(session: Session, day: date) -> ProgrammeSpan | None:
    """The published programme in which a unit works on ``day``, or None before there is one. One query.

    Between the years it is still the old year's until the new one is published.
    """
    return _span(session, day, None)


def get_programme_span(session: Session, programme_id: int) -> ProgrammeSpan | None:
    """A programme with its days, or None. One query."""
    return _span(session, None, programme_id)


def _span(session: Session, day: date | None, programme_id: int | None) -> ProgrammeSpan | None:
    """Find a programme by day or id, with the widest coverage of its requirements."""
    statement = (
        select(Programme.id, Programme.year, func.min(Requirement.coverage_from), func.max(Requirement.coverage_to))
        .outerjoin(Requirement, Requirement.programme_id == Programme.id)
        .group_by(Programme.id, Programme.year).order_by(Programme.year.desc()).limit(1)
    )
    if programme_id is not None:
        statement = statement.where(Programme.id == programme_id)
    if day is not None:
        statement = statement.where(
            Programme.year <= day.year, Programme.status != ProgrammeStatus.DRAFT)
    row = session.execute(statement).first()
    if row is None:
        return None
    found_id, year, first, last = row
    new_year, old_year = date(year, 1, 1), date(year, 12, 31)
    days = [day for day in (first, last, new_year, old_year) if day is not None]
    return ProgrammeSpan(found_id, year, min(days), max(days))


def get_choices(session: Session, programme: ProgrammeSpan, unit_id: int) -> ActivityChoices:
    """Everything the form offers a unit. Six queries."""
    return ActivityChoices(
        programme=programme,
        themes=_codes(session, Theme, programme.id),
        media=list_media(session, programme.id),
        audiences=_codes(session, Audience, programme.id),
        funding_sources=_codes(session, FundingSource, programme.id),
        outlets=tuple(session.scalars(
            select(Outlet.name).where(Outlet.programme_id == programme.id).order_by(Outlet.position))),
        plan_items=_plan_items(session, programme.id, unit_id),
    )


def _codes(session: Session, kind: type[Theme | Audience | FundingSource],
           programme_id: int) -> tuple[CodeChoice, ...]:
    """Rows of one kind."""
    rows = session.execute(
        select(kind.id, kind.code, kind.label).where(kind.programme_id == programme_id)
        .order_by(kind.position, kind.id))
    return tuple(CodeChoice(*row) for row in rows)


def list_media(session: Session, programme_id: int) -> tuple[MediumChoice, ...]:
    """Media of a programme, channel by channel. One query."""
    rows = session.execute(
        select(Medium.id, Medium.code, Medium.label, Medium.unit, Medium.asks_outlet, Medium.reach_label,
               Channel.code, Channel.label)
        .join(Channel, Channel.id == Medium.channel_id).where(Medium.programme_id == programme_id)
        .order_by(Channel.position, Medium.position, Medium.id))
    return tuple(MediumChoice(*row) for row in rows)


def list_themes(session: Session, programme_id: int) -> tuple[CodeChoice, ...]:
    """Themes of a programme. One query."""
    return _codes(session, Theme, programme_id)


def _plan_items(session: Session, programme_id: int, unit_id: int) -> tuple[PlanItemChoice, ...]:
    """Items of the unit's own plan as it stands."""
    rows = session.execute(
        select(PlanItem.id, PlanItem.title, Medium.code)
        .join(Medium, Medium.id == PlanItem.medium_id)
        .join(Submission, Submission.id == PlanItem.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Obligation.unit_id == unit_id, Requirement.programme_id == programme_id,
               PlanItem.removed_at.is_(None))
        .order_by(PlanItem.position, PlanItem.id))
    return tuple(PlanItemChoice(*row) for row in rows)


__all__ = ["ActivityChoices", "CodeChoice", "MediumChoice", "PlanItemChoice", "ProgrammeSpan",
           "get_choices", "get_programme_span", "list_media", "list_themes", "programme_on"]
