"""What kind of package is wanted."""

from wtforms import RadioField

from core.translation import lazy
from forms.base import Form
from forms.fields import choice
from models.package import PackageKind


class PackageForm(Form):
    """Kind of file, and which papers go into it."""

    kind = RadioField(
        lazy("Dạng gói"), choices=[choice(kind.value, lazy(kind.label)) for kind in PackageKind],
        default=PackageKind.ZIP.value)
    which = RadioField(
        lazy("Những bản nào"), default="handed_in",
        choices=[choice("handed_in", lazy("Mọi bản đã nộp"), hint=lazy("Gồm cả bản đang chờ duyệt")),
                 choice("accepted", lazy("Chỉ các bản đã duyệt"))])
