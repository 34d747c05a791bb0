"""What becomes of open obligations: which end, which move, which stay, and who reviews them then (product law 2)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.table_file import Fault
from core.translation import N_, _
from models.programme import Programme
from models.reorganisation import StepKind
from models.requirement import Level, Obligation, Requirement, RequirementStatus
from models.submission import Submission
from models.workflow import Status
from services.reorganisation.outcome import Ending, Outcome

_HANDED_IN = frozenset({Status.SUBMITTED, Status.ACCEPTED, Status.ISSUED})


class Fate(StrEnum):
    """What a decision does to one open obligation."""

    MOVES = "moves"
    """It ends; the heirs get one of their own with the same deadline."""
    ENDS = "ends"
    STAYS = "stays"
    """Handed in already: it stays with the unit that is closed."""
    REVIEWER = "reviewer"
    """Only who reviews it changes."""

    @property
    def label(self) -> str:
        """The Vietnamese words, as 'Chuyển sang đơn vị tiếp nhận'."""
        return {"moves": N_("Chuyển sang đơn vị tiếp nhận"), "ends": N_("Khép lại"),
                "stays": N_("Giữ nguyên tên đơn vị cũ"), "reviewer": N_("Đổi đơn vị duyệt")}[self.value]


@dataclass(frozen=True, slots=True)
class Duty:
    """One open obligation as it stands before the decision."""

    id: int
    requirement_id: int
    title: str
    unit_id: int
    reviewer_id: int | None
    due_on: date
    counts_due_day: bool
    extended_to: date | None
    extension_reason: str
    submission_id: int | None
    status: Status | None
    version_count: int


@dataclass(frozen=True, slots=True)
class DutyChange:
    """What becomes of one. Units by code; ``heirs`` get a new obligation, ``reviewer`` is empty when it stays."""

    duty: Duty
    unit: str
    fate: Fate
    heirs: tuple[str, ...] = ()
    reviewer: str = ""
    carries_draft: bool = False
    """Whether what is being written goes along to the one heir."""
    keeps_draft: bool = False
    """Whether what is being written stays with the old unit, to be read there."""


def open_duties(session: Session, day: date) -> list[Duty]:
    """Obligations of this year's open requirements that the Department has not reported on yet. Two queries.

    What belongs to a year before or to a report that was issued stays as it was.
    """
    issued = set(session.scalars(
        select(Obligation.requirement_id).join(Submission, Submission.obligation_id == Obligation.id)
        .where(Obligation.level == Level.DEPARTMENT, Submission.status == Status.ISSUED)))
    rows = session.execute(
        select(Obligation.id, Obligation.requirement_id, Requirement.title, Obligation.unit_id,
               Obligation.reviewer_id, Obligation.due_on, Obligation.counts_due_day, Obligation.extended_to,
               Obligation.extension_reason, Submission.id, Submission.status, Submission.version_count)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .join(Programme, Programme.id == Requirement.programme_id)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Requirement.status == RequirementStatus.OPEN, Obligation.closed_at.is_(None),
               Obligation.exempted_at.is_(None), Obligation.level != Level.DEPARTMENT, Programme.year >= day.year)
        .order_by(Requirement.due_on, Obligation.id))
    return [_duty(tuple(row)) for row in rows if row[1] not in issued]


def _duty(row: tuple[Any, ...]) -> Duty:
    """Make a duty of a row; one that was never started has no version."""
    return Duty(*row[:-1], row[-1] or 0)  # type: ignore[call-arg]  # the columns stand in the order of the fields


class Duties:
    """The open obligations beside the outcome of a decision."""

    def __init__(self, outcome: Outcome, duties: Iterable[Duty], known: Iterable[tuple[int, int]]) -> None:
        """``known`` are requirement and unit of every obligation there is, closed ones too."""
        self.outcome, self.ground = outcome, outcome.ground
        self.duties = list(duties)
        self.known = set(known)
        self.accepted = {(duty.requirement_id, duty.unit_id) for duty in self.duties
                         if duty.status in (Status.ACCEPTED, Status.ISSUED)}
        self.ownerless: defaultdict[str, list[str]] = defaultdict(list)
        """Titles of what nobody takes over, by code of the unit that is split."""

    def changes(self) -> list[DutyChange]:
        """What becomes of each that is touched, in the order of their due dates."""
        found = [change for duty in self.duties if (change := self._change(duty)) is not None]
        return self._carry(found)

    def faults(self) -> list[Fault]:
        """What a split leaves without an owner; to be asked after ``changes``."""
        return [
            Fault(self.outcome.endings[code].row, "duties", _(
                "Còn %(count)s việc đang mở chưa có đơn vị nhận: %(titles)s. Đánh dấu “x” ở đơn vị nhận nghĩa vụ.",
                count=len(titles), titles=", ".join(dict.fromkeys(titles))))
            for code, titles in self.ownerless.items()]

    def _change(self, duty: Duty) -> DutyChange | None:
        """What becomes of one; None when nothing does."""
        code = self.ground.by_id[duty.unit_id].code
        ending = self.outcome.endings.get(code)
        reviewer = self._reviewer(duty, code, ending)
        if ending is not None and not ending.remains:
            if duty.status in _HANDED_IN:
                return DutyChange(duty, code, Fate.STAYS, reviewer=reviewer)
            return self._move(duty, ending)
        return DutyChange(duty, code, Fate.REVIEWER, reviewer=reviewer) if reviewer else None

    def _move(self, duty: Duty, ending: Ending) -> DutyChange:
        """Hand an unfinished one to the heirs that have none of their own for the same requirement."""
        if ending.kind is StepKind.SPLIT and not ending.duties_to:
            self.ownerless[ending.place.code].append(duty.title)
        heirs = tuple(code for code in dict.fromkeys(ending.duties_to) if not self._has_own(duty, code))
        fate = Fate.MOVES if heirs else Fate.ENDS
        return DutyChange(duty, ending.place.code, fate, heirs, keeps_draft=duty.submission_id is not None)

    def _has_own(self, duty: Duty, code: str) -> bool:
        """Whether a unit was asked for the same already."""
        place = self.ground.find(code)
        return place is not None and (duty.requirement_id, place.id) in self.known

    def _reviewer(self, duty: Duty, code: str, ending: Ending | None) -> str:
        """Who reviews it after the decision, "" when that does not change.

        An accepted one stays where it was added up, once that report is accepted itself.
        """
        if duty.reviewer_id is None:
            return ""
        old = self.ground.by_id[duty.reviewer_id].code
        if duty.status is Status.ACCEPTED and (duty.requirement_id, duty.reviewer_id) in self.accepted:
            return ""
        if code in self.outcome.moved and not self.outcome.is_gone(code):
            new = self.outcome.moved[code]
        elif self.outcome.is_gone(old):
            successors = ending.successors if ending is not None else self.outcome.endings[old].successors[:1]
            above = self.outcome.parents.get(successors[0], "") if ending is not None and successors else (
                successors[0] if successors else "")
            new = above or (self.ground.department.code if self.ground.department else "")
        else:
            return ""
        return new if new != old else ""

    @staticmethod
    def _carry(changes: list[DutyChange]) -> list[DutyChange]:
        """Let a draft go along where it is the only one that comes to its only heir, and was never handed in."""
        coming: defaultdict[tuple[int, str], list[DutyChange]] = defaultdict(list)
        for change in changes:
            if change.fate is Fate.MOVES and change.keeps_draft:
                for heir in change.heirs:
                    coming[change.duty.requirement_id, heir].append(change)
        carried = {
            found[0].duty.id for found in coming.values()
            if len(found) == 1 and len(found[0].heirs) == 1 and not found[0].duty.version_count}
        return [
            DutyChange(change.duty, change.unit, change.fate, change.heirs, change.reviewer, True, False)
            if change.duty.id in carried else change for change in changes]


def known_duties(session: Session) -> list[tuple[int, int]]:
    """Requirement and unit of every obligation of an open requirement. One query."""
    return [(row[0], row[1]) for row in session.execute(
        select(Obligation.requirement_id, Obligation.unit_id)
        .join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Requirement.status == RequirementStatus.OPEN))]
