"""Results as plain JSON: what the page shows and no more; null is what may not be shown."""

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from models.satisfaction import FORMULA_NAME
from queries.survey.result import SurveyResult


def plain_result(found: SurveyResult) -> dict[str, Any]:
    """Every field by its name; shares 0..1 and means as numbers, days as 2023-05-30, texts in both languages."""
    plain = _plain(found)
    plain["formula"] = FORMULA_NAME
    plain["response_share"] = _plain(found.response_share)
    return dict(plain)


def _plain(value: Any) -> Any:
    """One value."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


__all__ = ["plain_result"]
