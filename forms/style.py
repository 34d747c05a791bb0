"""The form of the style page: one field of every kind, with sample questions."""

from wtforms import BooleanField, FieldList, FileField, FormField, PasswordField, RadioField, SelectField
from wtforms import SelectMultipleField as TicksField
from wtforms.validators import InputRequired, Optional

from core.translation import lazy
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

CHANNELS = [
    choice("portal", lazy("Cổng thông tin điện tử, trang web của đơn vị")),
    choice("social", lazy("Mạng xã hội"), hint=lazy("Facebook, Zalo và các mạng khác")),
    choice("meeting", lazy("Hội nghị, họp, sinh hoạt có lồng ghép tuyên truyền")),
    choice("broadcast", lazy("Phát thanh, truyền hình")),
    choice("press", lazy("Báo viết, báo điện tử")),
    choice("visual", lazy("Pa nô, áp phích, băng rôn")),
    choice("contest", lazy("Cuộc thi tìm hiểu")),
]
KINDS = [
    choice("own", lazy("Tổ chức riêng")),
    choice("integrated", lazy("Lồng ghép trong hoạt động khác")),
]
THEMES = [
    choice("", lazy("Chọn một nội dung")),
    choice("institution", lazy("Cải cách thể chế")),
    choice("procedure", lazy("Cải cách thủ tục hành chính")),
]


class StyleRowForm(Form):
    """One row of a list of costs."""

    source = StringField(lazy("Nguồn kinh phí"), [InputRequired(lazy("Nhập nguồn kinh phí"))])
    amount = AmountField(lazy("Số tiền"), [InputRequired(lazy("Nhập số tiền, ví dụ 1.500.000"))])


class StyleFigureForm(Form):
    """Cells of the sample table of figures."""

    attendee_count = VietnameseInteger(lazy("Lượt người dự"), default=1310)
    reason = StringField(lazy("Lý do sửa số đã đếm"), [Optional()])
    cost = VietnameseDecimal(lazy("Kinh phí"), [Optional()])
    is_nothing = BooleanField(lazy("Không phát sinh"))


class StyleForm(Form):
    """Every kind of field; each required one shows its message when it is left empty."""

    title = StringField(
        lazy("Đơn vị đã tổ chức hoạt động gì?"),
        [InputRequired(lazy("Nhập tên hoạt động"))],
        description=lazy("Ghi tên như trong kế hoạch, ví dụ “Hội nghị tuyên truyền dịch vụ công trực tuyến”"),
    )
    story = TextAreaField(
        lazy("Kết quả nổi bật"), [Optional()], description=lazy("Vài câu, ý chính viết trước")
    )
    held_on = DayField(
        lazy("Ngày tổ chức"),
        [InputRequired(lazy("Nhập ngày tổ chức, ví dụ 30/05/2023"))],
        description=lazy("Ngày/tháng/năm, ví dụ 30/05/2023"),
    )
    attendee_count = VietnameseInteger(
        lazy("Số lượt người dự"), [InputRequired(lazy("Nhập số lượt người dự; không có thì ghi 0"))]
    )
    share = VietnameseDecimal(lazy("Tỷ lệ hồ sơ đúng hạn"), [Optional()])
    theme = SelectField(
        lazy("Nội dung tuyên truyền"), [InputRequired(lazy("Chọn một nội dung"))], choices=THEMES
    )
    kind = RadioField(
        lazy("Hình thức tổ chức"), [InputRequired(lazy("Chọn một hình thức tổ chức"))], choices=KINDS
    )
    host = StringField(
        lazy("Lồng ghép trong hoạt động nào?"), [Optional()], render_kw={"data-shown-when": "kind=integrated"}
    )
    channels = TicksField(
        lazy("Kênh tuyên truyền"), [InputRequired(lazy("Chọn ít nhất một kênh"))], choices=CHANNELS
    )
    is_first = BooleanField(lazy("Đây là lần đầu đơn vị tổ chức hoạt động này"))
    evidence = FileField(
        lazy("Minh chứng"), [Optional()], description=lazy("PDF, ảnh, DOCX hoặc XLSX, tối đa 20 MB")
    )
    password = PasswordField(lazy("Mật khẩu"), [Optional()], render_kw={"autocomplete": "off"})
    code = StringField(lazy("Ô chỉ để xem"), default="2023-half-year", render_kw={"readonly": True})
    costs = FieldList(FormField(StyleRowForm), min_entries=1)
