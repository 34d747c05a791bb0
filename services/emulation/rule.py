"""Writing the rules of emulation: the default set with a new programme, and what the Office changes in them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from models.emulation import EmulationRule, RuleKind, RuleMethod
from models.emulation_rule import RuleProblem, check_rule, check_sums
from models.programme import Programme


def add_rules(session: Session, programme: Programme, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rules to a programme that has none. Raises KeyError or ValueError for rows that are not sound.

    Does not commit.
    """
    for position, row in enumerate(rows, start=1):
        problems = check_rule(row)
        if problems:
            raise ValueError(f"{row['code']}: {problems[0].message % dict(problems[0].values)}")
        session.add(EmulationRule(
            programme_id=programme.id, code=row["code"], position=position, label=row["label"],
            kind=RuleKind(row["kind"]), points=row["points"], method=RuleMethod(row["method"]),
            full_at=row.get("full_at", 100), bands=list(row.get("bands", [])), each=row.get("each", ""),
            each_overdue=row.get("each_overdue", ""), tie_order=row.get("tie_order", 0),
            reporter_kinds=list(row.get("reporter_kinds", []))))


def problems_of(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, RuleProblem]]:
    """Everything that is wrong with rules together, each with the code of its rule; empty when they may be used."""
    found = [(str(row["code"]), problem) for row in rows for problem in check_rule(row)]
    return found or check_sums(rows)


__all__ = ["add_rules", "problems_of"]
