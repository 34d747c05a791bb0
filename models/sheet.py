"""Answer sheets, anonymous by schema, and what is counted from them (product law 9).

A sheet knows its unit's place in a round, its channel and the day; no account, address, agent, code or time. A
code that is used once stands in ``survey_code`` and shares nothing with a sheet but the place. The pace at which
sheets arrive is watched through hashes under a key of the day, which is thrown away with the day.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Identified, Model, code_column, enum_column
from models.survey import SurveyChannel

SHEET_ID = BigInteger().with_variant(Integer, "sqlite")


class SurveySheet(Model):
    """One person's answers. Its key is random, so that the order of the rows says nothing either."""

    __tablename__ = "survey_sheet"
    __table_args__ = (
        Index("ix_survey_sheet_place_id_answered_on", "place_id", "answered_on"),
        Index("ix_survey_sheet_suspect", "place_id", sqlite_where=text("suspicion <> ''"),
              postgresql_where=text("suspicion <> ''")),
    )

    id: Mapped[int] = mapped_column(SHEET_ID, primary_key=True, autoincrement=False)
    """63 bits made from the ticket of the page it was answered on, so that one page makes one sheet."""
    place_id: Mapped[int] = mapped_column(ForeignKey("survey_place.id"))
    channel: Mapped[SurveyChannel] = enum_column(SurveyChannel, "channel")
    answered_on: Mapped[date]
    """The day, never the time; of a paper sheet the day it was collected."""
    choices: Mapped[bytes] = mapped_column(LargeBinary)
    """A byte for every cell of the version's codebook (``models.codebook``)."""
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Numbers, days and masked texts by question code; null where there are none."""
    suspicion: Mapped[str] = code_column(default="")
    """Codes of what is odd about it, as "speed source"; it counts until the Office excludes it."""
    excluded_reason: Mapped[str] = mapped_column(default="")
    """Why it does not count; empty where it does."""

class SurveyUncounted(Model):
    """A sheet that no count holds yet. A small table, so that counting rewrites none of a million sheets.

    Kept by place, not in the order in which sheets came.
    """

    __tablename__ = "survey_uncounted"
    __table_args__ = ({"sqlite_with_rowid": False},)

    place_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The sheet's place, so that a place's are found at once."""
    sheet_id: Mapped[int] = mapped_column(SHEET_ID, primary_key=True, autoincrement=False)
    """The sheet's key; no foreign key, for nothing points to a sheet."""


class SurveyCount(Model):
    """The sheets of one place, channel and day, counted: what reports read where not all days count."""

    __tablename__ = "survey_count"
    __table_args__ = (CheckConstraint("sheet_count >= 0 and excluded_count >= 0", name="counts"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("survey_place.id"), primary_key=True)
    channel: Mapped[SurveyChannel] = enum_column(SurveyChannel, "channel", primary_key=True)
    answered_on: Mapped[date] = mapped_column(primary_key=True)
    sheet_count: Mapped[int]
    """Sheets that count."""
    excluded_count: Mapped[int] = mapped_column(default=0)
    """Sheets that the Office excluded; not in ``sheet_count``."""
    counts: Mapped[bytes] = mapped_column(LargeBinary)
    """Counts of the version's codebook, packed and squeezed."""


class SurveyTotal(Model):
    """The counts of one place and channel over all days: what a round's results are read from.

    Always the sum of the place's and channel's ``SurveyCount``; reports read it, too, where all days count.
    """

    __tablename__ = "survey_total"
    __table_args__ = (CheckConstraint("sheet_count >= 0 and excluded_count >= 0", name="counts"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("survey_place.id"), primary_key=True)
    channel: Mapped[SurveyChannel] = enum_column(SurveyChannel, "channel", primary_key=True)
    sheet_count: Mapped[int]
    excluded_count: Mapped[int] = mapped_column(default=0)
    counts: Mapped[bytes] = mapped_column(LargeBinary)
    """Packed counts of the version's codebook."""


class SurveyCode(Identified, Model):
    """A code that lets one person answer once. Only its hash is kept; that it was used, not when or for what."""

    __tablename__ = "survey_code"

    place_id: Mapped[int] = mapped_column(ForeignKey("survey_place.id"), index=True)
    digest: Mapped[str] = code_column(64, unique=True)
    """Keyed hash of the code."""
    batch: Mapped[int] = mapped_column(default=1)
    """Codes made together; a batch that was lost can be withdrawn."""
    is_used: Mapped[bool] = mapped_column(default=False)
    is_withdrawn: Mapped[bool] = mapped_column(default=False)


class SurveyPace(Model):
    """How many sheets came from one source today, under a hash that nobody can undo; kept for a day at most."""

    __tablename__ = "survey_pace"

    source: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    seen_on: Mapped[date] = mapped_column(index=True)
    sheet_count: Mapped[int] = mapped_column(default=1)


class SurveyPaceKey(Model):
    """The random key of a day's hashes; deleted, with them, when the next day's is made."""

    __tablename__ = "survey_pace_key"

    seen_on: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32))


__all__ = ["SHEET_ID", "SurveyCode", "SurveyCount", "SurveyPace", "SurveyPaceKey", "SurveySheet", "SurveyTotal"]
