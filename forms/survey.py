"""Forms of survey rounds: what is asked, of whom, when, and which units take part with how many people."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from core.numbers import NumberFormatError, format_integer, parse_integer
from core.text import fold
from core.translation import _, lazy
from forms.base import Form
from forms.fields import DayField, StringField, TextAreaField, VietnameseInteger, choice
from forms.validators import AtMost, Between, NotBefore, Optional, Required, RequiredWhen
from models.survey import SurveyAudience
from models.unit import UnitKind

TITLE_MAX_LENGTH = 200
REASON_MAX_LENGTH = 1000
LIST_MAX_LENGTH = 60_000
POPULATION_MAX = 10_000_000
CODES_MAX = 500
"""Single-use codes made at once."""
ALL, KINDS, DISTRICTS, CODES, NOBODY = "all", "kinds", "districts", "codes", "nobody"
_SHOWN_FAULTS = 5


@dataclass(frozen=True, slots=True)
class UnitOption:
    """A unit that may take part."""

    id: int
    code: str
    name: str
    kind: UnitKind
    district: str


class Ticks(SelectMultipleField):
    """Several ticks of a list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RoundForm(Form):
    """What a round asks, of whom and when."""

    questionnaire = SelectField(lazy("Phiếu khảo sát"), [Required(lazy("Chọn phiếu khảo sát"))], coerce=str)
    title = StringField(lazy("Tên đợt khảo sát"), [Required(lazy("Nhập tên đợt khảo sát")), AtMost(TITLE_MAX_LENGTH)],
                        description=lazy("Ví dụ: Khảo sát hài lòng 6 tháng đầu năm 2023"))
    audience = RadioField(lazy("Người trả lời"), [Required(lazy("Chọn người trả lời"))], choices=[
        choice(SurveyAudience.PEOPLE.value, lazy(SurveyAudience.PEOPLE.label),
               hint=lazy("Ai có liên kết hoặc mã QR đều trả lời được")),
        choice(SurveyAudience.STAFF.value, lazy(SurveyAudience.STAFF.label),
               hint=lazy("Mỗi người một lần, bằng mã dùng một lần"))])
    host = StringField(lazy("Đơn vị chủ trì"), [Required(lazy("Nhập đơn vị chủ trì")), AtMost(TITLE_MAX_LENGTH)],
                       description=lazy("Được nêu trong lời mời trả lời"))
    contact = StringField(lazy("Đầu mối liên hệ"), [Optional(), AtMost(TITLE_MAX_LENGTH)],
                          description=lazy("Phòng, điện thoại hoặc thư điện tử công vụ"))
    opens_on = DayField(lazy("Mở từ ngày"), [Required(lazy("Nhập ngày mở"))], description=lazy("Ví dụ 10/04/2023"))
    closes_on = DayField(
        lazy("Đến hết ngày"),
        [Required(lazy("Nhập ngày cuối cùng nhận trả lời")),
         NotBefore("opens_on", lazy("Nhập ngày cuối không trước ngày mở"))],
        description=lazy("Ngày này vẫn nhận trả lời"))

    def fix(self) -> None:
        """Take away what can no longer change once sheets have come in."""
        del self.questionnaire, self.audience


class UnitsForm(Form):
    """Which units take part, and how many people each has."""

    selection = RadioField(lazy("Đơn vị tham gia"), [Required(lazy("Chọn đơn vị tham gia"))])
    kinds = Ticks(lazy("Loại đơn vị"), [RequiredWhen("selection", frozenset({KINDS}), lazy("Chọn ít nhất một loại"))],
                  render_kw={"data-shown-when": f"selection={KINDS}"})
    districts = Ticks(
        lazy("Địa bàn"), [RequiredWhen("selection", frozenset({DISTRICTS}), lazy("Chọn ít nhất một địa bàn"))],
        render_kw={"data-shown-when": f"selection={DISTRICTS}"})
    codes = TextAreaField(
        lazy("Mã đơn vị"),
        [RequiredWhen("selection", frozenset({CODES}), lazy("Dán mã các đơn vị")), AtMost(LIST_MAX_LENGTH)],
        description=lazy("Mỗi dòng một mã, hoặc ngăn cách bằng dấu phẩy, chấm phẩy"),
        render_kw={"rows": "5", "data-shown-when": f"selection={CODES}"})
    populations = TextAreaField(
        lazy("Số người có thể trả lời ở từng đơn vị"), [Optional(), AtMost(LIST_MAX_LENGTH)],
        description=lazy("Dán hai cột từ bảng tính: mã đơn vị và số người, ví dụ TH-193-02;520. "
                         "Đơn vị chưa có số thì để sau."), render_kw={"rows": "5"})

    def __init__(self, formdata: Any, units: Sequence[UnitOption], **others: Any) -> None:
        """Read ``formdata``; ``units`` are those that may be chosen."""
        super().__init__(formdata, **others)
        self.units = units
        self.by_code = {fold(unit.code): unit for unit in units}
        kinds = Counter(unit.kind for unit in units)
        districts = Counter(unit.district for unit in units if unit.district)
        reporters = sum(unit.kind.is_reporter for unit in units)
        self.selection.choices = [
            choice(ALL, _("Mọi đơn vị báo cáo (%(count)s)", count=format_integer(reporters))),
            choice(KINDS, _("Theo loại đơn vị")), choice(DISTRICTS, _("Theo địa bàn")),
            choice(CODES, _("Theo danh sách mã")),
        ]
        self.kinds.choices = [
            choice(kind.value, f"{_(kind.label)} ({kinds[kind]})") for kind in UnitKind if kinds[kind]]
        self.districts.choices = [choice(name, f"{name} ({count})") for name, count in sorted(districts.items())]

    def chosen(self) -> list[UnitOption]:
        """The units that were chosen, once the form is good."""
        match self.selection.data:
            case "all":
                return [unit for unit in self.units if unit.kind.is_reporter]
            case "kinds":
                return [unit for unit in self.units if unit.kind.value in (self.kinds.data or [])]
            case "districts":
                return [unit for unit in self.units if unit.district in (self.districts.data or [])]
            case "codes":
                return list({unit.id: unit for code in split_codes(self.codes.data or "")
                             if (unit := self.by_code.get(fold(code))) is not None}.values())
            case _:
                return []

    def validate_codes(self, field: TextAreaField) -> None:
        """Every pasted code is that of a unit."""
        if self.selection.data != CODES:
            return
        unknown = [code for code in split_codes(field.data or "") if fold(code) not in self.by_code]
        if unknown:
            raise ValidationError(_("Không có đơn vị mang mã: %(codes)s", codes=shortened(unknown)))

    def validate_populations(self, field: TextAreaField) -> None:
        """Every line is a unit's code and a number."""
        faults = read_populations(field.data or "", self.by_code)[1]
        if faults:
            raise ValidationError(shortened(faults, " "))

    def said(self) -> dict[int, int | None]:
        """The numbers of people that were pasted, by unit id."""
        return read_populations(self.populations.data or "", self.by_code)[0]

    def numbers(self) -> dict[int, int | None]:
        """How many people each chosen unit has, by its id; None where nothing was said."""
        said = self.said()
        return {unit.id: said.get(unit.id) for unit in self.chosen()}


