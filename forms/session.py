"""The sign-in form."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from core.translation import lazy
from models.account import PASSWORD_MAX_LENGTH


class SignInForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """User name and password."""

    username = StringField(
        lazy("Tên đăng nhập"),
        [InputRequired(lazy("Nhập tên đăng nhập")), Length(max=60, message=lazy("Tên đăng nhập dài quá 60 ký tự"))],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        lazy("Mật khẩu"),
        [InputRequired(lazy("Nhập mật khẩu")),
         Length(max=PASSWORD_MAX_LENGTH, message=lazy("Mật khẩu dài quá 200 ký tự"))],
        render_kw={"autocomplete": "current-password"},
    )
