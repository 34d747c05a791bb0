"""Units that report, and their names, parents and heads by date (product law 8)."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, validates

from core.text import fold, sort_key
from core.translation import N_
from models.base import Identified, Model, code_column, enum_column

FIRST_DAY = date(1900, 1, 1)
"""Since when, where a source gives no date."""
CODE_PATTERN = r"[\w.-]+"
CODE_MAX_LENGTH = 60
NAME_MAX_LENGTH = 200
"""Of a unit's name, of a head's name and position."""
SYMBOL_MAX_LENGTH = 40
PLACE_MAX_LENGTH = 100


class UnitKind(StrEnum):
    """What a unit is; the values are those of the unit files."""

    PROVINCE = "ubnd_tinh"
    PARTNER = "co_quan_phoi_hop"
    DEPARTMENT = "so"
    DIVISION = "don_vi_thuoc_so"
    DISTRICT_OFFICE = "phong_gddt"
    WARD = "ubnd_phuong"
    COMMUNE = "ubnd_xa"
    SPECIAL_ZONE = "ubnd_dac_khu"
    UPPER_SECONDARY = "thpt"
    GIFTED = "thpt_chuyen"
    SECONDARY = "thcs_thpt"
    BOARDING = "ptdtnt"
    CONTINUING_CENTRE = "tt_hn_gdtx"
    VOCATIONAL_CENTRE = "tt_gdnn_gdtx"
    NON_PUBLIC_UPPER_SECONDARY = "thpt_ngoai_cong_lap"
    NON_PUBLIC_SCHOOL = "pt_nhieu_cap_ngoai_cong_lap"
    KINDERGARTEN = "mam_non"
    PRIMARY = "tieu_hoc"
    LOWER_SECONDARY = "thcs"
    PRIMARY_LOWER_SECONDARY = "th_thcs"

    @property
    def label(self) -> str:
        """The Vietnamese name of the kind, as 'Trường THPT'."""
        return _KIND_LABELS[self]

    @property
    def is_reporter(self) -> bool:
        """Whether units of this kind owe plans and reports."""
        return self not in (UnitKind.PROVINCE, UnitKind.PARTNER, UnitKind.DEPARTMENT, UnitKind.DIVISION)

    @property
    def is_intermediate(self) -> bool:
        """Whether units of this kind consolidate the units below them on the way to the Department."""
        return self in (UnitKind.DISTRICT_OFFICE, UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE)


_KIND_LABELS = {
    UnitKind.PROVINCE: N_("Ủy ban nhân dân tỉnh"),
    UnitKind.PARTNER: N_("Cơ quan phối hợp"),
    UnitKind.DEPARTMENT: N_("Sở Giáo dục và Đào tạo"),
    UnitKind.DIVISION: N_("Đơn vị thuộc Sở"),
    UnitKind.DISTRICT_OFFICE: N_("Phòng Giáo dục và Đào tạo"),
    UnitKind.WARD: N_("Ủy ban nhân dân phường"),
    UnitKind.COMMUNE: N_("Ủy ban nhân dân xã"),
    UnitKind.SPECIAL_ZONE: N_("Ủy ban nhân dân đặc khu"),
    UnitKind.UPPER_SECONDARY: N_("Trường THPT"),
    UnitKind.GIFTED: N_("Trường THPT chuyên"),
    UnitKind.SECONDARY: N_("Trường THCS và THPT"),
    UnitKind.BOARDING: N_("Trường phổ thông dân tộc nội trú"),
    UnitKind.CONTINUING_CENTRE: N_("Trung tâm hướng nghiệp, giáo dục thường xuyên"),
    UnitKind.VOCATIONAL_CENTRE: N_("Trung tâm giáo dục nghề nghiệp - giáo dục thường xuyên"),
    UnitKind.NON_PUBLIC_UPPER_SECONDARY: N_("Trường THPT ngoài công lập"),
    UnitKind.NON_PUBLIC_SCHOOL: N_("Trường phổ thông nhiều cấp ngoài công lập"),
    UnitKind.KINDERGARTEN: N_("Trường mầm non"),
    UnitKind.PRIMARY: N_("Trường tiểu học"),
    UnitKind.LOWER_SECONDARY: N_("Trường THCS"),
    UnitKind.PRIMARY_LOWER_SECONDARY: N_("Trường TH và THCS"),
}


class Dated:
    """A row that holds from ``valid_from`` until the day before ``valid_to`` (None: still)."""

    valid_from: Mapped[date] = mapped_column(default=FIRST_DAY)
    valid_to: Mapped[date | None]

    def covers(self, day: date) -> bool:
        """Whether the row holds on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @classmethod
    def covering(cls, day: date | ColumnElement[date]) -> ColumnElement[bool]:
        """The SQL twin of ``covers``."""
        return and_(cls.valid_from <= day, or_(cls.valid_to.is_(None), cls.valid_to > day))


