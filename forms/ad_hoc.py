"""The form of an ad hoc report: about it, its days, who owes it, what it asks, and the survey put with it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from wtforms import Field, RadioField, SelectField, ValidationError

from core.text import fold
from core.translation import _, lazy
from forms.base import Form
from forms.fields import DayField, StringField, TextAreaField, VietnameseInteger, choice
from forms.survey import Ticks, shortened, split_codes
from forms.validators import AtMost, Between, NotBefore, Optional, Required
from models.ad_hoc import (
    ACTIVITIES,
    AGGREGATES,
    MEDIUM,
    MOST_OWN,
    REACH,
    TYPED,
    Brief,
    Fault,
    OwnIndicator,
    RoundBrief,
    free_code,
)
from models.figure import Aggregate
from models.survey import SurveyAudience
from models.unit import UnitKind

TITLE_MAX_LENGTH = 200
TEXT_MAX_LENGTH = 500
LIST_MAX_LENGTH = 20_000
REASON_MAX_LENGTH = 1000
ROWS, SPARE_ROWS = 3, 2
MOST_FOUND = 50
"""Units that a search shows at once."""
OWN_FIELDS = ("code", "name", "unit", "aggregate", "operands", "source")
TICKS = frozenset({"kinds", "districts", "units", "indicators"})
SELECTION = ("kinds", "districts", "codes", "units")


@dataclass(frozen=True, slots=True)
class Choosable:
    """A unit that may owe a report."""

    id: int
    code: str
    name: str
    kind: UnitKind
    parent_id: int | None


@dataclass(frozen=True)
class AdHocOptions:
    """What the form offers; lists of (value, label)."""

    units: Sequence[Choosable]
    indicators: Sequence[tuple[str, str]]
    media: Mapping[str, str]
    questionnaires: Sequence[tuple[str, str]]
    number: int
    """The report's number within its year, for codes that the portal gives."""
    today: date


class UnitsForm(Form):
    """Which units owe it: by kind, by district, by a list of codes, or found one by one."""

    kinds = Ticks(lazy("Theo loại đơn vị"), description=lazy("Không chọn địa bàn thì lấy toàn tỉnh"))
    districts = Ticks(lazy("Theo địa bàn"), description=lazy("Không chọn loại thì lấy mọi đơn vị trên địa bàn"))
    codes = TextAreaField(lazy("Theo danh sách mã"), [Optional(), AtMost(LIST_MAX_LENGTH)], render_kw={"rows": "2"},
                          description=lazy("Dán mã đơn vị, mỗi dòng một mã hoặc ngăn cách bằng dấu phẩy"))
    unit_search = StringField(lazy("Tìm từng đơn vị"), [Optional(), AtMost(100)],
                              description=lazy("Gõ tên, có dấu hoặc không dấu đều được, rồi bấm Tìm"))
    units = Ticks(lazy("Đơn vị tìm thấy và đã chọn"), description=lazy("Đánh dấu các đơn vị cần giao"))

    def __init__(self, formdata: Any, units: Sequence[Choosable], **others: Any) -> None:
        """Read ``formdata``; ``units`` are those that may be chosen."""
        super().__init__(formdata, **others)
        self.choosable = units
        self.by_code = {fold(unit.code): unit for unit in units}
        kinds = Counter(unit.kind for unit in units)
        below = Counter(unit.parent_id for unit in units)
        self.kinds.choices = [
            choice(kind.value, f"{_(kind.label)} ({kinds[kind]})") for kind in UnitKind if kinds[kind]]
        self.districts.choices = [
            choice(str(unit.id), f"{unit.name} ({below[unit.id]})") for unit in units if unit.kind.is_intermediate]
        self.units.choices = [choice(str(unit.id), unit.name) for unit in self._listed()]

    def _listed(self) -> list[Choosable]:
        """The ticked units, then what the search finds."""
        ticked = set(self.units.data or [])
        words = fold(self.unit_search.data or "").split()
        found = [unit for unit in self.choosable if words and str(unit.id) not in ticked
                 and all(word in fold(unit.name) for word in words)]
        return [unit for unit in self.choosable if str(unit.id) in ticked] + found[:MOST_FOUND]

    def chosen_ids(self) -> tuple[int, ...]:
        """The units that were chosen, in any way, each once."""
        kinds, districts = set(self.kinds.data or []), set(self.districts.data or [])
        found = [unit.id for unit in self.choosable if (kinds or districts)
                 and (not kinds or unit.kind.value in kinds)
                 and (not districts or {str(unit.id), str(unit.parent_id)} & districts)]
        found += [self.by_code[fold(code)].id for code in split_codes(self.codes.data or "")
                  if fold(code) in self.by_code]
        ticked = set(self.units.data or [])
        found += [unit.id for unit in self.choosable if str(unit.id) in ticked]
        return tuple(dict.fromkeys(found))

    def validate_codes(self, field: Field) -> None:
        """Every pasted code is that of a unit."""
        unknown = [code for code in split_codes(field.data or "") if fold(code) not in self.by_code]
        if unknown:
            raise ValidationError(_("Không có đơn vị mang mã: %(codes)s", codes=shortened(unknown)))

    def say(self, faults: Iterable[Fault]) -> None:
        """Show what is wrong at the fields where it is wrong."""
        for fault in faults:
            field = self[fault.place]
            field.errors = [*field.errors, _(fault.message) % dict(fault.values)]


