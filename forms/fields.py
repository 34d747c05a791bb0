"""Fields that read and write as Vietnamese do: 1.250, 82,66, 30/05/2023; texts come in as NFC.

What was typed is shown again exactly as it was typed, right or wrong.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import wtforms
from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type marks
from wtforms.widgets import Input

from core.dates import DayFormatError, format_day, parse_day
from core.numbers import NumberFormatError, format_integer, format_number, parse_decimal, parse_integer
from core.text import normalise
from core.translation import _

_CONTROLS = {code: None for code in range(32) if chr(code) not in "\t\n"} | {127: None}


def clean_text(text: str) -> str:
    """Return ``text`` in NFC with plain line breaks and without control signs that no keyboard makes."""
    return normalise(text.replace("\r\n", "\n").replace("\r", "\n")).translate(_CONTROLS)


def choice(value: str, label: Any, *, hint: str = "", group: str | None = None) -> Any:
    """Return one option of a SelectField, RadioField or SelectMultipleField.

    ``label`` may be lazy; ``hint`` stands beneath a radio or tick; ``group`` heads options of a select.
    """
    return SelectChoice(value, label, {"data-hint": hint} if hint else {}, group)


class NumberWidget(Input):
    """A text box for figures; templates give it the keyboard of a phone that fits."""

    input_type = "number"
    validation_attrs = ["required", "disabled"]  # noqa: RUF012  # the library declares it on the instance


class DayWidget(Input):
    """A text box for a day; a browser's own picker speaks another language."""

    input_type = "date"
    validation_attrs = ["required", "disabled"]  # noqa: RUF012  # the library declares it on the instance


class StringField(wtforms.StringField):
    """One line of text: NFC, without spaces at the ends."""

    data: Any

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the text."""
        self.data = " ".join(clean_text(str(valuelist[0])).split("\n")).strip() if valuelist else ""


class TextAreaField(wtforms.TextAreaField):
    """Lines of text: NFC, plain line breaks, otherwise as it was typed."""

    data: Any

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the text."""
        self.data = clean_text(str(valuelist[0])) if valuelist else ""


class _Typed(Field):
    """A field that is read from one text and left None when it is blank."""

    data: Any

    def _value(self) -> str:
        """The text in the box: as it was typed, else as we write it."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the text; blank is None. Raises ValueError with what to do."""
        text = clean_text(str(valuelist[0])).strip() if valuelist else ""
        self.data = None
        if text:
            self.data = self.read(text)

    def read(self, text: str) -> Any:
        """Read a text that is not blank. Raises ValueError with what to do."""
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Write a value as we do."""
        raise NotImplementedError


class VietnameseInteger(_Typed):
    """A whole number, as 1.250; ``data`` is an int or None."""

    widget = NumberWidget()

    def read(self, text: str) -> int:
        """Read "1.250", "1250" or "1 250"."""
        try:
            return parse_integer(text)
        except NumberFormatError as error:
            raise ValueError(_("Nhập số nguyên, ví dụ 1.250")) from error

    def write(self, value: int) -> str:
        """Write 1250 as "1.250"."""
        return format_integer(value)


class AmountField(VietnameseInteger):
    """Money in whole đồng, as 1.500.000; "đ" or "đồng" after it is forgiven."""

    def read(self, text: str) -> int:
        """Read "1.500.000", "1.500.000 đồng"."""
        bare = text.lower().removesuffix("đồng").removesuffix("vnđ").removesuffix("đ").strip()
        try:
            return parse_integer(bare)
        except NumberFormatError as error:
            raise ValueError(_("Nhập số tiền bằng đồng, chỉ gồm chữ số, ví dụ 1.500.000")) from error


class VietnameseDecimal(_Typed):
    """A number with a decimal comma, as 82,66; ``data`` is a Decimal or None."""

    widget = NumberWidget()
    places = 6
    """Digits kept after the comma; more are refused, never rounded in silence."""

    def read(self, text: str) -> Decimal:
        """Read "82,66" or "1.234,5"; "82.66" is asked about rather than guessed."""
        try:
            value = parse_decimal(text)
        except NumberFormatError as error:
            raise ValueError(_("Nhập số, phần lẻ sau dấu phẩy, ví dụ 82,66")) from error
        exponent = value.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            raise ValueError(_("Nhập tối đa %(places)s chữ số sau dấu phẩy", places=self.places))
        return value

    def write(self, value: Decimal) -> str:
        """Write 82.66 as "82,66"."""
        return format_number(value)


class DayField(_Typed):
    """A day, as 30/05/2023; ``data`` is a date or None."""

    widget = DayWidget()

    def read(self, text: str) -> date:
        """Read "30/5/2023", with dots or dashes too."""
        try:
            return parse_day(text)
        except DayFormatError as error:
            raise ValueError(_("Nhập ngày theo mẫu ngày/tháng/năm, ví dụ 30/05/2023")) from error

    def write(self, value: date) -> str:
        """Write a day as "30/05/2023"."""
        return format_day(value)


__all__ = ["AmountField", "DayField", "DayWidget", "NumberWidget", "StringField", "TextAreaField",
           "VietnameseDecimal", "VietnameseInteger", "choice", "clean_text"]
