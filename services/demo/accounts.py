"""The demonstration accounts: one a role, all with the same published password."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.account import Account, Role
from models.password import hash_password
from models.unit import Unit

DEMO_PASSWORD = "Demo-2023"  # noqa: S105  # published on purpose: it opens only the demonstration province
USERNAMES = ("admin", "office", "leader", "division", "district", "school", "head")
DISTRICT = "PGD-193"
SCHOOL = "TH-193-02"
"""The school whose officer and head have accounts; its half-year report is left for a newcomer to write."""
_ACCOUNTS = (
    ("admin", Role.ADMINISTRATOR, "SO-VP", "Quản trị (minh họa)", "Quản trị hệ thống"),
    ("office", Role.OFFICE, "SO-VP", "Cán bộ Văn phòng Sở (minh họa)", "Chuyên viên"),
    ("leader", Role.LEADER, "SGDDT", "Lãnh đạo Sở (minh họa)", "Phó Giám đốc"),
    ("division", Role.DIVISION, "SO-TTR", "Cán bộ Thanh tra Sở (minh họa)", "Thanh tra viên"),
    ("district", Role.DISTRICT, DISTRICT, "Cán bộ Phòng GD&ĐT (minh họa)", "Chuyên viên"),
    ("school", Role.OFFICER, SCHOOL, "Cán bộ nhà trường (minh họa)", "Văn thư"),
    ("head", Role.HEAD, SCHOOL, "Hiệu trưởng (minh họa)", "Hiệu trưởng"),
)


def add_accounts(session: Session, now: datetime) -> dict[str, Account]:
    """Add the accounts, by user name. Does not commit."""
    units = dict(session.execute(
        select(Unit.code, Unit.id).where(Unit.code.in_([row[2] for row in _ACCOUNTS]))).all())
    password_hash = hash_password(DEMO_PASSWORD)
    accounts = {
        username: Account(username=username, full_name=name, position=position, role=role, unit_id=units[code],
                          password_hash=password_hash, created_at=now, is_demonstration=True)
        for username, role, code, name, position in _ACCOUNTS
    }
    session.add_all(accounts.values())
    session.flush()
    return accounts
