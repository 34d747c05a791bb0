"""The rules of emulation of a year, as rows of its book."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.emulation import EmulationRule
from models.programme_book import TABLES, plain

RULES = TABLES["emulation_rules"]


def list_rules(session: Session, programme_id: int) -> list[dict[str, Any]]:
    """The rules in their order. One query."""
    rows = session.scalars(select(EmulationRule).where(EmulationRule.programme_id == programme_id)
                           .order_by(EmulationRule.position, EmulationRule.id))
    return [{"code": row.code, **{field.name: plain(getattr(row, field.name)) for field in RULES.fields}}
            for row in rows]


__all__ = ["RULES", "list_rules"]
