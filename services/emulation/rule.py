"""Writing the rules of emulation: the default set with a new programme, and what the Office changes in them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.emulation import EmulationRule, RuleKind, RuleMethod
from models.emulation_rule import RuleProblem, check_rule, check_sums
from models.event import Subject
from models.permission import Viewer
from models.programme import Programme
from models.programme_change import RowDifference
from queries.emulation.rule import list_rules
from services.programme_book import change_programme, read_book
from services.programme_file import read_rules
from services.trail import record


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


def change_rules(session: Session, programme: Programme, rows: Sequence[Mapping[str, Any]], *, viewer: Viewer,
                 now: datetime) -> list[RowDifference]:
    """Make the rules of a year these; what changed. Points that were published stay as they are. Does not commit.

    Raises UnsoundBookError or ProgrammeBookError; the caller has looked at ``problems_of`` the rows.
    """
    book = {**read_book(session, programme), "emulation_rules": [dict(row) for row in rows]}
    changes = change_programme(session, programme, book, viewer=viewer, now=now)
    if changes:
        record(session, at=now, viewer=viewer, subject=Subject.EMULATION, subject_id=programme.id,
               action="change_rules", unit_id=viewer.acts_for_id,
               detail={"rules": [change.name or change.key for change in changes]})
    return changes


def adopt_default_rules(session: Session, programme: Programme, *, viewer: Viewer, now: datetime) -> bool:
    """Give a year without rules the portal's own; False when it has some. Does not commit."""
    if list_rules(session, programme.id):
        return False
    add_rules(session, programme, read_rules())
    record(session, at=now, viewer=viewer, subject=Subject.EMULATION, subject_id=programme.id, action="adopt_rules",
           unit_id=viewer.acts_for_id)
    return True


__all__ = ["add_rules", "adopt_default_rules", "change_rules", "problems_of"]
