"""Announcing to units: published once, corrected as a new version, withdrawn with a reason, read, reminded of."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from core.text import fold
from core.translation import _
from models.announcement import (
    Announcement,
    AnnouncementKind,
    AnnouncementUnit,
    AnnouncementVersion,
    AudienceKind,
)
from models.attachment import Attachment
from models.event import Subject
from models.mail import MailStatus, OutboxMail
from models.permission import Viewer
from models.unit import Unit
from queries.reader import choose_recipients
from services.announcement_letter import mail_key, queue_letters
from services.reminder import Mailing
from services.trail import record


class AnnouncementError(Exception):
    """It cannot be announced so; the message says what to do, in the reader's language."""


@dataclass(frozen=True)
class Content:
    """What a version says; files are attachments of the unit that announces."""

    title: str
    text: str
    attachment_ids: tuple[int, ...] = ()
    note: str = ""
    """What was corrected; empty for the first version."""


@dataclass(frozen=True)
class AnnouncementInput:
    """An announcement as a checked form gives it."""

    kind: AnnouncementKind
    audience: AudienceKind
    audience_codes: tuple[str, ...]
    """Kinds, the code of the head of a tree, or codes of units."""
    published_on: date
    by_mail: bool
    content: Content


@dataclass(frozen=True)
class Act:
    """Who acts, when, and whether letters can be written."""

    viewer: Viewer | None
    on: date
    now: datetime
    mailing: Mailing


@dataclass(frozen=True)
class Reminded:
    """How many units were reminded and how many letters wait."""

    units: int
    mails: int


def announce(session: Session, given: AnnouncementInput, *, unit_id: int, form_token: str, act: Act) -> Announcement:
    """Write an announcement with a row for each unit that it goes to. Does not commit.

    The same ``form_token`` twice makes one. Raises AnnouncementError when it would go to nobody.
    """
    done = _made(session, form_token)
    if done is not None:
        return done
    units = choose_recipients(session, unit_id, given.audience, given.audience_codes, act.on)
    if not units:
        raise AnnouncementError(_("Không có đơn vị nào nhận. Chọn lại nơi nhận."))
    by_id = act.viewer.account_id if act.viewer else None
    announcement = Announcement(
        unit_id=unit_id, kind=given.kind, audience=given.audience, published_on=given.published_on,
        audience_codes=[] if given.audience is AudienceKind.UNITS else list(given.audience_codes),
        by_mail=given.by_mail, made_at=act.now, made_by_id=by_id, form_token=form_token)
    try:
        with session.begin_nested():
            session.add(announcement)
            session.flush()
    except IntegrityError:
        done = _made(session, form_token)
        if done is None:
            raise
        return done
    session.execute(insert(AnnouncementUnit), [
        {"announcement_id": announcement.id, "unit_id": one, "read_version": 0} for one in units])
    _write_version(session, announcement, given.content, act)
    record(session, at=act.now, viewer=act.viewer, subject=Subject.ANNOUNCEMENT, subject_id=announcement.id,
           action="announce", unit_id=unit_id, detail={"units": len(units)})
    if given.by_mail:
        queue_letters(session, announcement, given.content.title, units, mailing=act.mailing, now=act.now)
    return announcement


def _made(session: Session, form_token: str) -> Announcement | None:
    """The announcement that a form has made already."""
    return session.scalar(select(Announcement).where(Announcement.form_token == form_token))


def _write_version(session: Session, announcement: Announcement, content: Content, act: Act) -> None:
    """Add what the announcement says from now on."""
    files = list(session.scalars(
        select(Attachment).where(Attachment.id.in_(content.attachment_ids), Attachment.unit_id == announcement.unit_id)
        .order_by(Attachment.id)))
    session.add(AnnouncementVersion(
        announcement_id=announcement.id, number=announcement.version_count, title=content.title, text=content.text,
        folded=fold(f"{content.title} {content.text}"), note=content.note, made_at=act.now,
        made_by_id=act.viewer.account_id if act.viewer else None, files=files))
    session.flush()


