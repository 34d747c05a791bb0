"""Writing commendations: proposed, mended, moderated, picked and published; each deed leaves a line in the trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.text import fold
from core.translation import N_
from models.activity import Activity
from models.attachment import Attachment
from models.commendation import (
    RULES,
    Commendation,
    CommendationError,
    CommendationKind,
    CommendationStatus,
    Deed,
    fits,
    names_person,
)
from models.event import Subject
from models.permission import Viewer
from models.programme import Theme
from queries.commendation.public import PICTURES
from services.trail import record

CHANGED = N_("Đề xuất đã chuyển sang tình trạng khác. Xem lại rồi làm tiếp.")
NO_REASON = N_("Ghi lý do để đơn vị biết.")
NO_TEXT = N_("Biên tập bài đăng trước khi đăng lên trang công khai.")
NAMED = N_("Người được nêu gương chưa đồng ý nêu tên. Biên tập lại để bài đăng không nêu tên.")


class TokenTakenError(Exception):
    """The form's token made a proposal already, in another request at the same time."""


@dataclass(frozen=True)
class CommendationInput:
    """A proposal as a checked form gives it."""

    kind: CommendationKind
    title: str
    person_name: str
    person_post: str
    has_consent: bool
    consent_note: str
    description: str
    results: str
    theme_codes: tuple[str, ...]
    activity_ids: tuple[int, ...]
    attachment_ids: tuple[int, ...]


def propose(session: Session, given: CommendationInput, *, unit_id: int, programme_id: int, form_token: str,
            viewer: Viewer | None, now: datetime) -> Commendation:
    """Record a new proposal, sent to the Office. Raises TokenTakenError when the token was used meanwhile."""
    found = Commendation(
        unit_id=unit_id, programme_id=programme_id, form_token=form_token, created_at=now, proposed_at=now,
        created_by_id=viewer.account_id if viewer else None, status=CommendationStatus.PROPOSED,
        themes=[], activities=[], attachments=[], photos=[])
    with session.no_autoflush:
        _fill(session, found, given)
    try:
        with session.begin_nested():
            session.add(found)
            session.flush()
    except IntegrityError as error:
        if session.scalar(select(Commendation.id).where(Commendation.form_token == form_token)) is None:
            raise
        raise TokenTakenError(form_token) from error
    _record(session, found, Deed.PROPOSE, viewer, now)
    return found


def change(session: Session, found: Commendation, given: CommendationInput, *, viewer: Viewer | None,
           now: datetime) -> None:
    """Save what the unit changed; what was returned or withdrawn is proposed again. Does not commit.

    Raises CommendationError when the Office has decided meanwhile.
    """
    deed = Deed.CHANGE if found.status is CommendationStatus.PROPOSED else Deed.PROPOSE
    before = _described(found)
    _move(found, deed, "")
    _fill(session, found, given)
    session.flush()
    after = _described(found)
    if deed is Deed.PROPOSE:
        found.proposed_at = now
    fields = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    found.revision += 1
    _record(session, found, deed, viewer, now, detail={"fields": fields})


def decide(session: Session, found: Commendation, deed: Deed, *, reason: str = "", viewer: Viewer | None,
           now: datetime) -> None:
    """Withdraw, ask to mend, accept, refuse, pick, drop, publish, take down, end a consent. Does not commit.

    Raises CommendationError, in Vietnamese, when it does not fit, a reason is lacking, or a person without consent
    would be named.
    """
    _move(found, deed, reason)
    if deed in (Deed.ASK, Deed.ACCEPT, Deed.REFUSE):
        found.decided_at = now
    if deed in (Deed.PICK, Deed.PUBLISH):
        _check_name(found)
    if deed is Deed.PUBLISH and not found.public_text.strip():
        raise CommendationError(NO_TEXT)
    if deed in (Deed.PICK, Deed.DROP):
        found.picked_at = now if deed is Deed.PICK else None
    if deed in (Deed.PUBLISH, Deed.TAKE_DOWN):
        found.published_at = now if deed is Deed.PUBLISH else None
    if deed is Deed.END_CONSENT:
        found.has_consent = found.shows_name = False
    if found.status is not CommendationStatus.ACCEPTED or (deed is Deed.END_CONSENT and _names(found)):
        found.picked_at = found.published_at = None
    session.flush()
    _record(session, found, deed, viewer, now, reason=reason)


