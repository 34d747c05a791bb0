"""Emptying the outbox: each letter is claimed, handed over and marked, with a commit between the steps.

A claim is committed before the first byte goes out, so two workers never send the same letter, and a worker that died
leaves a letter of which it is said that nobody knows. Only a letter that surely did not go is tried again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from core.mail_server import MailServer
from core.translation import N_
from models.mail import BACK_OFF_MINUTES, MOST_ATTEMPTS, MailStatus, OutboxMail
from models.reminder import Reminder
from models.requirement import Obligation, Requirement, RequirementStatus
from models.submission import Submission
from queries.reminder import STILL_TO_DO
from services.invitation import complete_letter
from services.mail import Letter, MailServerError, Outcome, Postman

MOST_AT_ONCE = 200
LOST_AFTER = timedelta(minutes=10)
"""A claim this old belongs to a worker that died: handing a letter over takes seconds."""
LOST = N_("Tiến trình gửi thư dừng giữa chừng")
_STATUSES = {Outcome.SENT: MailStatus.SENT, Outcome.REFUSED: MailStatus.FAILED, Outcome.UNSURE: MailStatus.UNSURE}


@dataclass
class Sent:
    """What one round did; ``trouble`` is what the server said, empty when it could be reached."""

    sent: int = 0
    failed: int = 0
    put_off: int = 0
    cancelled: int = 0
    trouble: str = ""


def send_due(session: Session, server: MailServer, *, now: Callable[[], datetime],
             most: int = MOST_AT_ONCE, is_stopping: Callable[[], bool] = lambda: False, secret: str = "") -> Sent:
    """Send what is due, ``most`` letters at most. Commits again and again; nothing is held while the server talks.

    ``secret`` is the portal's key, from which the one-time passwords of invitations are worked out.
    """
    done = Sent()
    _begin(session)
    _give_up_lost(session, now())
    session.commit()
    ids = list(session.scalars(
        select(OutboxMail.id).where(OutboxMail.status == MailStatus.QUEUED, OutboxMail.next_at <= now())
        .order_by(OutboxMail.next_at, OutboxMail.id).limit(most)))
    session.commit()
    with Postman(server) as postman:
        for mail_id in ids:
            if is_stopping():
                break
            letter = _claim(session, mail_id, now(), done, secret)
            if letter is None:
                continue
            try:
                delivery = postman.deliver(letter)
            except MailServerError as error:
                done.trouble = str(error)
                done.put_off += _put_all_off(session, mail_id, str(error), now())
                break
            _note(session, mail_id, delivery.outcome, delivery.reason, now(), done)
    return done


def send_again(session: Session, mail: OutboxMail, now: datetime) -> None:
    """Queue a letter that failed, or of which nobody knows, once more under its own key. Does not commit."""
    if mail.status in (MailStatus.FAILED, MailStatus.UNSURE):
        mail.status, mail.attempt_count, mail.next_at = MailStatus.QUEUED, 0, now


def _begin(session: Session) -> None:
    """Begin a transaction that writes: SQLite's lock is taken before anything is read."""
    if session.in_transaction():
        session.commit()
    session.connection(execution_options={"writes": True})


def _give_up_lost(session: Session, now: datetime) -> None:
    """Say of letters whose worker died that nobody knows."""
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.status == MailStatus.SENDING, OutboxMail.claimed_at < now - LOST_AFTER)
        .values(status=MailStatus.UNSURE, trouble=LOST))


def _claim(session: Session, mail_id: int, now: datetime, done: Sent, secret: str) -> Letter | None:
    """Take a letter and commit; None when another worker has it, or when it is no longer needed."""
    _begin(session)
    taken = session.execute(
        update(OutboxMail).where(OutboxMail.id == mail_id, OutboxMail.status == MailStatus.QUEUED)
        .values(status=MailStatus.SENDING, claimed_at=now, attempt_count=OutboxMail.attempt_count + 1)
        .returning(OutboxMail.key, OutboxMail.to_name, OutboxMail.to_address, OutboxMail.subject, OutboxMail.body,
                   OutboxMail.created_at)).first()
    letter = None
    if taken is not None and _is_needed(session, mail_id):
        letter = complete_letter(session, Letter(*taken), secret)
    if taken is not None and letter is None:
        session.execute(update(OutboxMail).where(OutboxMail.id == mail_id).values(status=MailStatus.CANCELLED))
        done.cancelled += 1
    session.commit()
    return letter


def _is_needed(session: Session, mail_id: int) -> bool:
    """Whether something that the letter tells of is still to be done; a letter about nothing of ours always is."""
    mine = select(Reminder.id).where(Reminder.mail_id == mail_id)
    still = (
        select(Reminder.id)
        .join(Obligation, Obligation.id == Reminder.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Reminder.mail_id == mail_id, Requirement.status == RequirementStatus.OPEN,
               Obligation.exempted_at.is_(None), Obligation.closed_at.is_(None),
               Submission.status.is_(None) | Submission.status.in_(STILL_TO_DO)))
    has_any, has_open = session.execute(select(exists(mine), exists(still))).one()
    return has_open or not has_any


def _note(session: Session, mail_id: int, outcome: Outcome, reason: str, now: datetime, done: Sent) -> None:
    """Mark what became of a letter and commit."""
    _begin(session)
    mail = session.get_one(OutboxMail, mail_id, populate_existing=True)
    mail.trouble = reason
    if outcome is Outcome.LATER:
        _put_off(mail, now)
    else:
        mail.status = _STATUSES[outcome]
    if mail.status is MailStatus.SENT:
        mail.sent_at = now
        done.sent += 1
    elif mail.status is MailStatus.QUEUED:
        done.put_off += 1
    else:
        done.failed += 1
    session.commit()


def _put_off(mail: OutboxMail, now: datetime) -> None:
    """Wait longer after each attempt; give up after the last."""
    if mail.attempt_count >= MOST_ATTEMPTS:
        mail.status = MailStatus.FAILED
        return
    wait = BACK_OFF_MINUTES[min(mail.attempt_count, len(BACK_OFF_MINUTES)) - 1]
    mail.status, mail.next_at = MailStatus.QUEUED, now + timedelta(minutes=wait)


def _put_all_off(session: Session, mail_id: int, reason: str, now: datetime) -> int:
    """The server is away: the claimed letter and all that are due wait together, so that it is not asked for each."""
    _begin(session)
    claimed = session.get_one(OutboxMail, mail_id, populate_existing=True)
    claimed.trouble = reason
    _put_off(claimed, now)
    until = max(claimed.next_at, now + timedelta(minutes=BACK_OFF_MINUTES[0]))
    changed = session.execute(
        update(OutboxMail)
        .where(OutboxMail.status == MailStatus.QUEUED, OutboxMail.next_at <= now, OutboxMail.id != mail_id)
        .values(next_at=until, trouble=reason))
    session.commit()
    return 1 + int(changed.rowcount)  # type: ignore[attr-defined]  # an update has it
