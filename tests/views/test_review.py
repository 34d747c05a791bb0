"""Reviewing through the web: opening, deciding, returning by part, accepting several, each twice."""

from typing import Any

import pytest
from sqlalchemy import select, update

from core.clock import clock as portal_clock
from models.plan import PlanItem
from models.submission import ReturnedPart, Submission
from models.workflow import Status
from queries.plan import get_section_id
from services.plan import save_section
from services.submission import accept, ask_unlock, return_for_completion, withdraw
from tests.support.client import PageClient
from tests.support.pages import text_of
from tests.support.plan import PlanWorld

PEOPLE = ("officer", "head", "neighbour", "district", "office", "leader", "division", "admin")
DEEDS = ("start", "accept", "return", "reopen", "keep-locked")


def words(client: PageClient, path: str) -> str:
    """What is read on a page."""
    return text_of(client.page(path).all("main")[0])


def post(client: PageClient, submission: Submission, deed: str, **data: Any) -> Any:
    """Send a deed as a button does."""
    form = {"csrf_token": client.csrf_token(), "version": submission.version_count, "reason": "Sai số",
            "general": "Làm lại", **data}
    return client.post(f"/reviews/{submission.id}/{deed}", data=form)


@pytest.mark.parametrize("who", PEOPLE)
def test_only_the_reviewer_of_a_unit_reviews_it(client: PageClient, plan_world: PlanWorld, who: str) -> None:
    submission = plan_world.sent()
    client.sign_in(plan_world.people[who])
    refused = (403, 404)
    assert client.get("/reviews").status_code == (200 if who in ("district", "office") else 403)
    seen = client.get(f"/reviews/{submission.id}").status_code
    assert seen == 200 if who == "district" else seen in refused
    if who != "district":
        assert {post(client, submission, deed).status_code for deed in DEEDS} <= set(refused)
        plan_world.session.refresh(submission)
        assert submission.status is Status.SUBMITTED and submission.review_started_at is None


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_at_any_status_and_twice_is_an_answer_and_never_an_error(
    client: PageClient, plan_world: PlanWorld, deed: str, status: Status
) -> None:
    submission = plan_world.sent()
    plan_world.session.execute(update(Submission).values(status=status))
    client.sign_in(plan_world.people["district"])
    assert client.get(f"/reviews/{submission.id}").status_code == 200
    assert [post(client, submission, deed).status_code for _ in range(2)] == [303, 303]
    plan_world.session.refresh(submission)
    expected = {("accept", Status.SUBMITTED): Status.ACCEPTED, ("return", Status.SUBMITTED): Status.RETURNED,
                ("reopen", Status.ACCEPTED): Status.RETURNED}.get((deed, status), status)
    assert submission.status is expected


def test_opening_a_review_starts_nothing_and_starting_bars_withdrawal(
    client: PageClient, plan_world: PlanWorld
) -> None:
    submission = plan_world.sent()
    client.sign_in(plan_world.people["district"])
    client.get(f"/reviews/{submission.id}")
    plan_world.session.refresh(submission)
    assert submission.review_started_at is None
    client.submit(f"/reviews/{submission.id}", "/start")
    plan_world.session.refresh(submission)
    assert submission.review_started_at is not None
    assert "Bắt đầu duyệt" not in [text_of(button) for button in client.page(f"/reviews/{submission.id}").all("button")]
    client.sign_in(plan_world.people["officer"])
    assert "không rút về được nữa" in words(client, plan_world.url())


def test_parts_are_returned_with_their_reasons_and_the_queue_goes_on(client: PageClient, plan_world: PlanWorld) -> None:
    submission, following = plan_world.sent(), plan_world.sent("other")
    item = plan_world.session.scalars(select(PlanItem).where(PlanItem.submission_id == submission.id)).one()
    client.sign_in(plan_world.people["district"])
    answer = client.submit(
        f"/reviews/{submission.id}", "/return", parts=["section:I.1", f"item:{item.id}"],
        why_section_I_1="Viết rõ hơn", **{f"why_item_{item.id}": "Ghi số lượng"})
    assert f"/reviews/{following.id}" in answer.location
    rows = plan_world.session.execute(select(ReturnedPart.part, ReturnedPart.reason).order_by(ReturnedPart.id))
    assert dict(rows.all()) == {"section:I.1": "Viết rõ hơn", f"item:{item.id}": "Ghi số lượng"}


def test_a_ticked_part_without_a_reason_is_asked_about_and_all_that_was_typed_stays(
    client: PageClient, plan_world: PlanWorld
) -> None:
    submission = plan_world.sent()
    client.sign_in(plan_world.people["district"])
    path = f"/reviews/{submission.id}"
    answer = client.submit(path, "/return", 422, parts=["section:I.1", "section:I.2"], why_section_I_2="Bổ sung")
    assert "Ghi lý do trả lại phần này" in answer.text
    assert "Chọn phần cần trả lại" in client.submit(path, "/return", 422, parts=None, why_section_I_2="").text
    client.submit(path, "/return", 422, parts=["section:I.1"], general="Nhận xét")
    kept = client.fields(path, "/return")
    assert kept["parts"] == "section:I.1" and kept["general"] == "Nhận xét"
    plan_world.session.refresh(submission)
    assert submission.status is Status.SUBMITTED


