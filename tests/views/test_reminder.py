"""The pages of reminders, holidays and chase letters, as each person meets them."""

from datetime import date

import pytest
from sqlalchemy import select

from core.clock import clock as portal_clock
from models.chase_letter import ChaseLetter
from models.holiday import Holiday
from models.mail import MailStatus, OutboxMail
from models.reminder import Reminder, ReminderChannel, ReminderRule
from models.submission import Submission
from services.reminder import Mailing, queue_due
from services.requirement import exempt
from tests.support.client import PageClient
from tests.support.clock import FrozenClock
from tests.support.pages import text_of
from tests.support.plan import PlanWorld

CODE = "2023-plan"


@pytest.fixture
def late(plan_world: PlanWorld, clock: FrozenClock) -> PlanWorld:
    """Thursday 16 March, plans were due on the 10th, nobody has sent one."""
    clock.set(date(2023, 3, 16))
    return plan_world


def signed_in(client: PageClient, world: PlanWorld, who: str) -> PageClient:
    """Be one of the little province's people."""
    client.sign_out()
    client.sign_in(world.people[who])
    return client


def said(client: PageClient) -> str:
    """What the page that was opened last says."""
    return text_of(client.opened_page.root)


def test_the_office_sees_whom_it_reminds_and_reminds_them_once(client: PageClient, late: PlanWorld) -> None:
    signed_in(client, late, "office")
    client.page("/reminders")
    assert "4/4" in said(client)
    client.page(f"/reminders/{CODE}/now")
    assert "Nhắc 4 đơn vị" in said(client)
    for answer in ("Đã nhắc 4 đơn vị", "hôm nay đã được nhắc rồi"):
        client.submit(f"/reminders/{CODE}/now", "/now")
        client.page(f"/reminders/{CODE}")
        assert answer in said(client)
    assert "1 lần, gần nhất 16/03/2023" in said(client)


def test_a_district_reminds_its_own_schools_alone(client: PageClient, late: PlanWorld) -> None:
    signed_in(client, late, "district")
    client.page(f"/reminders/{CODE}")
    assert "Trường tiểu học A" in said(client) and "Trung tâm C" not in said(client)
    assert "Soạn công văn" not in said(client) and "Đổi lịch nhắc" not in said(client)
    client.submit(f"/reminders/{CODE}/now", "/now")
    units = set(late.session.scalars(select(Reminder.unit_id)))
    assert units == {late.units["school"].id, late.units["other"].id}
    assert client.get(f"/reminders/obligations/{late.obligation('centre').id}").status_code == 404
    assert client.get(f"/chase-letters/requirements/{CODE}").status_code == 403
    assert client.get("/holidays").status_code == 403


@pytest.mark.parametrize("who", ["officer", "head", "leader", "division", "admin"])
def test_others_remind_nobody(client: PageClient, late: PlanWorld, who: str) -> None:
    signed_in(client, late, who)
    assert client.get("/reminders").status_code == 403
    assert client.post(f"/reminders/{CODE}/now", data={"csrf_token": client.csrf_token()}).status_code == 403


def test_the_choice_of_whom_to_remind_narrows_the_preview(client: PageClient, late: PlanWorld) -> None:
    late.start("school")
    exempt(late.session, late.obligation("other"), reason="Sáp nhập", viewer=None, now=portal_clock.now())
    signed_in(client, late, "office")
    client.page(f"/reminders/{CODE}/now?who=not_started")
    assert "Nhắc 2 đơn vị" in said(client)
    client.page(f"/reminders/{CODE}/now?who=late")
    assert "Nhắc 3 đơn vị" in said(client)
    client.page(f"/reminders/{CODE}/now?who=bất-kỳ")
    assert "Nhắc 3 đơn vị" in said(client)


def test_a_unit_reads_its_reminder_at_home_and_says_it_has_it(client: PageClient, late: PlanWorld) -> None:
    queue_due(late.session, on=portal_clock.today(), now=portal_clock.now(), mailing=Mailing())
    signed_in(client, late, "officer")
    client.page("/")
    assert "đã quá hạn 6 ngày" in said(client)
    client.submit("/", "received")
    client.page("/")
    assert "đã quá hạn 6 ngày" not in said(client)
    rows = late.session.scalars(select(Reminder).where(
        Reminder.unit_id == late.units["school"].id, Reminder.channel == ReminderChannel.PORTAL)).all()
    assert {row.received_by_id for row in rows} == {late.people["officer"].id}
    signed_in(client, late, "neighbour").page("/")
    assert "đã quá hạn 6 ngày" in said(client)


def test_the_schedule_is_set_and_wrong_numbers_are_told(client: PageClient, late: PlanWorld) -> None:
    signed_in(client, late, "office")
    path = f"/reminders/{CODE}/schedule"
    client.submit(path, "schedule", status=422, days_before="mười")
    assert "cách nhau bằng dấu phẩy" in said(client)
    client.submit(path, "schedule", status=422, every_after="-1")
    client.submit(path, "schedule", status=422, days_before="99")
    client.submit(path, "schedule", days_before="7; 3", every_after="0", to_head=None)
    rule = late.session.scalars(select(ReminderRule)).one()
    assert (rule.days_before, rule.every_after, rule.to_head, rule.to_officers) == ([7, 3], 0, False, True)
    client.page(f"/reminders/{CODE}")
    assert "trước hạn 7, 3 ngày" in said(client)


