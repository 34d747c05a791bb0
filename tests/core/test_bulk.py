"""Many rows at once are picked, written and dropped alike on either engine, and no others are touched."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.bulk import MOST, drop_rows, pick_rows, put_rows
from models.holiday import Holiday
from models.sheet import SurveyUncounted

TABLE = SurveyUncounted.metadata.tables["survey_uncounted"]
KEY = ("place_id", "sheet_id")
COLUMNS = [SurveyUncounted.place_id, SurveyUncounted.sheet_id]


def put(session: Session, keys: list[tuple[int, int]]) -> None:
    session.execute(TABLE.insert(), [{"place_id": place, "sheet_id": sheet} for place, sheet in keys])


def test_a_pair_is_found_by_both_its_parts(db_session: Session) -> None:
    put(db_session, [(1, 10), (1, 20), (2, 10)])
    found = pick_rows(db_session, select(*COLUMNS), COLUMNS, [(1, 10), (2, 20), (2, 10)])
    assert sorted(tuple(row) for row in found) == [(1, 10), (2, 10)]
    drop_rows(db_session, TABLE, KEY, [(1, 10), (2, 20)])
    assert sorted(tuple(row) for row in db_session.execute(select(*COLUMNS))) == [(1, 20), (2, 10)]


def test_more_pairs_than_one_statement_takes(db_session: Session) -> None:
    keys = [(number % 7, 2**61 + number) for number in range(MOST + 5)]
    put(db_session, keys)
    assert len(pick_rows(db_session, select(*COLUMNS), COLUMNS, keys)) == len(keys)
    drop_rows(db_session, TABLE, KEY, keys[1:])
    assert [tuple(row) for row in db_session.execute(select(*COLUMNS))] == [keys[0]]


def test_nothing_given_changes_nothing(db_session: Session) -> None:
    put(db_session, [(1, 10)])
    put_rows(db_session, TABLE, [], KEY)
    drop_rows(db_session, TABLE, KEY, [])
    assert len(db_session.execute(select(*COLUMNS)).all()) == 1


def test_rows_are_inserted_or_written_over_by_their_key(db_session: Session) -> None:
    days = {date(2023, 9, 1): "Quốc khánh", date(2023, 9, 2): "Quốc khánh, ngày hai"}
    table = Holiday.metadata.tables["holiday"]
    rows = [{"day": day, "name": name, "kind": "off", "source": ""} for day, name in days.items()]
    put_rows(db_session, table, rows, ["day"])
    rows[0]["name"] = "Nghỉ bù"
    put_rows(db_session, table, rows, ["day"])
    found = db_session.execute(select(Holiday.day, Holiday.name).where(Holiday.day.in_(days))).all()
    assert dict(found) == {**days, date(2023, 9, 1): "Nghỉ bù"}
