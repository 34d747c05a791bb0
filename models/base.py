"""The base of every table: names of constraints, types for text, moments, numbers and enums."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    Date,
    DateTime,
    Dialect,
    Enum,
    Float,
    MetaData,
    Numeric,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from core.text import normalise

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
LARGEST_FIGURE = Decimal(10) ** 15
"""The largest figure a cell may hold: beyond it SQLite's numbers would no longer be exact."""


class Utc(TypeDecorator[datetime]):
    """An aware moment, stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive moment is a mistake and raises ValueError."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment must be aware of its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Nfc(TypeDecorator[str]):
    """Text, stored in NFC whatever keyboard or file it came from (product law 12)."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Normalise on the way in."""
        return None if value is None else normalise(value)


class Exact(TypeDecorator[Decimal]):
    """A figure of at most 10^15 with six places, exact on PostgreSQL and, within that bound, on SQLite."""

    impl = Numeric(24, 6)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use a float column on SQLite, which has no decimals; whole numbers to 2^53 are exact there."""
        return dialect.type_descriptor(Float() if dialect.name == "sqlite" else Numeric(24, 6))

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> Any:
        """Bind a float on SQLite."""
        if value is None:
            return None
        return float(value) if dialect.name == "sqlite" else Decimal(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Give back a decimal without the noise of a float."""
        if value is None:
            return None
        exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
        return Decimal(int(exact)) if exact == exact.to_integral_value() else exact.quantize(Decimal("0.000001"))


class Model(DeclarativeBase):
    """The base class of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Nfc(),
        datetime: Utc(),
        Decimal: Exact(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


class Identified:
    """A table with a surrogate key."""

    id: Mapped[int] = mapped_column(primary_key=True)


def code_column(length: int = 60, **options: Any) -> Mapped[str]:
    """A column for a short code in ASCII or the registry's letters."""
    return mapped_column(String(length), **options)


def enum_column(kind: type[StrEnum], name: str, **options: Any) -> Mapped[Any]:
    """A column that stores ``kind`` by value, with a named check in the database."""
    stored = Enum(
        kind, name=name, native_enum=False, length=40, create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
    )
    return mapped_column(stored, **options)


__all__ = ["LARGEST_FIGURE", "Date", "Exact", "Identified", "Model", "Nfc", "Utc", "code_column", "enum_column"]
