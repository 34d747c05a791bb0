"""Versions, lateness and every step of a plan or report, each taken twice."""

from collections.abc import Callable
from datetime import date, time

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from models.event import Event, Subject
from models.requirement import Level, RequirementStatus
from models.submission import ReturnedPart, Submission, SubmissionVersion, hash_content
from models.workflow import Status, Step
from queries.submission import list_versions, open_parts, returned_reasons
from services.plan import add_item, freeze_plan
from services.submission import (
    DocumentFields,
    SubmissionError,
    accept,
    ask_unlock,
    ensure_submission,
    keep_locked,
    reopen,
    return_for_completion,
    revise,
    sign_off,
    start_review,
    submit,
    touch,
    withdraw,
    write_document,
)
from tests.support.clock import FrozenClock
from tests.support.plan import PlanWorld

DUE = date(2023, 3, 10)


def events(session: Session, submission: Submission) -> list[str]:
    """What the timeline tells, oldest first."""
    return list(session.scalars(
        select(Event.action).where(Event.subject_kind == Subject.SUBMISSION, Event.subject_id == submission.id)
        .order_by(Event.id)))


def steps(session: Session, submission: Submission) -> list[str]:
    """The same without changes of content."""
    return [action for action in events(session, submission) if action not in ("write", "add")]


# Sending.


def test_the_same_key_twice_makes_one_version(plan_world: PlanWorld) -> None:
    submission = plan_world.write()
    first, second = plan_world.send(key="k"), plan_world.send(key="k")
    assert first is second and submission.version_count == 1
    assert steps(plan_world.session, submission) == ["start", "submit"]


@pytest.mark.parametrize(("counts_due_day", "day", "at", "late"), [
    (True, DUE, time(23, 59, 59), 0), (True, date(2023, 3, 11), time(0), 1),
    (False, date(2023, 3, 9), time(23, 59, 59), 0), (False, DUE, time(0), 1),
])
def test_lateness_is_frozen_to_the_second_at_the_first_submission(
    plan_world: PlanWorld, clock: FrozenClock, counts_due_day: bool, day: date, at: time, late: int
) -> None:
    plan_world.obligation().set_due(DUE, counts_due_day)
    submission = plan_world.write()
    clock.set(day, at)
    plan_world.send()
    assert submission.late_days == late
    withdraw(plan_world.session, submission, None, portal_clock.now())
    clock.set(date(2023, 4, 20))
    plan_world.send()
    assert submission.late_days == late and submission.version_count == 2


def test_nothing_is_sent_before_the_window_opens_and_the_day_is_named(
    plan_world: PlanWorld, clock: FrozenClock
) -> None:
    submission = plan_world.write()
    clock.set(date(2023, 2, 16), time(23, 59))
    with pytest.raises(SubmissionError, match="17/02/2023"):
        plan_world.send()
    assert submission.status is Status.DRAFT and submission.version_count == 0
    clock.set(date(2023, 2, 17), time(0))
    plan_world.send()
    assert submission.status is Status.SUBMITTED


def test_an_incomplete_plan_is_not_sent_and_says_what_is_missing(plan_world: PlanWorld) -> None:
    submission = plan_world.start()
    frozen = freeze_plan(plan_world.session, submission, portal_clock.today())
    assert {problem.part for problem in frozen.problems} >= {"items", "section:I.1"}
    with pytest.raises(SubmissionError):
        plan_world.send()
    assert submission.status is Status.DRAFT


@pytest.mark.parametrize("shut", ["exempted", "closed", "requirement"])
def test_what_is_not_owed_is_neither_started_nor_written_nor_sent(plan_world: PlanWorld, shut: str) -> None:
    submission = plan_world.write()
    for unit in ("school", "other"):
        obligation = plan_world.obligation(unit)
        if shut == "exempted":
            obligation.exempted_at = portal_clock.now()
        elif shut == "closed":
            obligation.closed_at = portal_clock.now()
    if shut == "requirement":
        plan_world.requirement.status = RequirementStatus.CLOSED
    with pytest.raises(SubmissionError):
        plan_world.start("other")
    with pytest.raises(SubmissionError):
        touch(plan_world.session, submission, portal_clock.now())
    with pytest.raises(SubmissionError):
        plan_world.send()


def test_a_unit_cannot_issue_and_the_department_cannot_submit(plan_world: PlanWorld) -> None:
    submission = plan_world.write()
    frozen = freeze_plan(plan_world.session, submission, portal_clock.today())
    with pytest.raises(SubmissionError):
        submit(plan_world.session, submission, frozen, submit_key="k", viewer=None, now=portal_clock.now(),
               step=Step.ISSUE)
    plan_world.obligation().level = Level.DEPARTMENT
    with pytest.raises(SubmissionError):
        plan_world.send()