class Unit(Identified, Dated, Model):
    """A unit, from its founding to its closing; what changes in between stands in the dated tables below."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("valid_to is null or valid_to > valid_from", name="valid_to"),)

    code: Mapped[str] = code_column(CODE_MAX_LENGTH, unique=True)
    kind: Mapped[UnitKind] = enum_column(UnitKind, "kind")
    district: Mapped[str] = mapped_column(default="")
    """The district the unit lies in, as "Thành phố Hạ Long"; empty when unknown."""
    symbol: Mapped[str] = mapped_column(default="")
    """What follows the kind of document in its number, as "SGDĐT"; set by the head of each body."""
    place: Mapped[str] = mapped_column(default="Quảng Ninh")
    """The place name in the date line of its documents."""
    is_demonstration: Mapped[bool] = mapped_column(default=False)


class UnitName(Identified, Dated, Model):
    """The name a unit bears in a span of days."""

    __tablename__ = "unit_name"
    __table_args__ = (
        UniqueConstraint("unit_id", "valid_from"),
        CheckConstraint("valid_to is null or valid_to > valid_from", name="valid_to"),
        Index("ix_unit_name_folded", "folded"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    folded: Mapped[str]
    """The name without marks, in lower case, for search."""
    sort_key: Mapped[str]
    """The name's place in the Vietnamese alphabet."""

    @validates("name")
    def _derive(self, _key: str, name: str) -> str:
        """Keep the search form and the sort key in step with the name."""
        self.folded, self.sort_key = fold(name), sort_key(name)
        return name


class UnitParent(Identified, Dated, Model):
    """To whom a unit reports in a span of days."""

    __tablename__ = "unit_parent"
    __table_args__ = (
        UniqueConstraint("unit_id", "valid_from"),
        CheckConstraint("unit_id <> parent_id", name="not_itself"),
        CheckConstraint("valid_to is null or valid_to > valid_from", name="valid_to"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    parent_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)


class UnitHead(Identified, Dated, Model):
    """Who heads a unit in a span of days, with the position that is printed under a document."""

    __tablename__ = "unit_head"
    __table_args__ = (
        UniqueConstraint("unit_id", "valid_from"),
        CheckConstraint("valid_to is null or valid_to > valid_from", name="valid_to"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    full_name: Mapped[str] = mapped_column(default="")
    """Empty while the unit has not said who."""
    position: Mapped[str] = mapped_column(default="")
    """As "Hiệu trưởng", "Trưởng phòng"."""


class SuccessionKind(StrEnum):
    """How one unit follows another."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    TRANSFER = "transfer"

    @property
    def label(self) -> str:
        """The Vietnamese word, as 'Sáp nhập'."""
        return {"rename": N_("Đổi tên"), "merge": N_("Sáp nhập"), "split": N_("Chia tách"),
                "transfer": N_("Chuyển giao")}[self.value]


class UnitSuccessor(Identified, Model):
    """One unit follows another from a day on, by a recorded decision."""

    __tablename__ = "unit_successor"
    __table_args__ = (
        UniqueConstraint("old_unit_id", "new_unit_id", "from_day"),
        CheckConstraint("old_unit_id <> new_unit_id", name="not_itself"),
    )

    old_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    new_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    kind: Mapped[SuccessionKind] = enum_column(SuccessionKind, "kind")
    from_day: Mapped[date]
    decision_number: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]


__all__ = ["CODE_MAX_LENGTH", "CODE_PATTERN", "FIRST_DAY", "NAME_MAX_LENGTH", "PLACE_MAX_LENGTH",
           "SYMBOL_MAX_LENGTH", "Dated", "SuccessionKind", "Unit", "UnitHead", "UnitKind", "UnitName", "UnitParent",
           "UnitSuccessor"]
