"""Announcements: to whom they go, how they are corrected and withdrawn, who has read them, which letters go out."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import clock as portal_clock
from models.account import Role
from models.announcement import Announcement, AnnouncementKind, AnnouncementUnit, AudienceKind
from models.mail import MailStatus, OutboxMail
from queries.announcement import find_page, get_news, page_announcements
from queries.reader import choose_recipients, list_readers
from services.announcement import (
    Act,
    AnnouncementError,
    AnnouncementInput,
    Content,
    announce,
    correct,
    mark_read,
    remind_readers,
    withdraw,
)
from services.reminder import Mailing
from tests.support.clock import FrozenClock
from tests.support.factories import make_account
from tests.support.plan import PlanWorld

TODAY = date(2023, 5, 25)
TEXT = Content("Hướng dẫn lập báo cáo (minh họa)", "Chốt số liệu hết ngày 20/5.")
MORE = Content(TEXT.title, "Chốt số liệu hết ngày 25/5.", note="Sửa ngày chốt")
MAILING = Mailing(is_on=True, portal_url="https://cong.example")


@pytest.fixture
def world(plan_world: PlanWorld, clock: FrozenClock) -> PlanWorld:
    """Thursday 25 May; the officer of school A can be written to."""
    clock.set(TODAY)
    plan_world.people["officer"].email = "truong-a@so.example"
    return plan_world


def act(world: PlanWorld, who: str = "office", mailing: Mailing = MAILING) -> Act:
    """Somebody now."""
    return Act(world.viewer(who), portal_clock.today(), portal_clock.now(), mailing)


def publish(world: PlanWorld, who: str = "office", token: str = "t", **changes: Any) -> Announcement:
    """Announce to everybody below."""
    values = {"kind": AnnouncementKind.GUIDANCE, "audience": AudienceKind.ALL, "audience_codes": (),
              "published_on": TODAY, "by_mail": True, "content": TEXT, **changes}
    return announce(world.session, AnnouncementInput(**values), unit_id=world.viewer(who).acts_for_id,
                    form_token=token, act=act(world, who))


def unread(world: PlanWorld, who: str) -> int:
    """How many somebody's home page asks to be read."""
    return get_news(world.session, world.viewer(who), portal_clock.today()).unread


def letters(world: PlanWorld) -> list[tuple[str, MailStatus]]:
    """Subjects and states of all letters."""
    return [(mail.subject, mail.status) for mail in world.session.scalars(select(OutboxMail).order_by(OutboxMail.id))]


@pytest.mark.parametrize(("audience", "codes", "expected"), [
    (AudienceKind.ALL, (), ["centre", "district", "other", "school"]),
    (AudienceKind.KINDS, ("tieu_hoc", "don_vi_thuoc_so"), ["division", "other", "school"]),
    (AudienceKind.TREE, ("district",), ["district", "other", "school"]),
    (AudienceKind.UNITS, ("centre", "school"), ["centre", "school"]),
    (AudienceKind.UNITS, ("department",), []),
])
def test_an_announcement_goes_to_those_that_were_chosen(
        world: PlanWorld, audience: AudienceKind, codes: tuple[str, ...], expected: list[str]) -> None:
    names = {unit.id: name for name, unit in world.units.items()}
    typed = tuple(world.units[code].code if code in world.units else code for code in codes)
    found = choose_recipients(world.session, world.units["department"].id, audience, typed, TODAY)
    assert sorted(names[unit_id] for unit_id in found) == expected


def test_a_district_reaches_its_own_schools_and_nobody_else(world: PlanWorld) -> None:
    publish(world, "district", by_mail=False)
    assert [unread(world, who) for who in ("officer", "neighbour", "district")] == [1, 1, 0]
    units = world.session.scalars(select(AnnouncementUnit.unit_id)).all()
    assert set(units) == {world.units["school"].id, world.units["other"].id}
    with pytest.raises(AnnouncementError):
        publish(world, "district", token="u", audience=AudienceKind.UNITS,
                audience_codes=(world.units["centre"].code,))


def test_the_same_form_twice_announces_once(world: PlanWorld) -> None:
    assert publish(world).id == publish(world).id
    assert letters(world) == [("[Văn bản hướng dẫn] Hướng dẫn lập báo cáo (minh họa)", MailStatus.QUEUED)]


def test_what_is_for_a_later_day_is_seen_from_that_day_and_its_letters_wait(
        world: PlanWorld, clock: FrozenClock) -> None:
    later = date(2023, 5, 29)
    publish(world, published_on=later)
    mail = world.session.scalars(select(OutboxMail)).one()
    assert mail.next_at.isoformat() == "2023-05-29T00:00:00+00:00"  # seven in Vietnam
    assert unread(world, "officer") == 0
    assert page_announcements(world.session, world.viewer("officer"), TODAY).lines == ()
    assert page_announcements(world.session, world.viewer("office"), TODAY).by_state == {"planned": 1, "issued": 1}
    clock.set(later)
    assert unread(world, "officer") == 1


