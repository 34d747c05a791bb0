"""What documents print of inspections: findings as rows, counts by place; frozen with the document."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class FindingRow:
    """One finding in a table. Texts are Vietnamese."""

    unit: str
    source: str
    """The inspection that found it, as "Kiểm tra …, ngày 12/04/2023"."""
    what: str
    severity: str
    raised_on: date
    due_on: date
    answer: str
    """The unit's last answer, or "Chưa trả lời"."""
    state: str
    """As "Quá hạn 3 ngày"."""
    is_open: bool
    """Neither mended nor closed."""


@dataclass(frozen=True)
class FindingTally:
    """Units and findings of one place; the five states add up to ``findings``."""

    label: str
    visited: int
    """Units that were visited in the period."""
    with_findings: int
    findings: int
    mended: int
    closed: int
    answered: int
    """Waiting for the inspectors."""
    open: int
    """Still in time."""
    overdue: int


@dataclass(frozen=True)
class InspectionAnnex:
    """What a consolidated report tells of inspections, as they stood on ``as_of``."""

    as_of: date
    inspections: int
    owed: int
    """How many units there are."""
    tallies: tuple[FindingTally, ...]
    """By district and kind of unit; they add up to ``total``."""
    total: FindingTally
    findings: tuple[FindingRow, ...]
    """Those that are neither mended nor closed, the overdue first."""