class MoreUnitsForm(UnitsForm):
    """More units for a report that was given out."""


class WithdrawForm(Form):
    """Why a draft is given up."""

    reason = TextAreaField(lazy("Lý do rút"), [Required(lazy("Ghi lý do rút báo cáo")), AtMost(REASON_MAX_LENGTH)],
                           render_kw={"rows": "3"})


class AdHocForm(UnitsForm):
    """An ad hoc report, all of it on one page; rows of own indicators are added by ``ad_hoc_form``."""

    title = StringField(
        lazy("Tên báo cáo"), [Required(lazy("Nhập tên báo cáo")), AtMost(TITLE_MAX_LENGTH)],
        description=lazy("Ghi dưới chữ BÁO CÁO, ví dụ: Kết quả rà soát niêm yết thủ tục hành chính"))
    legal_basis = StringField(
        lazy("Căn cứ"), [Optional(), AtMost(TEXT_MAX_LENGTH)],
        description=lazy("Ví dụ: Công văn số 1234/SGDĐT-VP ngày 20/5/2023. Để trống thì căn cứ là kế hoạch năm"))
    opens_on = DayField(lazy("Nhận từ ngày"), [Required(lazy("Nhập ngày bắt đầu nhận"))])
    due_on = DayField(lazy("Hạn nộp"), [
        Required(lazy("Nhập hạn nộp")), NotBefore("opens_on", lazy("Nhập hạn nộp không trước ngày bắt đầu nhận"))])
    counts_due_day = RadioField(lazy("Ngày hạn nộp"), [Required(lazy("Chọn một mục"))], choices=[
        choice("yes", lazy("Nộp trong ngày này vẫn đúng hạn (“chậm nhất ngày”)")),
        choice("no", lazy("Phải nộp trước ngày này (“trước ngày”)"))])
    coverage_from = DayField(lazy("Kỳ số liệu từ ngày"), [Required(lazy("Nhập ngày đầu kỳ số liệu"))])
    coverage_to = DayField(lazy("Kỳ số liệu đến ngày"), [
        Required(lazy("Nhập ngày cuối kỳ số liệu")),
        NotBefore("coverage_from", lazy("Nhập ngày cuối kỳ không trước ngày đầu kỳ"))])
    cut_off_on = DayField(lazy("Chốt số liệu hết ngày"), [
        Required(lazy("Nhập ngày chốt số liệu")),
        NotBefore("coverage_from", lazy("Nhập ngày chốt không trước ngày đầu kỳ số liệu"))])
    consolidation_due_on = DayField(lazy("Sở tổng hợp xong trước ngày"), [
        Optional(), NotBefore("due_on", lazy("Nhập ngày không trước hạn nộp của đơn vị"))])
    review_days = VietnameseInteger(lazy("Số ngày làm việc để duyệt"), [
        Required(lazy("Nhập số ngày")), Between(1, 60)])
    return_days = VietnameseInteger(lazy("Số ngày sửa khi bị trả lại"), [
        Required(lazy("Nhập số ngày")), Between(1, 60)])
    headings = TextAreaField(
        lazy("Đề mục phần lời"), [Optional(), AtMost(LIST_MAX_LENGTH)], render_kw={"rows": "4"},
        description=lazy("Mỗi dòng một đề mục; cổng tự đánh số I, II, III. Số liệu đứng ở đề mục đầu tiên"))
    indicators = Ticks(lazy("Chỉ tiêu của chương trình năm"),
                       description=lazy("Cổng đếm sẵn như ở báo cáo định kỳ; tỷ lệ tự kéo theo tử số và mẫu số"))
    questionnaire = SelectField(lazy("Phiếu khảo sát"), coerce=str,
                                description=lazy("Mở một đợt khảo sát cùng báo cáo, ở chính các đơn vị được chọn"))
    audience = RadioField(lazy("Người trả lời"), choices=[
        choice(SurveyAudience.PEOPLE.value, lazy(SurveyAudience.PEOPLE.label)),
        choice(SurveyAudience.STAFF.value, lazy(SurveyAudience.STAFF.label))])
    round_opens_on = DayField(lazy("Khảo sát từ ngày"))
    round_closes_on = DayField(lazy("Khảo sát đến hết ngày"), [
        NotBefore("round_opens_on", lazy("Nhập ngày cuối không trước ngày mở"))])
    host = StringField(lazy("Đơn vị chủ trì khảo sát"), [AtMost(TITLE_MAX_LENGTH)])
    contact = StringField(lazy("Đầu mối liên hệ"), [Optional(), AtMost(TITLE_MAX_LENGTH)])

    row_count = ROWS

    def __init__(self, formdata: Any, options: AdHocOptions, **others: Any) -> None:
        """Read ``formdata`` and offer ``options``."""
        super().__init__(formdata, options.units, **others)
        self.options = options
        self.indicators.choices = [choice(code, f"{code}. {label}") for code, label in options.indicators]
        self.questionnaire.choices = [choice("", _("Không khảo sát")),
                                      *(choice(value, label) for value, label in options.questionnaires)]
        sources = [choice(TYPED, _("Đơn vị nhập")), choice(ACTIVITIES, _("Đếm số hoạt động đã ghi")),
                   choice(REACH, _("Cộng lượt tiếp cận của hoạt động")),
                   *(choice(f"{MEDIUM}{code}", _("Đếm: %(medium)s", medium=label))
                     for code, label in options.media.items())]
        for row in range(self.row_count):
            source: Any = self[f"own_{row}_source"]
            source.choices = sources

    def validate_due_on(self, field: Field) -> None:
        """A due day that has passed would make everybody late."""
        if field.data is not None and field.data < self.options.today:
            raise ValidationError(_("Nhập hạn nộp từ hôm nay trở đi"))

    def validate_round_opens_on(self, field: Field) -> None:
        """A round needs its days and its host."""
        self._needed(field, _("Nhập ngày mở khảo sát"))

    def validate_round_closes_on(self, field: Field) -> None:
        """A round needs its last day."""
        self._needed(field, _("Nhập ngày cuối cùng nhận trả lời"))

    def validate_host(self, field: Field) -> None:
        """The invitation names a host."""
        self._needed(field, _("Nhập đơn vị chủ trì khảo sát"))

    def _needed(self, field: Field, message: str) -> None:
        """Ask for a field of the round where there is a round."""
        if self.questionnaire.data and not field.data and not field.process_errors:
            raise ValidationError(message)

    def brief(self) -> Brief:
        """What it asks of whom, as far as it was typed; ``validate`` says whether days can be read."""
        headings = tuple(dict.fromkeys(line.strip() for line in (self.headings.data or "").split("\n") if line.strip()))
        return Brief(
            unit_ids=self.chosen_ids(), indicator_codes=tuple(self.indicators.data or ()), own=tuple(self._own()),
            headings=headings, survey=self._survey(),
            selection={name: self[name].data or ([] if name in TICKS else "") for name in SELECTION})

    def _own(self) -> list[OwnIndicator]:
        """The rows of own indicators in which something was typed; one without a code gets the next free one."""
        rows = [row for row in range(self.row_count)
                if any(self[f"own_{row}_{name}"].data for name in ("code", "name", "unit", "operands"))]
        taken = {(self[f"own_{row}_code"].data or "").upper() for row in rows}
        found = []
        for row in rows:
            said = {name: self[f"own_{row}_{name}"].data or "" for name in OWN_FIELDS}
            code = said["code"].upper() or free_code(self.options.number, taken)
            taken.add(code)
            aggregate = Aggregate(said["aggregate"]) if said["aggregate"] in _AGGREGATES else Aggregate.SUM
            found.append(OwnIndicator(
                code, said["name"], said["unit"] or ("%" if aggregate is Aggregate.RATIO else ""), aggregate,
                tuple(split_codes(said["operands"].upper().replace("/", " ").replace("+", " "))),
                said["source"] or TYPED, row))
        return found

    def _survey(self) -> RoundBrief | None:
        """The round, when all of it was typed."""
        offered = {value for value, _label in self.options.questionnaires}
        if self.questionnaire.data not in offered or not (self.round_opens_on.data and self.round_closes_on.data):
            return None
        return RoundBrief(
            int(self.questionnaire.data), self.audience.data or SurveyAudience.PEOPLE.value, self.host.data or "",
            self.contact.data or "", self.round_opens_on.data.isoformat(), self.round_closes_on.data.isoformat())

    def nameless(self) -> list[Fault]:
        """Rows of own indicators that lack a name or a unit of measure."""
        return [Fault(f"own_{own.row}_{name}", message) for own in self._own() for name, message in (
            ("name", _("Nhập tên chỉ tiêu")), ("unit", _("Nhập đơn vị tính"))) if not getattr(own, name)]


