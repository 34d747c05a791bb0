"""What leadership reads: the dashboard and its two pages on paper."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from queries.consolidation.material import Material
from queries.consolidation.planned import planned_figures
from queries.leadership.dashboard import Dashboard, LateUnit, Part, PlanRow, Sentence, dashboard_of
from queries.leadership.satisfaction import SatisfactionRow, hidden_groups
from queries.leadership.sentence import sentences_of
from queries.leadership.summary import late_words, summary_of


def get_dashboard(session: Session, material: Material, now: datetime) -> Dashboard:
    """The dashboard of one consolidation. Two queries beside those of the material."""
    planned = planned_figures(session, material.gathered.indicators, material.requirement.programme_id,
                              material.unit.id)
    found = dashboard_of(material, planned, now)
    return replace(found, sentences=sentences_of(found))


__all__ = [
    "Dashboard", "LateUnit", "Part", "PlanRow", "SatisfactionRow", "Sentence", "get_dashboard", "hidden_groups",
    "late_words", "summary_of",
]
