"""The blueprint of emulation, and what its pages share: the year asked for, the reckoning that is shown."""

from dataclasses import dataclass

from flask import Blueprint, abort, request

from core.clock import clock
from core.extensions import db
from models.emulation import EmulationYear
from models.permission import Action, Reach, reach
from models.programme import Programme
from queries.emulation import VersionLine, Year, find_version, list_versions, load_year
from queries.programme import find_programme
from queries.scope import scope
from services.emulation import reckon
from views.access import viewer

blueprint = Blueprint("emulation", __name__, url_prefix="/emulation")


@dataclass(frozen=True)
class Shown:
    """What a page shows of a year: a frozen version, or the points as they stand now."""

    programme: Programme
    year: Year
    frozen: EmulationYear | None
    versions: list[VersionLine]

    @property
    def version(self) -> VersionLine | None:
        """The line of the frozen version; None while provisional."""
        return next((line for line in self.versions if line.version == self.year.version), None)


def load(year: int) -> Programme:
    """The programme of a year, or 404."""
    return find_programme(db.session, year, with_drafts=manages()) or abort(404)


def manages() -> bool:
    """Whether the viewer sets rules and publishes."""
    return reach(viewer().role, Action.EMULATION_MANAGE) is not Reach.NONE


def seen_ids() -> set[int]:
    """Ids of the units whose points the viewer sees."""
    return set(db.session.scalars(scope(viewer(), Action.EMULATION_VIEW, clock.today())))


def shown(programme: Programme, only: set[int] | None = None, *, beside: int | None = None) -> Shown:
    """What the address asks for: "version" is a frozen one, 0 the points of today; without it the newest frozen one.

    Once points are published, only the Office looks at those of today. Points of today are reckoned for ``only`` some
    units where ranks are not shown; of a frozen version the group of the unit ``beside`` is enough for its own page.
    """
    versions = list_versions(db.session, programme.id)
    asked = request.args.get("version", type=int)
    if asked == 0 and not manages():
        asked = None
    if versions and asked != 0:
        frozen = find_version(db.session, programme.id, asked) or abort(404)
        return Shown(programme, load_year(db.session, frozen, beside=beside), frozen, versions)
    if asked:
        abort(404)
    now = reckon(db.session, programme, today=clock.today(), now=clock.now(), only=only)
    return Shown(programme, now, None, versions)
