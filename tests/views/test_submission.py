"""The unit's own steps through the web: each by whom it may be taken, and twice; and the versions."""

import pytest
from sqlalchemy import update

from core.clock import clock as portal_clock
from models.submission import Submission
from models.workflow import Status
from queries.plan import get_section_id
from services.plan import save_section
from services.submission import accept, start_review, withdraw
from tests.support.client import PageClient
from tests.support.pages import text_of
from tests.support.plan import PlanWorld

STEPS = ("withdraw", "ask-unlock", "sign-off")
PEOPLE = ("officer", "head", "neighbour", "district", "office", "leader", "division", "admin")
MAY = {"withdraw": {"officer", "head"}, "ask-unlock": {"officer", "head"}, "sign-off": {"head"}}


def post(client: PageClient, submission: Submission, step: str, **data: object) -> int:
    """Send a step as a button does; the status of the answer."""
    form = {"csrf_token": client.csrf_token(), "reason": "Sai số liệu", "revision": submission.revision, **data}
    return client.post(f"/submissions/{submission.id}/{step}", data=form).status_code


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_by_whom_the_table_names_and_is_unknown_to_others(
    client: PageClient, plan_world: PlanWorld, step: str, who: str
) -> None:
    submission = plan_world.write() if step == "sign-off" else plan_world.sent()
    client.sign_in(plan_world.people[who])
    status = post(client, submission, step)
    assert status == 303 if who in MAY[step] else status in (403, 404)
    plan_world.session.refresh(submission)
    was_taken = {"withdraw": submission.status is Status.WITHDRAWN, "sign-off": submission.is_signed_off,
                 "ask-unlock": submission.unlock_asked_at is not None}[step]
    assert was_taken is (who in MAY[step])


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_at_any_status_and_twice_is_an_answer_and_never_an_error(
    client: PageClient, plan_world: PlanWorld, step: str, status: Status
) -> None:
    submission = plan_world.sent()
    plan_world.session.execute(update(Submission).values(status=status))
    client.sign_in(plan_world.people["head"])
    assert [post(client, submission, step) for _ in range(2)] == [303, 303]
    plan_world.session.refresh(submission)
    moved = step == "withdraw" and status is Status.SUBMITTED
    assert submission.status is (Status.WITHDRAWN if moved else status)


def test_withdrawing_after_the_review_began_says_what_to_do_instead(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    client.sign_in(plan_world.people["officer"])
    assert "Rút về" in text_of(client.page(plan_world.url()).all("main")[0])
    data = client.fields(plan_world.url(), "/withdraw")
    start_review(plan_world.session, submission, None, portal_clock.now())
    answer = client.post(f"/submissions/{submission.id}/withdraw", data=data, follow_redirects=True)
    assert "yêu cầu mở khóa" in answer.text and "Yêu cầu mở khóa" in answer.text
    client.submit(plan_world.url(), "/ask-unlock", reason="Sai số lượng")
    assert "Đơn vị đã yêu cầu mở khóa: Sai số lượng" in text_of(client.page(plan_world.url()).all("main")[0])


def test_a_request_without_a_reason_asks_for_one_and_keeps_nothing(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    accept(plan_world.session, submission, None, portal_clock.now())
    client.sign_in(plan_world.people["officer"])
    answer = client.submit(plan_world.url(), "/ask-unlock", 422, reason="  ")
    assert "Ghi lý do" in answer.text
    long = client.submit(plan_world.url(), "/ask-unlock", 422, reason="Đ" * 2001)
    assert "Viết ngắn lại" in long.text and "Đ" * 2001 in long.text
    plan_world.session.refresh(submission)
    assert submission.unlock_asked_at is None


def test_the_head_signs_what_was_read_and_not_what_was_changed_since(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.write()
    client.sign_in(plan_world.people["head"])
    read = client.fields(plan_world.url(), "/sign-off")
    section_id = get_section_id(plan_world.session, plan_world.programme.id, "III")
    save_section(plan_world.session, submission, section_id, "Khác", None, portal_clock.now())
    answer = client.post(f"/submissions/{submission.id}/sign-off", data=read, follow_redirects=True)
    assert "Hãy đọc lại rồi ký duyệt" in answer.text
    client.submit(plan_world.url(), "/sign-off")
    assert "đã ký duyệt nội bộ lúc" in text_of(client.page(plan_world.url()).all("main")[0])
    save_section(plan_world.session, submission, section_id, "Khác nữa", None, portal_clock.now())
    assert "cần ký duyệt lại" in text_of(client.page(plan_world.url()).all("main")[0])


# Versions.


@pytest.mark.parametrize(("who", "status"), [
    ("officer", 200), ("head", 200), ("district", 200), ("office", 200), ("leader", 200), ("neighbour", 404),
])
def test_versions_are_read_by_whom_the_plan_is(
    client: PageClient, plan_world: PlanWorld, who: str, status: int
) -> None:
    submission = plan_world.sent()
    withdraw(plan_world.session, submission, None, portal_clock.now())
    plan_world.send()
    client.sign_in(plan_world.people[who])
    for tail in ("versions", "versions/1", "versions/2", "compare?old=1&new=2", "compare"):
        assert client.get(f"/submissions/{submission.id}/{tail}").status_code == status, tail


def test_two_versions_are_compared_and_unknown_ones_are_not_found(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    client.sign_in(plan_world.people["officer"])
    assert client.get(f"/submissions/{submission.id}/compare").status_code == 404
    for tail in ("versions/7", "compare?old=1&new=7", "compare?old=x"):
        assert client.get(f"/submissions/{submission.id}/{tail}").status_code == 404
    withdraw(plan_world.session, submission, None, portal_clock.now())
    section_id = get_section_id(plan_world.session, plan_world.programme.id, "III")
    save_section(plan_world.session, submission, section_id, "Ngân sách nhà nước cấp", None, portal_clock.now())
    plan_world.send()
    page = text_of(client.page(f"/submissions/{submission.id}/compare").all("main")[0])
    assert "III. Kinh phí" in page and "Ngân sách nhà nước cấp" in page and "I.1. Mục đích" not in page
    client.get(f"/submissions/{submission.id}/compare?old=2&new=2")
    assert "nội dung giống nhau" in text_of(client.page(f"/submissions/{submission.id}/compare?old=2&new=2").root)
