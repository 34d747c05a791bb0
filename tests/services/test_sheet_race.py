"""Sheets that arrive at the very same moment: each is stored once, counted once, and a code is good for one."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.extensions import db
from core.transaction import LATER
from models.programme import Programme
from models.sheet import SurveyPace, SurveyPaceKey, SurveySheet, SurveyUncounted
from models.survey import SurveyAudience, SurveyChannel
from services.sheet import Arrival, Outcome, issue_ticket, make_codes, read_ticket, take_sheet
from tests.support.database import Database, release
from tests.support.factories import make_unit
from tests.support.survey import default_book, make_place, make_round

DAY = date(2023, 5, 25)
CHOICES = bytes(len(default_book().cells))
TABLES = (SurveySheet, SurveyUncounted, SurveyPace, SurveyPaceKey)


@pytest.fixture
def portal(database: Database) -> Iterator[Flask]:
    """A portal of its own, so that everybody has a connection of his own."""
    made = database.make_app(database.copy())
    yield made
    release(made)


def prepare(audience: SurveyAudience) -> tuple[int, str]:
    """A place that takes answers, and a code for it."""
    programme = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="")
    db.session.add(programme)
    db.session.flush()
    place = make_place(db.session, make_round(db.session, programme, audience=audience), make_unit(db.session))
    code, = make_codes(db.session, place, 1, 1)
    db.session.commit()
    return place.id, code


def at_once(arrivals: list[Arrival]) -> list[Outcome]:
    """What becomes of sheets that are sent together, each over a connection of its own, as the public page does it."""
    engine, start = db.engine, Barrier(len(arrivals))

    def send(arrival: Arrival) -> Outcome:
        with Session(engine) as session:
            session.connection(execution_options={"writes": LATER})
            start.wait(timeout=10)
            outcome = take_sheet(session, arrival, None)  # nobody has a key of the day yet
            end: Callable[[], None] = session.commit if outcome is Outcome.STORED else session.rollback
            end()
            return outcome

    with ThreadPoolExecutor(len(arrivals)) as pool:
        return sorted(pool.map(send, arrivals), key=lambda outcome: outcome.value)


def arrival(ticket: str, code: str = "") -> Arrival:
    read = read_ticket(ticket)
    assert read is not None
    return Arrival(read, CHOICES, None, DAY, 1000, 1, "203.0.113.9", code)


def counted() -> list[int]:
    """Sheets, sheets to be counted, sources and keys, as they stand now."""
    db.session.rollback()
    return [db.session.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]


def test_one_page_sent_four_times_at_once_makes_one_sheet_and_counts_once(portal: Flask) -> None:
    with portal.app_context():
        place_id, _code = prepare(SurveyAudience.PEOPLE)
        ticket = issue_ticket(place_id, SurveyChannel.LINK, 0)
        assert at_once([arrival(ticket)] * 4) == [Outcome.KNOWN] * 3 + [Outcome.STORED]
        assert counted() == [1, 1, 1, 1]
        assert at_once([arrival(issue_ticket(place_id, SurveyChannel.LINK, 0)) for _ in range(4)]) == (
            [Outcome.STORED] * 4)
        assert counted() == [5, 5, 1, 1]
        assert db.session.scalar(select(SurveyPace.sheet_count)) == 5


def test_two_pages_of_one_code_sent_at_once_make_one_sheet(portal: Flask) -> None:
    with portal.app_context():
        place_id, code = prepare(SurveyAudience.STAFF)
        pages = [arrival(issue_ticket(place_id, SurveyChannel.STAFF, 0), code) for _ in range(2)]
        assert at_once(pages) == [Outcome.STORED, Outcome.USED]
        assert counted() == [1, 1, 0, 0]
