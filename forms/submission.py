"""Forms of the steps of a plan or report that need a word first."""

from wtforms.validators import Optional

from core.translation import lazy
from forms.base import Form
from forms.fields import TextAreaField
from forms.validators import AtMost, Required

REASON_MAX_LENGTH = 2000


class ReasonForm(Form):
    """A step that must say why."""

    reason = TextAreaField(
        lazy("Lý do"), [Required(lazy("Ghi lý do để bên kia biết cần làm gì")), AtMost(REASON_MAX_LENGTH)],
        render_kw={"rows": "4"})


class NoteForm(Form):
    """A step that may say why."""

    reason = TextAreaField(lazy("Ghi chú"), [Optional(), AtMost(REASON_MAX_LENGTH)], render_kw={"rows": "3"})
