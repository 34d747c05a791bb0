"""Counting sheets: rolling them up in the background, mending counts after an exclusion, proving counts by recounting.

A sheet stands in ``survey_uncounted`` until a count holds it, so nothing depends on the order in which sheets were
numbered or committed: one that is committed late is simply rolled up later.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, exists, func, insert, null, select, update
from sqlalchemy.orm import Session

from core.bulk import drop_rows, pick_rows, put_rows
from models.base import Model
from models.codebook import Codebook
from models.question import Body
from models.questionnaire import Questionnaire
from models.sheet import SurveyCount, SurveySheet, SurveyTotal, SurveyUncounted
from models.survey import SurveyChannel, SurveyPlace, SurveyRound
from queries.survey.count import Count, add_up

BATCH = 5_000
"""Sheets in one transaction: a second of work at the most, so that nobody waits long for SQLite's lock."""
PLACES = 40
"""Places whose sheets are recounted together, so that a recount needs little memory."""
_LOCK = 0x5355525645595F43
"""Names PostgreSQL's lock of the counts: one transaction at a time writes them, until it commits."""
Key = tuple[int, SurveyChannel, date | None]
"""Place, channel and day; no day stands for all days."""
Table = type[SurveyCount] | type[SurveyTotal]
_ON_DAYS, _OVERALL = ("place_id", "channel", "answered_on"), ("place_id", "channel")
Row = tuple[int, int, SurveyChannel, date, bytes, dict[str, object] | None, str]
_SHEETS = select(SurveySheet.id, SurveySheet.place_id, SurveySheet.channel, SurveySheet.answered_on,
                 SurveySheet.choices, SurveySheet.details, SurveySheet.excluded_reason)


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that does not equal its sheets; each pair is (counted, recounted)."""

    place_code: str
    channel: SurveyChannel
    answered_on: date | None
    """None for the total of all days."""
    sheets: tuple[int, int]
    excluded: tuple[int, int]
    is_same_answers: bool


def roll_up(session: Session, limit: int = BATCH) -> int:
    """Count at most ``limit`` sheets that are in no count yet; how many it were. Does not commit.

    Who counts and who excludes take turns, so no sheet needs a lock of its own (on PostgreSQL that would write a
    thousand pages). On SQLite the session must hold the lock for writing (execution option ``writes``) from its
    beginning.
    """
    _lock(session)
    marks = session.execute(select(SurveyUncounted.place_id, SurveyUncounted.sheet_id).limit(limit)).all()
    if not marks:
        return 0
    rows: list[Row] = pick_rows(session, _SHEETS, [SurveySheet.id], [(sheet_id,) for _place, sheet_id in marks])
    books = _books(session, {row[1] for row in rows})
    _add(session, _group(rows, books), books)
    _unmark(session, marks)
    return len(rows)


def adjust(session: Session, sheet: SurveySheet, sign: int) -> None:
    """Take a sheet that is already in a count out of those that count (-1), or put it back (+1). Does not commit.

    To be called beside setting or clearing ``excluded_reason``, on a sheet that is locked. One that no count holds
    yet needs nothing.
    """
    _lock(session)
    if _is_uncounted(session, sheet):
        return
    books = _books(session, {sheet.place_id})
    one = add_up(books[sheet.place_id], [(bytes(sheet.choices), sheet.details)])
    _add(session, {(sheet.place_id, sheet.channel, sheet.answered_on): Count(sign, -sign, sign * one)}, books)


def forget_excluded(session: Session, sheet: SurveySheet) -> None:
    """Take a sheet, which is excluded, out of its counts for good, before it is deleted. Does not commit."""
    _lock(session)
    if _is_uncounted(session, sheet):
        _unmark(session, [(sheet.place_id, sheet.id)])
        return
    for table in (SurveyCount, SurveyTotal):
        of_day = [SurveyCount.answered_on == sheet.answered_on] if table is SurveyCount else []
        session.execute(
            update(table).where(table.place_id == sheet.place_id, table.channel == sheet.channel, *of_day)
            .values(excluded_count=table.excluded_count - 1).execution_options(synchronize_session=False))


def _is_uncounted(session: Session, sheet: SurveySheet) -> bool:
    """Whether no count holds a sheet yet."""
    return session.get(SurveyUncounted, (sheet.place_id, sheet.id), populate_existing=True) is not None


def _unmark(session: Session, sheets: Sequence[tuple[int, int]]) -> None:
    """Note that counts hold these sheets (place and key), or that they are gone."""
    drop_rows(session, Model.metadata.tables[SurveyUncounted.__tablename__], ("place_id", "sheet_id"), sheets)


def recount(session: Session, *, check: bool = False) -> list[Difference]:
    """Count all sheets that counts hold anew; what differed from the counts. Does not commit.

    With ``check`` nothing is changed; else the counts that differ are written anew.
    """
    if not check:
        _lock(session)
    codes = dict(session.execute(select(SurveyPlace.id, SurveyPlace.code).order_by(SurveyPlace.id)).all())
    differences = []
    for first in range(0, len(codes), PLACES):
        part = list(codes)[first:first + PLACES]
        stored = _stored(session, part)
        books = _books(session, set(part))
        fresh = _recounted(session, part, books)
        fresh |= _totals(fresh)
        wrong = [key for key in fresh.keys() | stored.keys() if fresh.get(key, Count()) != stored.get(key, Count())]
        wrong.sort(key=lambda key: (key[0], key[1].value, key[2] or date.max))
        differences += [_compare(codes, key, stored.get(key, Count()), fresh.get(key, Count())) for key in wrong]
        if not check:
            _replace(session, wrong, fresh, books)
    return differences


def _stored(session: Session, place_ids: list[int]) -> dict[Key, Count]:
    """What the counts of some places say."""
    rows: list[Any] = [tuple(row) for table, day in ((SurveyCount, SurveyCount.answered_on), (SurveyTotal, null()))
            for row in session.execute(
                select(table.place_id, table.channel, day, table.sheet_count, table.excluded_count, table.counts)
                .where(table.place_id.in_(place_ids)))]
    return {(place_id, channel, day): Count(sheets, excluded, _counts(counts, day))
            for place_id, channel, day, sheets, excluded, counts in rows}


def _recounted(session: Session, place_ids: list[int], books: dict[int, Codebook]) -> dict[Key, Count]:
    """The same from the sheets."""
    fresh: defaultdict[Key, Count] = defaultdict(Count)
    is_uncounted = exists().where(
        SurveyUncounted.place_id == SurveySheet.place_id, SurveyUncounted.sheet_id == SurveySheet.id)
    rows = session.execute(_SHEETS.where(SurveySheet.place_id.in_(place_ids), ~is_uncounted)
                           .execution_options(yield_per=20_000))
    for part in rows.partitions():
        for key, found in _group([tuple(row) for row in part], books).items():
            _join(fresh[key], found)
    return fresh


def _replace(session: Session, wrong: list[Key], fresh: dict[Key, Count], books: dict[int, Codebook]) -> None:
    """Write counts that were wrong anew."""
    for table, is_total in ((SurveyCount, False), (SurveyTotal, True)):
        keys = [key for key in wrong if (key[2] is None) is is_total]
        for place_id, channel, day in keys:
            of_day = [SurveyCount.answered_on == day] if not is_total else []
            session.execute(delete(table).where(table.place_id == place_id, table.channel == channel, *of_day))
        right = [_values(key, fresh[key], books[key[0]]) for key in keys if key in fresh]
        if right:
            session.execute(insert(table), right)


def _compare(codes: dict[int, str], key: Key, old: Count, new: Count) -> Difference:
    """One difference in plain values."""
    return Difference(codes[key[0]], key[1], key[2], (old.sheets, new.sheets), (old.excluded, new.excluded),
                      old.counts == new.counts)


def _books(session: Session, place_ids: set[int]) -> dict[int, Codebook]:
    """The codebooks of places' questionnaires; places of one version share one."""
    within = select(SurveyPlace.id, SurveyRound.questionnaire_id).join(
        SurveyRound, SurveyRound.id == SurveyPlace.round_id)
    versions = dict(session.execute(within.where(SurveyPlace.id.in_(place_ids))).all())
    bodies: dict[int, dict[str, Any]] = dict(session.execute(
        select(Questionnaire.id, Questionnaire.body).where(Questionnaire.id.in_(set(versions.values())))).all())
    books = {id_: Codebook(Body.load(body)) for id_, body in bodies.items()}
    return {place_id: books[version] for place_id, version in versions.items()}


