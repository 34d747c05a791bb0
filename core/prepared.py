"""Statements that are run a thousand times a minute, put into words once.

On SQLite running a statement costs a tenth of what SQLAlchemy spends around it; such a statement goes to the driver in
the words, and with the conversions, that SQLAlchemy made for it. Elsewhere the journey to the server costs far more.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

_SQLITE = SQLiteDialect_pysqlite(paramstyle="named")
_Conversion = Callable[[Any], Any]


class Prepared:
    """One statement whose values are bound by name; without lists of values, whose words would differ each time."""

    def __init__(self, statement: Any, *results: TypeEngine[Any]) -> None:
        """Keep the statement, and the types of the columns of its rows."""
        self._statement = statement
        self._results = results

    def first(self, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any] | None:
        """The first row, or None. Raises sqlalchemy.exc.DBAPIError as SQLAlchemy does."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self._statement, values).first()
        if not connection.in_transaction():
            connection.begin()
        words, taken, given = self._on_sqlite
        driver: Any = connection.connection.dbapi_connection
        try:
            row = driver.execute(words, {name: take(values) for name, take in taken.items()}).fetchone()
        except sqlite3.Error as error:
            raise DBAPIError.instance(words, None, error, sqlite3.Error, hide_parameters=True) from error
        return row and [convert(value) for convert, value in zip(given, row, strict=True)]

    @property
    def words(self) -> str:
        """What the driver of SQLite is told."""
        return self._on_sqlite[0]

    @cached_property
    def _on_sqlite(self) -> tuple[str, dict[str, _Conversion], list[_Conversion]]:
        """Its words, where each value is taken from, and what becomes of each column."""
        compiled: Any = self._statement.compile(dialect=_SQLITE)
        taken = {name: _taking(name, bind.value, bind.required, _going_in(bind.type))
                 for name, bind in compiled.binds.items()}
        return str(compiled), taken, [_coming_out(result) for result in self._results]


def _going_in(column_type: TypeEngine[Any]) -> _Conversion:
    """What makes the driver's value of one of ours."""
    return column_type.dialect_impl(_SQLITE).bind_processor(_SQLITE) or _as_it_is


def _coming_out(column_type: TypeEngine[Any]) -> _Conversion:
    """What makes our value of the driver's."""
    return column_type.dialect_impl(_SQLITE).result_processor(_SQLITE, None) or _as_it_is


def _taking(name: str, value: Any, is_given: bool, convert: _Conversion) -> _Conversion:
    """What takes a value from those that are given, or always has the one that stands in the statement."""
    if is_given:
        return lambda values: convert(values[name])
    constant = convert(value)
    return lambda _values: constant


def _as_it_is(value: Any) -> Any:
    """Most values need no conversion."""
    return value
