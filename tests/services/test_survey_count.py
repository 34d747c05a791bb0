"""Counting sheets: nothing is skipped, nothing counted twice, and counts equal their sheets."""

from random import Random
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from core.extensions import db
from models.programme import Programme
from models.sheet import SurveyCount, SurveySheet, SurveyTotal
from models.survey import SurveyChannel, SurveyPlace
from queries.survey.count import round_counts, sheet_counts
from services.survey_count import adjust, recount, roll_up
from tests.support.database import Databases
from tests.support.factories import make_department, make_unit
from tests.support.survey import default_book, make_place, make_round, make_sheet, random_choices


@pytest.fixture
def place(db_session: Session) -> SurveyPlace:
    return asked_place(db_session)


def asked_place(session: Session) -> SurveyPlace:
    """A school in a round."""
    programme = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="")
    session.add(programme)
    session.flush()
    return make_place(session, make_round(session, programme), make_unit(session, parent=make_department(session)))


def fill(session: Session, place: SurveyPlace, count: int, channel: SurveyChannel = SurveyChannel.LINK) -> None:
    random = Random(count)
    for number in range(count):
        sheet = make_sheet(session, place, channel=channel, details={"Q18": number} if number % 3 else None)
        sheet.choices = random_choices(random)
    session.flush()


def test_reading_is_the_same_before_between_and_after_rolling_up(db_session: Session, place: SurveyPlace) -> None:
    fill(db_session, place, 30)
    fill(db_session, place, 9, SurveyChannel.PAPER)
    before = round_counts(db_session, place.round_id, default_book())
    assert sheet_counts(db_session, [place.id]) == {place.id: {SurveyChannel.LINK: 30, SurveyChannel.PAPER: 9}}
    for batch in (17, 17, 17):
        roll_up(db_session, limit=batch)
        assert round_counts(db_session, place.round_id, default_book()) == before
    assert roll_up(db_session) == 0 and recount(db_session, check=True) == []


def test_excluding_a_counted_sheet_and_putting_it_back_keeps_counts_true(
        db_session: Session, place: SurveyPlace) -> None:
    fill(db_session, place, 12)
    roll_up(db_session)
    before = round_counts(db_session, place.round_id, default_book())
    db_session.expire_all()
    sheet = db_session.scalars(select(SurveySheet).limit(1)).one()
    sheet.excluded_reason = "Gửi liên tiếp"
    adjust(db_session, sheet, -1)
    db_session.flush()
    assert recount(db_session, check=True) == []
    assert db_session.scalar(select(func.sum(SurveyCount.excluded_count))) == 1
    sheet.excluded_reason = ""
    adjust(db_session, sheet, +1)
    db_session.flush()
    assert round_counts(db_session, place.round_id, default_book()) == before


def test_a_wrong_count_is_named_and_mended(db_session: Session, place: SurveyPlace) -> None:
    fill(db_session, place, 8)
    roll_up(db_session)
    db_session.execute(update(SurveyCount).values(sheet_count=7))
    wrong = recount(db_session, check=True)
    assert [(found.place_code, found.sheets, found.is_same_answers) for found in wrong] == [(place.code, (7, 8), True)]
    assert recount(db_session) == wrong and recount(db_session, check=True) == []
    db_session.execute(update(SurveyTotal).values(sheet_count=9))
    assert [(found.answered_on, found.sheets) for found in recount(db_session)] == [(None, (9, 8))]
    db_session.execute(delete(SurveyCount))
    assert [found.sheets for found in recount(db_session)] == [(0, 8)]
    assert recount(db_session, check=True) == []


@pytest.mark.postgresql
def test_two_who_count_at_once_skip_nothing_and_count_nothing_twice(databases: Databases) -> None:
    database = databases.on("postgresql")
    app = database.make_app(database.copy())
    with app.app_context():
        place = asked_place(db.session)
        place_id, round_id = place.id, place.round_id
        fill(db.session, place, 200)
        db.session.commit()
        late = db.sessionmaker()
        make_sheet(late, place)  # written, but committed only after the others were counted
        workers = [Thread(target=count_some, args=(app,)) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        late.commit()
        late.close()
        db.session.rollback()
        assert sheet_counts(db.session, [place_id])[place_id] == {SurveyChannel.LINK: 201}
        assert roll_up(db.session) == 1
        db.session.commit()
        assert recount(db.session, check=True) == []
        assert round_counts(db.session, round_id, default_book())[place.unit_id, SurveyChannel.LINK].sheets == 201
        db.session.close()


def count_some(app: Flask) -> None:
    """Count in small batches until nothing is left."""
    with app.app_context():
        while roll_up(db.session, limit=7):
            db.session.commit()
        db.session.close()
