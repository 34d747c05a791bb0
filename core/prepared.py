"""Statements that are run a thousand times a minute, put into words once for each engine.

Such a statement goes to the driver in the words, and with the conversions, that SQLAlchemy made for it. What SQLAlchemy
spends around a statement is ten times what SQLite needs to run it, and a third of a short journey to PostgreSQL.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

_SQLITE = SQLiteDialect_pysqlite(paramstyle="named")
_Conversion = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one engine's driver is told: words, where each value is taken from, and what becomes of each column."""

    words: str
    taken: Mapping[str, _Conversion]
    given: Sequence[_Conversion]


class Prepared:
    """One statement whose values are bound by name; without lists of values, whose words would differ each time."""

    def __init__(self, statement: Any, *results: TypeEngine[Any]) -> None:
        """Keep the statement, and the types of the columns of its rows."""
        self._statement = statement
        self._results = results
        self._told: dict[str, _Told] = {}

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any] | None:
        """The first row, or None. Raises sqlalchemy.exc.DBAPIError as SQLAlchemy does."""
        if not connection.in_transaction():
            connection.begin()
        told = self.told_by(connection)
        driver: Any = connection.connection.dbapi_connection
        try:
            row = driver.execute(told.words, {name: take(values) for name, take in told.taken.items()}).fetchone()
        except connection.dialect.loaded_dbapi.Error as error:
            raise DBAPIError.instance(told.words, None, error, connection.dialect.loaded_dbapi.Error,
                                      hide_parameters=True) from error
        return row and [convert(value) for convert, value in zip(told.given, row, strict=True)]

    def told_by(self, connection: Connection) -> _Told:
        """What a connection's driver is told."""
        name = connection.dialect.name
        if name not in self._told:
            dialect = _SQLITE if name == "sqlite" else connection.dialect
            compiled: Any = self._statement.compile(dialect=dialect)
            taken = {name: _taking(name, bind.value, bind.required, _going_in(bind.type, dialect))
                     for name, bind in compiled.binds.items()}
            self._told[name] = _Told(str(compiled), taken, [_coming_out(result, dialect) for result in self._results])
        return self._told[name]


def _going_in(column_type: TypeEngine[Any], dialect: Dialect) -> _Conversion:
    """What makes the driver's value of one of ours."""
    return column_type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _coming_out(column_type: TypeEngine[Any], dialect: Dialect) -> _Conversion:
    """What makes our value of the driver's."""
    return column_type.dialect_impl(dialect).result_processor(dialect, None) or _as_it_is


def _taking(name: str, value: Any, is_given: bool, convert: _Conversion) -> _Conversion:
    """What takes a value from those that are given, or always has the one that stands in the statement."""
    if is_given:
        return lambda values: convert(values[name])
    constant = convert(value)
    return lambda _values: constant


def _as_it_is(value: Any) -> Any:
    """Most values need no conversion."""
    return value
