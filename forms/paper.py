"""Forms of paper sheets: the day on which a batch was collected, and a file of sheets."""

from datetime import date
from typing import Any

from wtforms import FileField, ValidationError

from core.dates import format_day
from core.translation import _, lazy
from forms.base import Form
from forms.fields import DayField
from forms.validators import Required


class CollectedForm(Form):
    """On which day the sheets of a batch were collected."""

    day = DayField(lazy("Ngày thu phiếu"), [Required(lazy("Nhập ngày thu phiếu"))],
                   description=lazy("Ghi một lần cho cả xấp phiếu, ví dụ 10/05/2023"))

    def __init__(self, formdata: Any, first: date, last: date) -> None:
        """Sheets may have been collected from ``first`` to ``last``, both included.

        The field is posted as "_day": names that begin so belong to the page, never to a question.
        """
        super().__init__(formdata, prefix="_")
        self.first, self.last = first, last

    def validate_day(self, field: DayField) -> None:
        """Within the round, and not in the future."""
        if field.data is not None and not field.process_errors and not self.first <= field.data <= self.last:
            raise ValidationError(_("Nhập ngày từ %(first)s đến %(last)s", first=format_day(self.first),
                                    last=format_day(self.last)))


class SheetFileForm(Form):
    """A file of sheets."""

    file = FileField(lazy("Tệp phiếu"), description=lazy("Bảng tính Excel (.xlsx) hoặc CSV UTF-8, tối đa 1 MB"),
                     render_kw={"accept": ".xlsx,.csv,text/csv"})


__all__ = ["CollectedForm", "SheetFileForm"]