_AGGREGATES = frozenset(kind.value for kind in AGGREGATES)


@cache
def ad_hoc_form(rows: int) -> type[AdHocForm]:
    """The form with so many rows for own indicators."""
    fields: dict[str, Any] = {"row_count": rows}
    for row in range(rows):
        fields |= {
            f"own_{row}_code": StringField(lazy("Mã"), [Optional(), AtMost(8)]),
            f"own_{row}_name": StringField(lazy("Tên chỉ tiêu"), [Optional(), AtMost(TITLE_MAX_LENGTH)]),
            f"own_{row}_unit": StringField(lazy("Đơn vị tính"), [Optional(), AtMost(40)]),
            f"own_{row}_aggregate": SelectField(lazy("Cách tổng hợp"), default=Aggregate.SUM.value, coerce=str,
                                                choices=[
                choice(kind.value, lazy(kind.label)) for kind in AGGREGATES]),
            f"own_{row}_operands": StringField(lazy("Mã thành phần"), [Optional(), AtMost(200)]),
            f"own_{row}_source": SelectField(lazy("Nguồn số liệu"), default=TYPED, coerce=str),
        }
    return type("AdHocFormWithRows", (AdHocForm,), fields)


def rows_needed(names: Iterable[str]) -> int:
    """How many rows to show: those with something in them, and a few more; ``names`` of fields that hold something."""
    filled = [int(parts[1]) + 1 for name in names if (parts := name.split("_"))[0] == "own" and len(parts) == 3
              and parts[1].isdecimal() and len(parts[1]) < 4 and parts[2] in ("code", "name", "unit", "operands")]
    return min(max(max(filled, default=0) + SPARE_ROWS, ROWS), MOST_OWN)


__all__ = ["OWN_FIELDS", "ROWS", "SELECTION", "TICKS", "AdHocForm", "AdHocOptions", "Choosable", "MoreUnitsForm",
           "UnitsForm", "WithdrawForm", "ad_hoc_form", "rows_needed"]
