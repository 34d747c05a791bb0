"""The forms of a year's programme: one for its own fields, one a kind of row, made from what the book says of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from wtforms import BooleanField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from core.dates import format_day
from core.numbers import format_integer
from core.translation import N_, _, lazy
from forms.base import Form
from forms.fields import DayField, StringField, TextAreaField, VietnameseInteger, choice
from forms.validators import AtMost, Between, Required
from models.indicator import SourceKind
from models.programme_book import (
    FIRST_YEAR,
    FRAME,
    LAST_YEAR,
    REPORTER_KINDS,
    TABLES,
    Book,
    Field,
    FieldKind,
    Table,
)
from models.programme_change import name_of
from models.programme_check import FILTERS
from models.unit import UnitKind

LONG = frozenset({"full_text", "content", "forms", "units", "timing", "hint", "preamble", "closing", "quote",
                  "source_quote", "legal_basis"})
"""Texts of several lines."""
CODE_MAX_LENGTH, TEXT_MAX_LENGTH, LONG_MAX_LENGTH = 60, 500, 20_000
COUNTS_ALL = ""
"""The choice of a filter that lets everything through."""


class TickField(SelectMultipleField):
    """Several of a list, as ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class YearForm(Form):
    """For which year a programme is made from another one."""

    year = VietnameseInteger(lazy("Năm của chương trình mới"), [
        Required(lazy("Nhập năm")), Between(FIRST_YEAR, LAST_YEAR)], description=lazy("Ví dụ 2024"))


def frame_form(data: Any) -> Form:
    """The form of a programme's own fields but its year, filled with texts."""
    return _made({field.name: _field(field, {}) for field in FRAME if field.name != "year"}, data)


def row_form(data: Any, table: Table, book: Book, *, is_new: bool) -> Form:
    """The form of a row of ``table``, filled with texts; a new row has a code to choose."""
    fields: dict[str, Any] = {}
    if is_new:
        fields["code"] = StringField(_("Mã"), [Required(_("Nhập mã")), AtMost(CODE_MAX_LENGTH)],
                                     description=_("Chữ không dấu, số, gạch nối; dùng trong tệp và công thức"))
    for field in table.fields:
        if field.kind is FieldKind.MAP:
            fields |= _filter_fields(book)
        elif is_new or field.name not in table.key:
            fields[field.name] = _field(field, book)
    return _made(fields, data)


def _made(fields: Mapping[str, Any], data: Any) -> Form:
    """A form of these fields."""
    made: type[Form] = type("RowForm", (Form,), dict(fields))
    return made(data)


def _field(field: Field, book: Book) -> Any:
    """The field of a form for a field of the book."""
    label = _(field.label)
    must = [Required(_("Nhập ô này"))] if field.is_required else []
    match field.kind:
        case FieldKind.FLAG:
            return BooleanField(label)
        case FieldKind.WHOLE:
            return VietnameseInteger(label, [*must, Between(0, 9999)])
        case FieldKind.DAY:
            return DayField(label, must, description=_("Ví dụ 30/05/2024"))
        case FieldKind.WORDS if field.name == "reporter_kinds":
            kinds = [choice(kind.value, _(kind.label)) for kind in UnitKind if kind.value in REPORTER_KINDS]
            return TickField(label, choices=kinds, description=_("Không chọn là mọi đơn vị báo cáo"))
        case FieldKind.WORDS if field.table == "indicators":
            return StringField(label, [AtMost(TEXT_MAX_LENGTH)], description=_("Mã chỉ tiêu, cách nhau bằng dấu cách, "
                                                                              "ví dụ B1 B2 B3"))
        case FieldKind.WORDS if field.table:
            return TickField(label, choices=_options(book, field.table))
        case FieldKind.WORDS:
            return TextAreaField(label, [AtMost(LONG_MAX_LENGTH)], description=_("Mỗi dòng một mục"))
    if field.options is not None:
        return SelectField(label, must, choices=[
            choice(option.value, option_label(option)) for option in field.options])
    if field.table:
        return SelectField(label, must, choices=_options(book, field.table))
    if field.name in LONG:
        return TextAreaField(label, [*must, AtMost(LONG_MAX_LENGTH)])
    return StringField(label, [*must, AtMost(TEXT_MAX_LENGTH)])


def option_label(option: StrEnum) -> str:
    """An option in words; where a unit's figure comes from is told more closely here than units are told."""
    closer = _SOURCES.get(option) if isinstance(option, SourceKind) else None
    return _(closer or str(getattr(option, "label", option.value)))


_SOURCES = {
    SourceKind.ACTIVITY_QUANTITY: N_("Cộng số lượng của hoạt động"),
    SourceKind.ACTIVITY_COUNT: N_("Đếm số hoạt động"),
    SourceKind.ACTIVITY_REACH: N_("Cộng lượt tiếp cận của hoạt động"),
    SourceKind.ACTIVITY_COST: N_("Cộng kinh phí của hoạt động"),
    SourceKind.PLAN_BUDGET: N_("Kinh phí trong kế hoạch"),
    SourceKind.PLAN_EXISTS: N_("Đã gửi kế hoạch"),
    SourceKind.SURVEY_SHEETS: N_("Số phiếu khảo sát"),
    SourceKind.SURVEY_SHARE: N_("Tỷ lệ hài lòng ở câu chung"),
    SourceKind.SURVEY_MEAN: N_("Điểm trung bình ở câu chung"),
}


