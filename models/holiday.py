"""Public holidays and the days worked instead: rows that the Office edits, for everything counted in working days."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, enum_column

HOLIDAY_NAME_MAX_LENGTH = 120
HOLIDAY_SOURCE_MAX_LENGTH = 200


class HolidayKind(StrEnum):
    """Whether a day is free or worked."""

    OFF = "off"
    MAKE_UP = "make_up"
    """A Saturday or Sunday that is worked for a day off in the week."""

    @property
    def label(self) -> str:
        """The Vietnamese word, as 'Nghỉ'."""
        return {"off": N_("Nghỉ"), "make_up": N_("Làm bù")}[self.value]


class Holiday(Identified, Model):
    """One day that is no ordinary one."""

    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[HolidayKind] = enum_column(HolidayKind, "kind")
    source: Mapped[str] = mapped_column(default="")
    """By which law or notice."""
    removed_at: Mapped[datetime | None]
    """Set when the Office took it out; it can be put back."""
