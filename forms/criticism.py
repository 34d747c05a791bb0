"""The forms of criticisms: what is said of a place, and why a matter is closed."""

from typing import Any

from wtforms import RadioField, SelectField

from core.translation import lazy
from forms.base import Form
from forms.fields import TextAreaField, choice
from forms.validators import AtMost, Optional, Required
from models.criticism import REASON_MAX_LENGTH, TEXT_MAX_LENGTH, Basis


class CriticismForm(Form):
    """One place that does badly, for the competent body."""

    unit = SelectField(lazy("Đơn vị"), [Required(lazy("Chọn đơn vị"))])
    basis = RadioField(lazy("Căn cứ"), [Required(lazy("Chọn căn cứ"))],
                       choices=[choice(basis.value, lazy(basis.label)) for basis in Basis])
    what = TextAreaField(
        lazy("Nội dung"), [Required(lazy("Ghi sự việc, nêu rõ số liệu và thời gian")), AtMost(TEXT_MAX_LENGTH)],
        description=lazy("Chỉ nêu sự việc đã có căn cứ; không nêu tên người"), render_kw={"rows": "6"})
    proposal = TextAreaField(
        lazy("Đề nghị xem xét, giải quyết"), [Optional(), AtMost(TEXT_MAX_LENGTH)], render_kw={"rows": "3"})

    def __init__(self, formdata: Any, units: list[tuple[str, str]]) -> None:
        """Read ``formdata``; offer ``units`` as (code, name)."""
        super().__init__(formdata)
        self.unit.choices = [choice("", lazy("Chọn đơn vị")), *(choice(code, name) for code, name in units)]


class ClosingForm(Form):
    """Why a matter is closed or opened again."""

    reason = TextAreaField(
        lazy("Lý do"), [Required(lazy("Ghi lý do")), AtMost(REASON_MAX_LENGTH)], render_kw={"rows": "4"})
