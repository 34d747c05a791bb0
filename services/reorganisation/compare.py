"""The steps that lead from the portal's units to a file of units: a first draft that the Office corrects.

Units that the file lacks stay as they are, but for district offices: when the file has none any more, each is handed
over to the wards and communes of its district (from 1 July 2025, Resolution 1679/NQ-UBTVQH15), and the units below it
are shared out over these in the order of their codes, because files of units do not say which school lies where.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import cycle

from sqlalchemy.orm import Session

from core.table_file import TableFileError
from core.text import fold
from models.reorganisation import StepKind
from models.unit import UnitKind
from services.reorganisation.ground import Ground, Place
from services.reorganisation.step import Step
from services.unit_file import UnitRow, read_units

_AREA = re.compile(r"\(cũ\)|\b(thành phố|thị xã|huyện)\b", re.IGNORECASE)


def district_keys(district: str) -> frozenset[str]:
    """The districts that a cell names, to be compared: "(cũ) huyện Ba Chẽ; thành phố Hạ Long" names two."""
    return frozenset(fold(_AREA.sub("", part)).strip() for part in district.split(";")) - {""}


def steps_to_units(session: Session, data: bytes, day: date, followed_by: Mapping[str, str] | None = None) -> list[
        Step]:
    """The steps from the portal as it is on a day to a CSV file of units. Raises TableFileError for a faulty file."""
    rows, table = read_units(data)
    if table.faults:
        raise TableFileError(sorted(table.faults))
    return steps_between(Ground(session, day), rows, followed_by)


def steps_between(ground: Ground, rows: Sequence[UnitRow], followed_by: Mapping[str, str] | None = None) -> list[Step]:
    """The steps, numbered from 2 as in a file. ``followed_by``: old code → the new unit into which it is merged."""
    followed = dict(followed_by or {})
    steps = [*_founded(ground, rows), *_changed(ground, rows)]
    steps += [Step(0, StepKind.MERGE, old, new) for old, new in followed.items()]
    if not any(row.kind is UnitKind.DISTRICT_OFFICE for row in rows):
        for place in sorted(ground.by_id.values(), key=lambda place: place.code):
            if place.kind is UnitKind.DISTRICT_OFFICE and place.is_open(ground.day):
                steps += _handed_over(ground, place, rows)
    return [replace(step, row=number) for number, step in enumerate(steps, start=2)]


def _founded(ground: Ground, rows: Sequence[UnitRow]) -> list[Step]:
    """Units that the portal lacks."""
    return [
        Step(0, StepKind.FOUND, row.code, "", row.name, row.kind, row.parent_code, row.district, row.head, row.position)
        for row in rows if ground.find(row.code) is None]


def _changed(ground: Ground, rows: Sequence[UnitRow]) -> list[Step]:
    """Units whose name, parent or kind the file gives otherwise."""
    steps = []
    for row in rows:
        place = ground.find(row.code)
        if place is None or not place.is_open(ground.day):
            continue
        if row.name != place.name:
            steps.append(Step(0, StepKind.RENAME, place.code, name=row.name))
        parent = ground.by_id[place.parent_id].code if place.parent_id is not None else ""
        if row.parent_code and row.parent_code != parent:
            steps.append(Step(0, StepKind.MOVE, place.code, parent_code=row.parent_code))
        if row.kind is not place.kind:
            steps.append(Step(0, StepKind.CHANGE, place.code, unit_kind=row.kind))
    return steps


def _handed_over(ground: Ground, office: Place, rows: Sequence[UnitRow]) -> list[Step]:
    """A district office goes to the wards and communes of its district, and so do the units below it."""
    district = district_keys(office.district)
    heirs = sorted(row.code for row in rows if row.kind.is_intermediate and district & district_keys(row.district))
    if not heirs:
        return []
    only = len(heirs) == 1
    steps = [Step(0, StepKind.SPLIT, office.code, heir, takes_duties=True, takes_accounts=only) for heir in heirs]
    children = sorted(ground.children[office.id], key=lambda place: place.code)
    steps += [Step(0, StepKind.MOVE, child.code, parent_code=heir)
              for child, heir in zip(children, cycle(heirs), strict=False)]
    return steps
