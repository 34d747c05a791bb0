"""Checks whose messages say what to do. Each skips a field that could not be read: that has its own."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import Optional, StopValidation, ValidationError

from core.dates import format_day
from core.numbers import format_integer, format_number
from core.translation import _

Message = Any
"""A text, or a lazy one."""


def _is_unread(field: Field) -> bool:
    """Whether what was typed could not be read, or nothing was typed."""
    return bool(field.process_errors) or field.data is None or field.data == ""


class Required:
    """Something must be typed or chosen; spaces alone are nothing."""

    def __init__(self, message: Message) -> None:
        """``message`` says what to do, as "Nhập tên hoạt động"."""
        self.message = message
        self.field_flags = {"required": True}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Stop with the message when the field is empty."""
        texts = [text for text in field.raw_data or [] if not isinstance(text, str) or text.strip()]
        if not texts:
            field.errors = []
            raise StopValidation(str(self.message))


class RequiredWhen(Required):
    """Something must be typed when another field holds certain values; otherwise the field may be empty."""

    def __init__(self, other: str, values: frozenset[str], message: Message) -> None:
        """``other`` is a field's name; ``values`` are the texts that make this field needed."""
        super().__init__(message)
        self.field_flags = {}
        self.other, self.values = other, values

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Stop with the message when the condition holds and the field is empty."""
        raw = form[self.other].raw_data or []
        if any(str(text) in self.values for text in raw):
            super().__call__(form, field)


class AtMost:
    """A text may have so many signs."""

    def __init__(self, limit: int) -> None:
        """``limit`` in signs, from the model's constant."""
        self.limit = limit
        self.field_flags: dict[str, Any] = {}

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Say by how much to shorten."""
        if field.data and len(field.data) > self.limit:
            raise ValidationError(_(
                "Viết ngắn lại còn tối đa %(limit)s ký tự (hiện có %(count)s)",
                limit=format_integer(self.limit), count=format_integer(len(field.data))))


class Between:
    """A number within bounds, both allowed."""

    def __init__(self, least: int | Decimal | None = 0, most: int | Decimal | None = None,
                 message: Message | None = None) -> None:
        """``None`` leaves a side open; ``message`` replaces the general words."""
        self.least, self.most, self.message = least, most, message

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Say which numbers fit."""
        if _is_unread(field):
            return
        too_small = self.least is not None and field.data < self.least
        too_large = self.most is not None and field.data > self.most
        if not (too_small or too_large):
            return
        if self.message is not None:
            raise ValidationError(str(self.message))
        if too_small and self.least == 0:
            raise ValidationError(_("Nhập số từ 0 trở lên; nếu không có thì để trống"))
        if too_small:
            raise ValidationError(_("Nhập số từ %(least)s trở lên", least=format_number(self.least or 0)))
        raise ValidationError(_("Nhập số không quá %(most)s", most=format_number(self.most or 0)))


class DayBetween:
    """A day within bounds, both allowed; the message names them."""

    def __init__(self, first: date | None = None, last: date | None = None,
                 message: Message | None = None) -> None:
        """``None`` leaves a side open; ``message`` replaces the general words."""
        self.first, self.last, self.message = first, last, message

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Say which days fit."""
        if _is_unread(field):
            return
        is_before = self.first is not None and field.data < self.first
        is_after = self.last is not None and field.data > self.last
        if not (is_before or is_after):
            return
        if self.message is not None:
            raise ValidationError(str(self.message))
        if is_before and self.first is not None:
            raise ValidationError(_("Chọn ngày từ %(day)s trở đi", day=format_day(self.first)))
        raise ValidationError(_("Chọn ngày không sau %(day)s", day=format_day(self.last or field.data)))


class NotBefore:
    """A day that does not come before the day of another field."""

    def __init__(self, other: str, message: Message) -> None:
        """``other`` is the name of the field with the earlier day."""
        self.other, self.message = other, message

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Compare when both days could be read."""
        first = form[self.other]
        if not _is_unread(field) and not _is_unread(first) and field.data < first.data:
            raise ValidationError(str(self.message))


class WebLink:
    """An address of a page that a browser may open: http or https with a host."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Refuse every other scheme, spaces and addresses without a host."""
        if not field.data:
            return
        message = _("Dán địa chỉ trang bắt đầu bằng https:// hoặc http://")
        try:
            parts = urlsplit(field.data)
            host = parts.hostname or ""
        except ValueError as error:
            raise ValidationError(message) from error
        if parts.scheme.lower() not in ("http", "https") or "." not in host or re.search(r"\s", field.data):
            raise ValidationError(message)


class Accepts:
    """A rule in one function: it gets form and field and returns the message to show, or None."""

    def __init__(self, rule: Callable[[Any, Any], str | None]) -> None:
        """``rule`` is only asked when the field could be read and is not empty."""
        self.rule = rule

    def __call__(self, form: BaseForm, field: Field) -> None:
        """Ask the rule."""
        message = None if _is_unread(field) else self.rule(form, field)
        if message:
            raise ValidationError(message)


__all__ = ["Accepts", "AtMost", "Between", "DayBetween", "NotBefore", "Optional", "Required", "RequiredWhen",
           "StopValidation", "ValidationError", "WebLink"]
