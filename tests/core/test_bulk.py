"""Many rows at once are picked, written and dropped alike on either engine, and no others are touched."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.bulk import drop_rows, pick_rows, put_rows
from models.holiday import Holiday
from models.programme import Programme
from models.sheet import SurveyTotal, SurveyUncounted
from models.survey import SurveyChannel
from tests.support.factories import make_unit
from tests.support.survey import make_place, make_round

TABLE = SurveyUncounted.metadata.tables["survey_uncounted"]
KEY = ("place_id", "sheet_id")
MANY = 33_000
"""SQLite takes 32,766 parameters, PostgreSQL's protocol 65,535."""
COLUMNS = [SurveyUncounted.place_id, SurveyUncounted.sheet_id]


def put(session: Session, keys: list[tuple[int, int]]) -> None:
    session.execute(TABLE.insert(), [{"place_id": place, "sheet_id": sheet} for place, sheet in keys])


def test_a_pair_is_found_by_both_its_parts(db_session: Session) -> None:
    put(db_session, [(1, 10), (1, 20), (2, 10)])
    found = pick_rows(db_session, select(*COLUMNS), COLUMNS, [(1, 10), (2, 20), (2, 10)])
    assert sorted(tuple(row) for row in found) == [(1, 10), (2, 10)]
    drop_rows(db_session, TABLE, KEY, [(1, 10), (2, 20)])
    assert sorted(tuple(row) for row in db_session.execute(select(*COLUMNS))) == [(1, 20), (2, 10)]


def test_more_pairs_than_a_statement_has_parameters(db_session: Session) -> None:
    keys = [(number % 7, 2**61 + number) for number in range(MANY)]
    put(db_session, [*keys[::1000], (8, 1)])
    assert len(pick_rows(db_session, select(*COLUMNS), COLUMNS, keys)) == len(keys[::1000])
    drop_rows(db_session, TABLE, KEY, [*keys[1:], (8, 1)])
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


def test_bytes_of_any_kind_and_none_come_back_as_they_were(db_session: Session) -> None:
    table = SurveyTotal.metadata.tables["survey_total"]
    programme = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="")
    db_session.add(programme)
    db_session.flush()
    place = make_place(db_session, make_round(db_session, programme), make_unit(db_session))
    for counts in (b"", b",null\\x00\x00", bytes(range(256))):
        row = {"place_id": place.id, "channel": SurveyChannel.LINK, "sheet_count": 2**31 - 1, "excluded_count": 0,
               "counts": counts}
        put_rows(db_session, table, [row], ["place_id", "channel"])
        assert db_session.execute(select(table)).one() == (*row.values(),)