def give_opinion(session: Session, found: Commendation, text: str, *, by: str, viewer: Viewer | None,
                 now: datetime) -> None:
    """Write the district's opinion. Raises CommendationError once the Office has decided. Does not commit."""
    _move(found, Deed.GIVE_OPINION, "")
    found.opinion, found.opinion_by = text.strip(), by
    _record(session, found, Deed.GIVE_OPINION, viewer, now, detail={"opinion": found.opinion})


def edit_text(session: Session, found: Commendation, *, title: str, text: str, shows_name: bool,
              photo_ids: tuple[int, ...], viewer: Viewer | None, now: datetime) -> None:
    """Write the Office's own short text and choose photos out of the evidence; the unit's own stays as it is.

    Raises CommendationError when it is not accepted, when what stands in the report or on the public page would
    name a person without consent, or would become empty. Does not commit.
    """
    _move(found, Deed.EDIT_TEXT, "")
    before = [found.public_title, found.public_text]
    found.public_title, found.public_text = title, text
    found.public_folded = fold(f"{title} {text}")
    found.shows_name = shows_name and found.has_consent
    found.photos = [file for file in found.attachments if file.id in photo_ids and file.media_type in PICTURES]
    _check_name(found)
    session.flush()
    _record(session, found, Deed.EDIT_TEXT, viewer, now,
            detail={"before": before, "after": [title, text], "photos": [file.id for file in found.photos]})


def _move(found: Commendation, deed: Deed, reason: str) -> None:
    """Follow the table of deeds."""
    rule = RULES[deed]
    if not fits(deed, found.status, is_picked=found.picked_at is not None,
                is_public=found.published_at is not None, has_consent=found.has_consent):
        raise CommendationError(CHANGED)
    if rule.needs_reason and not reason.strip():
        raise CommendationError(NO_REASON)
    if rule.target is not None:
        found.status, found.reason = rule.target, reason.strip()


def _check_name(found: Commendation) -> None:
    """Refuse words that name somebody who has not agreed to it."""
    if not found.has_consent and _names(found):
        raise CommendationError(NAMED)


def _names(found: Commendation) -> bool:
    """Whether the words of report and public page name the person."""
    return names_person(found.person_name, found.public_title or found.title, found.public_text or found.results)


def _fill(session: Session, found: Commendation, given: CommendationInput) -> None:
    """Put what was given into the row; activities and files are the unit's own."""
    is_person = given.kind is CommendationKind.PERSON
    found.kind, found.title, found.folded = given.kind, given.title, fold(given.title)
    found.person_name = given.person_name if is_person else ""
    found.person_post = given.person_post if is_person else ""
    found.has_consent = is_person and given.has_consent
    found.consent_note = given.consent_note if is_person and given.has_consent else ""
    found.description, found.results = given.description, given.results
    found.themes = list(session.scalars(
        select(Theme).where(Theme.programme_id == found.programme_id, Theme.code.in_(given.theme_codes))
        .order_by(Theme.position)))
    found.activities = list(session.scalars(
        select(Activity).where(Activity.unit_id == found.unit_id, Activity.id.in_(given.activity_ids))
        .order_by(Activity.id)))
    found.attachments = list(session.scalars(
        select(Attachment).where(Attachment.unit_id == found.unit_id, Attachment.id.in_(given.attachment_ids))
        .order_by(Attachment.id)))
    found.photos = [file for file in found.photos if file in found.attachments]


def _described(found: Commendation) -> dict[str, Any]:
    """A proposal in plain values, for the trail's before and after."""
    return {
        "kind": found.kind.label, "title": found.title, "person_name": found.person_name,
        "person_post": found.person_post, "has_consent": found.has_consent, "consent_note": found.consent_note,
        "description": found.description, "results": found.results,
        "themes": ", ".join(theme.code for theme in found.themes),
        "activities": [held.id for held in found.activities],
        "attachments": [file.name for file in sorted(found.attachments, key=lambda file: file.id)],
    }


def _record(session: Session, found: Commendation, deed: Deed, viewer: Viewer | None, now: datetime, *,
            reason: str = "", detail: dict[str, Any] | None = None) -> None:
    """Leave a line in the trail of the proposal."""
    record(session, at=now, viewer=viewer, subject=Subject.COMMENDATION, subject_id=found.id, action=deed.value,
           unit_id=found.unit_id, reason=reason, detail=detail)


__all__ = ["CommendationInput", "TokenTakenError", "change", "decide", "edit_text", "give_opinion", "propose"]
