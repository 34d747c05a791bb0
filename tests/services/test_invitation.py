"""Inviting by mail: the outbox never holds the password, the letter does."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from core.mail_server import MailServer
from models.account import Account, Role
from models.invitation import MARK
from models.mail import MailStatus, OutboxMail
from models.password import derived_password, hash_password, verify_password
from models.permission import Viewer
from services.account import load_accounts
from services.account_change import reset_password
from services.invitation import queue_invitations
from services.reminder import send_due
from tests.support.factories import make_account, make_department, make_unit
from tests.support.post_office import PostOffice

SECRET, BATCH = "khóa bí mật", "lô-1"
HEADS = "username;full_name;role;unit_code;email"
Post = tuple[PostOffice, MailServer]


@pytest.fixture
def invited(db_session: Session) -> Account:
    """A new account with an address, invited; and one without."""
    department = make_department(db_session)
    make_unit(db_session, code="A", parent=department)
    admin = make_account(db_session, Role.ADMINISTRATOR, department)
    viewer = Viewer(admin.id, admin.full_name, admin.role, department.id, department.id)
    data = f"{HEADS}\na.a;Người A (minh họa);head;A;a@truong.example\nb.b;Người B (minh họa);head;A;\n".encode()
    loaded = load_accounts(db_session, data, on=clock.today(), now=clock.now(), viewer=viewer, batch=BATCH,
                           make_password=lambda name: derived_password(SECRET, BATCH, name))
    assert queue_invitations(db_session, loaded.slips, viewer=viewer, batch=BATCH, on=clock.today(), now=clock.now(),
                             portal_url="https://cong.example") == 1
    db_session.commit()
    return db_session.scalars(select(Account).where(Account.username == "a.a")).one()


def letter(session: Session) -> OutboxMail:
    """The letter as the outbox holds it."""
    return session.scalars(select(OutboxMail).execution_options(populate_existing=True)).one()


def test_the_letter_bears_the_password_that_fits_and_the_outbox_never(
    db_session: Session, invited: Account, post_office: Post
) -> None:
    office, server = post_office
    password = derived_password(SECRET, BATCH, "a.a")
    assert verify_password(invited.password_hash, password)
    assert send_due(db_session, server, now=clock.now, secret=SECRET).sent == 1
    body = office.letters[0].get_content()
    assert "https://cong.example/login" in body and "Tên đăng nhập: a.a" in body
    assert password in body and MARK not in body
    kept = letter(db_session)
    assert kept.status is MailStatus.SENT and MARK in kept.body
    assert password not in "".join(str(getattr(kept, column.key)) for column in OutboxMail.__table__.columns)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("change", ["own password", "new password", "other address", "switched off", "other key"])
def test_a_letter_that_would_tell_something_old_is_not_sent(
    db_session: Session, invited: Account, post_office: Post, change: str
) -> None:
    office, server = post_office
    match change:
        case "own password":
            invited.password_hash, invited.must_change_password = hash_password("Một câu dễ nhớ"), False
        case "new password":
            reset_password(db_session, invited, "aB3aB3aB3aB3", now=clock.now(), viewer=None, batch="lô-2")
        case "other address":
            invited.email = "khac@truong.example"
        case "switched off":
            invited.is_active = False
    db_session.commit()
    secret = "khóa khác" if change == "other key" else SECRET
    assert send_due(db_session, server, now=clock.now, secret=secret).cancelled == 1
    assert office.letters == [] and letter(db_session).status is MailStatus.CANCELLED
