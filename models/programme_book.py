"""A programme as a book: all its rows as plain JSON, table by table, with codes where rows point to each other.

Cloning, comparing, exporting, importing and checking a year are all done on this one form; the database is written
from it and read into it by ``services.programme_book``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from core.translation import N_
from models.emulation import EmulationRule, RuleKind, RuleMethod
from models.figure import Aggregate
from models.indicator import Indicator, OutlineKind, OutlineSection, SourceKind, ValueKind
from models.programme import (
    AppendixRow,
    Audience,
    Channel,
    FundingSource,
    LegalBasis,
    Medium,
    Outlet,
    Passage,
    PassageKind,
    Theme,
)
from models.requirement import Requirement, RequirementKind
from models.unit import UnitKind

Book = dict[str, Any]
"""{"programme": {…}, "themes": [{"code": …, …}, …], …}: days as 2023-05-30, enums by value."""
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
FORMAT = "chuong-trinh-1"
"""Written into every exported file, so that a later format can be told from this one."""
FIRST_YEAR, LAST_YEAR = 2000, 2100


class FieldKind(StrEnum):
    """What a field of a book holds."""

    TEXT = "text"
    DAY = "day"
    FLAG = "flag"
    WHOLE = "whole"
    WORDS = "words"
    """A list of texts or codes."""
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row."""

    name: str
    label: str
    """The Vietnamese name for differences and messages."""
    kind: FieldKind = FieldKind.TEXT
    is_required: bool = False
    options: type[StrEnum] | None = None
    table: str = ""
    """The table whose codes it holds; empty where it holds none."""


@dataclass(frozen=True, slots=True)
class Table:
    """One list of rows."""

    name: str
    label: str
    model: type[Any]
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ("code",)
    """What makes a row unique in its list."""
    may_lack: bool = False
    """Whether a file without the list is sound: it was exported before there was one."""

    def key_of(self, row: Mapping[str, Any]) -> str:
        """The row's key as one text: "TH1", "report I.2"."""
        return " ".join(str(row.get(name, "")) for name in self.key)


def _text(name: str, label: str, *, required: bool = False, table: str = "") -> Field:
    """A text."""
    return Field(name, label, is_required=required, table=table)


def _codes(name: str, label: str, table: str) -> Field:
    """A list of codes of another table."""
    return Field(name, label, FieldKind.WORDS, table=table)


