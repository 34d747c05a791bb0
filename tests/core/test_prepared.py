"""A prepared statement gives and takes what SQLAlchemy would, on either engine."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import NullPool, bindparam, create_engine, insert, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from core.prepared import Prepared
from models.programme import Programme
from models.sheet import SurveyPaceKey, SurveySheet
from models.survey import SurveyPlace, SurveyRound
from tests.support.factories import make_unit
from tests.support.survey import make_place, make_round

KEYS = SurveyPaceKey.metadata.tables[SurveyPaceKey.__tablename__]
DAY = date(2023, 5, 25)
ADD = Prepared(insert(KEYS).values(seen_on=bindparam("day", type_=KEYS.c.seen_on.type),
                                   key=bindparam("key", type_=KEYS.c.key.type)).returning(KEYS.c.seen_on),
               KEYS.c.seen_on.type)
COLUMNS = (SurveyRound.opens_on, SurveyRound.closed_at, SurveyRound.audience, SurveyPlace.code)
PLACE = select(*COLUMNS).join(SurveyPlace, SurveyPlace.round_id == SurveyRound.id).where(
    SurveyPlace.code == bindparam("code")).limit(1)


def test_values_and_rows_are_converted_by_their_types(db_session: Session) -> None:
    programme = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="")
    db_session.add(programme)
    db_session.flush()
    asked = make_round(db_session, programme)
    asked.closed_at = datetime(2023, 5, 25, 7, 30, tzinfo=UTC)
    make_place(db_session, asked, make_unit(db_session), code="ahead")
    db_session.flush()
    prepared = Prepared(PLACE, *(column.type for column in PLACE.selected_columns))
    values = {"code": "ahead"}
    row = prepared.first(db_session.connection(), values)
    assert row is not None
    assert list(row) == [asked.opens_on, asked.closed_at, asked.audience, "ahead"]
    assert list(row) == list(db_session.execute(PLACE, values).one())
    assert prepared.first(db_session.connection(), {"code": "nobody's"}) is None


def test_what_is_refused_is_told_as_ever(db_session: Session) -> None:
    values = {"day": DAY, "key": b"one"}
    assert list(ADD.first(db_session.connection(), values) or ()) == [DAY]
    with pytest.raises(IntegrityError) as told, db_session.begin_nested():
        ADD.first(db_session.connection(), values)
    assert "one" not in str(told.value)


def test_a_value_that_is_missing_is_told(db_session: Session) -> None:
    with pytest.raises((KeyError, StatementError)):
        ADD.first(db_session.connection(), {"day": DAY})


def test_what_was_written_is_kept_by_the_commit_of_its_connection(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/keys.sqlite", poolclass=NullPool)
    KEYS.create(engine)
    for day, is_kept in ((DAY, True), (date(2023, 5, 26), False)):
        with engine.connect() as connection:
            ADD.first(connection, {"day": day, "key": b"kept"})
            if is_kept:
                connection.commit()
    with engine.connect() as connection:
        assert list(connection.scalars(select(KEYS.c.seen_on))) == [DAY]


def test_every_column_of_a_sheet_has_a_conversion_that_is_known(db_session: Session) -> None:
    table = SurveySheet.metadata.tables[SurveySheet.__tablename__]
    prepared = Prepared(select(table).limit(1), *(column.type for column in table.columns))
    assert prepared.first(db_session.connection(), {}) is None
