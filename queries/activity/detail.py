"""One activity, whole, as its page shows it and its form begins with."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from models.activity import Activity, ActivityCost, ActivityReach, activity_attachment
from models.attachment import Attachment
from models.commendation import commendation_attachment
from models.finding import step_attachment
from models.plan import PlanItem
from models.programme import Audience, Channel, FundingSource, Medium
from models.requirement import Obligation, Requirement
from models.submission import Submission
from models.unit import Unit, UnitName
from queries.unit import called


@dataclass(frozen=True, slots=True)
class FileLine:
    """One evidence file; ``size`` in bytes."""

    id: int
    name: str
    media_type: str
    size: int
    sha256: str

    @property
    def is_picture(self) -> bool:
        """Whether a browser shows it in the page."""
        return self.media_type in ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class Amount:
    """A reach by audience, in turns, or a cost by funding source, in đồng."""

    code: str
    label: str
    value: int


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """Everything of one activity, in plain values."""

    id: int
    unit_id: int
    unit_code: str
    unit_name: str
    programme_id: int
    title: str
    starts_on: date
    ends_on: date | None
    medium_code: str
    medium_label: str
    medium_unit: str
    reach_label: str
    channel_label: str
    outlet: str
    quantity: int
    is_integrated: bool
    host_event: str
    link: str
    note: str
    plan_item_id: int | None
    plan_item_title: str
    revision: int
    created_at: datetime
    changed_at: datetime
    removed_at: datetime | None
    themes: tuple[tuple[str, str], ...]
    """(code, label)."""
    reaches: tuple[Amount, ...]
    costs: tuple[Amount, ...]
    files: tuple[FileLine, ...]


def find_activity(session: Session, activity_id: int) -> Activity | None:
    """The row itself with everything that hangs on it, for writing; or None. Not scoped. Five queries."""
    return session.scalar(
        select(Activity).where(Activity.id == activity_id).options(
            selectinload(Activity.themes), selectinload(Activity.reaches), selectinload(Activity.costs),
            selectinload(Activity.attachments)))


def find_by_token(session: Session, form_token: str) -> int | None:
    """The id of the activity that a form made already, or None."""
    return session.scalar(select(Activity.id).where(Activity.form_token == form_token))


def unit_of_activity(session: Session, activity_id: int) -> int | None:
    """Whose activity it is, or None when there is no such activity."""
    return session.scalar(select(Activity.unit_id).where(Activity.id == activity_id))


def get_activity(session: Session, activity_id: int, on: date) -> ActivityPage | None:
    """One activity with the unit's name of ``on``, or None. Not scoped. Five queries."""
    row = session.execute(
        select(Activity, Unit.code, UnitName.name, Medium, Channel.label, PlanItem.title)
        .join(Unit, Unit.id == Activity.unit_id)
        .join(Medium, Medium.id == Activity.medium_id).join(Channel, Channel.id == Medium.channel_id)
        .outerjoin(PlanItem, PlanItem.id == Activity.plan_item_id)
        .outerjoin(UnitName, called(UnitName, Activity.unit_id, on))
        .where(Activity.id == activity_id)
        .options(selectinload(Activity.themes), selectinload(Activity.attachments))
    ).first()
    if row is None:
        return None
    activity, unit_code, unit_name, medium, channel_label, plan_item_title = row
    return ActivityPage(
        id=activity.id, unit_id=activity.unit_id, unit_code=unit_code, unit_name=unit_name or "",
        programme_id=activity.programme_id, title=activity.title, starts_on=activity.starts_on,
        ends_on=activity.ends_on, medium_code=medium.code,
        medium_label=medium.label, medium_unit=medium.unit, reach_label=medium.reach_label,
        channel_label=channel_label, outlet=activity.outlet, quantity=activity.quantity,
        is_integrated=activity.is_integrated, host_event=activity.host_event, link=activity.link,
        note=activity.note, plan_item_id=activity.plan_item_id, plan_item_title=plan_item_title or "",
        revision=activity.revision, created_at=activity.created_at, changed_at=activity.changed_at,
        removed_at=activity.removed_at, themes=tuple((theme.code, theme.label) for theme in activity.themes),
        reaches=_reaches(session, activity_id), costs=_costs(session, activity_id),
        files=tuple(map(file_line, activity.attachments)),
    )


