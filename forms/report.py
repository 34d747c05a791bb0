"""Forms of a report: the figures and the text of one section, and sending it.

A cell has three answers: a number, "không phát sinh", or nothing yet. A counted figure stands by itself; typing
another number over it asks why.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Protocol

from wtforms import BooleanField, Field, SelectField
from wtforms.validators import Optional

from core.numbers import format_integer, format_number
from core.translation import _, lazy
from forms.authority import AuthorityField, PositionField
from forms.base import Form
from forms.fields import (
    AmountField,
    DayField,
    StringField,
    TextAreaField,
    VietnameseDecimal,
    VietnameseInteger,
    choice,
)
from forms.validators import AtMost, Between
from models.figure import EMPTY, NIL, Figure, figure_of
from models.indicator import ValueKind
from models.plan import AMOUNT_MAX
from models.report import (
    NARRATIVE_MAX_LENGTH,
    REASON_MAX_LENGTH,
    REASON_MIN_LENGTH,
    FigureEntry,
    needs_reason,
)

COUNT_MAX = 10**12
NAME_MAX_LENGTH = 200
NUMBER_MAX_LENGTH = 60
VALUE, NOTHING, REASON = "value_", "nothing_", "reason_"
"""Prefixes of a cell's fields; the indicator's code follows."""
TICKED = "y"
"""What a ticked box posts."""


class Cell(Protocol):
    """One indicator that a form asks for."""

    @property
    def code(self) -> str:
        """The indicator's code."""
    @property
    def name(self) -> str:
        """Its name."""
    @property
    def value_kind(self) -> ValueKind:
        """What kind of value it holds."""
    @property
    def is_counted(self) -> bool:
        """Whether the portal counts it, so that another number needs a reason."""


