"""Many rows in one statement, on either engine.

PostgreSQL takes columns as arrays: a thousand rows cost it one parse and one plan. SQLite reads keys out of one JSON
text, and is as quick to write with the driver's loop.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    LargeBinary,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import Select, TableValuedAlias
from sqlalchemy.types import TypeEngine

_NULL = "null"
_WRITTEN: dict[type[TypeEngine[Any]], Callable[[Any], str]] = {
    Integer: "{:d}".format, Date: date.isoformat, LargeBinary: lambda value: rf"\x{value.hex()}"}
"""How a value is written that PostgreSQL reads as its type."""
Row = dict[str, Any]


def pick_rows(session: Session, statement: Select[*tuple[Any, ...]], columns: Sequence[Any],
              keys: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The rows of a statement whose ``columns`` hold one of ``keys``: numbers, texts, days. Past the unit of work."""
    values: Iterable[ColumnElement[Any]]
    if _is_server(session):
        values = _unnested([column.type for column in columns], [column.key for column in columns], keys).c
    else:
        text = json.dumps(keys, default=date.isoformat)
        each = func.json_each(bindparam(None, text, Text)).table_valued("value", name="given").c.value
        values = [func.json_extract(each, f"$[{place}]") for place in range(len(columns))]
    joined = (column == value for column, value in zip(columns, values, strict=True))
    session.flush()
    return list(session.connection().execute(statement.where(*joined)))


def put_rows(session: Session, table: Table, rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert rows, or write over those that bear the same ``key``. Past the unit of work; does not commit."""
    if not rows:
        return
    names = list(rows[0])
    statement: Any
    if _is_server(session):
        statement = postgresql.insert(table).from_select(names, select(_unnested(
            [table.c[name].type for name in names], names, [tuple(row.values()) for row in rows])))
    else:
        statement = sqlite.insert(table)
    written = {name: statement.excluded[name] for name in names if name not in key}
    statement = statement.on_conflict_do_update(index_elements=key, set_=written)
    session.connection().execute(statement, None if _is_server(session) else list(rows))


def drop_rows(session: Session, table: Table, key: Sequence[str], keys: Sequence[tuple[Any, ...]]) -> None:
    """Delete the rows whose ``key`` columns hold one of ``keys``. Past the unit of work; does not commit."""
    if not keys:
        return
    if _is_server(session):
        gone = _unnested([table.c[name].type for name in key], key, keys)
        session.connection().execute(delete(table).where(*(table.c[name] == gone.c[name] for name in key)))
        return
    one = delete(table).where(*(table.c[name] == bindparam(f"_{name}") for name in key))
    session.connection().execute(one, [{f"_{name}": value for name, value in zip(key, values, strict=True)}
                                       for values in keys])


def _is_server(session: Session) -> bool:
    """Whether the rows go to PostgreSQL."""
    return session.get_bind().dialect.name == "postgresql"


def _unnested(types: Sequence[Any], names: Sequence[Any], rows: Sequence[tuple[Any, ...]]) -> TableValuedAlias:
    """Rows as a table of the statement, handed over as one array a column."""
    arrays = [_array(kind, values) for kind, values in zip(types, zip(*rows, strict=True), strict=True)]
    return func.unnest(*arrays).table_valued(*names, name="given").render_derived()


def _array(kind: TypeEngine[Any], values: Sequence[Any]) -> ColumnElement[Any]:
    """Values as an array: one text where no value holds a comma, for the driver writes arrays value by value."""
    write = next((write for base, write in _WRITTEN.items() if isinstance(kind, base)), None)
    if write is None:
        return bindparam(None, list(values), ARRAY(kind))
    text = ",".join(_NULL if value is None else write(value) for value in values)
    return cast(func.string_to_array(bindparam(None, text, Text), ",", _NULL), ARRAY(kind))