def test_one_of_a_unit_reads_for_all_of_it(world: PlanWorld) -> None:
    announcement = publish(world)
    assert mark_read(world.session, announcement, 1, viewer=world.viewer("head"), now=portal_clock.now())
    assert not mark_read(world.session, announcement, 1, viewer=world.viewer("officer"), now=portal_clock.now())
    assert not mark_read(world.session, announcement, 1, viewer=world.viewer("leader"), now=portal_clock.now())
    assert [unread(world, who) for who in ("officer", "head", "neighbour")] == [0, 0, 1]
    rows = {row.unit_name: row for row in list_readers(world.session, announcement.id, 1, TODAY, search="tieu hoc")}
    assert {name: row.state for name, row in rows.items()} == {
        "Trường tiểu học A (minh họa)": "read", "Trường tiểu học B (minh họa)": "unread"}
    assert rows["Trường tiểu học A (minh họa)"].reader == "Thủ trưởng đơn vị (minh họa)"


def test_a_correction_keeps_what_was_said_and_is_read_again(world: PlanWorld) -> None:
    announcement = publish(world)
    mark_read(world.session, announcement, 1, viewer=world.viewer("officer"), now=portal_clock.now())
    assert correct(world.session, announcement, MORE, seen=1, act=act(world))
    assert not correct(world.session, announcement, MORE, seen=1, act=act(world))
    with pytest.raises(AnnouncementError, match="vừa đính chính"):
        correct(world.session, announcement, Content("Khác", "", note="x"), seen=1, act=act(world))
    page = find_page(world.session, world.viewer("officer"), announcement.id, TODAY)
    assert page is not None
    assert [(one.number, one.text, one.note) for one in page.versions] == [
        (2, MORE.text, "Sửa ngày chốt"), (1, TEXT.text, "")]
    assert unread(world, "officer") == 1
    assert letters(world) == [
        ("[Văn bản hướng dẫn] Hướng dẫn lập báo cáo (minh họa)", MailStatus.CANCELLED),
        ("[Văn bản hướng dẫn, đính chính] Hướng dẫn lập báo cáo (minh họa)", MailStatus.QUEUED)]
    mark_read(world.session, announcement, 1, viewer=world.viewer("officer"), now=portal_clock.now())
    assert unread(world, "officer") == 1  # the page that was open showed the old text


def test_withdrawn_is_told_and_asks_for_nothing(world: PlanWorld) -> None:
    announcement = publish(world)
    assert withdraw(world.session, announcement, "Hoãn (minh họa)", act=act(world))
    assert not withdraw(world.session, announcement, "Lý do khác", act=act(world))
    assert unread(world, "officer") == 0
    assert [status for _subject, status in letters(world)] == [MailStatus.CANCELLED]
    page = find_page(world.session, world.viewer("officer"), announcement.id, TODAY)
    assert page is not None and page.withdrawal_reason == "Hoãn (minh họa)"
    for deed in (lambda: remind_readers(world.session, announcement, act=act(world)),
                 lambda: correct(world.session, announcement, MORE, seen=1, act=act(world))):
        with pytest.raises(AnnouncementError, match="thu hồi"):
            deed()


def test_who_has_not_read_is_reminded_once_a_day(world: PlanWorld, clock: FrozenClock) -> None:
    announcement = publish(world, by_mail=False)
    mark_read(world.session, announcement, 1, viewer=world.viewer("neighbour"), now=portal_clock.now())
    first, again = (remind_readers(world.session, announcement, act=act(world)) for _turn in range(2))
    assert ((first.units, first.mails), (again.units, again.mails)) == ((3, 1), (0, 0))
    clock.set(date(2023, 5, 26))
    assert remind_readers(world.session, announcement, act=act(world)).units == 3
    assert [subject for subject, _status in letters(world)] == ["[Nhắc đọc] Hướng dẫn lập báo cáo (minh họa)"] * 2


def test_a_search_needs_no_marks_and_looks_into_the_text(world: PlanWorld) -> None:
    publish(world)
    publish(world, token="u", content=Content("Họp giao ban", "Phòng số 5"), kind=AnnouncementKind.NOTICE)
    office = world.viewer("office")
    assert [line.title for line in page_announcements(world.session, office, TODAY, search="so lieu").lines] == [
        TEXT.title]
    assert [line.title for line in page_announcements(world.session, office, TODAY, kind=AnnouncementKind.NOTICE).lines
            ] == ["Họp giao ban"]
    assert page_announcements(world.session, office, TODAY, search="100%").lines == ()


def test_an_unaddressed_unit_sees_nothing(world: PlanWorld) -> None:
    announcement = publish(world, audience=AudienceKind.UNITS, audience_codes=(world.units["school"].code,))
    people = {**{who: world.viewer(who) for who in ("officer", "neighbour", "district", "leader")}}
    found = {who: find_page(world.session, viewer, announcement.id, TODAY) is not None
             for who, viewer in people.items()}
    assert found == {"officer": True, "neighbour": False, "district": False, "leader": True}
    assert make_account(world.session, Role.HEAD, world.units["centre"]).email == ""
