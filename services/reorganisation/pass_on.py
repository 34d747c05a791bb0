"""Passing on what a closed unit still owes, what it was writing, and its people. Does not commit."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from models.account import Account, Role
from models.draft import Draft
from models.event import Event, Subject
from models.permission import Viewer
from models.requirement import Level, Obligation
from models.submission import Submission
from services.reorganisation.duty import DutyChange, Fate
from services.reorganisation.outcome import Outcome
from services.reorganisation.people import PersonChange

_DRAFT_OF = re.compile(r"^((?:report|plan):|plan-item:[^:]+:)(\d+)(:.*)?$")
"""Keys of drafts that name an obligation, as "report:33:II.2.a", "plan-item:new:33:7"."""


class Trail:
    """Lines for the trail of one decision, added all at once."""

    def __init__(self, session: Session, viewer: Viewer | None, now: datetime, reason: str) -> None:
        """``reason`` names the decision."""
        self.session, self.viewer, self.now, self.reason = session, viewer, now, reason
        self.rows: list[dict[str, Any]] = []

    def add(self, subject: Subject, subject_id: int, action: str, unit_id: int | None = None,
            detail: dict[str, Any] | None = None) -> None:
        """One line."""
        viewer = self.viewer
        self.rows.append({
            "at": self.now, "account_id": viewer.account_id if viewer else None,
            "actor": viewer.name if viewer else "", "unit_id": unit_id, "subject_kind": subject,
            "subject_id": subject_id, "action": action, "reason": self.reason, "detail": detail or {}})

    def write(self) -> None:
        """Write them."""
        if self.rows:
            self.session.execute(insert(Event), self.rows)
        self.rows = []


def pass_duties(session: Session, outcome: Outcome, changes: Sequence[DutyChange], ids: Mapping[str, int],
                trail: Trail) -> None:
    """Close, move and hand over obligations, with one line each in the trail. ``ids``: units by code."""
    closing = [change.duty.id for change in changes if change.fate in (Fate.MOVES, Fate.ENDS)]
    session.execute(update(Obligation).where(Obligation.id.in_(closing)).values(closed_at=trail.now)
                    .execution_options(synchronize_session=False))
    for change in changes:
        unit_id = change.duty.unit_id
        names = ", ".join(outcome.name_of(code) for code in change.heirs)
        if change.fate in (Fate.MOVES, Fate.ENDS):
            trail.add(Subject.OBLIGATION, change.duty.id, "hand_over" if names else "close", unit_id,
                      {"to": names} if names else {})
        if change.reviewer:
            trail.add(Subject.OBLIGATION, change.duty.id, "change_reviewer", unit_id,
                      {"reviewer": outcome.name_of(change.reviewer)})
    _review(session, outcome, changes, ids)
    heirs = _add_heirs(session, outcome, changes, ids, trail)
    _carry_drafts(session, [change for change in changes if change.carries_draft], heirs, ids)


def _review(session: Session, outcome: Outcome, changes: Sequence[DutyChange], ids: Mapping[str, int]) -> None:
    """Let others review; one statement for each reviewer."""
    by_reviewer: defaultdict[str, list[int]] = defaultdict(list)
    for change in changes:
        if change.reviewer:
            by_reviewer[change.reviewer].append(change.duty.id)
    for code, obligations in by_reviewer.items():
        session.execute(update(Obligation).where(Obligation.id.in_(obligations)).values(
            reviewer_id=ids[code], level=_level(outcome, code)).execution_options(synchronize_session=False))


def _level(outcome: Outcome, reviewer: str) -> Level:
    """On which rung stands what this unit reviews."""
    department = outcome.ground.department
    return Level.FIRST if department is not None and department.code == reviewer else Level.SECOND


def _add_heirs(session: Session, outcome: Outcome, changes: Sequence[DutyChange], ids: Mapping[str, int],
               trail: Trail) -> dict[tuple[int, str], Obligation]:
    """Write the heirs' obligations: one a requirement, with the latest deadline of those that come to it."""
    found: dict[tuple[int, str], Obligation] = {}
    sources: dict[tuple[int, str], list[str]] = defaultdict(list)
    for change in changes:
        duty = change.duty
        for code in change.heirs:
            key = (duty.requirement_id, code)
            sources[key].append(outcome.name_of(change.unit))
            parent = outcome.parents.get(code, "")
            if key not in found:
                found[key] = Obligation(
                    requirement_id=duty.requirement_id, unit_id=ids[code], reviewer_id=ids.get(parent),
                    level=_level(outcome, parent), opened_at=trail.now)
            known = found[key]
            if known.due_on is None or duty.due_on > known.due_on:
                known.set_due(duty.due_on, duty.counts_due_day)
                known.extended_to, known.extension_reason = duty.extended_to, duty.extension_reason
    session.add_all(found.values())
    session.flush()
    for key, obligation in found.items():
        trail.add(Subject.OBLIGATION, obligation.id, "take_over", obligation.unit_id,
                  {"from": ", ".join(sources[key])})
    return found


