"""Every step at every status, and who may take it."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.account import Role
from models.permission import Action, Reach, reach
from models.workflow import (
    TRANSITIONS,
    Right,
    Status,
    Step,
    WorkflowError,
    find_transition,
    move,
    possible_transitions,
)

MOMENT = datetime(2023, 5, 25, tzinfo=UTC)
ALLOWED: dict[tuple[Step, Status], Status] = {
    (Step.SUBMIT, Status.DRAFT): Status.SUBMITTED,
    (Step.SUBMIT, Status.RETURNED): Status.SUBMITTED,
    (Step.SUBMIT, Status.WITHDRAWN): Status.SUBMITTED,
    (Step.WITHDRAW, Status.SUBMITTED): Status.WITHDRAWN,
    (Step.RETURN, Status.SUBMITTED): Status.RETURNED,
    (Step.ACCEPT, Status.SUBMITTED): Status.ACCEPTED,
    (Step.REOPEN, Status.ACCEPTED): Status.RETURNED,
    (Step.ISSUE, Status.DRAFT): Status.ISSUED,
    (Step.REVISE, Status.ISSUED): Status.DRAFT,
    (Step.ASK_UNLOCK, Status.SUBMITTED): Status.SUBMITTED,
    (Step.ASK_UNLOCK, Status.ACCEPTED): Status.ACCEPTED,
    (Step.KEEP_LOCKED, Status.SUBMITTED): Status.SUBMITTED,
    (Step.KEEP_LOCKED, Status.ACCEPTED): Status.ACCEPTED,
    (Step.SIGN_OFF, Status.DRAFT): Status.DRAFT,
    (Step.SIGN_OFF, Status.RETURNED): Status.RETURNED,
    (Step.SIGN_OFF, Status.WITHDRAWN): Status.WITHDRAWN,
}
NEED_A_REASON = {Step.RETURN, Step.REOPEN, Step.REVISE, Step.ASK_UNLOCK, Step.KEEP_LOCKED}


@dataclass
class Document:
    """Just what a transition reads and writes."""

    status: Status
    review_started_at: datetime | None = None


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", Step)
def test_a_step_leads_where_the_drawing_says_and_nowhere_from_any_other_status(step: Step, status: Status) -> None:
    document = Document(status)
    if (step, status) in ALLOWED:
        move(document, step, "vì sao")
        assert document.status is ALLOWED[step, status]
    else:
        with pytest.raises(WorkflowError):
            move(document, step, "vì sao")
        assert document.status is status


@pytest.mark.parametrize(("step", "status"), ALLOWED)
def test_a_step_that_needs_a_reason_is_refused_with_spaces_and_changes_nothing(step: Step, status: Status) -> None:
    document = Document(status)
    if step in NEED_A_REASON:
        with pytest.raises(WorkflowError):
            move(document, step, " \n ")
        assert document.status is status
    else:
        move(document, step)
        assert document.status is ALLOWED[step, status]


def test_withdrawing_is_barred_once_the_review_has_begun() -> None:
    document = Document(Status.SUBMITTED, MOMENT)
    with pytest.raises(WorkflowError):
        move(document, Step.WITHDRAW)
    assert find_transition(document, Step.ACCEPT) is not None


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("status", Status)
def test_the_buttons_of_a_right_are_those_rows_of_the_table(status: Status, right: Right) -> None:
    shown = {transition.step for transition in possible_transitions(Document(status), {right})}
    assert shown == {row.step for row in TRANSITIONS if row.source is status and row.right is right}


def test_a_unit_may_write_exactly_where_it_may_send() -> None:
    assert {status for status in Status if status.is_editable} == {
        source for step, source in ALLOWED if step is Step.SUBMIT}


@settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(Step), st.booleans()), max_size=30))
def test_no_walk_leaves_the_drawing_or_is_accepted_without_having_been_sent(walk: list[tuple[Step, bool]]) -> None:
    document, was_sent = Document(Status.DRAFT), False
    for step, has_reason in walk:
        before = document.status
        try:
            move(document, step, "vì sao" if has_reason else "")
        except WorkflowError:
            assert document.status is before
        else:
            assert ALLOWED[step, before] is document.status
            was_sent = was_sent or step is Step.SUBMIT
            assert was_sent or document.status not in (Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED)


@pytest.mark.parametrize("is_report", [True, False])
@pytest.mark.parametrize("role", Role)
def test_nobody_reviews_what_they_may_write(role: Role, is_report: bool) -> None:
    written, reviewed = (reach(role, right.action(is_report)) for right in (Right.WRITE, Right.REVIEW))
    assert written in (Reach.NONE, Reach.OWN) and reviewed in (Reach.NONE, Reach.BELOW)


def test_issuing_is_one_action_whatever_is_issued() -> None:
    assert Right.ISSUE.action(True) is Right.ISSUE.action(False) is Action.CONSOLIDATION_ISSUE
