"""Emptying the outbox: retried, told, and nothing sent twice."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from core.mail_server import MailServer
from models.mail import BACK_OFF_MINUTES, MOST_ATTEMPTS, MailStatus, OutboxMail
from services.reminder import Mailing, Sent, queue_due, send_again, send_due
from tests.support.clock import FrozenClock
from tests.support.plan import PlanWorld
from tests.support.post_office import SENDER, PostOffice, free_port

Post = tuple[PostOffice, MailServer]


def now() -> datetime:
    """The frozen moment."""
    return portal_clock.now()


@pytest.fixture
def write(db_session: Session) -> Callable[..., list[OutboxMail]]:
    """Put letters into the outbox."""
    def written(count: int = 1, **values: object) -> list[OutboxMail]:
        mails = [
            OutboxMail(**{"key": f"k-{number}", "to_name": "A", "to_address": f"a{number}@truong.example",
                          "subject": "Nhắc nộp", "body": "Nội dung\n", "status": MailStatus.QUEUED,
                          "attempt_count": 0, "next_at": now(), "trouble": "", "created_at": now(), **values})
            for number in range(count)]
        db_session.add_all(mails)
        db_session.commit()
        return mails

    return written


def statuses(session: Session, mails: list[OutboxMail]) -> list[MailStatus]:
    """Where letters stand."""
    for mail in mails:
        session.refresh(mail)
    return [mail.status for mail in mails]


def test_what_is_due_goes_once_however_often_the_worker_runs(db_session: Session, post_office: Post, write) -> None:
    office, server = post_office
    mails = write(3)
    assert send_due(db_session, server, now=now).sent == 3
    assert send_due(db_session, server, now=now) == Sent()
    assert len(office.letters) == 3 and len(set(office.ids())) == 3
    assert statuses(db_session, mails) == [MailStatus.SENT] * 3
    assert mails[0].sent_at == now() and mails[0].attempt_count == 1


def test_what_is_not_yet_due_waits(db_session: Session, post_office: Post, write) -> None:
    office, server = post_office
    write(next_at=now() + timedelta(minutes=1))
    assert send_due(db_session, server, now=now) == Sent()
    assert office.letters == []


def test_a_server_that_is_away_puts_all_off_and_is_asked_once(
        db_session: Session, clock: FrozenClock, write, post_office: Post) -> None:
    mails = write(5)
    away = MailServer("127.0.0.1", free_port(), SENDER, timeout_seconds=2)
    done = send_due(db_session, away, now=now)
    assert (done.put_off, done.sent, done.trouble) == (5, 0, "Máy chủ thư không nhận kết nối")
    assert statuses(db_session, mails) == [MailStatus.QUEUED] * 5
    assert {mail.trouble for mail in mails} == {"Máy chủ thư không nhận kết nối"}
    assert sorted(mail.attempt_count for mail in mails) == [0, 0, 0, 0, 1]
    clock.move(minutes=BACK_OFF_MINUTES[0])
    office, server = post_office
    assert send_due(db_session, server, now=now).sent == 5
    assert len(office.letters) == 5
    assert mails[0].trouble == "" or statuses(db_session, mails) == [MailStatus.SENT] * 5


def test_a_letter_that_is_put_off_waits_longer_each_time_and_fails_in_the_end(
        db_session: Session, clock: FrozenClock, post_office: Post, write) -> None:
    office, server = post_office
    office.answer = "452 Disk is full"
    [mail] = write()
    waits = []
    for _attempt in range(MOST_ATTEMPTS):
        send_due(db_session, server, now=now)
        db_session.refresh(mail)
        waits.append((mail.next_at - now()).total_seconds() / 60)
        clock.set(date(2023, 5, 26 + len(waits) // 2))
        clock.moment = max(clock.moment, mail.next_at)
    assert waits[:-1] == [float(minutes) for minutes in BACK_OFF_MINUTES]
    assert mail.status is MailStatus.FAILED and mail.trouble == "452 Disk is full"
    assert office.letters == []


def test_a_refused_address_fails_at_once_and_goes_again_when_somebody_wants_it(
        db_session: Session, post_office: Post, write) -> None:
    office, server = post_office
    office.refused["a0@truong.example"] = "550 No such user"
    bad, good = write(2)
    assert send_due(db_session, server, now=now).failed == 1
    assert statuses(db_session, [bad, good]) == [MailStatus.FAILED, MailStatus.SENT]
    assert bad.trouble == "550 No such user"
    office.refused.clear()
    send_again(db_session, bad, now())
    send_again(db_session, good, now())
    db_session.commit()
    assert send_due(db_session, server, now=now).sent == 1
    assert len(office.letters) == 2


def test_a_server_that_dies_with_the_letter_in_hand_gets_it_no_second_time(
        db_session: Session, clock: FrozenClock, post_office: Post, write) -> None:
    office, server = post_office
    office.dies_after_data = True
    [mail] = write()
    assert send_due(db_session, server, now=now).failed == 1
    office.dies_after_data = False
    clock.move(days=3)
    assert send_due(db_session, server, now=now) == Sent()
    assert statuses(db_session, [mail]) == [MailStatus.UNSURE]
    assert len(office.letters) == 1
    send_again(db_session, mail, now())
    db_session.commit()
    send_due(db_session, server, now=now)
    assert len(office.letters) == 2 and len(set(office.ids())) == 1


def test_a_letter_whose_worker_died_is_left_for_a_person(
        db_session: Session, clock: FrozenClock, post_office: Post, write) -> None:
    office, server = post_office
    [mail] = write(status=MailStatus.SENDING, claimed_at=now())
    send_due(db_session, server, now=now)
    assert statuses(db_session, [mail]) == [MailStatus.SENDING]
    clock.move(minutes=11)
    send_due(db_session, server, now=now)
    assert statuses(db_session, [mail]) == [MailStatus.UNSURE] and office.letters == []


def test_a_letter_that_another_worker_took_is_left_to_it(db_session: Session, post_office: Post, write) -> None:
    office, server = post_office
    mails = write(2)

    def taken_meanwhile() -> datetime:
        mails[1].status = MailStatus.SENDING if office.letters else mails[1].status
        mails[1].claimed_at = now()
        db_session.flush()
        return now()

    assert send_due(db_session, server, now=taken_meanwhile).sent == 1
    assert len(office.letters) == 1


def test_the_worker_stops_between_two_letters(db_session: Session, post_office: Post, write) -> None:
    office, server = post_office
    write(3)
    assert send_due(db_session, server, now=now, is_stopping=lambda: bool(office.letters)).sent == 1


def test_who_handed_in_meanwhile_gets_no_reminder(
        plan_world: PlanWorld, clock: FrozenClock, post_office: Post) -> None:
    office, server = post_office
    clock.set(date(2023, 3, 8))
    for role in ("officer", "neighbour"):
        plan_world.people[role].email = f"{role}@truong.example"
    plan_world.session.flush()
    queue_due(plan_world.session, on=portal_clock.today(), now=now(), mailing=Mailing(is_on=True))
    plan_world.sent("school")
    plan_world.session.commit()
    done = send_due(plan_world.session, server, now=now)
    assert (done.sent, done.cancelled) == (1, 1)
    assert office.commands == ["RCPT neighbour@truong.example"]


def test_moments_in_the_outbox_are_aware(db_session: Session, write) -> None:
    [mail] = write()
    db_session.refresh(mail)
    assert mail.next_at.tzinfo is not None and mail.next_at.astimezone(UTC) == now()
