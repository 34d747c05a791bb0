"""Drafts that save themselves in a real browser: reload, a second tab, a lost line, a session that ended (law 7)."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.support.browser import Visitor
from tests.support.province import PASSWORD

FORM = "/activities/new"
QUESTION = "Đơn vị đã làm gì?"
SAVED = re.compile("Đã lưu lúc ")


@pytest.fixture
def form(visitor: Visitor, page: Page) -> Page:
    """The empty form of an activity, opened by a school."""
    visitor.sign_in("school", PASSWORD)
    visitor.open(FORM)
    return page


def question(page: Page) -> Locator:
    """The first field of the form."""
    return page.get_by_label(QUESTION)


def state(page: Page) -> Locator:
    """The quiet line that tells whether the draft is saved."""
    return page.locator("[data-save-text]")


def test_what_was_typed_is_there_after_a_reload(form: Page) -> None:
    question(form).press_sequentially("Lễ chào cờ đầu tuần")
    form.get_by_label("Chủ đề công tác năm 2023").check()
    expect(state(form)).to_have_text(SAVED)
    form.reload()
    expect(question(form)).to_have_value("Lễ chào cờ đầu tuần")
    expect(form.get_by_label("Chủ đề công tác năm 2023")).to_be_checked()


def test_what_was_typed_just_before_leaving_is_kept(visitor: Visitor, form: Page) -> None:
    question(form).press_sequentially("Viết dở")
    visitor.open("/activities")
    visitor.open(FORM)
    expect(question(form)).to_have_value("Viết dở")


def test_a_second_tab_is_shown_both_versions_and_chooses(visitor: Visitor, form: Page) -> None:
    other = form.context.new_page()
    other.goto(visitor.base + FORM)
    question(form).fill("Bản thứ nhất")
    expect(state(form)).to_have_text(SAVED)
    question(other).fill("Bản thứ hai")
    dialog = other.get_by_role("dialog")
    expect(dialog).to_contain_text("Bản thứ nhất")
    expect(dialog).to_contain_text("Bản thứ hai")
    dialog.get_by_role("button", name="Giữ bản của tôi").click()
    expect(state(other)).to_have_text(SAVED)
    question(form).fill("Bản thứ ba")
    form.get_by_role("dialog").get_by_role("button", name="Dùng bản kia").click()
    expect(question(form)).to_have_value("Bản thứ hai")
    other.close()


def test_a_lost_line_is_said_and_what_was_typed_is_sent_when_it_is_back(visitor: Visitor, form: Page) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    form.route("**/drafts/**", refuse)
    question(form).fill("Mất mạng")
    expect(state(form)).to_have_text("Chưa lưu được, sẽ thử lại")
    form.unroute("**/drafts/**", refuse)
    expect(state(form)).to_have_text(SAVED)
    visitor.noises.clear()  # the browser complains of the line that was cut on purpose
    form.reload()
    expect(question(form)).to_have_value("Mất mạng")


def test_a_session_that_ended_is_said_and_signing_in_elsewhere_saves(visitor: Visitor, form: Page) -> None:
    form.context.clear_cookies()
    question(form).fill("Hết phiên")
    expect(state(form)).to_contain_text("Phiên làm việc đã hết")
    expect(form.get_by_role("link", name="Mở trang đăng nhập")).to_be_visible()
    Visitor(form.context.new_page(), visitor.base).sign_in("school", PASSWORD)
    form.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(state(form)).to_have_text(SAVED)
    form.reload()
    expect(question(form)).to_have_value("Hết phiên")


def test_a_double_click_sends_once(visitor: Visitor, page: Page) -> None:
    visitor.open("/style")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Gửi báo cáo").first.dblclick()
    expect(page.get_by_role("alert")).to_be_visible()
    assert len(sent) == 1
