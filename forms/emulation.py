"""The forms of emulation: the values of all rules on one page, and the ground on which points are published."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import SelectField

from core.numbers import NumberFormatError, format_number, parse_decimal
from core.translation import _, lazy
from forms.base import Form
from forms.fields import StringField, TextAreaField, VietnameseDecimal, VietnameseInteger, choice
from forms.programme import TickField
from forms.validators import AtMost, Between, Required
from models.emulation import LABEL_MAX_LENGTH, MOST_POINTS, REASON_MAX_LENGTH, RuleKind, RuleMethod
from models.emulation_rule import RuleProblem
from models.unit import UnitKind

BANDS_MAX_LENGTH = 1000
Row = Mapping[str, Any]


class PublishForm(Form):
    """On what ground the points of a year are published or corrected."""

    reason = TextAreaField(
        lazy("Căn cứ, lý do"), [Required(lazy("Nhập căn cứ hoặc lý do công bố")), AtMost(REASON_MAX_LENGTH)],
        description=lazy("Ví dụ: Biên bản họp Hội đồng thi đua ngày 20/12/2023. Lý do được in trên bảng điểm."))


def rules_form(data: Any, rows: Sequence[Row]) -> Form:
    """The form of all rules: of each the fields that its kind has, named "<code>-<field>"."""
    fields: dict[str, Any] = {}
    for row in rows:
        for name, field in _fields(row).items():
            fields[name_of(row, name)] = field
    made: type[Form] = type("RulesForm", (Form,), fields)
    return made(data)


def name_of(row: Row, field: str) -> str:
    """The name of a rule's field, as "KH-points"."""
    return f"{row['code']}-{field}"


def _fields(row: Row) -> dict[str, Any]:
    """The fields of one rule."""
    kind, code = RuleKind(row["kind"]), row["code"]
    fields: dict[str, Any] = {
        "label": StringField(_("Tên tiêu chí"), [Required(_("Nhập tên tiêu chí")), AtMost(LABEL_MAX_LENGTH)]),
        "points": VietnameseInteger(_("Điểm tối đa"), [Required(_("Nhập điểm tối đa")), Between(0, MOST_POINTS)])}
    if len(kind.methods) > 1:
        fields["method"] = SelectField(_("Cách tính"), choices=[
            choice(method.value, _(method.label)) for method in kind.methods])
    if RuleMethod.PROPORTIONAL in kind.methods:
        fields["full_at"] = VietnameseInteger(
            _("Đạt điểm tối đa từ tỷ lệ (%)"), [Between(1, 100)],
            render_kw={"data-shown-when": f"{code}-method=proportional"})
    if RuleMethod.BANDS in kind.methods:
        shown = {} if len(kind.methods) == 1 else {"data-shown-when": f"{code}-method=bands"}
        fields["bands"] = TextAreaField(_("Các mức"), [AtMost(BANDS_MAX_LENGTH)], description=_bands_hint(kind),
                                        render_kw=shown)
    if RuleMethod.EACH in kind.methods:
        fields |= _each(kind)
    fields["tie_order"] = VietnameseInteger(
        _("Thứ tự xét khi bằng điểm"), [Between(0, 99)], description=_("1 được xét trước; để trống là không xét"))
    fields["reporter_kinds"] = TickField(
        _("Chỉ xét loại đơn vị"), choices=[choice(one.value, _(one.label)) for one in UnitKind if one.is_reporter],
        description=_("Không chọn là xét mọi đơn vị"))
    return fields


def _bands_hint(kind: RuleKind) -> str:
    """How bands are written."""
    if kind.is_timeliness:
        return _("Mỗi dòng: số ngày chậm, dấu hai chấm, số điểm. Ví dụ 0: 10, rồi 1–3: 7, rồi 4–: 0")
    return _("Mỗi dòng: tỷ lệ từ–đến, dấu hai chấm, số điểm. Ví dụ 0–50: 0, rồi 50–80: 10, rồi 80–100: 20")


def _each(kind: RuleKind) -> dict[str, Any]:
    """Points for each time."""
    bounds = Between(0, MOST_POINTS)
    if kind is RuleKind.FINDINGS:
        return {"each": VietnameseDecimal(_("Trừ cho mỗi tồn tại còn trong hạn"), [bounds]),
                "each_overdue": VietnameseDecimal(_("Trừ cho mỗi tồn tại quá hạn"), [bounds])}
    return {"each": VietnameseDecimal(_("Cộng cho mỗi lần được chọn"), [bounds])}


def rule_texts(rows: Sequence[Row]) -> dict[str, str | list[str]]:
    """Rules as their form shows them."""
    texts: dict[str, str | list[str]] = {}
    for row in rows:
        for name in _fields(row):
            value = row.get(name)
            if name == "reporter_kinds":
                texts[name_of(row, name)] = list(value or [])
            elif name == "bands":
                texts[name_of(row, name)] = "\n".join(value or [])
            elif name != "tie_order" or value:
                texts[name_of(row, name)] = "" if value is None else str(value)
    return texts


def several_of(rows: Sequence[Row]) -> frozenset[str]:
    """The fields that hold several values."""
    return frozenset(name_of(row, "reporter_kinds") for row in rows)


def rows_of(form: Form, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What a good form says, as rows of the book; what it does not ask stays."""
    return [{**row, **{name: _said(name, form[name_of(row, name)].data) for name in _fields(row)}} for row in rows]


def _said(name: str, value: Any) -> Any:
    """One value as the book holds it."""
    if name == "bands":
        return [line.strip() for line in str(value or "").split("\n") if line.strip()]
    if name in ("each", "each_overdue"):
        return "" if value is None else _decimal(value)
    if name in ("points", "tie_order"):
        return value or 0
    if name == "full_at":
        return value or 100
    return value


def _decimal(value: Decimal) -> str:
    """A number as people write it; one that loses nothing by it."""
    text = format_number(value)
    try:
        return text if parse_decimal(text) == value else str(value).replace(".", ",")
    except NumberFormatError:
        return str(value).replace(".", ",")


def show_problems(form: Form, problems: Iterable[tuple[str, RuleProblem]]) -> None:
    """Put what is wrong at the fields it is about; what has no field goes to the head of the form."""
    for code, problem in problems:
        message = f"{code}: {_(problem.message, **dict(problem.values))}"
        name = f"{code}-{problem.field}"
        if name in form:
            form[name].errors = [*form[name].errors, message]
        else:
            form.form_errors.append(message)


__all__ = ["PublishForm", "name_of", "rows_of", "rule_texts", "rules_form", "several_of", "show_problems"]
