"""Whose records a list shows: one unit named in the address, the own one, or all that a person sees."""

from dataclasses import dataclass

from flask import abort, request
from sqlalchemy import Select

from core.clock import clock
from core.extensions import db
from models.permission import Action
from queries.scope import scope
from queries.unit import UnitLine, find_closed, list_units
from views.access import permits, viewer

EVERY = "all"
"""What stands in the address for all units that a person sees."""


@dataclass(frozen=True)
class Whose:
    """Whose records are listed."""

    units: list[UnitLine]
    """Those to choose from: every reporting unit in the person's scope."""
    unit: UnitLine | None
    """The chosen one; None for all of them."""
    ids: list[int] | Select[int]

    @property
    def code(self) -> str:
        """As it stands in the address."""
        return self.unit.code if self.unit else EVERY


def find_whose(action: Action) -> Whose:
    """Read the unit from the address ("unit"); the own one by default. 404 for a foreign or unknown one. One query."""
    on = clock.today()
    units = [line for line in list_units(db.session, viewer(), on, action=action) if line.kind.is_reporter]
    wanted = request.args.get("unit", "")
    own = next((line for line in units if line.id == viewer().acts_for_id), None)
    found = own if not wanted else next((line for line in units if line.code == wanted), None)
    if wanted and wanted != EVERY and found is None:
        found = find_closed(db.session, wanted, on)  # what it recorded is read by those that followed it
        if found is None or not permits(action, found.id):
            abort(404)
    if found is not None:
        return Whose(units, found, [found.id])
    return Whose(units, None, scope(viewer(), action, on))
