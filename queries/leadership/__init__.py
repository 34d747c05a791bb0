"""What leadership reads: the dashboard and its two pages on paper."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.requirement import Requirement
from queries.leadership.dashboard import Dashboard, LateUnit, Part, PlanRow, Sentence, dashboard_of
from queries.leadership.satisfaction import SatisfactionRow, hidden_groups
from queries.leadership.sentence import sentences_of
from queries.leadership.summary import late_words, summary_of
from queries.leadership.watch import read_watch
from queries.unit import UnitLine


def get_dashboard(session: Session, requirement: Requirement, unit: UnitLine, *, on: date,
                  now: datetime) -> Dashboard:
    """The dashboard of one consolidation as it stands at the end of ``on``; about twenty queries.

    Raises NoConsolidationError when the unit does not owe ``requirement``.
    """
    found = dashboard_of(read_watch(session, requirement, unit, on), now)
    return replace(found, sentences=sentences_of(found))


__all__ = [
    "Dashboard", "LateUnit", "Part", "PlanRow", "SatisfactionRow", "Sentence", "get_dashboard", "hidden_groups",
    "late_words", "summary_of",
]
