"""The sign-in form."""

from wtforms import PasswordField

from core.translation import lazy
from forms.base import Form
from forms.fields import StringField
from forms.validators import AtMost, Required
from models.account import PASSWORD_MAX_LENGTH, USERNAME_MAX_LENGTH


class SignInForm(Form):
    """User name and password."""

    username = StringField(
        lazy("Tên đăng nhập"), [Required(lazy("Nhập tên đăng nhập")), AtMost(USERNAME_MAX_LENGTH)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        lazy("Mật khẩu"), [Required(lazy("Nhập mật khẩu")), AtMost(PASSWORD_MAX_LENGTH)],
        render_kw={"autocomplete": "current-password"},
    )
