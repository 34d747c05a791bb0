"""Which papers a person wants in a package."""

from wtforms import RadioField

from core.translation import lazy
from forms.base import Form
from forms.fields import choice
from forms.validators import Required

ACCEPTED, HANDED_IN = "accepted", "handed_in"


class PackageForm(Form):
    """Only accepted papers, or all that were handed in."""

    what = RadioField(lazy("Lấy những bản nào"), [Required(lazy("Chọn một mục"))], choices=[
        choice(ACCEPTED, lazy("Chỉ bản đã duyệt")),
        choice(HANDED_IN, lazy("Mọi bản đã nộp, kể cả bản đang chờ duyệt"))])
