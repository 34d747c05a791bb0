"""Reports, plans, findings and models at the end of an earlier day, from what stands now and the trail."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from core.dates import start_of_day
from models.deadline import deadline_of
from models.finding import deadline, late_days, standing_of
from models.requirement import Obligation, Requirement, RequirementKind
from models.submission import Submission, SubmissionVersion
from models.unit import Unit, UnitKind
from queries.board.day import duty_on
from queries.consolidation.ground import Included, children_of
from queries.consolidation.standing import Standing
from queries.inspection import FindingLine
from queries.leadership.trail import Trail


class NotYetAskedError(LookupError):
    """A report was not asked for yet at the end of a day; ``opened_at`` is when it was."""

    def __init__(self, opened_at: datetime) -> None:
        """Keep the moment for the message."""
        super().__init__("not asked for yet")
        self.opened_at = opened_at


@dataclass(frozen=True)
class Versions:
    """Versions that were sent by a moment."""

    ids: Mapping[tuple[int, int], int]
    """By submission and number."""
    contents: Mapping[int, list[Any]]
    """By version: the children of a consolidating report, the items of a plan; nothing of others."""


def read_versions(session: Session, requirement_ids: list[int], moment: datetime) -> Versions:
    """Every version of some requirements that was sent before ``moment``. One query."""
    consolidating = [kind for kind in UnitKind if kind.is_intermediate]
    content = SubmissionVersion.content
    rows = session.execute(
        select(SubmissionVersion.id, SubmissionVersion.submission_id, SubmissionVersion.number,
               case((Requirement.kind == RequirementKind.PLAN, content["items"]),
                    (Unit.kind.in_(consolidating), content["children"])))
        .join(Submission, Submission.id == SubmissionVersion.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .join(Unit, Unit.id == Obligation.unit_id)
        .where(Obligation.requirement_id.in_(requirement_ids), SubmissionVersion.submitted_at < moment)).all()
    return Versions({(row[1], row[2]): row[0] for row in rows}, {row[0]: row[3] or [] for row in rows})


def standings_then(rows: Iterable[Standing], trail: Trail, versions: Versions, requirement: Requirement,
                   moment: datetime) -> list[Standing]:
    """The standings as they were just before ``moment``; what was not asked for by then is left out."""
    return [_standing(row, trail, versions, requirement, moment) for row in rows
            if row.past is not None and row.past.opened_at < moment]


def _standing(row: Standing, trail: Trail, versions: Versions, requirement: Requirement,
              moment: datetime) -> Standing:
    """One of them."""
    assert row.past is not None
    past = row.past
    duty = duty_on(trail.decisions.get(row.obligation_id, ()), moment, row.is_exempt, past.due_on,
                   past.counts_due_day, past.extended_to, requirement.counts_due_day)
    found = replace(
        row, deadline_at=deadline_of(duty.due_on, duty.counts_due_day), is_exempt=duty.is_exempt,
        is_closed=past.closed_at is not None and past.closed_at < moment, submission_id=None, status=None,
        late_days=None, number="", document_on=None, submitted_at=None, accepted_at=None, version_id=None, version=None)
    if row.submission_id is None or past.begun_at is None or past.begun_at >= moment:
        return found
    then = trail.documents[row.submission_id]
    number = then.accepted_version
    return replace(
        found, submission_id=row.submission_id, status=then.status, submitted_at=then.submitted_at,
        late_days=row.late_days if then.submitted_at is not None else None, accepted_at=then.accepted_at,
        version=number, version_id=versions.ids.get((row.submission_id, number)) if number is not None else None)


def inside_then(offices: Mapping[int, Standing], versions: Versions) -> dict[int, tuple[Included, ...]]:
    """Which versions were in the accepted reports of consolidating units, by unit."""
    return {
        row.unit_id: tuple(Included(*pair) for pair in children_of({"children": versions.contents[version_id]}))
        for version_id, row in offices.items()}


def promised_then(plans: Iterable[Standing], versions: Versions) -> tuple[dict[str, int], dict[str, int]]:
    """Quantities by medium and amounts by source of money in the accepted versions of plans."""
    media: Counter[str] = Counter()
    funding: Counter[str] = Counter()
    for plan in plans:
        for item in versions.contents.get(plan.version_id or 0, ()) if plan.is_included else ():
            media[item["medium_code"]] += item["quantity"]
            for part in item["budgets"]:
                funding[part["code"]] += part["amount"]
    return dict(media), dict(funding)


def findings_then(lines: Iterable[FindingLine], trail: Trail, since: date, moment: datetime) -> list[FindingLine]:
    """Findings as they stood just before ``moment``, without those that were settled before ``since``."""
    found, last = [], moment - timedelta(microseconds=1)
    for line in lines:
        then = trail.findings.get(line.id)
        if then is None or (then.settled_at is not None and then.settled_at < start_of_day(since) > start_of_day(
                line.raised_on)):
            continue
        due_on = then.due_on or line.due_on
        due_at = deadline(due_on)
        found.append(replace(
            line, due_on=due_on, status=then.status, standing=standing_of(then.status, due_at, last),
            late_days=late_days(then.status, due_at, then.answered_at, last)))
    return sorted(found, key=lambda line: (line.status.is_settled, line.due_on, line.id))


__all__ = ["NotYetAskedError", "Versions", "findings_then", "inside_then", "promised_then", "read_versions",
           "standings_then"]