def _options(book: Book, table: str) -> list[Any]:
    """The rows of a table to choose from."""
    return [choice(row["code"], f"{row['code']} · {name_of(row)}") for row in book.get(table, [])]


def _filter_fields(book: Book) -> dict[str, Any]:
    """Which activities an indicator counts."""
    fields: dict[str, Any] = {
        f"filter_{name}": TickField(_("Chỉ đếm: %(what)s", what=_(TABLES[table].label).lower()),
                                    choices=_options(book, table), description=_("Không chọn là đếm tất cả"))
        for name, table in FILTERS.items()}
    fields["filter_integrated"] = SelectField(_("Lồng ghép"), choices=[
        choice(COUNTS_ALL, _("Đếm tất cả")), choice("yes", _("Chỉ hoạt động lồng ghép")),
        choice("no", _("Chỉ hoạt động riêng"))])
    fields["filter_questionnaire"] = StringField(_("Mã phiếu khảo sát"), [AtMost(CODE_MAX_LENGTH)],
                                                 description=_("Dành cho chỉ tiêu tính từ phiếu, ví dụ HL-TTHC"))
    return fields


def texts_of(fields: Sequence[Field], row: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """A row as its form shows it: texts by name of field; what is not ticked is left out."""
    texts: dict[str, str | list[str]] = {}
    for field in fields:
        value = row.get(field.name)
        if field.kind is FieldKind.MAP:
            texts |= _filter_texts(value or {})
        elif value is None or value is False:
            continue
        elif field.kind is FieldKind.DAY:
            texts[field.name] = format_day(date.fromisoformat(value))
        elif field.kind is FieldKind.WORDS:
            glue = " " if field.table == "indicators" else "\n"
            texts[field.name] = list(value) if has_ticks(field) else glue.join(value)
        else:
            texts[field.name] = "y" if value is True else str(value)
    return texts


def _filter_texts(filters: Mapping[str, Any]) -> dict[str, str | list[str]]:
    """An indicator's filters as its form shows them."""
    texts: dict[str, str | list[str]] = {}
    for name, value in filters.items():
        if isinstance(value, bool):
            texts[f"filter_{name}"] = "yes" if value else "no"
        else:
            texts[f"filter_{name}"] = list(value) if isinstance(value, list) else str(value)
    return texts


def several_of(table: Table | None) -> frozenset[str]:
    """The fields of a form that hold several values."""
    if table is None:
        return frozenset()
    ticks = {field.name for field in table.fields if has_ticks(field)}
    return frozenset(ticks | {f"filter_{name}" for name in FILTERS})


def has_ticks(field: Field) -> bool:
    """Whether a form shows the field as ticks; codes of indicators are too many for that."""
    if field.kind is not FieldKind.WORDS or field.table == "indicators":
        return False
    return bool(field.table) or field.name == "reporter_kinds"


def row_of(form: Form, table: Table, row: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a good form says, as a row of the book."""
    given = dict(row or {"code": form["code"].data})
    for field in table.fields:
        if field.kind is FieldKind.MAP:
            given[field.name] = _filters(form)
        elif field.name in form:
            given[field.name] = _said(form[field.name].data, field)
    return given


def frame_of(form: Form, frame: Mapping[str, Any]) -> dict[str, Any]:
    """What a good form says of the programme itself."""
    return {**frame, **{field.name: _said(form[field.name].data, field) for field in FRAME if field.name in form}}


def _said(value: Any, field: Field) -> Any:
    """A field's value as the book holds it."""
    if isinstance(value, date):
        return value.isoformat()
    if field.table == "indicators" and isinstance(value, str):
        return value.replace(",", " ").replace("+", " ").split()
    if field.kind is FieldKind.WORDS and isinstance(value, str):
        return [line.strip() for line in value.split("\n") if line.strip()]
    return value


def _filters(form: Form) -> dict[str, Any]:
    """The filters that were chosen; one that lets everything through is left out."""
    chosen: dict[str, Any] = {name: form[f"filter_{name}"].data for name in FILTERS}
    chosen["integrated"] = {"yes": True, "no": False}.get(form["filter_integrated"].data or "")
    chosen["questionnaire"] = form["filter_questionnaire"].data
    return {name: value for name, value in chosen.items() if value not in (None, "", [])}


def shown_value(field: Field, value: Any) -> str:
    """A value of the book in words, for differences."""
    if value in (None, "", [], {}):
        return _("(trống)")
    if field.options is not None:
        return option_label(field.options(value))
    if field.kind is FieldKind.DAY:
        return format_day(date.fromisoformat(value))
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, int):
        return str(value) if field.name == "year" else format_integer(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {part}" for name, part in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


__all__ = ["YearForm", "frame_form", "frame_of", "row_form", "row_of", "several_of", "shown_value", "texts_of"]
