"""The workflow of plans and reports: one table of transitions drives buttons, checks, tests (product §4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.translation import N_
from models.permission import Action


class Status(StrEnum):
    """Where a plan or report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    ISSUED = "issued"
    """Only the Department's own report, which has no reviewer here."""

    @property
    def label(self) -> str:
        """The users' word, as 'Đã nộp'."""
        return {
            "draft": N_("Chưa nộp"), "submitted": N_("Đã nộp"), "returned": N_("Trả lại"),
            "accepted": N_("Đã duyệt"), "withdrawn": N_("Đã rút"), "issued": N_("Đã phát hành"),
        }[self.value]

    @property
    def is_editable(self) -> bool:
        """Whether its unit may write in it."""
        return self in (Status.DRAFT, Status.RETURNED, Status.WITHDRAWN)


class Step(StrEnum):
    """What can be done with a plan or report."""

    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    RETURN = "return"
    ACCEPT = "accept"
    REOPEN = "reopen"
    ISSUE = "issue"
    REVISE = "revise"
    ASK_UNLOCK = "ask_unlock"
    KEEP_LOCKED = "keep_locked"
    SIGN_OFF = "sign_off"

    @property
    def label(self) -> str:
        """The words on the button, as 'Trả lại để bổ sung'."""
        return {
            "submit": N_("Gửi"), "withdraw": N_("Rút về"), "return": N_("Trả lại để bổ sung"),
            "accept": N_("Duyệt"), "reopen": N_("Mở lại"), "issue": N_("Phát hành"),
            "revise": N_("Lập bản mới"), "ask_unlock": N_("Yêu cầu mở khóa"),
            "keep_locked": N_("Giữ nguyên, không mở khóa"), "sign_off": N_("Ký duyệt nội bộ"),
        }[self.value]


class Right(StrEnum):
    """Which right over the document's unit a step needs; with the noun (plan, report) it is an action."""

    WRITE = "write"
    SUBMIT = "submit"
    SIGN = "sign"
    REVIEW = "review"
    ISSUE = "issue"

    def action(self, is_report: bool) -> Action:
        """What the table of permissions calls this right, as ``plan.submit``."""
        if self is Right.ISSUE:
            return Action.CONSOLIDATION_ISSUE
        return Action(f"{'report' if is_report else 'plan'}.{self.value}")


@dataclass(frozen=True, slots=True)
class Transition:
    """From one status to another by a step. ``to`` equals ``source`` where the step only leaves a mark."""

    step: Step
    source: Status
    to: Status
    right: Right
    needs_reason: bool = False
    before_review_only: bool = False
    """Whether it is barred once the reviewer has begun."""


TRANSITIONS: tuple[Transition, ...] = (
    Transition(Step.SUBMIT, Status.DRAFT, Status.SUBMITTED, Right.SUBMIT),
    Transition(Step.SUBMIT, Status.RETURNED, Status.SUBMITTED, Right.SUBMIT),
    Transition(Step.SUBMIT, Status.WITHDRAWN, Status.SUBMITTED, Right.SUBMIT),
    Transition(Step.WITHDRAW, Status.SUBMITTED, Status.WITHDRAWN, Right.SUBMIT, before_review_only=True),
    Transition(Step.ASK_UNLOCK, Status.SUBMITTED, Status.SUBMITTED, Right.SUBMIT, needs_reason=True),
    Transition(Step.ASK_UNLOCK, Status.ACCEPTED, Status.ACCEPTED, Right.SUBMIT, needs_reason=True),
    Transition(Step.RETURN, Status.SUBMITTED, Status.RETURNED, Right.REVIEW, needs_reason=True),
    Transition(Step.ACCEPT, Status.SUBMITTED, Status.ACCEPTED, Right.REVIEW),
    Transition(Step.REOPEN, Status.ACCEPTED, Status.RETURNED, Right.REVIEW, needs_reason=True),
    Transition(Step.KEEP_LOCKED, Status.SUBMITTED, Status.SUBMITTED, Right.REVIEW, needs_reason=True),
    Transition(Step.KEEP_LOCKED, Status.ACCEPTED, Status.ACCEPTED, Right.REVIEW, needs_reason=True),
    Transition(Step.SIGN_OFF, Status.DRAFT, Status.DRAFT, Right.SIGN),
    Transition(Step.SIGN_OFF, Status.RETURNED, Status.RETURNED, Right.SIGN),
    Transition(Step.SIGN_OFF, Status.WITHDRAWN, Status.WITHDRAWN, Right.SIGN),
    Transition(Step.ISSUE, Status.DRAFT, Status.ISSUED, Right.ISSUE),
    Transition(Step.REVISE, Status.ISSUED, Status.DRAFT, Right.ISSUE, needs_reason=True),
)


class WorkflowError(Exception):
    """A step cannot be taken now; the message says why, in Vietnamese."""


class Moving(Protocol):
    """What a transition reads and writes."""

    status: Status
    review_started_at: datetime | None


def find_transition(subject: Moving, step: Step) -> Transition | None:
    """The transition that ``step`` would make now, or None. Rights are checked by the caller's scope."""
    for transition in TRANSITIONS:
        if transition.step is step and transition.source is subject.status:
            if transition.before_review_only and subject.review_started_at is not None:
                return None
            return transition
    return None


def possible_transitions(subject: Moving, rights: Iterable[Right]) -> list[Transition]:
    """The transitions open now to somebody who holds ``rights`` over the unit, in the order of the table."""
    held = set(rights)
    found = (find_transition(subject, step) for step in Step)
    return [transition for transition in found if transition is not None and transition.right in held]


def move(subject: Moving, step: Step, reason: str = "") -> Transition:
    """Take ``step``: the only place that changes a status. Returns the transition taken.

    Raises WorkflowError when the step is not open now or a reason is missing. Does not write history; the
    service that calls it does.
    """
    transition = find_transition(subject, step)
    if transition is None:
        raise WorkflowError(N_("Việc này không còn làm được vì trạng thái đã thay đổi."))
    if transition.needs_reason and not reason.strip():
        raise WorkflowError(N_("Ghi lý do để đơn vị biết cần làm gì."))
    subject.status = transition.to
    return transition