def correct(session: Session, announcement: Announcement, content: Content, *, seen: int, act: Act) -> bool:
    """Add a version that replaces the one that holds; the old one stays to be read. Does not commit.

    ``seen`` is the version that was corrected; the same correction sent twice is one. False when nothing differs.
    Raises AnnouncementError when somebody else corrected it meanwhile or it was withdrawn.
    """
    session.refresh(announcement, with_for_update=True)
    _check_open(announcement)
    present = session.scalars(
        select(AnnouncementVersion).options(selectinload(AnnouncementVersion.files))
        .where(AnnouncementVersion.announcement_id == announcement.id,
               AnnouncementVersion.number == announcement.version_count)).one()
    said = Content(present.title, present.text, tuple(file.id for file in present.files))
    if said == replace(content, note="", attachment_ids=tuple(sorted(content.attachment_ids))):
        return False
    if seen != announcement.version_count:
        raise AnnouncementError(_("Người khác vừa đính chính văn bản này. Mở lại trang để xem bản mới rồi sửa tiếp."))
    announcement.version_count += 1
    _write_version(session, announcement, content, act)
    record(session, at=act.now, viewer=act.viewer, subject=Subject.ANNOUNCEMENT, subject_id=announcement.id,
           action="correct", unit_id=announcement.unit_id, reason=content.note,
           detail={"version": announcement.version_count})
    if announcement.by_mail:
        _cancel_letters(session, announcement)
        queue_letters(session, announcement, content.title, _at_work(session, announcement, act.on),
                      mailing=act.mailing, now=act.now)
    return True


def withdraw(session: Session, announcement: Announcement, reason: str, *, act: Act) -> bool:
    """Withdraw an announcement; units see that and why. False when it was withdrawn already. Does not commit."""
    session.refresh(announcement, with_for_update=True)
    if announcement.withdrawn_at is not None:
        return False
    announcement.withdrawn_at, announcement.withdrawal_reason = act.now, reason.strip()
    _cancel_letters(session, announcement)
    record(session, at=act.now, viewer=act.viewer, subject=Subject.ANNOUNCEMENT, subject_id=announcement.id,
           action="withdraw_announcement", unit_id=announcement.unit_id, reason=reason)
    return True


def mark_read(session: Session, announcement: Announcement, version: int, *, viewer: Viewer, now: datetime) -> bool:
    """Note that the viewer's unit has read a version. False when that or a newer one was noted. Does not commit."""
    row = session.scalar(select(AnnouncementUnit).where(
        AnnouncementUnit.announcement_id == announcement.id, AnnouncementUnit.unit_id == viewer.acts_for_id))
    version = min(version, announcement.version_count)
    if row is None or row.read_version >= version:
        return False
    row.read_version, row.read_at, row.read_by_id = version, now, viewer.account_id
    return True


def remind_readers(session: Session, announcement: Announcement, *, act: Act) -> Reminded:
    """Ask the units that have not read the version that holds, each at most once a day. Does not commit."""
    session.refresh(announcement, with_for_update=True)
    _check_open(announcement)
    if announcement.published_on > act.on:
        raise AnnouncementError(_("Chưa đến ngày đăng nên chưa nhắc được."))
    units = _at_work(session, announcement, act.on, unread_only=True)
    if not units:
        return Reminded(0, 0)
    session.execute(
        update(AnnouncementUnit)
        .where(AnnouncementUnit.announcement_id == announcement.id, AnnouncementUnit.unit_id.in_(units))
        .values(reminded_on=act.on))
    title = session.scalars(
        select(AnnouncementVersion.title)
        .where(AnnouncementVersion.announcement_id == announcement.id,
               AnnouncementVersion.number == announcement.version_count)).one()
    mails = queue_letters(session, announcement, title, units, mailing=act.mailing, now=act.now, reminded_on=act.on)
    record(session, at=act.now, viewer=act.viewer, subject=Subject.ANNOUNCEMENT, subject_id=announcement.id,
           action="remind", unit_id=announcement.unit_id, detail={"units": len(units)})
    return Reminded(len(units), mails)


def _check_open(announcement: Announcement) -> None:
    """Raise AnnouncementError when it was withdrawn."""
    if announcement.withdrawn_at is not None:
        raise AnnouncementError(_("Văn bản này đã thu hồi."))


def _at_work(session: Session, announcement: Announcement, on: date, *, unread_only: bool = False) -> list[int]:
    """Ids of the addressed units that are at work on a day; only those still to be reminded of it, if asked for."""
    statement = (select(AnnouncementUnit.unit_id).join(Unit, Unit.id == AnnouncementUnit.unit_id)
                 .where(AnnouncementUnit.announcement_id == announcement.id, Unit.covering(on))
                 .order_by(AnnouncementUnit.unit_id))
    if unread_only:
        statement = statement.where(
            AnnouncementUnit.read_version != announcement.version_count,
            AnnouncementUnit.reminded_on.is_(None) | (AnnouncementUnit.reminded_on != on))
    return list(session.scalars(statement))


def _cancel_letters(session: Session, announcement: Announcement) -> None:
    """Keep letters that have not gone out from going."""
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.key.startswith(mail_key(announcement.id)), OutboxMail.status == MailStatus.QUEUED)
        .values(status=MailStatus.CANCELLED))


__all__ = ["Act", "AnnouncementError", "AnnouncementInput", "Content", "Reminded", "announce", "correct", "mark_read",
           "remind_readers", "withdraw"]
