"""How a unit is reached, as it tells itself."""

from wtforms.validators import Regexp

from core.translation import lazy
from forms.base import Form
from forms.fields import StringField
from forms.validators import AtMost, Optional
from models.account import EMAIL_MAX_LENGTH, EMAIL_PATTERN, FULL_NAME_MAX_LENGTH
from models.contact import ADDRESS_MAX_LENGTH, PHONE_MAX_LENGTH, PHONE_PATTERN


class ContactForm(Form):
    """Address, telephone, e-mail, and whom to ask for."""

    address = StringField(lazy("Địa chỉ"), [Optional(), AtMost(ADDRESS_MAX_LENGTH)],
                          description=lazy("Số nhà, đường, phường hoặc xã"))
    phone = StringField(
        lazy("Điện thoại"),
        [Optional(), AtMost(PHONE_MAX_LENGTH),
         Regexp(PHONE_PATTERN, message=lazy("Nhập số điện thoại, ví dụ 0203 3825 000"))],
        description=lazy("Ví dụ 0203 3825 000; hai số cách nhau bằng dấu /"),
        render_kw={"inputmode": "tel", "autocomplete": "off"})
    email = StringField(
        lazy("Thư điện tử"),
        [Optional(), AtMost(EMAIL_MAX_LENGTH),
         Regexp(EMAIL_PATTERN, message=lazy("Nhập địa chỉ thư điện tử, ví dụ vanphong@truong.edu.vn"))],
        description=lazy("Hộp thư chung của đơn vị"), render_kw={"inputmode": "email", "autocomplete": "off"})
    officer = StringField(lazy("Người phụ trách"), [Optional(), AtMost(FULL_NAME_MAX_LENGTH)],
                          description=lazy("Để trống thì danh bạ ghi cán bộ có tài khoản trên cổng"))
