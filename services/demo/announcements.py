"""Announcements of the demonstration: read by some, corrected, of a district, for a later day, withdrawn."""

from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.announcement import Announcement, AnnouncementKind, AnnouncementUnit, AudienceKind
from models.permission import Viewer
from models.unit import Unit
from services.announcement import Act, AnnouncementInput, Content, announce, correct, withdraw
from services.contact import change_contact
from services.demo.accounts import DISTRICT, SCHOOL
from services.reminder import Mailing

GUIDANCE = Content(
    "Hướng dẫn lập báo cáo 6 tháng đầu năm 2023 (minh họa)",
    "Số liệu lấy đến hết ngày 20/5/2023.\n\nMục nào không phát sinh thì chọn “Không phát sinh”, không để trống.")
CORRECTED = Content(
    GUIDANCE.title, GUIDANCE.text.replace("20/5", "25/5"), note="Sửa ngày chốt số liệu thành 25/5/2023 (minh họa).")
MEETING = Content("Họp giao ban công tác cải cách hành chính tháng 5 (minh họa)",
                  "14 giờ ngày 26/5/2023, trực tuyến. Đề nghị thủ trưởng đơn vị dự.")
DISTRICT_FORM = Content("Biểu ghi chép hoạt động tuyên truyền của trường (minh họa)",
                        "Các trường ghi theo biểu này để khỏi nhập lại khi làm báo cáo.")
LATER = Content("Kế hoạch khảo sát hài lòng quý III (minh họa)", "Thời gian và cách làm được thông báo sau.")
WRONG = Content("Lịch tập huấn sử dụng cổng báo cáo (minh họa)", "Lớp thứ nhất mở ngày 12/5/2023.")
_CONTACTS = {
    "SGDDT": {"address": "Phường Hồng Hà, thành phố Hạ Long (minh họa)", "phone": "0203 000 0001",
              "email": "minh-hoa@so.example", "officer": "Bộ phận một cửa (minh họa)"},
    DISTRICT: {"address": "Trụ sở phòng (minh họa)", "phone": "0203 000 0002 / 0203 000 0003",
               "email": "minh-hoa@phong.example", "officer": ""},
    SCHOOL: {"address": "Khu 1 (minh họa)", "phone": "0203 000 0004", "email": "", "officer": ""},
}


def add_announcements(session: Session, viewers: dict[str, Viewer], day: date, random: Random) -> None:
    """Add announcements up to ``day`` and the contact particulars of three units. Does not commit."""
    office, district = viewers["office"], viewers["district"]
    everybody = (AudienceKind.ALL, ())
    guidance = _announce(session, AnnouncementKind.GUIDANCE, GUIDANCE, everybody, office, day - timedelta(days=9))
    _read(session, guidance, random, 0.8, day - timedelta(days=8))
    correct(session, guidance, CORRECTED, seen=1, act=_act(office, day - timedelta(days=5)))
    _read(session, guidance, random, 0.6, day - timedelta(days=4))
    meeting = _announce(session, AnnouncementKind.NOTICE, MEETING, everybody, office, day - timedelta(days=1))
    _read(session, meeting, random, 0.3, day)
    _announce(session, AnnouncementKind.FORM, DISTRICT_FORM, everybody, district, day - timedelta(days=20))
    _announce(session, AnnouncementKind.NOTICE, LATER, (AudienceKind.KINDS, ("thpt", "ptdtnt")), office,
              day - timedelta(days=1), published_on=day + timedelta(days=30))
    wrong = _announce(session, AnnouncementKind.NOTICE, WRONG, everybody, office, day - timedelta(days=20))
    withdraw(session, wrong, "Hoãn lớp tập huấn, có lịch mới sau (minh họa).",
             act=_act(office, day - timedelta(days=15)))
    ids = dict(session.execute(select(Unit.code, Unit.id).where(Unit.code.in_(_CONTACTS))).all())
    for code, given in _CONTACTS.items():
        change_contact(session, ids[code], given, viewer=None, now=_noon(day))


def _announce(session: Session, kind: AnnouncementKind, content: Content, to: tuple[AudienceKind, tuple[str, ...]],
              viewer: Viewer, on: date, published_on: date | None = None) -> Announcement:
    """One announcement of a day."""
    given = AnnouncementInput(kind, to[0], to[1], published_on or on, by_mail=False, content=content)
    return announce(session, given, unit_id=viewer.acts_for_id, form_token=f"demo-{content.title[:30]}-{on}",
                    act=_act(viewer, on))


def _act(viewer: Viewer, on: date) -> Act:
    """Somebody at noon of a day, without mail."""
    return Act(viewer, on, _noon(on), Mailing())


def _noon(on: date) -> datetime:
    """Noon in Vietnam."""
    return start_of_day(on) + timedelta(hours=12)


def _read(session: Session, announcement: Announcement, random: Random, share: float, on: date) -> None:
    """Some units have read the version that holds; those with accounts leave it for a visitor to read."""
    with_accounts = set(session.scalars(select(Unit.id).where(Unit.code.in_((DISTRICT, SCHOOL)))))
    unit_ids = session.scalars(
        select(AnnouncementUnit.unit_id).where(AnnouncementUnit.announcement_id == announcement.id)
        .order_by(AnnouncementUnit.unit_id))
    readers = [unit_id for unit_id in unit_ids if random.random() < share and unit_id not in with_accounts]
    session.execute(
        update(AnnouncementUnit)
        .where(AnnouncementUnit.announcement_id == announcement.id, AnnouncementUnit.unit_id.in_(readers))
        .values(read_version=announcement.version_count, read_at=_noon(on)))