class SectionForm(Form):
    """The text under one heading; ``make_section_form`` adds the cells."""

    text = TextAreaField(
        lazy("Nội dung"), [Optional(), AtMost(NARRATIVE_MAX_LENGTH)], render_kw={"rows": "10"})
    cells: Sequence[Cell] = ()
    counted: dict[str, Figure] = {}  # noqa: RUF012  # WTForms would take a ClassVar for one field more

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every cell: one answer, and a reason where the portal counted another one."""
        is_good = bool(super().validate(extra_validators))
        return all([is_good, *(self._check_cell(cell) for cell in self.cells)])

    def _check_cell(self, cell: Cell) -> bool:
        """Check one cell."""
        value, nothing = self.value_field(cell.code), self.nothing_field(cell.code)
        if value.errors:
            return False
        if nothing.data and value.data not in (None, ""):
            _blame(value, _("%(code)s: nhập số, hoặc đánh dấu “Không phát sinh”, không cả hai", code=cell.code))
            return False
        reason = self.reason_field(cell.code)
        counted = self.counted.get(cell.code, EMPTY)
        if reason is None or not needs_reason(self.figure(cell), counted):
            return True
        if len((reason.data or "").strip()) >= REASON_MIN_LENGTH:
            return not reason.errors
        said = format_number(counted.value) if counted.value is not None else _("chưa có")
        _blame(reason, _("%(code)s: ghi lý do vì sao khác số cổng đếm được (%(counted)s)",
                         code=cell.code, counted=said))
        return False

    def value_field(self, code: str) -> Field:
        """The box for the number of a cell."""
        return self[VALUE + code]

    def nothing_field(self, code: str) -> Field:
        """The tick for "không phát sinh" of a cell."""
        return self[NOTHING + code]

    def reason_field(self, code: str) -> Field | None:
        """The box for the reason of a cell, None where nothing is counted."""
        return self._fields.get(REASON + code)

    def figure(self, cell: Cell) -> Figure:
        """What was answered for a cell; EMPTY where nothing was."""
        value = self.value_field(cell.code).data
        if value not in (None, ""):
            return figure_of(Decimal(value))
        return NIL if self.nothing_field(cell.code).data else EMPTY

    def entries(self, *, nil_rest: bool = False) -> dict[str, FigureEntry]:
        """What was answered, by code; ``nil_rest`` says "không phát sinh" where neither unit nor portal knows."""
        found = {}
        for cell in self.cells:
            figure, reason = self.figure(cell), self.reason_field(cell.code)
            if nil_rest and figure.is_empty and self.counted.get(cell.code, EMPTY).is_empty:
                figure = NIL
            found[cell.code] = FigureEntry(figure, (reason.data or "").strip() if reason is not None else "")
        return found


def _blame(field: Field, message: str) -> None:
    """Put a message at a field."""
    field.errors = [*field.errors, message]


def make_section_form(cells: Iterable[Cell], counted: dict[str, Figure]) -> type[SectionForm]:
    """The form of one section: its open cells, and what the portal counts for them."""
    cells = tuple(cells)
    fields: dict[str, Any] = {"cells": cells, "counted": counted}
    for cell in cells:
        fields[VALUE + cell.code] = _value_field(cell)
        fields[NOTHING + cell.code] = BooleanField(lazy("Không phát sinh"))
        if cell.is_counted:
            fields[REASON + cell.code] = StringField(
                lazy("Lý do số này khác số cổng đếm được"), [Optional(), AtMost(REASON_MAX_LENGTH)])
    return type("ReportSectionForm", (SectionForm,), fields)


def _value_field(cell: Cell) -> Any:
    """The box that fits the kind of value."""
    match cell.value_kind:
        case ValueKind.YES_NO:
            return SelectField(cell.name, [Optional()], choices=[
                choice("", lazy("Theo số cổng đếm được")), choice("1", lazy("Có")), choice("0", lazy("Không"))])
        case ValueKind.PERCENT:
            return VietnameseDecimal(cell.name, [Optional(), Between(0, 100, lazy("Nhập tỷ lệ từ 0 đến 100"))])
        case ValueKind.MEAN:
            return VietnameseDecimal(cell.name, [Optional(), Between(1, 5, lazy("Nhập điểm từ 1 đến 5"))])
        case ValueKind.AMOUNT:
            return AmountField(cell.name, [Optional(), Between(0, AMOUNT_MAX)])
        case _:
            return VietnameseInteger(cell.name, [Optional(), Between(0, COUNT_MAX, lazy(
                "Nhập số từ 0 đến 1.000.000.000.000; không có thì đánh dấu “Không phát sinh”"))])


def ticks(form: SectionForm) -> dict[str, str]:
    """The tick boxes as texts, also those that a browser leaves out because they are not ticked."""
    return {NOTHING + cell.code: TICKED if form.nothing_field(cell.code).data else "" for cell in form.cells}


def initial_texts(said: dict[str, tuple[Figure, str]], text: str) -> dict[str, str]:
    """The texts of a section's form: what the unit said by code, with reasons, and the text."""
    texts = {"text": text}
    for code, (figure, reason) in said.items():
        if figure.value is not None:
            texts[VALUE + code] = _exact(figure.value)
        if figure.is_nil:
            texts[NOTHING + code] = TICKED
        if reason:
            texts[REASON + code] = reason
    return texts


def _exact(value: Decimal) -> str:
    """A value as it is typed, nothing rounded: "1.200", "82,665"."""
    if value == value.to_integral_value():
        return format_integer(value)
    return format(value.normalize(), "f").replace(".", ",")


class ReportDocumentForm(Form):
    """What stands on the unit’s paper: number, day and who signs."""

    document_number = StringField(
        lazy("Số, ký hiệu văn bản"), [Optional(), AtMost(NUMBER_MAX_LENGTH)],
        description=lazy("Ví dụ: 25/BC-THPT. Chưa có số thì để trống, bản in chừa chỗ để điền"))
    document_on = DayField(
        lazy("Ngày ban hành"), [Optional()], description=lazy("Ngày/tháng/năm, ví dụ 26/05/2023"))
    signer_authority = AuthorityField(
        lazy("Quyền hạn ký"), [Optional(), AtMost(NAME_MAX_LENGTH)],
        description=lazy("Ví dụ: KT. HIỆU TRƯỞNG. Để trống khi thủ trưởng ký"))
    signer_position = PositionField(
        lazy("Chức vụ người ký"), [Optional(), AtMost(NAME_MAX_LENGTH)], description=lazy("Ví dụ: Hiệu trưởng"))
    signer_name = StringField(lazy("Họ và tên người ký"), [Optional(), AtMost(NAME_MAX_LENGTH)])


__all__ = ["NOTHING", "REASON", "TICKED", "VALUE", "Cell", "ReportDocumentForm", "SectionForm", "initial_texts",
           "make_section_form", "ticks"]
