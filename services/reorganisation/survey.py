"""What becomes of the surveys that are under way at units that close: their addresses close, their heirs get one.

Sheets stay with the unit that collected them (product law 8). Does not commit.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models.event import Subject
from models.survey import SurveyPlace, SurveyRound
from services.reorganisation.outcome import Outcome
from services.reorganisation.pass_on import Trail
from services.survey import new_place_codes


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """The place of a closing unit in a round that is not over; ``heirs`` are codes of those that take part instead."""

    place_id: int
    round_id: int
    unit_id: int
    population: int | None
    heirs: tuple[str, ...]


def place_changes(session: Session, outcome: Outcome) -> list[PlaceChange]:
    """Places of units that close, in rounds that go on after the day of effect. One query."""
    gone = {ending.place.id: ending for code, ending in outcome.endings.items() if outcome.is_gone(code)}
    if not gone:
        return []
    rows = session.execute(
        select(SurveyPlace.id, SurveyPlace.round_id, SurveyPlace.unit_id, SurveyPlace.population)
        .join(SurveyRound, SurveyRound.id == SurveyPlace.round_id)
        .where(SurveyPlace.unit_id.in_(gone), SurveyPlace.withdrawn_at.is_(None), SurveyRound.closed_at.is_(None),
               SurveyRound.closes_on >= outcome.ground.day)
        .order_by(SurveyPlace.round_id, SurveyPlace.id))
    return [PlaceChange(place_id, round_id, unit_id, population, tuple(dict.fromkeys(gone[unit_id].duties_to)))
            for place_id, round_id, unit_id, population in rows]


def pass_places(session: Session, outcome: Outcome, changes: Sequence[PlaceChange], ids: Mapping[str, int],
                trail: Trail) -> None:
    """Close the places and let the heirs take part under addresses of their own. ``ids``: units by code."""
    if not changes:
        return
    session.execute(
        update(SurveyPlace).where(SurveyPlace.id.in_([change.place_id for change in changes]))
        .values(withdrawn_at=trail.now).execution_options(synchronize_session=False))
    for change in changes:
        names = ", ".join(outcome.name_of(code) for code in change.heirs)
        trail.add(Subject.PLACE, change.place_id, "withdraw", change.unit_id, {"to": names} if names else {})
    _add_heirs(session, changes, ids, trail)


def _add_heirs(session: Session, changes: Sequence[PlaceChange], ids: Mapping[str, int], trail: Trail) -> None:
    """Write the heirs' places, where they have none yet; the number of people follows where it is known for certain."""
    wanted: defaultdict[tuple[int, int], list[int | None]] = defaultdict(list)
    for change in changes:
        for code in change.heirs:
            wanted[change.round_id, ids[code]].append(change.population if len(change.heirs) == 1 else None)
    present = set(session.execute(
        select(SurveyPlace.round_id, SurveyPlace.unit_id)
        .where(SurveyPlace.round_id.in_({change.round_id for change in changes}))).all())
    added = {key: parts for key, parts in wanted.items() if key not in present}
    if not added:
        return
    codes = new_place_codes(session, len(added))
    session.execute(insert(SurveyPlace), [
        {"round_id": round_id, "unit_id": unit_id, "code": code, "population": _sum(parts)}
        for ((round_id, unit_id), parts), code in zip(added.items(), codes, strict=True)])
    for round_id in {round_id for round_id, _unit_id in added}:
        count = sum(key[0] == round_id for key in added)
        trail.add(Subject.ROUND, round_id, "add-places", None, {"count": count})


def _sum(parts: Sequence[int | None]) -> int | None:
    """All together, or None where one is not known."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


__all__ = ["PlaceChange", "pass_places", "place_changes"]
