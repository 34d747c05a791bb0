"""The form of the style page: one field of every kind, with sample questions."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FieldList,
    FileField,
    Form,
    FormField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from core.translation import lazy

CHANNELS = [
    ("portal", lazy("Cổng thông tin điện tử, trang web của đơn vị")),
    ("social", lazy("Mạng xã hội")),
    ("meeting", lazy("Hội nghị, họp, sinh hoạt có lồng ghép tuyên truyền")),
    ("broadcast", lazy("Phát thanh, truyền hình")),
    ("press", lazy("Báo viết, báo điện tử")),
    ("visual", lazy("Pa nô, áp phích, băng rôn")),
    ("contest", lazy("Cuộc thi tìm hiểu")),
]
KINDS = [("own", lazy("Tổ chức riêng")), ("integrated", lazy("Lồng ghép trong hoạt động khác"))]
THEMES = [("", lazy("Chọn một nội dung")), ("1", lazy("Cải cách thể chế")), ("2", lazy("Cải cách thủ tục hành chính"))]


class StyleRowForm(Form):  # type: ignore[misc]  # WTForms has no types
    """One row of a list of costs."""

    source = StringField(lazy("Nguồn kinh phí"), [InputRequired(lazy("Nhập nguồn kinh phí"))])
    amount = IntegerField(lazy("Số tiền"), [InputRequired(lazy("Nhập số tiền, ví dụ 1.500.000"))])


class StyleFigureForm(Form):  # type: ignore[misc]  # WTForms has no types
    """Cells of the sample table of figures."""

    attendee_count = IntegerField(lazy("Lượt người dự"), default=1310)
    reason = StringField(lazy("Lý do sửa số đã đếm"), [Optional()])
    cost = DecimalField(lazy("Kinh phí"), [Optional()])
    is_nothing = BooleanField(lazy("Không phát sinh"))


class StyleForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Every kind of field; each required one shows its message when it is left empty."""

    title = StringField(
        lazy("Đơn vị đã tổ chức hoạt động gì?"),
        [InputRequired(lazy("Nhập tên hoạt động"))],
        description=lazy("Ghi tên như trong kế hoạch, ví dụ “Hội nghị tuyên truyền dịch vụ công trực tuyến”"),
    )
    story = TextAreaField(lazy("Kết quả nổi bật"), [Optional()], description=lazy("Vài câu, ý chính viết trước"))
    held_on = DateField(
        lazy("Ngày tổ chức"),
        [InputRequired(lazy("Nhập ngày tổ chức, ví dụ 30/05/2023"))],
        format="%d/%m/%Y",
        description=lazy("Ngày/tháng/năm, ví dụ 30/05/2023"),
    )
    attendee_count = IntegerField(lazy("Số lượt người dự"), [InputRequired(lazy("Nhập số lượt người dự; không có thì ghi 0"))])
    cost = DecimalField(lazy("Kinh phí"), [Optional()])
    theme = SelectField(lazy("Nội dung tuyên truyền"), [InputRequired(lazy("Chọn một nội dung"))], choices=THEMES)
    kind = RadioField(lazy("Hình thức tổ chức"), [InputRequired(lazy("Chọn một hình thức tổ chức"))], choices=KINDS)
    host = StringField(
        lazy("Lồng ghép trong hoạt động nào?"), [Optional()], render_kw={"data-shown-when": "kind=integrated"}
    )
    channels = SelectMultipleField(
        lazy("Kênh tuyên truyền"), [InputRequired(lazy("Chọn ít nhất một kênh"))], choices=CHANNELS
    )
    is_first = BooleanField(lazy("Đây là lần đầu đơn vị tổ chức hoạt động này"))
    evidence = FileField(lazy("Minh chứng"), [Optional()], description=lazy("PDF, ảnh, DOCX hoặc XLSX, tối đa 20 MB"))
    password = PasswordField(lazy("Mật khẩu"), [Optional()], render_kw={"autocomplete": "off"})
    note = StringField(lazy("Ô chỉ để xem"), [Optional()], default="2023-half-year", render_kw={"readonly": True})
    costs = FieldList(FormField(StyleRowForm), min_entries=1)
