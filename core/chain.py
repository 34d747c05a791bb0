"""A row that may be there already, and rows that are written only where it was not.

PostgreSQL takes all of them in one statement, which needs no transaction around it: one journey instead of five.
SQLite takes them one after the other under its lock; to it a statement is no journey.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Table, bindparam, select, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import CTE
from sqlalchemy.types import TypeEngine

from core.prepared import Prepared
from core.transaction import begin_writing


@dataclass(frozen=True, eq=False)
class Link:
    """A row of a chain: its table, what stands in its columns, and what is done where it is there already."""

    table: Table
    values: Mapping[str, ColumnElement[Any]]
    """By column; what is bound is given when the chain is run."""
    condition: ColumnElement[bool] = field(default_factory=true)
    """Nothing is written where this does not hold."""
    written_over: Mapping[str, Any] = field(default_factory=dict)
    """Columns to change of a row that bears the same key; none: it stays as it is."""


def given(*columns: Column[Any], **more: ColumnElement[Any]) -> dict[str, ColumnElement[Any]]:
    """Values that are given by the names of their columns when a chain is run, and ``more`` that are not."""
    return {column.key: bindparam(column.key, type_=column.type) for column in columns} | more


class Chain:
    """One row, and those that hang on it."""

    def __init__(self, first: Link, *others: Link) -> None:
        """Prepare the statements of both engines."""
        self._parts = [Prepared(_insert(sqlite.insert, first).returning(*_key(first)), *_types(first))]
        self._parts += [Prepared(_insert(sqlite.insert, link)) for link in others]
        written = _insert(postgresql.insert, first).returning(*_key(first)).cte("written")
        beside = [_insert(postgresql.insert, link, written).cte(f"beside_{number}")
                  for number, link in enumerate(others)]
        self._whole = Prepared(select(written).add_cte(*beside), *_types(first))

    def run(self, connection: Connection, values: Mapping[str, Any]) -> bool:
        """Write all rows, or none where the first one was there already or its condition does not hold.

        The caller commits; on PostgreSQL it is done already where no transaction had begun.
        """
        if connection.dialect.name == "postgresql":
            return self._whole.first(connection, values) is not None
        begin_writing(connection)
        first, *others = self._parts
        is_new = first.first(connection, values) is not None
        for other in others if is_new else ():
            other.first(connection, values)
        return is_new


def _key(link: Link) -> Sequence[ColumnElement[Any]]:
    """The columns of a row's key."""
    return list(link.table.primary_key.columns)


def _types(link: Link) -> list[TypeEngine[Any]]:
    """The types of that key."""
    return [column.type for column in link.table.primary_key.columns]


def _insert(insert: Any, link: Link, written: CTE | None = None) -> Any:
    """The statement of one row; with ``written`` it follows where that holds a row."""
    row = select(*link.values.values()).where(link.condition)  # SQLite wants a WHERE before ON CONFLICT
    if written is not None:
        row = row.select_from(written)
    statement = insert(link.table).from_select(list(link.values), row)
    if link.written_over:
        return statement.on_conflict_do_update(index_elements=_key(link), set_=dict(link.written_over))
    return statement.on_conflict_do_nothing()
