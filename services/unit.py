"""Loading units from a file: everything or nothing, and the same file twice changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from core.table_file import Fault, TableFileError
from models.permission import Viewer
from services.table_comparison import Comparison, compare
from services.unit_file import UnitRow, read_units
from services.unit_load import Setting, UnitComparison


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a file of units did. With faults, nothing was written."""

    faults: tuple[Fault, ...] = ()
    created: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def is_good(self) -> bool:
        """Whether the file could be loaded."""
        return not self.faults


def load_units(session: Session, source: bytes | Sequence[UnitRow], *, on: date, now: datetime,
               from_day: date | None = None, viewer: Viewer | None = None, needs_decision: bool = False,
               is_demonstration: bool = False) -> LoadResult:
    """Load units from a file's bytes (XLSX or CSV) or from rows; all or nothing. Does not commit.

    ``on`` is the day on which known units are compared. A changed name, parent or head needs ``from_day``,
    from which it holds; new units begin then, too, or on FIRST_DAY without it. With ``needs_decision`` name, kind and
    parent of known units are left to the reorganisation. Units that the file lacks stay as they are.
    """
    faults: list[Fault] = []
    heads: dict[str, str] = {}
    if isinstance(source, bytes):
        try:
            units, table = read_units(source)
        except TableFileError as error:
            return LoadResult(faults=error.faults)
        faults, heads = table.faults, table.heads
    else:
        units = list(source)
    setting = Setting(from_day or on, now, from_day, viewer, needs_decision, is_demonstration)
    load = UnitComparison(session, units, heads, setting)
    faults = sorted([*faults, *load.check()])
    return LoadResult((), *load.write()) if not faults else LoadResult(faults=tuple(faults))


def preview_units(session: Session, data: bytes, *, from_day: date, now: datetime) -> Comparison:
    """What a file would do from a day on without any decision, row by row, and all its faults. Writes nothing."""
    try:
        units, table = read_units(data)
    except TableFileError as error:
        return Comparison(faults=error.faults)
    load = UnitComparison(session, units, table.heads, Setting(from_day, now, from_day, needs_decision=True))
    faults = sorted([*table.faults, *load.check()])
    return compare(table, {unit.number: load.preview(unit) for unit in units}, faults, "code", "name")


__all__ = ["LoadResult", "load_units", "preview_units"]