class NewRoundForm(RoundForm, UnitsForm):
    """A round with the units that take part from the start."""


class MoreUnitsForm(UnitsForm):
    """Units to be added to a round, and numbers of people for those in it."""

    def __init__(self, formdata: Any, units: Sequence[UnitOption]) -> None:
        """Offer to add nobody, too."""
        super().__init__(formdata, units)
        self.selection.choices = [
            choice(NOBODY, _("Không thêm đơn vị, chỉ sửa số người")), *(self.selection.choices or [])]


class PopulationForm(Form):
    """How many people there are at one unit."""

    population = VietnameseInteger(
        lazy("Số người có thể trả lời (N)"), [Optional(), Between(1, POPULATION_MAX)],
        description=lazy("Để trống nếu chưa biết; cỡ mẫu tính theo số này"))


class DecisionForm(Form):
    """A decision of the Office that must say why."""

    reason = TextAreaField(lazy("Lý do"), [Required(lazy("Ghi lý do")), AtMost(REASON_MAX_LENGTH)],
                           render_kw={"rows": "3"})


class CodesForm(Form):
    """How many single-use codes to make."""

    count = VietnameseInteger(
        lazy("Số mã cần in"), [Required(lazy("Nhập số mã cần in")), Between(1, CODES_MAX)],
        description=lazy("Mỗi lần tối đa 500 mã; nên in dư vài mã phòng khi phiếu rách"))


def split_codes(text: str) -> list[str]:
    """Codes of a pasted list, in order, each once."""
    return list(dict.fromkeys(part for part in re.split(r"[\s,;]+", text) if part))


def read_populations(text: str, units: Mapping[str, UnitOption]) -> tuple[dict[int, int | None], list[str]]:
    """Numbers of people by unit id from pasted lines "code;number", and what is wrong with lines, in sentences."""
    found: dict[int, int | None] = {}
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        code, _sign, said = re.sub(r"[\t;,]", ";", line.strip(), count=1).partition(";")
        unit = units.get(fold(code))
        if unit is None and number == 1 and not re.search(r"\d", said):
            continue  # the heads of the two columns
        if unit is None:
            faults.append(_("Dòng %(number)s: không có đơn vị mang mã “%(code)s”.", number=number,
                            code=code.strip()[:60]))
            continue
        try:
            people = parse_integer(said.strip())
        except NumberFormatError:
            people = 0
        if not 0 < people <= POPULATION_MAX:
            faults.append(_("Dòng %(number)s: ghi số người sau mã đơn vị, ví dụ %(code)s;520.", number=number,
                            code=unit.code))
            continue
        found[unit.id] = people
    return found, faults


def shortened(parts: Sequence[str], sign: str = ", ") -> str:
    """The first few of a list, with how many more there are."""
    text = sign.join(part[:80] if sign == ", " else part for part in parts[:_SHOWN_FAULTS])
    more = len(parts) - _SHOWN_FAULTS
    return _("%(parts)s và %(more)s mục khác", parts=text, more=more) if more > 0 else text


__all__ = ["CODES_MAX", "CodesForm", "DecisionForm", "MoreUnitsForm", "NewRoundForm", "PopulationForm", "RoundForm",
           "UnitOption", "UnitsForm", "read_populations", "shortened", "split_codes"]
