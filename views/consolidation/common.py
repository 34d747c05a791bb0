"""What the pages of a consolidated report share: finding it, and the addresses around it."""

from typing import Any

from flask import abort, current_app, url_for

from core.clock import clock
from core.extensions import db
from models.permission import Action
from models.requirement import Requirement
from models.unit import UnitKind
from queries.consolidation import find_report_requirement
from queries.unit import UnitLine, find_unit
from views.access import allow


def load(code: str, unit_code: str, action: Action) -> tuple[Requirement, UnitLine]:
    """The requirement and the consolidating unit over which the viewer may do ``action``; 404 otherwise."""
    requirement = find_report_requirement(db.session, code)
    unit = find_unit(db.session, unit_code, clock.today())
    if requirement is None or unit is None or not is_consolidating(unit.kind):
        abort(404)
    allow(action, unit.id)
    return requirement, unit


def is_consolidating(kind: UnitKind) -> bool:
    """Whether units of this kind add up those that report to them."""
    return kind is UnitKind.DEPARTMENT or kind.is_intermediate


def show_url(requirement: Requirement, unit: UnitLine, anchor: str | None = None) -> str:
    """The page of a consolidation."""
    return url_for("consolidation.show", code=requirement.code, unit_code=unit.code, _anchor=anchor)


def report_url(obligation_id: int, version: int | None = None) -> str:
    """The report of a unit: the accepted version's figures can be followed from there to the activities."""
    return _url("report.show", obligation_id=obligation_id, version=version)


def figure_url(obligation_id: int, code: str) -> str:
    """The page that follows one figure to the units, their versions and the activities."""
    return _url("report.figure", obligation_id=obligation_id, code=code)


def _url(endpoint: str, **values: Any) -> str:
    """An address; empty while its page is being built."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""
