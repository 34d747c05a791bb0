"""Forms of a consolidated report: issuing it, and beginning a new version."""

from wtforms.validators import Optional, Regexp

from core.translation import lazy
from forms.authority import AuthorityField, PositionField
from forms.base import Form
from forms.fields import DayField, StringField, TextAreaField
from forms.validators import AtMost, Required

NUMBER_MAX_LENGTH = 11
SYMBOL_MAX_LENGTH = 30
POSITION_MAX_LENGTH = 100
NAME_MAX_LENGTH = 100
REASON_MAX_LENGTH = 2000
NUMBER_PATTERN = r"^\d{1,6}[a-zA-Z]?$"


class IssueForm(Form):
    """Number, day and signer of the document (Decree 30/2020/NĐ-CP, annexes I and VI)."""

    number = StringField(
        lazy("Số văn bản"),
        [Optional(), AtMost(NUMBER_MAX_LENGTH),
         Regexp(NUMBER_PATTERN, message=lazy("Nhập số do văn thư cấp, ví dụ 05"))],
        description=lazy("Số do văn thư cấp. Để trống thì bản in chừa chỗ để ghi."))
    symbol = StringField(
        lazy("Ký hiệu"), [Required(lazy("Nhập ký hiệu, ví dụ BC-SGDĐT")), AtMost(SYMBOL_MAX_LENGTH)])
    issued_on = DayField(lazy("Ngày ký"), [Required(lazy("Nhập ngày ký, ví dụ 15/06/2023"))])
    authority = AuthorityField(
        lazy("Quyền hạn ký"), [Optional(), AtMost(POSITION_MAX_LENGTH)],
        description=lazy("Ví dụ KT. GIÁM ĐỐC hoặc TL. GIÁM ĐỐC. Để trống khi người đứng đầu ký."))
    position = PositionField(
        lazy("Chức vụ người ký"), [Required(lazy("Nhập chức vụ, ví dụ PHÓ GIÁM ĐỐC")), AtMost(POSITION_MAX_LENGTH)])
    name = StringField(
        lazy("Họ và tên người ký"), [Required(lazy("Nhập họ và tên người ký")), AtMost(NAME_MAX_LENGTH)])
    reason = TextAreaField(
        lazy("Lý do lập bản mới"), [Optional(), AtMost(REASON_MAX_LENGTH)], render_kw={"rows": "3"},
        description=lazy("Ghi vì sao bản này thay bản đã phát hành."))


class ReissueForm(IssueForm):
    """The same for a later version, which must say why."""

    reason = TextAreaField(
        lazy("Lý do lập bản mới"),
        [Required(lazy("Ghi vì sao bản này thay bản đã phát hành")), AtMost(REASON_MAX_LENGTH)],
        render_kw={"rows": "3"})
