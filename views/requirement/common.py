"""What the pages of requirements share: loading one, and what a draft of an ad hoc report shows."""

from typing import Any

from flask import abort

from core.clock import clock
from core.extensions import db
from core.translation import _
from models.ad_hoc import ACTIVITIES, MEDIUM, REACH, AdHocReport, OwnIndicator
from models.requirement import Requirement, RequirementStatus
from queries.ad_hoc import AdHocPreview, find_ad_hoc, get_preview
from queries.requirement import find_requirement


def load(code: str) -> Requirement:
    """The requirement, or 404."""
    return find_requirement(db.session, code) or abort(404)


def load_draft(code: str) -> tuple[Requirement, AdHocReport]:
    """An ad hoc report that nobody owes yet and that was not withdrawn, or 404."""
    requirement = load(code)
    report = find_ad_hoc(db.session, requirement.id)
    if report is None or report.withdrawn_at is not None or requirement.status is not RequirementStatus.DRAFT:
        abort(404)
    return requirement, report


def load_given_out(code: str) -> tuple[Requirement, AdHocReport]:
    """An ad hoc report that units owe, or 404."""
    requirement = load(code)
    report = find_ad_hoc(db.session, requirement.id)
    if report is None or requirement.status is not RequirementStatus.OPEN:
        abort(404)
    return requirement, report


def ad_hoc_context(requirement: Requirement, report: AdHocReport) -> dict[str, Any]:
    """What the page of an ad hoc report shows: who gets it, and what they see."""
    preview = get_preview(db.session, requirement, report, clock.today())
    return {
        "requirement": requirement, "report": report, "preview": preview,
        "own": [(own, _source(own, preview)) for own in preview.own]}


def _source(own: OwnIndicator, preview: AdHocPreview) -> str:
    """Where an own figure comes from, in words."""
    if own.aggregate.is_formula:
        return _("Tính từ %(codes)s", codes=", ".join(own.operands))
    if own.source.startswith(MEDIUM):
        medium = own.source.removeprefix(MEDIUM)
        return _("Đếm: %(medium)s", medium=preview.sources.get(medium, medium))
    words = {ACTIVITIES: _("Đếm số hoạt động đã ghi"), REACH: _("Cộng lượt tiếp cận của hoạt động")}
    return words.get(own.source, _("Đơn vị nhập"))


__all__ = ["ad_hoc_context", "load", "load_draft", "load_given_out"]
