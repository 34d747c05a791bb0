"""The form of a tally: how many paper sheets, and per question how many chose each level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from wtforms import ValidationError

from core.dates import format_day
from core.numbers import format_integer
from core.translation import _, lazy
from forms.base import Form
from forms.fields import DayField, TextAreaField, VietnameseInteger
from forms.validators import AtMost, Between, NotBefore, Optional, Required
from models.satisfaction import LevelCounts
from models.survey import LEVELS

SHEETS_MAX = 1_000_000
NOTE_MAX_LENGTH = 20_000
LEVEL_CELLS = tuple(str(level) for level in LEVELS)
NOT_APPLICABLE, BLANK = "na", "blank"


@dataclass(frozen=True, slots=True)
class TallyQuestion:
    """What the form needs to know of a question."""

    code: str
    allows_not_applicable: bool


@dataclass(frozen=True, slots=True)
class TallyLimits:
    """Within which days sheets may have been collected."""

    year: int
    first_day: date
    last_day: date
    today: date


@dataclass(frozen=True)
class TallyRow:
    """One question's fields: a level each, "không áp dụng" where the question allows it, blank."""

    question: TallyQuestion
    levels: list[Any]
    not_applicable: Any | None
    blank: Any

    @property
    def fields(self) -> list[Any]:
        """The cells from left to right."""
        return [*self.levels, *([self.not_applicable] if self.not_applicable is not None else []), self.blank]

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was typed in the whole row."""
        return all(not (field.raw_data and str(field.raw_data[0]).strip()) for field in self.fields)

    @property
    def is_readable(self) -> bool:
        """Whether every cell holds a number that may stand there, or nothing."""
        return not any(field.errors or field.process_errors for field in self.fields)

    @property
    def answered(self) -> int:
        """Sheets accounted for without the blank ones."""
        return sum(field.data or 0 for field in self.fields[:-1])

    @property
    def errors(self) -> list[str]:
        """Every message of the row, each once."""
        return list(dict.fromkeys(str(message) for field in self.fields for message in field.errors))

    def counts(self, sheet_count: int) -> LevelCounts:
        """The row in numbers; a blank cell left empty takes the remainder."""
        blank = self.blank.data if self.blank.data is not None else sheet_count - self.answered
        one, two, three, four, five = (field.data or 0 for field in self.levels)
        return LevelCounts(
            (one, two, three, four, five), (self.not_applicable.data or 0) if self.not_applicable is not None else 0,
            blank)


class TallyForm(Form):
    """One bundle of sheets. Made by ``tally_form``, which adds the cells of every question."""

    questions: tuple[TallyQuestion, ...] = ()
    limits: TallyLimits

    collected_from = DayField(
        lazy("Thu phiếu từ ngày"), [Required(lazy("Nhập ngày bắt đầu thu phiếu, ví dụ 10/05/2023"))],
        description=lazy("Ngày/tháng/năm, ví dụ 10/05/2023"))
    collected_to = DayField(
        lazy("Đến ngày"),
        [Required(lazy("Nhập ngày thu phiếu cuối cùng; thu trong một ngày thì ghi lại ngày đó")),
         NotBefore("collected_from", lazy("Nhập ngày cuối không trước ngày đầu"))],
        description=lazy("Số liệu được tính vào kỳ báo cáo có ngày này"))
    sheet_count = VietnameseInteger(
        lazy("Số phiếu hợp lệ"), [Required(lazy("Đếm và nhập số phiếu hợp lệ")), Between(1, SHEETS_MAX)],
        description=lazy("Số phiếu giấy thu về và dùng được"))
    note = TextAreaField(
        lazy("Ghi chú"), [Optional(), AtMost(NOTE_MAX_LENGTH)],
        description=lazy("Ví dụ: phát phiếu tại buổi họp cha mẹ học sinh"))

    def __init__(self, formdata: Any, limits: TallyLimits) -> None:
        """Read ``formdata`` (texts)."""
        super().__init__(formdata)
        self.limits = limits
        self.rows = [self._row(question) for question in self.questions]
        for number, row in enumerate(self.rows, start=1):
            for field in row.fields:
                field.label.text = _cell_label(number, field.name.rpartition("_")[2])

    def _row(self, question: TallyQuestion) -> TallyRow:
        """Gather a question's fields."""
        names = [cell_name(question.code, cell) for cell in (*LEVEL_CELLS, NOT_APPLICABLE, BLANK)]
        *levels, not_applicable, blank = (self._fields.get(name) for name in names)
        return TallyRow(question, levels, not_applicable, blank)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, then that each row accounts for every sheet."""
        is_good = super().validate(extra_validators)
        for number, row in enumerate(self.rows, start=1):
            for field in row.fields:
                field.errors = [f"{field.label.text}: {message}" for message in field.errors]
            message = self._row_message(number, row) if row.is_readable else None
            if message:
                is_good = False
                row.levels[0].errors = [*row.levels[0].errors, message]
        return is_good

    def _row_message(self, number: int, row: TallyRow) -> str | None:
        """What to mend in a row whose cells can all be read, or None."""
        if row.is_untouched:
            return _("Câu %(number)s chưa có số. Nếu không ai trả lời, ghi số phiếu vào ô “Bỏ trống”.", number=number)
        sheets = self.sheet_count.data
        if sheets is None or self.sheet_count.errors:
            return None
        total = row.answered + (row.blank.data or 0)
        if total > sheets:
            return _(
                "Câu %(number)s cộng lại được %(total)s, nhiều hơn %(sheets)s phiếu. Bớt %(difference)s.",
                number=number, total=format_integer(total), sheets=format_integer(sheets),
                difference=format_integer(total - sheets))
        if row.blank.data is not None and total < sheets:
            return _(
                "Câu %(number)s cộng lại được %(total)s, còn thiếu %(difference)s so với %(sheets)s phiếu. "
                "Sửa các mức hoặc ô “Bỏ trống”.",
                number=number, total=format_integer(total), sheets=format_integer(sheets),
                difference=format_integer(sheets - total))
        return None

    def validate_collected_to(self, field: DayField) -> None:
        """Collecting has ended, in the year of the programme."""
        if field.process_errors or field.data is None:
            return
        if field.data > self.limits.today:
            raise ValidationError(_(
                "Ngày này chưa đến (hôm nay là %(today)s). Nhập phiếu sau khi thu xong.",
                today=format_day(self.limits.today)))
        self._in_programme(field)

    def validate_collected_from(self, field: DayField) -> None:
        """Collecting began in the year of the programme."""
        if not field.process_errors and field.data is not None:
            self._in_programme(field)

    def _in_programme(self, field: DayField) -> None:
        """Explain which days the programme tells of."""
        limits = self.limits
        if not limits.first_day <= field.data <= limits.last_day:
            raise ValidationError(_(
                "Chương trình năm %(year)s nhận phiếu thu từ %(first)s đến %(last)s. Kiểm tra lại ngày, nhất là năm.",
                year=limits.year, first=format_day(limits.first_day), last=format_day(limits.last_day)))


def _cell_label(number: int, cell: str) -> str:
    """What a cell is called where the table's heads are not seen."""
    if cell == NOT_APPLICABLE:
        return _("Câu %(number)s, “Không áp dụng”", number=number)
    if cell == BLANK:
        return _("Câu %(number)s, “Bỏ trống”", number=number)
    return _("Câu %(number)s, mức %(level)s", number=number, level=cell)


def cell_name(code: str, cell: str) -> str:
    """The name of one cell's field: ``cell_name("Q1", "5")`` is ``"Q1_5"``."""
    return f"{code}_{cell}"


@lru_cache(maxsize=16)
def _form_class(questions: tuple[TallyQuestion, ...]) -> type[TallyForm]:
    """The form of a questionnaire, compiled once."""
    fields: dict[str, Any] = {"questions": questions}
    for question in questions:
        cells = [*LEVEL_CELLS, *([NOT_APPLICABLE] if question.allows_not_applicable else []), BLANK]
        for cell in cells:
            fields[cell_name(question.code, cell)] = VietnameseInteger(question.code, [Between(0, SHEETS_MAX)])
    return type("QuestionnaireTallyForm", (TallyForm,), fields)


def tally_form(formdata: Any, questions: Sequence[TallyQuestion], limits: TallyLimits) -> TallyForm:
    """Return the form of these questions filled with ``formdata`` (texts by field name)."""
    return _form_class(tuple(questions))(formdata, limits)


__all__ = ["BLANK", "LEVEL_CELLS", "NOT_APPLICABLE", "TallyForm", "TallyLimits", "TallyQuestion", "TallyRow",
           "cell_name", "tally_form"]
