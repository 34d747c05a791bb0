"""What is written when units are reminded: a record per unit, letters in the outbox, nothing twice."""

from datetime import date, datetime

import pytest
from sqlalchemy import func, select

from core.clock import clock as portal_clock
from models.mail import OutboxMail
from models.reminder import Reminder, ReminderChannel, ReminderKind, Schedule
from models.requirement import RequirementStatus
from queries.reminder import count_reminders, list_notices, list_open_tasks
from services.reminder import Mailing, Queued, mark_received, queue_due, queue_now, set_schedule
from services.requirement import exempt, extend
from services.submission import return_for_completion
from tests.support.clock import FrozenClock
from tests.support.plan import PlanWorld

TODAY = portal_clock.today
BY_MAIL = Mailing(is_on=True, portal_url="https://baocao.example")
OWING = 4
"""The district office, its two schools and the centre."""


def NOW() -> datetime:
    """The frozen moment (a bound method taken at import would run on)."""
    return portal_clock.now()


@pytest.fixture
def world(plan_world: PlanWorld, clock: FrozenClock) -> PlanWorld:
    """Two days before plans are due; an officer, a head, a district officer and the Office have addresses."""
    clock.set(date(2023, 3, 8))
    for role in ("officer", "head", "district", "office"):
        plan_world.people[role].email = f"{role}@truong.example"
    plan_world.session.flush()
    return plan_world


def run(world: PlanWorld, mailing: Mailing = BY_MAIL) -> Queued:
    """Remind whoever is due now."""
    return queue_due(world.session, on=TODAY(), now=NOW(), mailing=mailing)


def letters(world: PlanWorld) -> dict[str, OutboxMail]:
    """The letters by address."""
    return {mail.to_address: mail for mail in world.session.scalars(select(OutboxMail))}


def test_every_unit_that_owes_is_reminded_and_its_reviewer_with_it(world: PlanWorld) -> None:
    assert run(world).units == OWING
    shown = world.session.scalars(select(Reminder).where(Reminder.channel == ReminderChannel.PORTAL)).all()
    assert {row.unit_id for row in shown} == {
        world.units[name].id for name in ("district", "school", "other", "centre", "department")}
    assert {(row.kind, row.days, row.sent_on) for row in shown} == {(ReminderKind.BEFORE, 2, date(2023, 3, 8))}


def test_officers_and_heads_get_a_letter_each_and_reviewers_one_for_all_their_units(world: PlanWorld) -> None:
    run(world)
    found = letters(world)
    assert set(found) == {f"{role}@truong.example" for role in ("officer", "head", "district", "office")}
    assert found["head@truong.example"].subject == "[Nhắc nộp] Kế hoạch năm 2023: còn 2 ngày"
    body = found["head@truong.example"].body
    assert "Trường tiểu học A (minh họa)" in body and "hết ngày 10/03/2023" in body
    assert "https://baocao.example" in body and "Sở Giáo dục và Đào tạo" in body
    office = found["office@truong.example"].body
    assert "đã nhắc 2 đơn vị" in office
    assert "Phòng Giáo dục A (minh họa)" in office and "Trung tâm C (minh họa)" in office


def test_a_district_officer_hears_of_the_own_plan_and_of_the_schools_in_two_letters(world: PlanWorld) -> None:
    run(world)
    subjects = world.session.scalars(
        select(OutboxMail.subject).where(OutboxMail.to_address == "district@truong.example")).all()
    assert sorted(subjects) == ["[Nhắc nộp] Kế hoạch năm 2023: còn 2 ngày",
                                "[Theo dõi nộp] Kế hoạch năm 2023: 2 đơn vị chưa nộp"]


def test_a_second_run_writes_nothing(world: PlanWorld, clock: FrozenClock) -> None:
    run(world)
    before = world.session.scalar(select(func.count()).select_from(Reminder))
    assert run(world) == Queued()
    clock.move(hours=8)
    assert run(world) == Queued()
    assert world.session.scalar(select(func.count()).select_from(Reminder)) == before


def test_the_next_occasion_is_another_reminder(world: PlanWorld, clock: FrozenClock) -> None:
    run(world)
    clock.set(date(2023, 3, 9))
    assert run(world).units == OWING
    counts = count_reminders(world.session, world.requirement.id)
    assert {count.occasions for count in counts.values()} == {2}


def test_who_comes_later_on_the_same_day_is_reminded_too(world: PlanWorld) -> None:
    """The reviewer's second letter of a day tells of that unit alone."""
    other = world.obligation("other")
    exempt(world.session, other, reason="Đang sáp nhập", viewer=None, now=NOW())
    assert run(world).units == OWING - 1
    other.exempted_at = None
    assert run(world).units == 1
    told = world.session.scalars(select(OutboxMail.body).where(OutboxMail.subject.like("[Theo dõi%"),
                                 OutboxMail.to_address == "district@truong.example").order_by(OutboxMail.id)).all()
    assert len(told) == 2 and "Trường tiểu học B" in told[1] and "Trường tiểu học A" not in told[1]


def test_nobody_is_reminded_of_what_is_handed_in_excused_or_closed(world: PlanWorld) -> None:
    world.sent("school")
    exempt(world.session, world.obligation("other"), reason="Đang sáp nhập", viewer=None, now=NOW())
    world.obligation("centre").closed_at = NOW()
    assert run(world).units == 1
    world.requirement.status = RequirementStatus.CLOSED
    assert list_open_tasks(world.session, world.requirement.id, TODAY()) == []


