"""Forms of reminders: when and whom to remind, and a day of the calendar."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, ValidationError
from wtforms.validators import Optional

from core.translation import N_, _, lazy
from forms.base import Form
from forms.fields import DayField, StringField, VietnameseInteger, choice
from forms.validators import AtMost, Required
from models.holiday import HOLIDAY_NAME_MAX_LENGTH, HOLIDAY_SOURCE_MAX_LENGTH, HolidayKind
from models.reminder import MOST_DAYS_BEFORE

MOST_EVERY, MOST_TIMES, MOST_NUMBERS = 30, 50, 12
WHO = {"open": N_("Mọi đơn vị chưa gửi"), "late": N_("Chỉ đơn vị đã quá hạn"),
       "not_started": N_("Chỉ đơn vị chưa bắt đầu")}
"""Whom the button reminds, by the word in the address."""


class DaysField(StringField):
    """Whole numbers with commas, as "10, 5, 2, 1, 0"; ``data`` stays the text, ``days`` are the numbers."""

    days: tuple[int, ...] = ()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the numbers. Raises ValueError with what to do."""
        super().process_formdata(valuelist)
        words = str(self.data or "").replace(";", ",").split(",")
        try:
            numbers = {int(word) for word in words if word.strip()}
        except ValueError as error:
            raise ValueError(_("Nhập các số cách nhau bằng dấu phẩy, ví dụ 10, 5, 2, 1, 0")) from error
        if len(numbers) > MOST_NUMBERS or any(not 0 <= number <= MOST_DAYS_BEFORE for number in numbers):
            raise ValueError(_("Mỗi số từ 0 đến %(most)s, nhiều nhất %(count)s số", most=MOST_DAYS_BEFORE,
                               count=MOST_NUMBERS))
        self.days = tuple(sorted(numbers, reverse=True))


class Between:
    """A whole number from 0 to ``most``."""

    def __init__(self, most: int) -> None:
        """Allow up to ``most``."""
        self.most = most

    def __call__(self, form: Any, field: Any) -> None:
        """Raise ValidationError outside."""
        if field.data is not None and not 0 <= field.data <= self.most:
            raise ValidationError(_("Nhập số từ 0 đến %(most)s", most=self.most))


class ScheduleForm(Form):
    """When and whom the portal reminds by itself."""

    is_on = BooleanField(lazy("Cổng tự nhắc theo lịch này"))
    days_before = DaysField(
        lazy("Nhắc trước hạn (số ngày)"), [Optional()],
        description=lazy("Các số cách nhau bằng dấu phẩy; 0 là đúng ngày hạn. Ví dụ 10, 5, 2, 1, 0"))
    every_after = VietnameseInteger(
        lazy("Sau hạn, nhắc lại sau mỗi (ngày làm việc)"), [Required(lazy("Nhập số, 0 là không nhắc sau hạn")),
                                                            Between(MOST_EVERY)],
        description=lazy("0 là không nhắc sau hạn. Ngày làm việc tính theo lịch nghỉ lễ"))
    most_after = VietnameseInteger(
        lazy("Nhắc sau hạn nhiều nhất (lần)"), [Required(lazy("Nhập số lần")), Between(MOST_TIMES)])
    to_officers = BooleanField(lazy("Gửi thư cho cán bộ phụ trách của đơn vị"))
    to_head = BooleanField(lazy("Gửi thư cho thủ trưởng đơn vị"))
    to_reviewer = BooleanField(lazy("Báo cho nơi duyệt"))


class HolidayForm(Form):
    """A day off, or a weekend day that is worked instead."""

    day = DayField(lazy("Ngày"), [Required(lazy("Nhập ngày"))], description=lazy("Ví dụ 02/09/2027"))
    kind = RadioField(lazy("Loại"), choices=[choice(kind.value, lazy(kind.label)) for kind in HolidayKind],
                      default=HolidayKind.OFF.value)
    name = StringField(lazy("Tên"), [Required(lazy("Nhập tên ngày, ví dụ Quốc khánh")),
                                     AtMost(HOLIDAY_NAME_MAX_LENGTH)])
    source = StringField(lazy("Căn cứ"), [Optional(), AtMost(HOLIDAY_SOURCE_MAX_LENGTH)],
                         description=lazy("Luật hoặc thông báo quy định ngày này"))
