"""Inviting people to their new accounts by mail, with a one-time password that is nowhere kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.account import Account
from models.event import Event, Subject
from models.invitation import MARK, invitation_key, invited_account
from models.mail import MailStatus, OutboxMail
from models.password import derived_password, verify_password
from models.permission import Viewer
from queries.account import GIVING
from queries.unit import unit_names
from services.account import Slip
from services.mail import Letter

SUBJECT = "Tài khoản của Ông/Bà tại Cổng báo cáo tuyên truyền cải cách hành chính"


def queue_invitations(session: Session, slips: Sequence[Slip], *, viewer: Viewer, batch: str, on: date, now: datetime,
                      portal_url: str) -> int:
    """Write a letter for each new account with an address; how many. No password is stored. Does not commit."""
    agency = unit_names(session, [viewer.acts_for_id], on).get(viewer.acts_for_id, "")
    rows = [
        {"key": invitation_key(slip.account_id, batch), "to_name": slip.full_name, "to_address": slip.email,
         "subject": SUBJECT, "body": _body(slip, agency, portal_url), "status": MailStatus.QUEUED,
         "attempt_count": 0, "next_at": now, "created_at": now}
        for slip in slips if slip.email
    ]
    if rows:
        session.execute(insert(OutboxMail), rows)
    return len(rows)


def _body(slip: Slip, agency: str, portal_url: str) -> str:
    """What the letter says, with a mark in place of the password."""
    lines = [
        f"Kính gửi Ông/Bà {slip.full_name},", "",
        f"{agency or 'Cơ quan quản lý'} đã tạo cho Ông/Bà một tài khoản của {slip.unit_name} tại Cổng báo cáo tuyên "
        "truyền cải cách hành chính.", "",
        *([f"Địa chỉ đăng nhập: {portal_url}/login"] if portal_url else []),
        f"Tên đăng nhập: {slip.username}",
        f"Mật khẩu dùng một lần: {MARK}", "",
        "Lần đăng nhập đầu tiên, cổng yêu cầu chọn mật khẩu mới; từ lúc ấy mật khẩu trên thôi dùng được.",
        "Thư đến nhầm người: xin xóa thư và báo lại nơi gửi. Xin đừng chuyển tiếp thư này.",
    ]
    return "\n".join(lines) + "\n"


def complete_letter(session: Session, letter: Letter, secret: str) -> Letter | None:
    """Put the one-time password into an invitation; any other letter as it is. Up to two queries.

    None when there is nothing to tell any more: the account is switched off or has another address, its owner has
    chosen a password, or the one-time password was not made from ``secret``.
    """
    account_id = invited_account(letter.key)
    if account_id is None:
        return letter
    account = session.get(Account, account_id, populate_existing=True)
    if account is None or not account.is_active or not account.must_change_password:
        return None
    if account.email != letter.to_address:
        return None
    detail = session.scalar(
        select(Event.detail)
        .where(Event.subject_kind == Subject.ACCOUNT, Event.subject_id == account_id, Event.action.in_(GIVING))
        .order_by(Event.id.desc()).limit(1)) or {}
    batch = str(detail.get("batch", ""))
    if not batch or invitation_key(account_id, batch) != letter.key:  # another password was given since
        return None
    password = derived_password(secret, batch, account.username)
    if not verify_password(account.password_hash, password):
        return None
    return replace(letter, body=letter.body.replace(MARK, password))


__all__ = ["complete_letter", "queue_invitations"]
