"""What leadership reads: the dashboard and its two pages on paper, now and at the end of any earlier day."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.requirement import Requirement
from queries.leadership.dashboard import Dashboard, LateUnit, Part, PlanRow, Sentence, dashboard_of
from queries.leadership.satisfaction import Change, Satisfaction, SatisfactionRow
from queries.leadership.sentence import notes_of, points_words, sentences_of
from queries.leadership.summary import late_words, summary_of
from queries.leadership.then import NotYetAskedError
from queries.leadership.watch import read_watch
from queries.unit import UnitLine


def get_dashboard(session: Session, requirement: Requirement, unit: UnitLine, *, on: date, now: datetime,
                  day: date | None = None) -> Dashboard:
    """The dashboard of one consolidation as it stands now, or as it stood at the end of ``day``; under twenty queries.

    Raises NoConsolidationError when the unit does not owe ``requirement``, NotYetAskedError when nobody did on ``day``.
    """
    watch = read_watch(session, requirement, unit, day or on, on, is_past=day is not None)
    found = dashboard_of(watch, watch.past.last if watch.past is not None else now)
    return replace(found, sentences=sentences_of(found), notes=notes_of(found))


__all__ = [
    "Change", "Dashboard", "LateUnit", "NotYetAskedError", "Part", "PlanRow", "Satisfaction", "SatisfactionRow",
    "Sentence", "get_dashboard", "late_words", "points_words", "summary_of",
]
