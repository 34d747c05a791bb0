"""The letters that tell of an announcement: plain text in Vietnamese, into the outbox with what they tell of."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.dates import format_day, start_of_day
from models.account import Role
from models.announcement import Announcement
from models.mail import MailStatus, OutboxMail
from queries.reminder import Addressee, list_addressees
from queries.unit import unit_names
from services.reminder import Mailing

MORNING = timedelta(hours=7)
"""When letters of an announcement for a later day go out, from midnight."""
TOLD = frozenset({Role.OFFICER, Role.DISTRICT, Role.HEAD})


def mail_key(announcement_id: int) -> str:
    """With what the keys of all letters of an announcement begin."""
    return f"announcement:{announcement_id}:"


def queue_letters(session: Session, announcement: Announcement, title: str, unit_ids: Sequence[int], *,
                  mailing: Mailing, now: datetime, reminded_on: date | None = None) -> int:
    """Write a letter to the officers and heads of units; how many. None goes out before the day of publishing.

    ``reminded_on`` makes it a reminder of that day. A letter that was written before is not written again. Nothing
    where no mail server is set. Does not commit.
    """
    if not mailing.is_on:
        return 0
    wanted = set(unit_ids)
    about = reminded_on.isoformat() if reminded_on else "news"
    start = f"{mail_key(announcement.id)}{announcement.version_count}:{about}:"
    people = {f"{start}{person.account_id}": person for person in list_addressees(session)
              if person.unit_id in wanted and person.role in TOLD}
    known = set(session.scalars(select(OutboxMail.key).where(OutboxMail.key.startswith(start))))
    issuer = unit_names(session, [announcement.unit_id], announcement.published_on).get(announcement.unit_id, "")
    goes_at = max(now, start_of_day(announcement.published_on) + MORNING)
    rows = [
        {"key": key, "to_name": person.full_name, "to_address": person.address,
         "subject": _subject(announcement, title, is_reminder=reminded_on is not None),
         "body": _body(announcement, title, person, issuer, mailing), "status": MailStatus.QUEUED,
         "attempt_count": 0, "next_at": goes_at, "trouble": "", "created_at": now}
        for key, person in people.items() if key not in known]
    if rows:
        session.execute(insert(OutboxMail), rows)
    return len(rows)


def _subject(announcement: Announcement, title: str, *, is_reminder: bool) -> str:
    """As "[Nhắc đọc] Hướng dẫn lập kế hoạch năm 2024"."""
    if is_reminder:
        return f"[Nhắc đọc] {title}"
    return f"[{announcement.kind.label}{', đính chính' if announcement.version_count > 1 else ''}] {title}"


def _body(announcement: Announcement, title: str, person: Addressee, issuer: str, mailing: Mailing) -> str:
    """The whole letter; it says where the text and the files are, and holds neither."""
    where = f"{mailing.portal_url.rstrip('/')}/announcements/{announcement.id}" if mailing.portal_url else ""
    lines = [
        f"Kính gửi {person.full_name},", "",
        f"{issuer} gửi tới đơn vị {announcement.kind.label.lower()}, ngày {format_day(announcement.published_on)}:",
        f"  {title}", "",
        "Ông/Bà đăng nhập Cổng báo cáo để đọc toàn văn, tải tệp kèm theo và bấm “Đã đọc”.",
        *([where] if where else []), "",
        "Nếu đơn vị đã đọc rồi, xin bỏ qua thư này.", "", issuer]
    return "\n".join(lines) + "\n"
