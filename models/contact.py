"""How a unit is reached: address, telephone, e-mail; kept by the unit itself."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Identified, Model

ADDRESS_MAX_LENGTH = 200
PHONE_MAX_LENGTH = 40
PHONE_PATTERN = r"^\+?[0-9][0-9 .()/-]{5,}$"
"""A number, or two apart by "/", with the usual signs between groups."""


class UnitContact(Identified, Model):
    """The contact particulars of a unit as they are now; what they were stands in the trail."""

    __tablename__ = "unit_contact"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    officer: Mapped[str] = mapped_column(default="")
    """Whom to ask for, where that is not a person with an account."""
    changed_at: Mapped[datetime]
