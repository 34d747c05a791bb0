"""The blueprint of packages, and how one is found."""

from flask import Blueprint, abort

from core.clock import clock
from core.extensions import db
from models.package import Package
from models.requirement import Requirement, RequirementStatus
from queries.package import find_package
from queries.requirement import find_requirement
from views.access import viewer

blueprint = Blueprint("package", __name__, url_prefix="/packages")


def load(code: str) -> Requirement:
    """A requirement that was opened, or 404."""
    requirement = find_requirement(db.session, code)
    if requirement is None or requirement.status is RequirementStatus.DRAFT:
        abort(404)
    return requirement


def load_package(package_id: int) -> tuple[Package, Requirement]:
    """A package that the viewer asked for and may still read whole, or 404."""
    return find_package(db.session, viewer(), package_id, clock.today()) or abort(404)
