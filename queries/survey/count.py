"""What the sheets of a survey came to, exact at any time: what is rolled up and what is not yet, in one statement.

One statement sees one state of the database on either engine, so a sheet that is being rolled up meanwhile is
counted once: as a sheet or within a count, never as both. Reading writes nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from models.codebook import Codebook
from models.sheet import SurveySheet, SurveyTotal, SurveyUncounted
from models.survey import SurveyChannel, SurveyPlace, SurveyRound, SurveyTally
from models.unit import Unit

FEW = 30
"""Fewer sheets than this are counted faster one by one."""
PlaceIds = Sequence[int] | Select[int]
_CHANNELS = {channel.value: channel for channel in SurveyChannel}


@dataclass(slots=True)
class Count:
    """Sheets that count, sheets that the Office excluded, and the packed counts of those that count."""

    sheets: int = 0
    excluded: int = 0
    counts: int = 0


def is_excluded() -> ColumnElement[bool]:
    """Whether a sheet does not count because the Office excluded it."""
    return SurveySheet.excluded_reason != ""


def sheet_counts(session: Session, place_ids: PlaceIds) -> dict[int, dict[SurveyChannel, int]]:
    """Sheets that count by place and channel; a place without any has no entry. One query."""
    within = place_ids if isinstance(place_ids, Select) else list(place_ids)
    found = union_all(
        select(SurveyTotal.place_id, SurveyTotal.channel, SurveyTotal.sheet_count.label("sheets"))
        .where(SurveyTotal.place_id.in_(within)),
        select(SurveyUncounted.place_id, SurveySheet.channel, case((is_excluded(), 0), else_=1))
        .join(SurveySheet, SurveySheet.id == SurveyUncounted.sheet_id)
        .where(SurveyUncounted.place_id.in_(within))).subquery()
    rows = session.execute(
        select(found.c.place_id, found.c.channel, func.sum(found.c.sheets))
        .group_by(found.c.place_id, found.c.channel).order_by(found.c.place_id))
    sheets: defaultdict[int, dict[SurveyChannel, int]] = defaultdict(dict)
    for place_id, channel, count in rows:
        if count:
            sheets[place_id][SurveyChannel(channel)] = int(count)
    return dict(sheets)


def round_counts(session: Session, round_id: int, book: Codebook) -> dict[tuple[int, SurveyChannel], Count]:
    """What came of a round, by unit and channel, withdrawn places too. One query."""
    return _sum(session, book, [SurveyPlace.round_id == round_id])


def _sum(session: Session, book: Codebook,
         conditions: Sequence[ColumnElement[bool]]) -> dict[tuple[int, SurveyChannel], Count]:
    """Counts and sheets of the places that meet the conditions, added up by unit and channel."""
    found: defaultdict[tuple[int, str], Count] = defaultdict(Count)
    loose: defaultdict[tuple[int, str], list[tuple[bytes, Mapping[str, object] | None]]] = defaultdict(list)
    for unit_id, channel, sheets, excluded, stored, is_sheet, details in session.execute(count_rows(conditions)):
        count = found[unit_id, channel]
        count.sheets += sheets
        count.excluded += excluded
        if not is_sheet:
            count.counts += int.from_bytes(stored, "little")
        elif sheets:
            loose[unit_id, channel].append((stored, details))
    for key, answered in loose.items():
        found[key].counts += add_up(book, answered)
    return {(unit_id, _CHANNELS[channel]): count for (unit_id, channel), count in found.items()}


def add_up(book: Codebook, answered: Iterable[tuple[bytes, Mapping[str, object] | None]]) -> int:
    """Many sheets, as choices and details, as counts. A few are counted sheet by sheet, many cell by cell."""
    sheets = list(answered)
    if len(sheets) < FEW:
        return sum(book.count(choices, details) for choices, details in sheets)
    return book.tally(choices for choices, _ in sheets) + sum(
        book.sums(details) for _, details in sheets if details)


def count_rows(conditions: Sequence[ColumnElement[bool]]) -> CompoundSelect[Any]:
    """The one statement: rows of counts, and sheets that are in none of them yet.

    Columns: unit, channel (its plain text), sheets, excluded, counts or choices, whether it is a sheet, details of
    a sheet. Conditions are on ``SurveyPlace``.
    """
    excluded = case((is_excluded(), 1), else_=0)
    nothing = cast(null(), JSON(none_as_null=True))
    counted = select(SurveyPlace.unit_id, cast(SurveyTotal.channel, String), SurveyTotal.sheet_count,
                     SurveyTotal.excluded_count, SurveyTotal.counts, literal(0), nothing)
    loose = uncounted(select(SurveyPlace.unit_id, cast(SurveySheet.channel, String), 1 - excluded, excluded,
                             SurveySheet.choices, literal(1), SurveySheet.details))
    counted = counted.join(SurveyPlace, SurveyPlace.id == SurveyTotal.place_id)
    return union_all(counted.where(*conditions), loose.where(*conditions))


def uncounted(statement: Select[Any]) -> Select[Any]:
    """A statement on ``SurveySheet`` and ``SurveyPlace``, held to the sheets that no count holds yet.

    It begins at the few, whatever the database thinks of the many.
    """
    return statement.join_from(SurveyUncounted, SurveyPlace, SurveyPlace.id == SurveyUncounted.place_id).join(
        SurveySheet, SurveySheet.id == SurveyUncounted.sheet_id)


@dataclass(frozen=True, slots=True)
class CountedPlace:
    """A place with its sheets by channel, tallies of its unit in its round included."""

    code: str
    unit: str
    """The unit's code."""
    round: str
    """The round's code."""
    sheets: Mapping[SurveyChannel, int]


def place_lines(session: Session) -> list[CountedPlace]:
    """Every place, by round and unit. Three queries."""
    rows = session.execute(
        select(SurveyPlace.id, SurveyPlace.code, Unit.code, SurveyRound.code, SurveyPlace.unit_id, SurveyRound.id)
        .join(Unit, Unit.id == SurveyPlace.unit_id).join(SurveyRound, SurveyRound.id == SurveyPlace.round_id)
        .order_by(SurveyRound.code, Unit.code)).all()
    sheets = sheet_counts(session, select(SurveyPlace.id))
    tallies = {(round_id, unit_id): int(count) for round_id, unit_id, count in session.execute(
        select(SurveyTally.round_id, SurveyTally.unit_id, func.sum(SurveyTally.sheet_count))
        .where(SurveyTally.round_id.is_not(None), SurveyTally.removed_at.is_(None))
        .group_by(SurveyTally.round_id, SurveyTally.unit_id))}
    lines = []
    for id_, code, unit, round_code, unit_id, round_id in rows:
        found = dict(sheets.get(id_, {}))
        if (round_id, unit_id) in tallies:
            found[SurveyChannel.TALLY] = tallies[round_id, unit_id]
        lines.append(CountedPlace(code, unit, round_code, found))
    return lines


__all__ = ["FEW", "Count", "CountedPlace", "PlaceIds", "add_up", "count_rows", "is_excluded", "place_lines",
           "round_counts", "sheet_counts", "uncounted"]
