"""Sheets typed in from paper: stored once a ticket, and taken back while the page that stored them is open.

Nothing says who typed which sheet (product law 9). Nothing here commits.
"""

from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.answering import Judged
from models.sheet import SurveySheet
from models.survey import SurveyChannel
from services.sheet import NewSheet, Ticket, store_sheet
from services.survey_count import adjust, forget_excluded

UNDO_SECONDS = 12 * 3600
"""How long after its page was opened a sheet can be taken back (ours)."""


def store_paper(session: Session, ticket: Ticket, collected_on: date, judged: Judged) -> bool:
    """Store a sheet under the key of its ticket; False where that ticket's sheet is here already."""
    sheet = NewSheet(ticket.place_id, SurveyChannel.PAPER, collected_on, judged.choices, judged.details)
    return store_sheet(session, sheet, ticket.sheet_id)


def undo_paper(session: Session, ticket: Ticket, second: int) -> bool:
    """Take back the sheet of a ticket; False where there is none, or the page was opened too long ago.

    A sheet that was counted meanwhile is taken out of its count in the same transaction.
    """
    if ticket.channel is not SurveyChannel.PAPER or second - ticket.started > UNDO_SECONDS:
        return False
    sheet = session.scalars(select(SurveySheet).where(
        SurveySheet.id == ticket.sheet_id, SurveySheet.place_id == ticket.place_id,
        SurveySheet.channel == SurveyChannel.PAPER).with_for_update()
        .execution_options(populate_existing=True)).one_or_none()
    if sheet is None:
        return False
    if not sheet.excluded_reason:
        adjust(session, sheet, -1)
    forget_excluded(session, sheet)
    session.execute(delete(SurveySheet).where(SurveySheet.id == sheet.id))
    return True


__all__ = ["UNDO_SECONDS", "store_paper", "undo_paper"]
