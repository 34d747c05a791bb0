"""Extending and excusing: what the Office says of one unit's obligation."""

from core.translation import lazy
from forms.base import Form
from forms.fields import DayField, TextAreaField
from forms.validators import AtMost, Required

REASON_MAX_LENGTH = 1000


class ExtendForm(Form):
    """Until when a unit has time, and why."""

    until = DayField(lazy("Gia hạn đến hết ngày"), [Required(lazy("Nhập ngày gia hạn"))],
                     description=lazy("Ví dụ 05/06/2023"))
    reason = TextAreaField(lazy("Lý do gia hạn"), [Required(lazy("Ghi lý do gia hạn")), AtMost(REASON_MAX_LENGTH)],
                           description=lazy("Đơn vị và người duyệt cùng thấy lý do này"))


class ExemptForm(Form):
    """Why a unit is excused, or asked again."""

    reason = TextAreaField(lazy("Lý do"), [Required(lazy("Ghi lý do")), AtMost(REASON_MAX_LENGTH)],
                           description=lazy("Đơn vị thấy lý do này; đơn vị được miễn không còn tính vào tỷ lệ nộp"))
