"""The form that takes a DOCX file back in."""

from wtforms import FileField

from core.translation import lazy
from forms.base import Form


class WordFileForm(Form):
    """A DOCX file that was downloaded from the portal and written on."""

    file = FileField(lazy("Tệp Word (.docx)"),
                     description=lazy("Tệp đã tải từ cổng và sửa trong Word, tối đa 10 MB"),
                     render_kw={"accept": ".docx"})


__all__ = ["WordFileForm"]