_LABEL = _text("label", N_("Tên gọn"), required=True)
_FULL_TEXT = _text("full_text", N_("Toàn văn"), required=True)
_CHANNEL = _text("channel", N_("Kênh"), required=True, table="channels")
FRAME = (
    Field("year", N_("Năm"), FieldKind.WHOLE, is_required=True), _text("title", N_("Tên chương trình"), required=True),
    _text("agency", N_("Cơ quan ban hành"), required=True), _text("parent_agency", N_("Cơ quan chủ quản")),
    _text("number", N_("Số")), _text("symbol", N_("Ký hiệu")), _text("place", N_("Địa danh")),
    Field("issued_on", N_("Ngày ban hành"), FieldKind.DAY), _text("preamble", N_("Lời mở đầu")),
    _text("closing", N_("Lời kết")), _text("signer_authority", N_("Quyền hạn ký")),
    _text("signer_position", N_("Chức vụ người ký")), _text("signer_name", N_("Người ký")),
    Field("recipients", N_("Nơi nhận"), FieldKind.WORDS),
    Field("report_addressees", N_("Nơi nhận báo cáo của Sở"), FieldKind.WORDS),
)
TABLES: dict[str, Table] = {table.name: table for table in (
    Table("legal_bases", N_("Văn bản liên quan"), LegalBasis, (
        _LABEL, _FULL_TEXT, _text("kind", N_("Loại văn bản")), _text("number", N_("Số, ký hiệu")),
        Field("issued_on", N_("Ngày ban hành"), FieldKind.DAY), _text("issuer", N_("Cơ quan ban hành")),
        _text("role", N_("Vai trò trong kế hoạch")))),
    Table("themes", N_("Nội dung tuyên truyền"), Theme, (
        _LABEL, _FULL_TEXT, Field("is_year_bound", N_("Gắn với năm"), FieldKind.FLAG),
        _codes("legal_basis_codes", N_("Văn bản nêu trong nội dung"), "legal_bases"))),
    Table("channels", N_("Hình thức tuyên truyền"), Channel, (_LABEL, _FULL_TEXT)),
    Table("outlets", N_("Nơi thực hiện"), Outlet, (_CHANNEL, _text("name", N_("Tên"), required=True))),
    Table("media", N_("Hình thức cụ thể"), Medium, (
        _CHANNEL, _LABEL, _text("unit", N_("Đơn vị tính"), required=True),
        Field("asks_outlet", N_("Hỏi nơi thực hiện"), FieldKind.FLAG),
        _text("reach_label", N_("Lượt tiếp cận đếm gì")))),
    Table("audiences", N_("Đối tượng"), Audience, (
        _LABEL, Field("is_named_in_plan", N_("Nêu trong mục đối tượng"), FieldKind.FLAG))),
    Table("funding_sources", N_("Nguồn kinh phí"), FundingSource, (_LABEL, _text("quote", N_("Lời trong kế hoạch")))),
    Table("passages", N_("Toàn văn theo phần"), Passage, (
        Field("kind", N_("Phần"), is_required=True, options=PassageKind), _text("heading", N_("Đề mục"), required=True),
        _FULL_TEXT)),
    Table("appendix", N_("Phụ lục"), AppendixRow, (
        _LABEL, _text("content", N_("Nội dung"), required=True), _text("forms", N_("Hình thức")),
        _text("units", N_("Đơn vị thực hiện")), _text("timing", N_("Thời gian")),
        _codes("theme_codes", N_("Nội dung tương ứng"), "themes"))),
    Table("indicators", N_("Chỉ tiêu báo cáo"), Indicator, (
        _text("name", N_("Tên chỉ tiêu"), required=True), _text("unit", N_("Đơn vị tính"), required=True),
        Field("value_kind", N_("Loại giá trị"), is_required=True, options=ValueKind),
        Field("aggregate", N_("Cách tổng hợp"), is_required=True, options=Aggregate),
        _codes("operand_codes", N_("Chỉ tiêu thành phần"), "indicators"),
        Field("is_core", N_("Chỉ tiêu chính"), FieldKind.FLAG),
        Field("source", N_("Nguồn số liệu"), is_required=True, options=SourceKind),
        Field("filters", N_("Điều kiện đếm"), FieldKind.MAP))),
    Table("outline", N_("Đề cương"), OutlineSection, (
        Field("kind", N_("Dùng cho"), is_required=True, options=OutlineKind),
        Field("level", N_("Cấp"), FieldKind.WHOLE, is_required=True), _text("mark", N_("Số mục")),
        _text("heading", N_("Đề mục"), required=True), _text("hint", N_("Gợi ý viết")),
        _codes("indicator_codes", N_("Chỉ tiêu nêu ở mục này"), "indicators"),
        Field("has_text", N_("Có phần lời"), FieldKind.FLAG)), ("kind", "code")),
    Table("requirements", N_("Kế hoạch, báo cáo phải nộp"), Requirement, (
        Field("kind", N_("Loại"), is_required=True, options=RequirementKind),
        _text("title", N_("Tên"), required=True),
        *(Field(name, label, FieldKind.DAY, is_required=True) for name, label in (
            ("coverage_from", N_("Kỳ số liệu từ ngày")), ("coverage_to", N_("Kỳ số liệu đến ngày")),
            ("cut_off_on", N_("Chốt số liệu")), ("opens_on", N_("Nhận từ ngày")), ("due_on", N_("Hạn nộp")))),
        Field("counts_due_day", N_("Tính cả ngày hạn"), FieldKind.FLAG),
        Field("consolidation_due_on", N_("Sở gửi báo cáo trước ngày"), FieldKind.DAY),
        Field("return_days", N_("Số ngày sửa khi bị trả lại"), FieldKind.WHOLE),
        Field("review_days", N_("Số ngày làm việc để duyệt"), FieldKind.WHOLE),
        Field("reporter_kinds", N_("Loại đơn vị phải nộp"), FieldKind.WORDS),
        _text("legal_basis", N_("Căn cứ")), _text("source_quote", N_("Lời trong kế hoạch")))),
    Table("emulation_rules", N_("Tiêu chí thi đua"), EmulationRule, (
        _LABEL, Field("kind", N_("Tiêu chí xét"), is_required=True, options=RuleKind),
        Field("points", N_("Điểm tối đa"), FieldKind.WHOLE, is_required=True),
        Field("method", N_("Cách tính"), is_required=True, options=RuleMethod),
        Field("full_at", N_("Đạt điểm tối đa từ tỷ lệ (%)"), FieldKind.WHOLE),
        Field("bands", N_("Các mức"), FieldKind.WORDS), _text("each", N_("Điểm mỗi lần")),
        _text("each_overdue", N_("Điểm mỗi lần quá hạn")),
        Field("tie_order", N_("Thứ tự xét khi bằng điểm"), FieldKind.WHOLE),
        Field("reporter_kinds", N_("Loại đơn vị được xét"), FieldKind.WORDS)), may_lack=True),
)}
REPORTER_KINDS = frozenset(kind.value for kind in UnitKind if kind.is_reporter)


def plain(value: Any) -> Any:
    """A column's value as the book holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return list(value) if isinstance(value, tuple | list) else value


def rows_of(book: Mapping[str, Any], table: str) -> Sequence[Mapping[str, Any]]:
    """The rows of one table; none where the book has no such list."""
    rows = book.get(table)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


__all__ = ["CODE", "FIRST_YEAR", "FORMAT", "FRAME", "LAST_YEAR", "REPORTER_KINDS", "TABLES", "Book", "Field",
           "FieldKind", "Table", "plain", "rows_of"]