def _reaches(session: Session, activity_id: int) -> tuple[Amount, ...]:
    """Reach by audience, in the programme's order."""
    rows = session.execute(
        select(Audience.code, Audience.label, ActivityReach.turns)
        .join(ActivityReach, ActivityReach.audience_id == Audience.id)
        .where(ActivityReach.activity_id == activity_id).order_by(Audience.position))
    return tuple(Amount(*row) for row in rows)


def _costs(session: Session, activity_id: int) -> tuple[Amount, ...]:
    """Cost by funding source, in the programme's order."""
    rows = session.execute(
        select(FundingSource.code, FundingSource.label, ActivityCost.amount)
        .join(ActivityCost, ActivityCost.funding_source_id == FundingSource.id)
        .where(ActivityCost.activity_id == activity_id).order_by(FundingSource.position))
    return tuple(Amount(*row) for row in rows)


def file_line(file: Attachment) -> FileLine:
    """A file as pages show it."""
    return FileLine(file.id, file.name, file.media_type, file.size, file.sha256)


def list_files(session: Session, unit_id: int, file_ids: list[int]) -> tuple[FileLine, ...]:
    """Those of these files that belong to the unit, in the order of their coming. One query."""
    if not file_ids:
        return ()
    rows = session.scalars(
        select(Attachment).where(Attachment.id.in_(file_ids), Attachment.unit_id == unit_id).order_by(Attachment.id))
    return tuple(map(file_line, rows))


@dataclass(frozen=True, slots=True)
class FileAccess:
    """A file and whose it is; ``is_used`` tells whether it is evidence of an activity already."""

    file: FileLine
    unit_id: int
    is_used: bool


def find_file(session: Session, file_id: int) -> FileAccess | None:
    """One file, or None. Not scoped. One query."""
    used = (select(func.count()).select_from(activity_attachment)
            .where(activity_attachment.c.attachment_id == Attachment.id).scalar_subquery()
            + select(func.count()).select_from(step_attachment)
            .where(step_attachment.c.attachment_id == Attachment.id).scalar_subquery()
            + select(func.count()).select_from(commendation_attachment)
            .where(commendation_attachment.c.attachment_id == Attachment.id).scalar_subquery())
    row = session.execute(select(Attachment, used).where(Attachment.id == file_id)).first()
    return FileAccess(file_line(row[0]), row[0].unit_id, bool(row[1])) if row is not None else None


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How far a unit's plan is carried out, in items; and what was held beside it."""

    planned: int
    begun: int
    """Items with at least one activity."""
    unplanned_activities: int

    @property
    def open(self) -> int:
        """Items without an activity yet."""
        return self.planned - self.begun


def plan_progress(session: Session, unit_id: int, programme_id: int) -> PlanProgress:
    """Planned, begun, unplanned of one unit. One query."""
    items = (
        select(PlanItem.id).join(Submission, Submission.id == PlanItem.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Obligation.unit_id == unit_id, Requirement.programme_id == programme_id,
               PlanItem.removed_at.is_(None)).cte("items"))
    held = select(Activity.plan_item_id).where(
        Activity.unit_id == unit_id, Activity.programme_id == programme_id, Activity.removed_at.is_(None))
    row = session.execute(select(
        select(func.count()).select_from(items).scalar_subquery(),
        select(func.count()).select_from(items).where(items.c.id.in_(
            held.where(Activity.plan_item_id.is_not(None)))).scalar_subquery(),
        select(func.count()).select_from(held.where(Activity.plan_item_id.is_(None)).subquery()).scalar_subquery(),
    )).one()
    return PlanProgress(*row)


__all__ = ["ActivityPage", "Amount", "FileAccess", "FileLine", "PlanProgress", "file_line", "find_activity",
           "find_by_token", "find_file", "get_activity", "list_files", "plan_progress",
           "unit_of_activity"]