def test_issuing_accepts_its_own_version_and_revising_lets_go_of_it(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.write()
    plan_world.obligation().level = Level.DEPARTMENT
    frozen = freeze_plan(session, submission, portal_clock.today())
    submit(session, submission, frozen, submit_key="k", viewer=None, now=portal_clock.now(), step=Step.ISSUE,
           document=DocumentFields("05/BC-SGDĐT", DUE, "", "Giám đốc", ""))
    assert (submission.status, submission.accepted_version) == (Status.ISSUED, 1)
    assert submission.document_number == "05/BC-SGDĐT"
    assert revise(session, submission, "Sửa số liệu", None, portal_clock.now())
    assert not revise(session, submission, "Sửa số liệu", None, portal_clock.now())
    assert (submission.status, submission.accepted_version) == (Status.DRAFT, None)


def test_two_who_start_at_once_get_the_same_plan(plan_world: PlanWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    session, obligation = plan_world.session, plan_world.obligation()
    first = plan_world.start()
    monkeypatch.setattr(session, "scalar", lambda *args, **kw: None)  # as if the other had not yet committed
    second = ensure_submission(session, obligation.id, portal_clock.now(), None)
    assert second is first
    monkeypatch.undo()
    assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_version_keeps_its_words_and_its_hash_whatever_happens_later(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.write()
    version = plan_world.send()
    content, code = dict(version.content), version.content_hash
    withdraw(session, submission, None, portal_clock.now())
    add_item(session, submission, plan_world.fields(title="Việc thêm"), "later", None, portal_clock.now())
    plan_world.send()
    session.commit()
    session.expire_all()
    kept = session.scalars(select(SubmissionVersion).where(SubmissionVersion.number == 1)).one()
    assert kept.content == content and kept.content_hash == code == hash_content(kept.content, [])
    assert [row.number for row in list_versions(session, submission.id)] == [2, 1]


# The reviewer.


def test_withdrawing_works_until_the_review_begins(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.sent()
    assert withdraw(session, submission, None, portal_clock.now())
    assert not withdraw(session, submission, None, portal_clock.now())
    plan_world.send()
    assert start_review(session, submission, None, portal_clock.now())
    assert not start_review(session, submission, None, portal_clock.now())
    with pytest.raises(SubmissionError, match="mở khóa"):
        withdraw(session, submission, None, portal_clock.now())
    assert submission.status is Status.SUBMITTED


def test_a_reviewer_has_three_working_days_and_the_fixer_three_calendar_days(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.sent()
    assert submission.review_due_on == date(2023, 3, 9)
    return_for_completion(session, submission, [("section:I.1", "Viết lại")], "", None, portal_clock.now())
    assert submission.return_due_on == date(2023, 3, 9) and submission.review_due_on is None


def test_accepting_names_the_version_and_reopening_lets_go_of_it(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.sent()
    assert accept(session, submission, None, portal_clock.now(), version=1)
    assert not accept(session, submission, None, portal_clock.now(), version=1)
    assert (submission.status, submission.accepted_version) == (Status.ACCEPTED, 1)
    assert reopen(session, submission, "Sai số lượng", None, portal_clock.now())
    assert not reopen(session, submission, "Sai số lượng", None, portal_clock.now())
    assert (submission.status, submission.accepted_version) == (Status.RETURNED, None)
    assert submission.return_due_on is not None
    assert open_parts(session, plan_world.line()).is_all


def test_a_decision_on_a_version_that_is_no_longer_the_last_is_refused(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.sent()
    withdraw(session, submission, None, portal_clock.now())
    plan_world.send()
    for decide in (
        lambda: accept(session, submission, None, portal_clock.now(), version=1),
        lambda: return_for_completion(session, submission, [], "Sửa", None, portal_clock.now(), version=1),
    ):
        with pytest.raises(SubmissionError, match="bản mới"):
            decide()
    assert submission.status is Status.SUBMITTED and submission.accepted_version is None


def test_a_return_opens_just_the_named_parts(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.sent()
    parts = [("section:I.1", "Viết rõ hơn"), ("item:7", "Ghi số lượng")]
    assert return_for_completion(session, submission, parts, "", None, portal_clock.now())
    assert not return_for_completion(session, submission, parts, "", None, portal_clock.now())
    opened = open_parts(session, plan_world.line())
    assert opened.reasons == dict(parts) and not opened.is_all
    assert opened.allows("section:I.1") and opened.allows("item:7")
    assert not opened.allows("section:I.2") and not opened.allows("items") and not opened.allows("item:8")
    plan_world.send()
    assert returned_reasons(session, submission.id, 1) == dict(parts)
    assert not open_parts(session, plan_world.line()).allows("section:I.1")


def test_a_return_without_any_reason_is_refused_and_one_general_reason_opens_all(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.sent()
    for parts in ([], [("section:I.1", " ")]):
        with pytest.raises(SubmissionError):
            return_for_completion(session, submission, parts, "", None, portal_clock.now())
    assert submission.status is Status.SUBMITTED
    assert session.scalar(select(func.count()).select_from(ReturnedPart)) == 0
    return_for_completion(session, submission, [], "Làm lại theo mẫu", None, portal_clock.now())
    assert open_parts(session, plan_world.line()).is_all


def test_asking_to_unlock_is_noted_once_and_answered(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.sent()
    accept(session, submission, None, portal_clock.now())
    with pytest.raises(SubmissionError):
        ask_unlock(session, submission, " ", None, portal_clock.now())
    assert ask_unlock(session, submission, "Sai số", None, portal_clock.now())
    assert not ask_unlock(session, submission, "Sai số", None, portal_clock.now())
    assert keep_locked(session, submission, "Đã tổng hợp", None, portal_clock.now())
    assert not keep_locked(session, submission, "Đã tổng hợp", None, portal_clock.now())
    assert submission.status is Status.ACCEPTED and submission.unlock_asked_at is None
    assert steps(session, submission)[-2:] == ["ask_unlock", "keep_locked"]


Take = Callable[[Session, Submission], object]
NOW = portal_clock.now
TAKEN: dict[str, Take] = {
    "withdraw": lambda session, plan: withdraw(session, plan, None, NOW()),
    "accept": lambda session, plan: accept(session, plan, None, NOW()),
    "return": lambda session, plan: return_for_completion(session, plan, [], "Sửa", None, NOW()),
    "reopen": lambda session, plan: reopen(session, plan, "Sửa", None, NOW()),
    "ask_unlock": lambda session, plan: ask_unlock(session, plan, "Sửa", None, NOW()),
    "start_review": lambda session, plan: start_review(session, plan, None, NOW()),
    "revise": lambda session, plan: revise(session, plan, "Sửa", None, NOW()),
}
OPEN = {
    "withdraw": {Status.SUBMITTED}, "accept": {Status.SUBMITTED}, "return": {Status.SUBMITTED},
    "reopen": {Status.ACCEPTED}, "ask_unlock": {Status.SUBMITTED, Status.ACCEPTED},
    "start_review": {Status.SUBMITTED}, "revise": {Status.ISSUED},
}
ALREADY = {"withdraw": Status.WITHDRAWN, "accept": Status.ACCEPTED, "return": Status.RETURNED,
           "reopen": Status.RETURNED, "revise": Status.DRAFT}
"""The status in which a step has been taken already, and answers False."""


@pytest.mark.parametrize("name", TAKEN)
def test_a_service_takes_a_step_where_the_table_allows_it_and_refuses_it_elsewhere(
    plan_world: PlanWorld, name: str
) -> None:
    session, submission = plan_world.session, plan_world.sent()
    for status in Status:
        session.execute(update(Submission).values(
            status=status, review_started_at=None, unlock_asked_at=None, accepted_version=1, return_due_on=None))
        session.execute(delete(ReturnedPart))
        session.refresh(submission)
        count = len(events(session, submission))
        if status in OPEN[name]:
            assert TAKEN[name](session, submission) is True
        elif ALREADY.get(name) is status:
            assert TAKEN[name](session, submission) is False
            assert len(events(session, submission)) == count
        else:
            with pytest.raises(SubmissionError):
                TAKEN[name](session, submission)
            assert submission.status is status


# Signing off, and the paper.


def test_a_sign_off_lapses_when_the_content_changes_but_not_when_the_paper_gets_its_number(
    plan_world: PlanWorld,
) -> None:
    session, submission = plan_world.session, plan_world.write()
    head = plan_world.viewer("head")
    assert sign_off(session, submission, head, portal_clock.now(), revision=submission.revision)
    assert not sign_off(session, submission, head, portal_clock.now(), revision=submission.revision)
    paper = DocumentFields("12/KH-TH", DUE, "", "Hiệu trưởng", "")
    assert write_document(session, submission, paper, head, portal_clock.now())
    assert not write_document(session, submission, paper, head, portal_clock.now())
    assert submission.is_signed_off
    read = submission.revision
    add_item(session, submission, plan_world.fields(), "another", None, portal_clock.now())
    assert not submission.is_signed_off
    with pytest.raises(SubmissionError):
        sign_off(session, submission, head, portal_clock.now(), revision=read)


@pytest.mark.parametrize("status", Status)
def test_nothing_is_written_in_what_is_locked(plan_world: PlanWorld, status: Status) -> None:
    session, submission = plan_world.session, plan_world.sent()
    session.execute(update(Submission).values(status=status))
    session.refresh(submission)
    revision = submission.revision
    if status.is_editable:
        touch(session, submission, portal_clock.now())
        assert submission.revision == revision + 1
    else:
        with pytest.raises(SubmissionError):
            touch(session, submission, portal_clock.now())
        assert submission.revision == revision
