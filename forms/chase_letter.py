"""The form of a chase letter: number, day, by when to answer, who signs."""

from typing import Any

from wtforms import ValidationError
from wtforms.validators import Optional, Regexp

from core.translation import _, lazy
from forms.authority import AuthorityField, PositionField
from forms.base import Form
from forms.consolidation import (
    NAME_MAX_LENGTH,
    NUMBER_MAX_LENGTH,
    NUMBER_PATTERN,
    POSITION_MAX_LENGTH,
    SYMBOL_MAX_LENGTH,
)
from forms.fields import DayField, StringField
from forms.validators import AtMost, Required


class ChaseLetterForm(Form):
    """What the clerk types of a letter (Decree 30/2020/NĐ-CP, annexes I and VI)."""

    number = StringField(
        lazy("Số văn bản"),
        [Optional(), AtMost(NUMBER_MAX_LENGTH),
         Regexp(NUMBER_PATTERN, message=lazy("Nhập số do văn thư cấp, ví dụ 05"))],
        description=lazy("Số do văn thư cấp. Để trống thì bản in chừa chỗ để ghi."))
    symbol = StringField(lazy("Ký hiệu"), [Required(lazy("Nhập ký hiệu, ví dụ SGDĐT-VP")), AtMost(SYMBOL_MAX_LENGTH)])
    issued_on = DayField(lazy("Ngày ký"), [Required(lazy("Nhập ngày ký, ví dụ 06/06/2023"))])
    answer_by = DayField(lazy("Đề nghị gửi trước hết ngày"), [Required(lazy("Nhập ngày đơn vị phải gửi"))])
    authority = AuthorityField(
        lazy("Quyền hạn ký"), [Optional(), AtMost(POSITION_MAX_LENGTH)],
        description=lazy("Ví dụ KT. GIÁM ĐỐC hoặc TL. GIÁM ĐỐC. Để trống khi người đứng đầu ký."))
    position = PositionField(
        lazy("Chức vụ người ký"), [Required(lazy("Nhập chức vụ, ví dụ PHÓ GIÁM ĐỐC")), AtMost(POSITION_MAX_LENGTH)])
    name = StringField(
        lazy("Họ và tên người ký"), [Required(lazy("Nhập họ và tên người ký")), AtMost(NAME_MAX_LENGTH)])

    def validate_answer_by(self, field: Any) -> None:
        """The units have time from the day of the letter on."""
        if field.data and self.issued_on.data and field.data < self.issued_on.data:
            raise ValidationError(_("Chọn ngày từ ngày ký trở đi"))
