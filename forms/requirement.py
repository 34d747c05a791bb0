"""Extending and excusing: what the Office says of one unit's obligation."""

from typing import Any

from core.translation import _, lazy
from forms.base import Form
from forms.fields import DayField, TextAreaField
from forms.validators import AtMost, Optional, Required

REASON_MAX_LENGTH = 1000


class ExtendForm(Form):
    """Until when a unit has time, and why."""

    until = DayField(lazy("Gia hạn đến hết ngày"), [Required(lazy("Nhập ngày gia hạn"))],
                     description=lazy("Ví dụ 05/06/2023"))
    reason = TextAreaField(lazy("Lý do gia hạn"), [Required(lazy("Ghi lý do gia hạn")), AtMost(REASON_MAX_LENGTH)],
                           description=lazy("Đơn vị và người duyệt cùng thấy lý do này"))


class ExemptForm(Form):
    """Why a unit is excused."""

    reason = TextAreaField(lazy("Lý do"), [Required(lazy("Ghi lý do")), AtMost(REASON_MAX_LENGTH)],
                           description=lazy("Đơn vị thấy lý do này; đơn vị được miễn không còn tính vào tỷ lệ nộp"))


class AskAgainForm(Form):
    """Why a unit that was excused is asked after all, and until when it has time."""

    until = DayField(lazy("Hạn nộp mới"), [Optional()],
                     description=lazy("Để trống thì giữ hạn cũ, nếu hạn cũ còn chưa qua"))
    reason = TextAreaField(lazy("Lý do"), [Required(lazy("Ghi lý do")), AtMost(REASON_MAX_LENGTH)],
                           description=lazy("Đơn vị thấy lý do này và lại phải nộp"))

    def __init__(self, formdata: Any, *, is_past: bool) -> None:
        """Read ``formdata``; ``is_past`` when the old due date has passed, so that a new one is needed."""
        super().__init__(formdata)
        if is_past:
            self.until.validators = [Required(_("Hạn cũ đã qua; nhập hạn nộp mới"))]
            self.until.flags.optional = False
