"""Paper is stored once a ticket, and taken back with its count."""

from datetime import date

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import clock
from models.answering import Answering
from models.programme import Programme
from models.sheet import SurveyCount, SurveySheet
from models.survey import SurveyChannel
from queries.survey.place import count_paper
from services.paper import UNDO_SECONDS, store_paper, undo_paper
from services.sheet import Ticket, issue_ticket, read_ticket
from services.survey_count import recount, roll_up
from tests.support.factories import make_unit
from tests.support.survey import default_body, make_place, make_round

DAY = date(2023, 5, 10)


def typed(session: Session) -> Ticket:
    """A sheet that was typed in; its ticket."""
    programme = Programme(year=2023, title="Chương trình (minh họa)", agency="Sở", parent_agency="UBND tỉnh")
    session.add(programme)
    session.flush()
    place = make_place(session, make_round(session, programme), make_unit(session))
    ticket = read_ticket(issue_ticket(place.id, SurveyChannel.PAPER, int(clock.now().timestamp())))
    assert ticket is not None
    judged = Answering(default_body()).judge({"Q17": ["5"]}, today=DAY)
    assert store_paper(session, ticket, DAY, judged)
    assert not store_paper(session, ticket, DAY, judged)
    return ticket


def test_a_ticket_makes_one_sheet_and_is_taken_back_once(app: Flask, db_session: Session) -> None:
    ticket = typed(db_session)
    assert count_paper(db_session, ticket.place_id, DAY) == (1, 1)
    assert undo_paper(db_session, ticket, ticket.started + 5)
    assert not undo_paper(db_session, ticket, ticket.started + 5)
    assert count_paper(db_session, ticket.place_id, DAY) == (0, 0)


def test_a_counted_sheet_leaves_its_count_too(app: Flask, db_session: Session) -> None:
    ticket = typed(db_session)
    roll_up(db_session)
    db_session.expire_all()
    assert count_paper(db_session, ticket.place_id, DAY) == (1, 1)
    assert undo_paper(db_session, ticket, ticket.started)
    assert db_session.scalar(select(func.count()).select_from(SurveySheet)) == 0
    row = db_session.execute(select(SurveyCount.sheet_count, SurveyCount.excluded_count)).one()
    assert tuple(row) == (0, 0)
    assert [line for line in recount(db_session, check=True) if line.sheets[0] or line.excluded[0]] == []


def test_an_old_ticket_and_one_of_another_channel_take_nothing_back(app: Flask, db_session: Session) -> None:
    ticket = typed(db_session)
    assert not undo_paper(db_session, ticket, ticket.started + UNDO_SECONDS + 1)
    other = Ticket(ticket.nonce, ticket.place_id, SurveyChannel.LINK, ticket.started)
    assert not undo_paper(db_session, other, ticket.started)
