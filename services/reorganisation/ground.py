"""What a decision stands on: every unit as it is on the day of effect, read once in a handful of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from models.unit import Unit, UnitHead, UnitKind, UnitName, UnitParent
from queries.unit import called
from services.unit_change import later_changes


@dataclass(frozen=True, slots=True)
class Place:
    """One unit on the day of effect; name and head are those of the day, or of a closed unit its last name."""

    id: int
    code: str
    kind: UnitKind
    name: str
    district: str
    place: str
    is_demonstration: bool
    valid_from: date
    valid_to: date | None
    parent_id: int | None
    head: str
    head_position: str

    def is_open(self, day: date) -> bool:
        """Whether it is at work on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Ground:
    """All units by id and by code (whatever the case), and from when later changes are known."""

    def __init__(self, session: Session, day: date) -> None:
        """Read them. Four queries."""
        self.day = day
        rows = session.execute(
            select(Unit.id, Unit.code, Unit.kind, UnitName.name, Unit.district, Unit.place, Unit.is_demonstration,
                   Unit.valid_from, Unit.valid_to, UnitParent.parent_id, UnitHead.full_name, UnitHead.position)
            .select_from(Unit).outerjoin(UnitName, called(UnitName, Unit.id, day))
            .outerjoin(UnitParent, and_(UnitParent.unit_id == Unit.id, UnitParent.covering(day)))
            .outerjoin(UnitHead, and_(UnitHead.unit_id == Unit.id, UnitHead.covering(day)))
            .order_by(Unit.id))
        self.by_id = {
            row[0]: Place(row[0], row[1], UnitKind(row[2]), row[3] or row[1], *row[4:10], row[10] or "", row[11] or "")
            for row in rows}
        self.by_code = {place.code.casefold(): place for place in self.by_id.values()}
        self.later = later_changes(session, day)
        self.department = next(
            (place for place in self.by_id.values() if place.kind is UnitKind.DEPARTMENT), None)
        self.children: defaultdict[int, list[Place]] = defaultdict(list)
        for place in self.by_id.values():
            if place.parent_id is not None and place.is_open(day):
                self.children[place.parent_id].append(place)

    def find(self, code: str) -> Place | None:
        """The unit of a code, or None."""
        return self.by_code.get(code.casefold())
