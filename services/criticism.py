"""Writing criticisms: recorded, changed, closed, opened again; each leaves a line in the criticism's own trail.

The portal's general trail is read by units and must not tell of a criticism, so nothing is recorded there.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.translation import N_
from models.criticism import Basis, Criticism, CriticismDeed, CriticismStep
from models.permission import Viewer


class CriticismError(Exception):
    """The deed does not fit; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class CriticismInput:
    """A criticism as a checked form gives it; ``facts`` are (words, address of the page that shows it)."""

    basis: Basis
    what: str
    proposal: str
    facts: tuple[tuple[str, str], ...] = ()


def add_criticism(session: Session, given: CriticismInput, *, unit_id: int, programme_id: int, form_token: str,
                  viewer: Viewer | None, now: datetime) -> int:
    """Record a criticism; the same ``form_token`` twice makes one. Gives its id. Does not commit."""
    found = Criticism(
        unit_id=unit_id, programme_id=programme_id, basis=given.basis, what=given.what, proposal=given.proposal,
        facts={"lines": [{"text": text, "url": url} for text, url in given.facts]}, recorded_at=now,
        recorded_by_id=viewer.account_id if viewer else None, form_token=form_token)
    try:
        with session.begin_nested():
            session.add(found)
            session.flush()
    except IntegrityError:
        made = session.scalar(select(Criticism.id).where(Criticism.form_token == form_token))
        if made is None:
            raise
        return made
    _step(session, found, CriticismDeed.CREATE, viewer, now)
    return found.id


def change_criticism(session: Session, found: Criticism, given: CriticismInput, *, viewer: Viewer | None,
                     now: datetime) -> None:
    """Change the words; the figures stay as they were recorded. Raises CriticismError when closed."""
    if found.closed_at is not None:
        raise CriticismError(N_("Nội dung này đã khép lại. Mở lại trước khi sửa."))
    before = "\n".join(filter(None, [found.what, found.proposal]))
    found.basis, found.what, found.proposal = given.basis, given.what, given.proposal
    _step(session, found, CriticismDeed.CHANGE, viewer, now, before=before)


def close_criticism(session: Session, found: Criticism, reason: str, *, viewer: Viewer | None,
                    now: datetime) -> None:
    """Close it, or open it again when it is closed, with a reason. Does not commit."""
    if not reason.strip():
        raise CriticismError(N_("Ghi lý do."))
    if found.closed_at is None:
        found.closed_at, found.closing_reason = now, reason.strip()
        _step(session, found, CriticismDeed.CLOSE, viewer, now, reason=reason)
    else:
        found.closed_at, found.closing_reason = None, ""
        _step(session, found, CriticismDeed.REOPEN, viewer, now, reason=reason)


def _step(session: Session, found: Criticism, deed: CriticismDeed, viewer: Viewer | None, now: datetime, *,
          reason: str = "", before: str = "") -> None:
    """Leave a line in the criticism's own trail."""
    session.add(CriticismStep(
        criticism_id=found.id, deed=deed, at=now, by_id=viewer.account_id if viewer else None,
        by_name=viewer.name if viewer else "", reason=reason.strip(), before=before))
    session.flush()