def _group(rows: Iterable[Row], books: dict[int, Codebook]) -> dict[Key, Count]:
    """Sheets as counts by place, channel and day."""
    found: defaultdict[Key, Count] = defaultdict(Count)
    answered: defaultdict[Key, list[tuple[bytes, dict[str, object] | None]]] = defaultdict(list)
    for _id, place_id, channel, day, choices, details, excluded_reason in rows:
        key: Key = (place_id, channel, day)
        if excluded_reason:
            found[key].excluded += 1
        else:
            found[key].sheets += 1
            answered[key].append((choices, details))
    for at, sheets in answered.items():
        found[at].counts = add_up(books[at[0]], sheets)
    return found


def _join(into: Count, more: Count) -> None:
    """Add one count to another."""
    into.sheets += more.sheets
    into.excluded += more.excluded
    into.counts += more.counts


def _lock(session: Session) -> None:
    """Be the only one who writes counts until the transaction ends; SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _add(session: Session, more: dict[Key, Count], books: dict[int, Codebook]) -> None:
    """Add to the stored counts of days and to the totals, and make those that are not there yet."""
    totals = _totals(more)
    _write(session, SurveyCount, _ON_DAYS, more, books)
    _write(session, SurveyTotal, _OVERALL, totals, books)


def _totals(days: Mapping[Key, Count]) -> dict[Key, Count]:
    """Counts of days added up by place and channel."""
    found: defaultdict[Key, Count] = defaultdict(Count)
    for (place_id, channel, _day), count in days.items():
        _join(found[place_id, channel, None], count)
    return found


def _write(session: Session, table: Table, names: tuple[str, ...], more: Mapping[Key, Count],
           books: dict[int, Codebook]) -> None:
    """Add counts to the rows of a table; ``names`` are the columns of its key."""
    columns = [getattr(table, name) for name in names]
    statement = select(*columns, table.sheet_count, table.excluded_count, table.counts)
    wanted = sorted(key[:len(names)] for key in more)
    for *key, sheets, excluded, counts in pick_rows(session, statement, columns, wanted):
        day = key[2] if len(key) > 2 else None
        _join(more[key[0], key[1], day], Count(sheets, excluded, _counts(counts, day)))
    put_rows(session, Model.metadata.tables[table.__tablename__],
             [_values(key, found, books[key[0]]) for key, found in more.items()], names)


def _values(key: Key, found: Count, book: Codebook) -> dict[str, object]:
    """A row of counts."""
    day = {} if key[2] is None else {"answered_on": key[2]}
    return {"place_id": key[0], "channel": key[1], **day, "sheet_count": found.sheets,
            "excluded_count": found.excluded,
            "counts": book.squeeze(found.counts) if day else book.pack(found.counts)}


def _counts(stored: bytes, day: date | None) -> int:
    """Stored counts; those of a day are squeezed."""
    return Codebook.unpack(stored) if day is None else Codebook.unsqueeze(stored)


__all__ = ["BATCH", "Difference", "adjust", "forget_excluded", "recount", "roll_up"]
