"""Watch what is said to the database: count statements, name the ones that write."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event

from core.prepared import Prepared

WRITE = re.compile(r"\s*(?:WITH\b.*?\)\s*)?(INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|TRUNCATE)\b", re.I | re.S)
BOOKKEEPING = re.compile(r"\s*(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA)\b", re.I)


class Statements:
    """The statements sent while watching, without the bookkeeping of transactions."""

    def __init__(self) -> None:
        """Start with none."""
        self.sent: list[str] = []

    @property
    def writing(self) -> list[str]:
        """Those that change something."""
        return [statement for statement in self.sent if WRITE.match(statement)]

    def __len__(self) -> int:
        """How many were sent."""
        return len(self.sent)

    def __str__(self) -> str:
        """Each on a numbered line, shortened."""
        lines = (" ".join(statement.split())[:200] for statement in self.sent)
        return "\n".join(f"{number:3} {line}" for number, line in enumerate(lines, 1))


@contextmanager
def watched(engine: Engine) -> Iterator[Statements]:
    """Collect what ``engine`` is told inside the block."""
    statements = Statements()

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not BOOKKEEPING.match(statement):
            statements.sent.append(statement)

    def hear_prepared(prepared: Prepared, connection: Connection, values: Mapping[str, Any]) -> Sequence[Any] | None:
        """The driver runs these without telling SQLAlchemy."""
        hear(connection, None, prepared.told_by(connection).words)
        return first(prepared, connection, values)

    first = Prepared.first
    event.listen(engine, "before_cursor_execute", hear)
    Prepared.first = hear_prepared  # type: ignore[method-assign, assignment]
    try:
        yield statements
    finally:
        Prepared.first = first  # type: ignore[method-assign]
        event.remove(engine, "before_cursor_execute", hear)