def test_a_letter_that_failed_is_seen_and_sent_again(client: PageClient, late: PlanWorld) -> None:
    late.people["officer"].email = "officer@truong.example"
    queue_due(late.session, on=portal_clock.today(), now=portal_clock.now(), mailing=Mailing(is_on=True))
    mail = late.session.scalars(select(OutboxMail)).one()
    mail.status, mail.trouble = MailStatus.FAILED, "550 No such user"
    signed_in(client, late, "district")
    client.page(f"/reminders/{CODE}")
    assert "1 thư chưa đến" in said(client)
    path = f"/reminders/obligations/{late.obligation('school').id}"
    client.page(path)
    assert "550 No such user" in said(client)
    client.submit(path, "again")
    late.session.refresh(mail)
    assert mail.status is MailStatus.QUEUED
    client.page(path)
    assert "Chờ gửi" in said(client)


def test_the_office_keeps_the_calendar_and_takes_a_step_back(client: PageClient, late: PlanWorld,
                                                            clock: FrozenClock) -> None:
    clock.set(date(2023, 3, 8))
    submission = late.sent("school")
    assert submission.review_due_on == date(2023, 3, 13)
    signed_in(client, late, "office")
    client.submit("/holidays", -1, day="10/03/2023", name="Ngày thử (minh họa)")
    late.session.expire_all()
    assert late.session.get_one(Submission, submission.id).review_due_on == date(2023, 3, 14)
    client.submit("/holidays", -1, status=422, day="10/03/2023", name="Hai lần")
    assert "đã có trong lịch" in said(client)
    client.submit("/holidays", -1, status=422, day="15/03/2023", name="Giữa tuần", kind="make_up")
    assert "thứ Bảy hoặc Chủ nhật" in said(client)
    client.submit("/holidays", "/remove")
    late.session.expire_all()
    assert late.session.get_one(Submission, submission.id).review_due_on == date(2023, 3, 13)
    client.submit("/holidays", "/restore")
    assert late.session.scalars(select(Holiday)).one().removed_at is None


def test_a_chase_letter_is_made_read_and_downloaded(client: PageClient, late: PlanWorld) -> None:
    signed_in(client, late, "office")
    path = f"/chase-letters/requirements/{CODE}"
    assert client.get(f"{path}/draft.pdf").data.startswith(b"%PDF")
    client.submit(path, "chase-letters", status=422, name="")
    client.submit(path, "chase-letters", status=422, answer_by="01/01/2023")
    answer = client.submit(path, "chase-letters", number="7", level="first", answer_by="21/03/2023",
                           name="Người ký (minh họa)")
    letter = late.session.scalars(select(ChaseLetter)).one()
    assert (letter.number, letter.round) == ("07", 1)
    client.page(answer.location)
    assert "07/SGDĐT-VP" in said(client) and "Trung tâm C" in said(client)
    files = {client.get(f"/chase-letters/{letter.id}/letter.pdf").data for _number in range(2)}
    assert len(files) == 1
    client.page(path)
    assert "lần 2" in said(client)


def test_the_chased_unit_finds_the_letter_at_home_and_others_do_not(client: PageClient, late: PlanWorld) -> None:
    signed_in(client, late, "office").submit(f"/chase-letters/requirements/{CODE}", "chase-letters", level="first")
    letter_id = late.session.scalars(select(ChaseLetter.id)).one()
    signed_in(client, late, "district").page("/")
    assert "Sở đôn đốc lần 1" in said(client)
    client.page(f"/chase-letters/{letter_id}")
    signed_in(client, late, "officer").page("/")
    assert "Sở đôn đốc" not in said(client)
    for tail in ("", "/letter.pdf"):
        assert client.get(f"/chase-letters/{letter_id}{tail}").status_code == 404


def test_the_unit_page_tells_of_the_letter(client: PageClient, late: PlanWorld) -> None:
    signed_in(client, late, "office").submit(
        f"/chase-letters/requirements/{CODE}", "chase-letters", number="12", level="first")
    client.page(f"/units/{late.units['centre'].code}")
    assert "Sở đôn đốc lần 1 bằng công văn 12/SGDĐT-VP ngày 16/03/2023, chậm 6 ngày" in said(client)


def test_with_nobody_late_there_is_nothing_to_write(client: PageClient, late: PlanWorld, clock: FrozenClock) -> None:
    clock.set(date(2023, 3, 10))
    signed_in(client, late, "office").page(f"/chase-letters/requirements/{CODE}")
    assert "Không còn đơn vị nào quá hạn" in said(client)
    assert client.get(f"/chase-letters/requirements/{CODE}/draft.pdf").status_code == 303


def test_the_board_names_reviewers_who_hold_too_long(
        client: PageClient, late: PlanWorld, clock: FrozenClock) -> None:
    clock.set(date(2023, 3, 8))
    for unit in ("school", "other"):
        late.sent(unit)
    for day, holds in ((13, False), (14, True)):
        clock.set(date(2023, 3, day))
        for path in ("/board", "/"):
            signed_in(client, late, "office").page(path)
            told = "Phòng Giáo dục A (minh họa) đang giữ 2 kế hoạch, báo cáo quá 3 ngày làm việc" in said(client)
            assert told is holds
