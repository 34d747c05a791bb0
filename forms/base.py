"""The base of every form: Vietnamese messages for pages and for rows within them.

WTForms has no Vietnamese catalogue and a nested row does not inherit its page's, so both are ``Form`` here.
The page's token against forged requests is checked for the whole application, not by each form.
"""

from typing import Any

from wtforms import Form as WTForm
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from core.translation import N_, _

MESSAGES: dict[str, str] = {
    "This field is required.": N_("Nhập ô này"),
    "Not a valid choice.": N_("Chọn một mục có trong danh sách"),
    "Not a valid choice": N_("Chọn một mục có trong danh sách"),
    "Invalid Choice: could not coerce.": N_("Chọn một mục có trong danh sách"),
    "Invalid Choice: could not coerce": N_("Chọn một mục có trong danh sách"),
    "Invalid choice(s): one or more data inputs could not be coerced.":
        N_("Chọn những mục có trong danh sách"),
    "'%(value)s' is not a valid choice for this field.": N_("Chọn những mục có trong danh sách"),
    "'%(value)s' are not valid choices for this field.": N_("Chọn những mục có trong danh sách"),
    "Not a valid integer value.": N_("Nhập số nguyên, ví dụ 1.250"),
    "Not a valid decimal value.": N_("Nhập số, phần lẻ sau dấu phẩy, ví dụ 82,66"),
    "Not a valid float value.": N_("Nhập số, phần lẻ sau dấu phẩy, ví dụ 82,66"),
    "Not a valid date value.": N_("Nhập ngày theo mẫu ngày/tháng/năm, ví dụ 30/05/2023"),
    "Not a valid datetime value.": N_("Nhập ngày giờ theo mẫu 30/05/2023 10:32"),
    "Not a valid time value.": N_("Nhập giờ theo mẫu 10:32"),
    "Not a valid week value.": N_("Chọn một tuần"),
    "Number must be at least %(min)s.": N_("Nhập số từ %(min)s trở lên"),
    "Number must be at most %(max)s.": N_("Nhập số không quá %(max)s"),
    "Number must be between %(min)s and %(max)s.": N_("Nhập số từ %(min)s đến %(max)s"),
    "Field must be at least %(min)d character long.": N_("Viết ít nhất %(min)d ký tự"),
    "Field must be at least %(min)d characters long.": N_("Viết ít nhất %(min)d ký tự"),
    "Field cannot be longer than %(max)d character.": N_("Viết ngắn lại còn tối đa %(max)d ký tự"),
    "Field cannot be longer than %(max)d characters.": N_("Viết ngắn lại còn tối đa %(max)d ký tự"),
    "Field must be exactly %(max)d character long.": N_("Viết đúng %(max)d ký tự"),
    "Field must be exactly %(max)d characters long.": N_("Viết đúng %(max)d ký tự"),
    "Field must be between %(min)d and %(max)d characters long.": N_("Viết từ %(min)d đến %(max)d ký tự"),
    "Date must be at least %(min)s.": N_("Chọn ngày từ %(min)s trở đi"),
    "Date must be at most %(max)s.": N_("Chọn ngày không sau %(max)s"),
    "Date must be between %(min)s and %(max)s.": N_("Chọn ngày từ %(min)s đến %(max)s"),
    "Field must be equal to %(other_name)s.": N_("Nhập giống ô trước"),
    "Invalid field name '%s'.": N_("Biểu mẫu thiếu ô “%s”; tải lại trang rồi thử lại"),
    "Invalid input.": N_("Nhập đúng mẫu nêu ở phần gợi ý"),
    "Invalid email address.": N_("Nhập địa chỉ thư điện tử, ví dụ vanphong@truong.edu.vn"),
    "Invalid IP address.": N_("Nhập địa chỉ IP"),
    "Invalid Mac address.": N_("Nhập địa chỉ MAC"),
    "Invalid URL.": N_("Nhập địa chỉ bắt đầu bằng https:// hoặc http://"),
    "Invalid UUID.": N_("Nhập đúng mã"),
    "Invalid value, must be one of: %(values)s.": N_("Chọn một trong các giá trị: %(values)s"),
    "Invalid value, can't be any of: %(values)s.": N_("Chọn giá trị khác: %(values)s đã được dùng"),
    "This field cannot be edited.": N_("Ô này chỉ để xem"),
    "This field is disabled and cannot have a value.": N_("Ô này đang khóa, để trống"),
    "Choices cannot be None.": N_("Danh sách lựa chọn chưa có; báo Văn phòng Sở"),
    "Invalid CSRF Token.": N_("Trang mở đã lâu; bấm gửi lần nữa"),
    "CSRF token missing.": N_("Trang mở đã lâu; bấm gửi lần nữa"),
    "CSRF failed.": N_("Trang mở đã lâu; bấm gửi lần nữa"),
    "CSRF token expired.": N_("Trang mở đã lâu; bấm gửi lần nữa"),
}
"""Every message of WTForms, as what to do; fields usually bring better ones of their own."""


class FormMessages:
    """Gives WTForms its messages in the reader's language, through the portal's own catalogue."""

    def gettext(self, string: str) -> str:
        """The message for ``string``; a text that is already ours comes back as it is.

        Percent signs stay for WTForms to fill in, so the catalogue is asked without variables.
        """
        return str(_(MESSAGES[string])) if string in MESSAGES else string

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """The message for ``n`` things; Vietnamese has one form."""
        return self.gettext(singular if n == 1 else plural)


_MESSAGES = FormMessages()


class Form(WTForm):
    """A page's form or a row in one. Fill it with texts: ``ActivityForm(desk.data(initial))``."""

    class Meta(DefaultMeta):
        """Messages of the portal, no token of its own."""

        def get_translations(self, form: BaseForm) -> Any:
            """Give the portal's messages, whatever locales were asked for."""
            return _MESSAGES


__all__ = ["MESSAGES", "Form", "FormMessages"]
