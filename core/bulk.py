"""Many rows in one statement, on either engine.

PostgreSQL takes columns as arrays: a thousand rows cost it one parse and one plan. SQLite is as quick with a list of
tuples, and with the driver's loop.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Table, bindparam, delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import Select, TableValuedAlias

MOST = 1_000
"""Tuples in one statement on SQLite."""
Row = dict[str, Any]


def pick_rows(session: Session, statement: Select[*tuple[Any, ...]], columns: Sequence[Any],
              keys: Sequence[tuple[Any, ...]]) -> list[Any]:
    """The rows of a statement whose ``columns`` hold one of ``keys``."""
    if _is_server(session):
        table = _unnested([column.type for column in columns], [column.key for column in columns], keys)
        joined = (column == table.c[str(column.key)] for column in columns)
        return list(session.execute(statement.where(*joined)))
    parts = (keys[first:first + MOST] for first in range(0, len(keys), MOST))
    return [row for part in parts for row in session.execute(statement.where(tuple_(*columns).in_(part)))]


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
    columns = zip(types, zip(*rows, strict=True), strict=True)
    arrays = [bindparam(None, list(values), ARRAY(kind)) for kind, values in columns]
    return func.unnest(*arrays).table_valued(*names, name="given").render_derived()
