"""Where the page of an obligation is: plans and reports have pages of their own."""

from flask import url_for

from models.requirement import RequirementKind


def obligation_url(kind: RequirementKind, obligation_id: int) -> str:
    """The address of the plan or report that fulfils an obligation."""
    return url_for("report.show" if kind.is_report else "plan.show", obligation_id=obligation_id)