def _carry_drafts(session: Session, changes: Sequence[DutyChange], heirs: Mapping[tuple[int, str], Obligation],
                  ids: Mapping[str, int]) -> None:
    """Let what was being written go along: the submission, and what was typed into its forms."""
    new_ids: dict[int, Obligation] = {}
    for change in changes:
        heir = heirs[change.duty.requirement_id, change.heirs[0]]
        new_ids[change.duty.id] = heir
        session.execute(update(Submission).where(Submission.id == change.duty.submission_id).values(
            obligation_id=heir.id).execution_options(synchronize_session=False))
    if not new_ids:
        return
    units = {change.duty.unit_id for change in changes}
    for draft in session.scalars(select(Draft).where(Draft.unit_id.in_(units))):
        match = _DRAFT_OF.match(draft.key)
        heir = new_ids.get(int(match[2])) if match else None  # type: ignore[assignment]  # None: another form's
        if match and heir is not None:
            draft.key, draft.unit_id = f"{match[1]}{heir.id}{match[3] or ''}", heir.unit_id
    session.flush()


def pass_people(session: Session, outcome: Outcome, people: Iterable[PersonChange], ids: Mapping[str, int],
                trail: Trail) -> None:
    """Move or switch off the accounts of closed units and end their sessions; their new forms go along."""
    people = list(people)
    moved = {change.account_id: ids[change.unit] for change in people if change.unit}
    _change(session, [change.account_id for change in people], {"session_version": Account.session_version + 1})
    _change(session, [change.account_id for change in people if not change.unit], {"is_active": False})
    by_place: defaultdict[tuple[int, Role], list[int]] = defaultdict(list)
    for change in people:
        if change.unit:
            by_place[ids[change.unit], change.new_role].append(change.account_id)
    for (unit_id, role), accounts in by_place.items():
        _change(session, accounts, {"unit_id": unit_id, "role": role})
    for change in people:
        old = ids[change.old_unit]
        detail: dict[str, Any] = {"is_active": [True, False]}
        if change.unit:
            detail = {"unit_id": [old, ids[change.unit]]}
            if change.role is not change.new_role:
                detail["role"] = [change.role.value, change.new_role.value]
        trail.add(Subject.ACCOUNT, change.account_id, "change_account", old, detail)
    _move_new_forms(session, {ids[change.old_unit] for change in people}, moved)


def _change(session: Session, accounts: Sequence[int], values: Mapping[str, Any]) -> None:
    """Set values of many accounts at once; what the session holds of them is read anew afterwards."""
    session.execute(update(Account).where(Account.id.in_(accounts)).values(**values).execution_options(
        synchronize_session=False))


def _move_new_forms(session: Session, units: set[int], moved: Mapping[int, int]) -> None:
    """What somebody was typing into a form for something new (as "activity:new:17") goes with the person."""
    for draft in session.scalars(select(Draft).where(Draft.unit_id.in_(units), Draft.key.contains(":new:"))):
        owner = draft.key.rpartition(":")[2]
        if owner.isdigit() and int(owner) in moved and draft.key.count(":") == 2:
            draft.unit_id = moved[int(owner)]
    session.flush()
