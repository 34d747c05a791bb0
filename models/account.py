"""Accounts of staff: who they are, for which unit they act, in which role."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column
from models.unit import UnitKind

USERNAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{1,59}$"
PASSWORD_MIN_LENGTH = 8
PASSWORD_MAX_LENGTH = 200
USERNAME_MAX_LENGTH = 60
FULL_NAME_MAX_LENGTH = 100
"""Of a person's name and position."""
EMAIL_MAX_LENGTH = 120
EMAIL_PATTERN = r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"


class Role(StrEnum):
    """What a person does; the table of permissions says what that allows."""

    ADMINISTRATOR = "administrator"
    OFFICE = "office"
    LEADER = "leader"
    DIVISION = "division"
    DISTRICT = "district"
    OFFICER = "officer"
    HEAD = "head"

    @property
    def label(self) -> str:
        """The Vietnamese name of the role, as 'Văn phòng Sở'."""
        return {
            "administrator": N_("Quản trị hệ thống"),
            "office": N_("Văn phòng Sở"),
            "leader": N_("Lãnh đạo Sở"),
            "division": N_("Đơn vị thuộc Sở"),
            "district": N_("Cán bộ Phòng GD&ĐT"),
            "officer": N_("Cán bộ đơn vị"),
            "head": N_("Thủ trưởng đơn vị"),
        }[self.value]


def role_fits(role: Role, kind: UnitKind) -> bool:
    """Whether a person of a unit of this kind can have the role."""
    if role in (Role.ADMINISTRATOR, Role.OFFICE, Role.LEADER, Role.DIVISION):
        return kind in (UnitKind.DEPARTMENT, UnitKind.DIVISION)
    if role is Role.DISTRICT:
        return kind.is_intermediate
    return kind.is_reporter


class Account(Identified, Model):
    """A person's account. It is never deleted, only switched off."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("username = lower(username)", name="username_lower"),)

    username: Mapped[str] = code_column(unique=True)
    full_name: Mapped[str]
    position: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    role: Mapped[Role] = enum_column(Role, "role")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    password_hash: Mapped[str]
    """argon2id."""
    must_change_password: Mapped[bool] = mapped_column(default=False)
    """Set with a one-time password; every page leads to the change until it is done."""
    session_version: Mapped[int] = mapped_column(default=1)
    """Raised by "sign out everywhere" and by a change of password; older sessions end."""
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = code_column(5, default="vi")
    theme: Mapped[str] = code_column(5, default="auto")
    created_at: Mapped[datetime]
    last_sign_in_at: Mapped[datetime | None]


class SignInFailure(Identified, Model):
    """A failed sign-in, kept for the throttle and swept after a day."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_subject_at", "subject", "at"),)

    subject: Mapped[str] = code_column(64)
    """A keyed hash of the user name or of the address tried from; neither is kept in clear."""
    at: Mapped[datetime]
