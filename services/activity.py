"""Writing activities: recorded, changed, taken out, put back; each leaves a line in the trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.text import fold
from models.activity import Activity, ActivityCost, ActivityReach
from models.attachment import Attachment
from models.event import Subject
from models.permission import Viewer
from models.programme import Audience, FundingSource, Medium, Theme
from services.trail import record


class TokenTakenError(Exception):
    """The form's token made an activity already, in another request at the same time."""


@dataclass(frozen=True)
class ActivityInput:
    """An activity as a checked form gives it: codes of the programme, amounts in đồng, reach in turns."""

    title: str
    medium_code: str
    starts_on: date
    ends_on: date | None
    theme_codes: tuple[str, ...]
    quantity: int
    outlet: str
    reaches: Mapping[str, int]
    """By audience code; zero is kept, what was left empty is not among them."""
    is_integrated: bool
    host_event: str
    costs: Mapping[str, int]
    """By funding source code."""
    link: str
    note: str
    plan_item_id: int | None
    attachment_ids: tuple[int, ...]


def add_activity(session: Session, given: ActivityInput, *, unit_id: int, programme_id: int, form_token: str,
                 viewer: Viewer | None, now: datetime) -> Activity:
    """Record an activity. Raises TokenTakenError when the token was used meanwhile. Does not commit."""
    activity = Activity(
        unit_id=unit_id, programme_id=programme_id, form_token=form_token, created_at=now, changed_at=now,
        created_by_id=viewer.account_id if viewer else None, revision=1, themes=[], reaches=[], costs=[],
        attachments=[])
    with session.no_autoflush:
        _fill(session, activity, given)
    try:
        with session.begin_nested():
            session.add(activity)
            session.flush()
    except IntegrityError as error:
        if session.scalar(select(Activity.id).where(Activity.form_token == form_token)) is None:
            raise
        raise TokenTakenError(form_token) from error
    record(session, at=now, viewer=viewer, subject=Subject.ACTIVITY, subject_id=activity.id, action="create",
           unit_id=unit_id)
    return activity


def change_activity(session: Session, activity: Activity, given: ActivityInput, *, viewer: Viewer | None,
                    now: datetime) -> bool:
    """Change an activity that was loaded whole; the trail tells before and after. False when nothing differs.

    Does not commit.
    """
    before = describe(session, activity)
    _fill(session, activity, given)
    session.flush()
    after = describe(session, activity)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if not changed:
        return False
    activity.revision += 1
    activity.changed_at = now
    record(session, at=now, viewer=viewer, subject=Subject.ACTIVITY, subject_id=activity.id, action="change",
           unit_id=activity.unit_id, detail={"fields": changed})
    return True


def remove_activity(session: Session, activity: Activity, *, viewer: Viewer | None, now: datetime) -> bool:
    """Take an activity out; it counts nowhere and can be put back. False when it is out already. Does not commit."""
    if activity.removed_at is not None:
        return False
    activity.removed_at = activity.changed_at = now
    record(session, at=now, viewer=viewer, subject=Subject.ACTIVITY, subject_id=activity.id, action="remove",
           unit_id=activity.unit_id)
    return True


def restore_activity(session: Session, activity: Activity, *, viewer: Viewer | None, now: datetime) -> bool:
    """Put an activity back. False when it was not out. Does not commit."""
    if activity.removed_at is None:
        return False
    activity.removed_at, activity.changed_at = None, now
    record(session, at=now, viewer=viewer, subject=Subject.ACTIVITY, subject_id=activity.id, action="restore",
           unit_id=activity.unit_id)
    return True


def _fill(session: Session, activity: Activity, given: ActivityInput) -> None:
    """Put what was given into the row; codes are those of the activity's programme."""
    programme_id = activity.programme_id
    activity.title, activity.folded = given.title, fold(given.title)
    activity.starts_on = given.starts_on
    activity.ends_on = None if given.ends_on == given.starts_on else given.ends_on
    activity.quantity, activity.outlet = given.quantity, given.outlet
    activity.is_integrated, activity.host_event = given.is_integrated, given.host_event
    activity.link, activity.note, activity.plan_item_id = given.link, given.note, given.plan_item_id
    activity.medium_id = _ids(session, Medium, programme_id, [given.medium_code])[given.medium_code]
    activity.themes = list(session.scalars(
        select(Theme).where(Theme.programme_id == programme_id, Theme.code.in_(given.theme_codes))
        .order_by(Theme.position)))
    _fill_amounts(session, activity, given)
    activity.attachments = list(session.scalars(
        select(Attachment).where(Attachment.id.in_(given.attachment_ids), Attachment.unit_id == activity.unit_id)
        .order_by(Attachment.id)))


def _fill_amounts(session: Session, activity: Activity, given: ActivityInput) -> None:
    """Put reach and cost into the row, keeping the rows that stay."""
    audiences = _ids(session, Audience, activity.programme_id, given.reaches)
    turns = {audiences[code]: value for code, value in given.reaches.items()}
    kept_reaches = {row.audience_id: row for row in activity.reaches if row.audience_id in turns}
    for audience_id, value in turns.items():
        kept_reaches.setdefault(audience_id, ActivityReach(audience_id=audience_id)).turns = value
    activity.reaches = list(kept_reaches.values())
    sources = _ids(session, FundingSource, activity.programme_id, given.costs)
    amounts = {sources[code]: value for code, value in given.costs.items()}
    kept_costs = {row.funding_source_id: row for row in activity.costs if row.funding_source_id in amounts}
    for source_id, value in amounts.items():
        kept_costs.setdefault(source_id, ActivityCost(funding_source_id=source_id)).amount = value
    activity.costs = list(kept_costs.values())


def _ids(session: Session, kind: type[Medium | Audience | FundingSource], programme_id: int,
         codes: Any) -> dict[str, int]:
    """Ids of a programme's rows by code."""
    wanted = list(codes)
    if not wanted:
        return {}
    rows = session.execute(select(kind.code, kind.id).where(kind.programme_id == programme_id, kind.code.in_(wanted)))
    return dict(rows.all())


def describe(session: Session, activity: Activity) -> dict[str, Any]:
    """An activity that was loaded whole, in plain values by field, for the trail's before and after."""
    return {
        "title": activity.title,
        "medium": session.scalar(select(Medium.label).where(Medium.id == activity.medium_id)),
        "starts_on": activity.starts_on.isoformat(),
        "ends_on": activity.ends_on.isoformat() if activity.ends_on else "",
        "themes": ", ".join(theme.code for theme in sorted(activity.themes, key=lambda theme: theme.position)),
        "quantity": activity.quantity,
        "outlet": activity.outlet,
        "reach": sum(row.turns for row in activity.reaches) if activity.reaches else None,
        "reach_rows": {str(row.audience_id): row.turns for row in activity.reaches},
        "is_integrated": activity.is_integrated,
        "host_event": activity.host_event,
        "cost": sum(row.amount for row in activity.costs) if activity.costs else None,
        "cost_rows": {str(row.funding_source_id): row.amount for row in activity.costs},
        "link": activity.link,
        "note": activity.note,
        "plan_item": activity.plan_item_id,
        "attachments": [file.name for file in sorted(activity.attachments, key=lambda file: file.id)],
    }


__all__ = ["ActivityInput", "TokenTakenError", "add_activity", "change_activity", "describe", "remove_activity",
           "restore_activity"]