def test_a_reason_without_a_tick_returns_its_part_too(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    client.sign_in(plan_world.people["district"])
    client.submit(f"/reviews/{submission.id}", "/return", why_section_III="Ghi rõ nguồn")
    rows = plan_world.session.execute(select(ReturnedPart.part, ReturnedPart.reason))
    assert dict(rows.all()) == {"section:III": "Ghi rõ nguồn"}


def test_remarks_can_be_kept_without_returning(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    client.sign_in(plan_world.people["district"])
    client.submit(f"/reviews/{submission.id}", "/return", why_section_III="Đang xem", keep="1")
    assert client.fields(f"/reviews/{submission.id}", "/return")["why_section_III"] == "Đang xem"
    plan_world.session.refresh(submission)
    assert submission.status is Status.SUBMITTED


def test_what_changed_since_the_return_is_marked_with_both_values(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    parts = [("section:III", "Ghi nguồn"), ("section:I.1", "Viết lại")]
    return_for_completion(plan_world.session, submission, parts, "", None, portal_clock.now())
    section_id = get_section_id(plan_world.session, plan_world.programme.id, "III")
    save_section(plan_world.session, submission, section_id, "Chi thường xuyên", None, portal_clock.now())
    plan_world.send()
    client.sign_in(plan_world.people["district"])
    page = words(client, f"/reviews/{submission.id}")
    assert "Chi thường xuyên" in page and "Xem nội dung bản trước" in page and "bảo đảm bằng ngân sách" in page
    assert "Lần trước đã yêu cầu: Ghi nguồn" in page and page.count("Đã sửa so với bản trước") == 1
    assert page.count("Chưa sửa so với bản trước") == 1


def test_a_version_that_came_meanwhile_is_not_accepted_unseen(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    client.sign_in(plan_world.people["district"])
    data = client.fields(f"/reviews/{submission.id}", "/accept")
    withdraw(plan_world.session, submission, None, portal_clock.now())
    plan_world.send()
    answer = client.post(f"/reviews/{submission.id}/accept", data=data, follow_redirects=True)
    assert "vừa gửi bản mới" in answer.text
    plan_world.session.refresh(submission)
    assert submission.status is Status.SUBMITTED


def test_a_request_to_unlock_is_answered_either_way(client: PageClient, plan_world: PlanWorld) -> None:
    submission, other = plan_world.sent(), plan_world.sent("other")
    for plan in (submission, other):
        accept(plan_world.session, plan, None, portal_clock.now())
        ask_unlock(plan_world.session, plan, "Sai số lượng", None, portal_clock.now())
    client.sign_in(plan_world.people["district"])
    assert words(client, "/reviews?state=unlock").count("Yêu cầu mở khóa: Sai số lượng") == 2
    assert "Ghi lý do" in client.submit(f"/reviews/{submission.id}", "/reopen", 422, reason="").text
    client.submit(f"/reviews/{submission.id}", "/reopen", reason="Mở để sửa")
    client.submit(f"/reviews/{other.id}", "/keep-locked", reason="Đã tổng hợp")
    plan_world.session.expire_all()
    assert (submission.status, other.status) == (Status.RETURNED, Status.ACCEPTED)
    assert "Không có văn bản nào ở đây" in words(client, "/reviews?state=unlock")


def test_several_plans_are_accepted_after_a_page_that_names_them(client: PageClient, plan_world: PlanWorld) -> None:
    first, second, foreign = plan_world.sent(), plan_world.sent("other"), plan_world.sent("centre")
    client.sign_in(plan_world.people["district"])
    assert "Chọn kế hoạch của Trường tiểu học A" in words(client, "/reviews")
    path = f"/reviews/accept?pick={first.id}:1&pick={second.id}:1&pick={foreign.id}:1&pick=x&pick=9:"
    page = words(client, path)
    assert "Trường tiểu học A" in page and "Trường tiểu học B" in page and "Trung tâm C" not in page
    data = client.fields(path, "/accept")
    withdraw(plan_world.session, second, None, portal_clock.now())
    plan_world.send("other")
    answer = client.post("/reviews/accept", data=data, follow_redirects=True)
    assert "Đã duyệt 1 kế hoạch" in answer.text and "Trường tiểu học B" in answer.text
    assert client.post("/reviews/accept", data=data).status_code == 303
    plan_world.session.expire_all()
    assert (first.status, second.status, foreign.status) == (Status.ACCEPTED, Status.SUBMITTED, Status.SUBMITTED)
    assert client.get("/reviews/accept").status_code == 303


def test_queue_and_review_stay_within_twenty_queries(client: PageClient, plan_world: PlanWorld) -> None:
    submission = plan_world.sent()
    plan_world.sent("other")
    client.sign_in(plan_world.people["district"])
    for path in ("/reviews", "/reviews?state=accepted&kind=plan&q=tieu", f"/reviews/{submission.id}"):
        client.get(path)
        assert len(client.statements) <= 20, str(client.statements)


@pytest.mark.parametrize("query", ["state=khong-co", "kind=x", "page=-3", "page=99", "page=x", "q=%00%27"])
def test_an_odd_address_of_the_queue_is_answered_calmly(
    client: PageClient, plan_world: PlanWorld, query: str
) -> None:
    plan_world.sent()
    client.sign_in(plan_world.people["district"])
    assert client.get(f"/reviews?{query}").status_code == 200
