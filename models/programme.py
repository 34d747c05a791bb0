"""The programme of a year: the Department's plan held as rows (product law 1)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.translation import N_
from models.base import Identified, Model, code_column, enum_column


class ProgrammeStatus(StrEnum):
    """Where a programme stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The Vietnamese word, as 'Đã ban hành'."""
        return {"draft": N_("Đang soạn"), "published": N_("Đã ban hành"), "closed": N_("Đã khép lại")}[self.value]


class Programme(Identified, Model):
    """One year's plan of the Department, with the frame of its document."""

    __tablename__ = "programme"

    year: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str]
    """As "Tuyên truyền cải cách hành chính năm 2023"."""
    status: Mapped[ProgrammeStatus] = enum_column(ProgrammeStatus, "status", default=ProgrammeStatus.DRAFT)
    agency: Mapped[str]
    parent_agency: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    """The registry's number of the plan; empty as in the source."""
    symbol: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    preamble: Mapped[str] = mapped_column(default="")
    closing: Mapped[str] = mapped_column(default="")
    signer_authority: Mapped[str] = mapped_column(default="")
    signer_position: Mapped[str] = mapped_column(default="")
    signer_name: Mapped[str] = mapped_column(default="")
    recipients: Mapped[list[str]] = mapped_column(default=list)
    report_addressees: Mapped[list[str]] = mapped_column(default=list)
    """To whom the Department's consolidated report is addressed, set by the province's plan."""


class OfProgramme(Identified):
    """A row of a programme with a code of its own and a place in its list."""

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    code: Mapped[str] = code_column()
    position: Mapped[int]


def _unique_code() -> tuple[UniqueConstraint]:
    """One code once in a programme."""
    return (UniqueConstraint("programme_id", "code"),)


class Theme(OfProgramme, Model):
    """What is made known (nội dung tuyên truyền; plan, II.2)."""

    __tablename__ = "theme"
    __table_args__ = _unique_code()

    label: Mapped[str]
    full_text: Mapped[str]
    is_year_bound: Mapped[bool] = mapped_column(default=False)
    """Must be replaced when the programme is cloned for another year."""
    legal_basis_codes: Mapped[list[str]] = mapped_column(default=list)


class Channel(OfProgramme, Model):
    """A group of ways to make it known (hình thức tuyên truyền; plan, II.3 and the appendix)."""

    __tablename__ = "channel"
    __table_args__ = _unique_code()

    label: Mapped[str]
    full_text: Mapped[str]


class Outlet(OfProgramme, Model):
    """A place or body that a channel names, as "Trung tâm Truyền thông tỉnh"; offered while typing."""

    __tablename__ = "outlet"
    __table_args__ = _unique_code()

    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    name: Mapped[str]


class Medium(OfProgramme, Model):
    """The concrete form an activity takes, as "Bài đăng Facebook": one choice that implies the channel."""

    __tablename__ = "medium"
    __table_args__ = _unique_code()

    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    label: Mapped[str]
    unit: Mapped[str]
    """What is counted, as "tin, bài"."""
    asks_outlet: Mapped[bool] = mapped_column(default=False)
    """Whether an activity names the outlet (press, radio, television)."""
    reach_label: Mapped[str] = mapped_column(default="")
    """What its reach counts, as "lượt người dự"; empty when reach is not asked for."""


class Audience(OfProgramme, Model):
    """Whom it is made known to (đối tượng; plan, II.1)."""

    __tablename__ = "audience"
    __table_args__ = _unique_code()

    label: Mapped[str]
    is_named_in_plan: Mapped[bool] = mapped_column(default=True)
    """False for groups that the plan names only in passing, as citizens and businesses."""


class FundingSource(OfProgramme, Model):
    """Where money comes from (plan, III)."""

    __tablename__ = "funding_source"
    __table_args__ = _unique_code()

    label: Mapped[str]
    quote: Mapped[str] = mapped_column(default="")


class LegalBasis(OfProgramme, Model):
    """A document that the programme carries out or makes known."""

    __tablename__ = "legal_basis"
    __table_args__ = _unique_code()

    label: Mapped[str]
    full_text: Mapped[str]
    kind: Mapped[str] = code_column(20, default="")
    number: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    issuer: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = code_column(default="")


class PassageKind(StrEnum):
    """Which part of the plan a passage stands in."""

    PURPOSE = "purpose"
    DEMAND = "demand"
    FUNDING = "funding"
    RESPONSIBILITY = "responsibility"
    AUDIENCE = "audience"

    @property
    def label(self) -> str:
        """The Vietnamese heading, as 'Mục đích'."""
        return {
            "purpose": N_("Mục đích"), "demand": N_("Yêu cầu"), "funding": N_("Kinh phí"),
            "responsibility": N_("Tổ chức thực hiện"), "audience": N_("Đối tượng tuyên truyền"),
        }[self.value]


class Passage(OfProgramme, Model):
    """A passage of the plan's text: a purpose, a demand, a duty of somebody."""

    __tablename__ = "passage"
    __table_args__ = _unique_code()

    kind: Mapped[PassageKind] = enum_column(PassageKind, "kind")
    heading: Mapped[str]
    full_text: Mapped[str]


class AppendixRow(OfProgramme, Model):
    """A row of the plan's appendix: content, forms, units, time."""

    __tablename__ = "appendix_row"
    __table_args__ = _unique_code()

    label: Mapped[str]
    content: Mapped[str]
    forms: Mapped[str]
    units: Mapped[str]
    timing: Mapped[str]
    theme_codes: Mapped[list[str]] = mapped_column(default=list)
    """Themes whose activities count as results of this row; the Office's reading, editable."""
