"""Forms about accounts: making and changing one, and the own password."""

import re
from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, FileField, PasswordField, RadioField, SelectField

from core.translation import N_, _, lazy
from forms.base import Form
from forms.fields import StringField, choice
from forms.validators import Accepts, AtMost, Optional, Required
from models.account import (
    EMAIL_MAX_LENGTH,
    EMAIL_PATTERN,
    FULL_NAME_MAX_LENGTH,
    PASSWORD_MAX_LENGTH,
    PASSWORD_MIN_LENGTH,
    USERNAME_MAX_LENGTH,
    USERNAME_PATTERN,
    Role,
)

THEMES = (("auto", N_("Theo máy")), ("light", N_("Nền sáng")), ("dark", N_("Nền tối")))


def _check_username(_form: Any, field: Any) -> str | None:
    """A user name is typed on any keyboard."""
    if re.fullmatch(USERNAME_PATTERN, field.data.lower()):
        return None
    return _("Dùng chữ không dấu, số, dấu chấm, gạch nối, gạch dưới; ít nhất 2 ký tự, ví dụ thpt.hongai")


def _check_email(_form: Any, field: Any) -> str | None:
    """An address has a sign and a host."""
    return None if re.fullmatch(EMAIL_PATTERN, field.data) else _("Nhập địa chỉ như vanphong@truong.edu.vn")


class AccountForm(Form):
    """A person's account; ``unit`` gets its choices (code, name) from the page."""

    username = StringField(
        lazy("Tên đăng nhập"),
        [Required(lazy("Nhập tên đăng nhập")), AtMost(USERNAME_MAX_LENGTH), Accepts(_check_username)],
        description=lazy("Chữ không dấu và số; không đổi được sau khi tạo"),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    full_name = StringField(lazy("Họ và tên"), [Required(lazy("Nhập họ và tên")), AtMost(FULL_NAME_MAX_LENGTH)],
                            render_kw={"autocomplete": "off"})
    role = SelectField(lazy("Vai trò"), [Required(lazy("Chọn một vai trò"))])
    unit = SelectField(lazy("Đơn vị"), [Required(lazy("Chọn đơn vị"))])
    position = StringField(lazy("Chức vụ"), [Optional(), AtMost(FULL_NAME_MAX_LENGTH)],
                           description=lazy("Ví dụ Văn thư, Phó Hiệu trưởng"))
    email = StringField(lazy("Thư điện tử"), [Optional(), AtMost(EMAIL_MAX_LENGTH), Accepts(_check_email)],
                        render_kw={"autocomplete": "off", "inputmode": "email"})

    def offer(self, units: list[tuple[str, str]], roles: Iterable[Role] = tuple(Role)) -> None:
        """Set the choices of role and unit."""
        self.role.choices = [choice("", _("Chọn một vai trò")), *(choice(role.value, _(role.label)) for role in roles)]
        self.unit.choices = [choice("", _("Chọn đơn vị")), *(choice(code, name) for code, name in units)]


class NewAccountForm(AccountForm):
    """A new account; its password is made by the portal."""


class EditAccountForm(AccountForm):
    """A known account, which keeps its user name and can be switched off."""

    username = None  # type: ignore[assignment]  # so WTForms leaves out a field of the class above
    is_active = BooleanField(lazy("Tài khoản được đăng nhập"), description=lazy(
        "Bỏ chọn khi người này thôi làm việc: phiên đang mở kết thúc ngay, lịch sử vẫn giữ"))


class UploadForm(Form):
    """A file of accounts."""

    file = FileField(lazy("Tệp Excel hoặc CSV"), description=lazy("Tệp mẫu đã điền, .xlsx hoặc .csv, tối đa 1 MB"),
                     render_kw={"accept": ".xlsx,.csv,text/csv"})


class InvitationForm(Form):
    """How people get the one-time passwords of new accounts."""

    by_mail = BooleanField(
        lazy("Gửi mật khẩu dùng một lần qua thư điện tử"),
        description=lazy("Chỉ gửi cho tài khoản mới có địa chỉ thư; những người còn lại nhận phiếu in"))


class ThemeForm(Form):
    """Light or dark."""

    theme = RadioField(lazy("Giao diện"), choices=[choice(value, lazy(label)) for value, label in THEMES])


class PasswordForm(Form):
    """The own password. ``current`` is taken away when the old one was for one time and has just been typed."""

    current = PasswordField(
        lazy("Mật khẩu hiện tại"), [Required(lazy("Nhập mật khẩu hiện tại")), AtMost(PASSWORD_MAX_LENGTH)],
        render_kw={"autocomplete": "current-password"},
    )
    password = PasswordField(
        lazy("Mật khẩu mới"), [Required(lazy("Nhập mật khẩu mới"))],
        description=lazy("Ít nhất 8 ký tự, khác tên đăng nhập và mật khẩu cũ. Một câu ngắn dễ nhớ là tốt nhất."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy("Nhập lại mật khẩu mới"), [Required(lazy("Nhập lại mật khẩu mới"))],
        render_kw={"autocomplete": "new-password"},
    )

    def check(self, username: str, is_old: bool) -> bool:
        """Whether the new password may be used; ``is_old`` says that it equals the present one."""
        password = self.password.data or ""
        message = ""
        if len(password) < PASSWORD_MIN_LENGTH:
            message = _("Dùng ít nhất %(least)s ký tự (hiện có %(count)s)", least=PASSWORD_MIN_LENGTH,
                        count=len(password))
        elif len(password) > PASSWORD_MAX_LENGTH:
            message = _("Dùng nhiều nhất %(most)s ký tự", most=PASSWORD_MAX_LENGTH)
        elif password.lower() == username:
            message = _("Chọn mật khẩu khác tên đăng nhập")
        elif is_old:
            message = _("Chọn mật khẩu khác mật khẩu đang dùng")
        elif len(set(password)) < 4:
            message = _("Dùng ít nhất 4 ký tự khác nhau")
        if message:
            self.password.errors = [message]
        elif self.again.data != password:
            self.again.errors = [_("Hai lần nhập chưa giống nhau. Nhập lại mật khẩu mới ở ô này")]
        return not (self.password.errors or self.again.errors)