def test_what_was_returned_is_reminded_of_by_its_own_day(world: PlanWorld, clock: FrozenClock) -> None:
    clock.set(date(2023, 3, 7))
    submission = world.sent("school")
    return_for_completion(world.session, submission, [], "Bổ sung", None, NOW())
    assert submission.return_due_on == date(2023, 3, 10)
    submission.return_due_on = date(2023, 3, 13)
    clock.set(date(2023, 3, 11))
    run(world)
    codes = dict(world.session.execute(
        select(Reminder.unit_id, Reminder.occasion).where(Reminder.channel == ReminderChannel.PORTAL)).all())
    assert codes[world.units["school"].id] == "before-2@2023-03-13"
    assert letters(world)["head@truong.example"].subject == "[Nhắc bổ sung] Kế hoạch năm 2023: còn 2 ngày"


def test_an_extension_moves_the_reminders(world: PlanWorld, clock: FrozenClock) -> None:
    run(world)
    extend(world.session, world.obligation("school"), until=date(2023, 3, 20), reason="Thiên tai", viewer=None,
           now=NOW())
    clock.set(date(2023, 3, 15))
    run(world)
    codes = world.session.scalars(select(Reminder.occasion).where(
        Reminder.obligation_id == world.obligation("school").id, Reminder.recipient.like("unit-%"),
        Reminder.unit_id == world.units["school"].id)).all()
    assert sorted(codes) == ["before-2@2023-03-10", "before-5@2023-03-20"]


def test_without_a_mail_server_only_the_portal_reminds(world: PlanWorld) -> None:
    queued = run(world, Mailing())
    assert (queued.units, queued.mails) == (OWING, 0)
    assert letters(world) == {}


def test_people_without_an_address_or_switched_off_get_no_letter(world: PlanWorld) -> None:
    world.people["officer"].email, world.people["head"].is_active = "", False
    run(world)
    assert set(letters(world)) == {"district@truong.example", "office@truong.example"}


def test_the_office_sets_when_and_whom_to_remind(world: PlanWorld) -> None:
    schedule = Schedule(days_before=(2,), to_head=False, to_reviewer=False)
    assert set_schedule(world.session, world.requirement, schedule, viewer=world.viewer("office"), now=NOW())
    assert not set_schedule(world.session, world.requirement, schedule, viewer=None, now=NOW())
    run(world)
    assert set(letters(world)) == {"officer@truong.example", "district@truong.example"}
    set_schedule(world.session, world.requirement, Schedule(is_on=False), viewer=None, now=NOW())
    assert run(world) == Queued()


def test_the_button_reminds_once_a_day_and_spares_who_pressed_it(world: PlanWorld, clock: FrozenClock) -> None:
    district = world.viewer("district")
    for expected in (2, 0):
        tasks = [task for task in list_open_tasks(world.session, world.requirement.id, TODAY())
                 if task.reviewer_id == district.acts_for_id]
        queued = queue_now(world.session, world.requirement, tasks, viewer=district, on=TODAY(), now=NOW(),
                           mailing=BY_MAIL)
        assert queued.units == expected
    assert set(letters(world)) == {"officer@truong.example", "head@truong.example"}


def test_a_unit_sees_its_reminder_until_it_says_so_or_hands_in(world: PlanWorld) -> None:
    run(world)
    officer, district = world.viewer("officer"), world.viewer("district")
    [notice] = list_notices(world.session, officer)
    assert (notice.obligation_id, notice.unit_count) == (world.obligation("school").id, 0)
    assert [(row.obligation_id is None, row.unit_count) for row in list_notices(world.session, district)] in (
        [(True, 2), (False, 0)], [(False, 0), (True, 2)])
    assert mark_received(world.session, world.requirement, viewer=officer, now=NOW()) == 1
    assert list_notices(world.session, officer) == []
    counts = count_reminders(world.session, world.requirement.id)
    assert counts[world.obligation("school").id].received_at == NOW()
    assert counts[world.obligation("other").id].received_at is None
    world.sent("other")
    assert list_notices(world.session, world.viewer("neighbour")) == []


def test_a_reviewer_gets_one_letter_though_the_units_have_days_of_their_own(
        world: PlanWorld, clock: FrozenClock) -> None:
    extend(world.session, world.obligation("school"), until=date(2023, 3, 13), reason="Thiên tai", viewer=None,
           now=NOW())
    assert run(world).units == OWING
    told = world.session.scalars(select(OutboxMail.body).where(
        OutboxMail.to_address == "district@truong.example", OutboxMail.subject.like("[Theo dõi%"))).all()
    assert len(told) == 1
    assert "hạn 10/03/2023, còn 2 ngày" in told[0] and "hạn 13/03/2023, còn 5 ngày" in told[0]


def test_the_notice_at_home_names_the_day_by_which_to_mend(world: PlanWorld) -> None:
    submission = world.sent("school")
    return_for_completion(world.session, submission, [], "Bổ sung", None, NOW())
    submission.return_due_on = date(2023, 3, 13)
    run(world)
    [notice] = list_notices(world.session, world.viewer("officer"))
    assert notice.last_day == date(2023, 3, 13)
