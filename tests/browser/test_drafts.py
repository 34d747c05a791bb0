"""Nothing typed is lost: ended sessions, double clicks, Back, a killed server (law 7).

Reloads, a lost line and two tabs with scripts are in test_autosave.py; without scripts in test_without_scripts.py.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages.activity import ActivityForm
from tests.browser.pages.base import AccountMenu, Home, SignIn
from tests.browser.pages.report import ReportPage, SectionPage
from tests.support.browser import Visitor, arrived
from tests.support.clock import FrozenClock
from tests.support.database import Database
from tests.support.process import PortalProcess
from tests.support.province import PASSWORD

SAVED = re.compile("Đã lưu lúc ")
TITLE = "Phát tờ rơi tại buổi họp phụ huynh (minh họa)"


@pytest.fixture
def form(visitor: Visitor) -> ActivityForm:
    """The empty form of an activity, opened by a school."""
    visitor.sign_in("school", PASSWORD)
    form = ActivityForm(visitor)
    form.open()
    return form


def count_of(visitor: Visitor, title: str) -> int:
    """How many activities of this title the school's list shows."""
    visitor.open("/activities")
    return visitor.page.get_by_role("main").get_by_role("link", name=title, exact=True).count()


def test_a_form_sent_after_the_session_ran_out_is_kept_and_sent_again(
        visitor: Visitor, form: ActivityForm, clock: FrozenClock) -> None:
    form.fill(TITLE, quantity="2")
    expect(form.state).to_have_text(SAVED)
    visitor.page.route("**/drafts/**", lambda route: route.abort())
    form.box("Đường dẫn bài đăng").fill("https://truong.edu.vn/to-roi")
    clock.move(hours=2)
    form.save()
    form.expect_heading("Đăng nhập")
    form.expect_said("Những gì đã nhập được giữ lại")
    visitor.page.unroute("**/drafts/**")
    SignIn(visitor).sign_in("school", PASSWORD)
    form.expect_heading("Ghi hoạt động")
    expect(form.title).to_have_value(TITLE)
    expect(form.box("Số lượng")).to_have_value("2")
    expect(form.box("Đường dẫn bài đăng")).to_have_value("https://truong.edu.vn/to-roi")
    form.save()
    form.expect_heading(TITLE)
    assert count_of(visitor, TITLE) == 1
    visitor.noises.clear()  # the browser complains of the line that was cut on purpose


def test_a_reload_after_the_session_ran_out_leads_back_to_the_form(
        visitor: Visitor, form: ActivityForm, clock: FrozenClock) -> None:
    form.title.fill(TITLE)
    expect(form.state).to_have_text(SAVED)
    clock.move(hours=2)
    form.page.reload()
    form.expect_heading("Đăng nhập")
    SignIn(visitor).sign_in("school", PASSWORD)
    form.expect_heading("Ghi hoạt động")
    expect(form.title).to_have_value(TITLE)


def test_a_double_click_on_save_makes_one_activity(visitor: Visitor, form: ActivityForm) -> None:
    form.fill(TITLE)
    form.main.get_by_role("button", name="Lưu hoạt động").dblclick()
    form.expect_heading(TITLE)
    assert count_of(visitor, TITLE) == 1
    form.open()
    expect(form.title).to_have_value("")


def test_back_after_saving_shows_an_empty_form_and_saves_nothing_twice(visitor: Visitor, form: ActivityForm) -> None:
    form.fill(TITLE)
    form.save()
    form.expect_heading(TITLE)
    form.page.go_back()
    form.expect_heading("Ghi hoạt động")
    expect(form.title).to_have_value("")
    form.save()
    form.expect_said("Nhập tên hoạt động")
    assert count_of(visitor, TITLE) == 1


def test_a_draft_that_is_signed_out_on_purpose_is_there_again(visitor: Visitor, form: ActivityForm) -> None:
    form.title.fill(TITLE)
    expect(form.state).to_have_text(SAVED)
    AccountMenu(visitor).press("Đăng xuất")
    SignIn(visitor).sign_in("school", PASSWORD)
    visitor.open("/")
    Home(visitor).expect_said("Hoạt động đang ghi dở")
    form.open()
    expect(form.title).to_have_value(TITLE)


@pytest.fixture
def portal(database: Database, tmp_path: Path) -> Any:
    """The portal in a process of its own."""
    process = PortalProcess(database, tmp_path / "instance")
    process.start()
    yield process
    process.kill()


def test_what_was_typed_survives_a_killed_server(browser: Browser, portal: PortalProcess, screen: Any) -> None:
    with arrived(browser, portal.url, screen) as visitor:
        visitor.sign_in("school", PASSWORD)
        Home(visitor).follow_task("Báo cáo 6 tháng đầu năm 2023")
        report, section = ReportPage(visitor), SectionPage(visitor)
        report.open_section("Ưu điểm")
        section.text.fill("Cha mẹ học sinh nộp hồ sơ thuận lợi.")
        expect(saved_line(section.page)).to_have_text(SAVED)
        portal.kill()
        section.text.press_sequentially(" Không phải đi lại.")
        expect(saved_line(section.page)).to_have_text("Chưa lưu được, sẽ thử lại")
        portal.start()
        expect(saved_line(section.page)).to_have_text(SAVED, timeout=30_000)
        portal.kill()
        portal.start()
        visitor.noises.clear()  # the browser complains of the line that was cut on purpose
        section.page.reload()
        expect(section.text).to_have_value("Cha mẹ học sinh nộp hồ sơ thuận lợi. Không phải đi lại.")
        section.save()
        section.leave()
        report.open_section("Ưu điểm")
        expect(section.text).to_have_value("Cha mẹ học sinh nộp hồ sơ thuận lợi. Không phải đi lại.")


def saved_line(page: Page) -> Any:
    """The quiet line that tells whether the draft is kept."""
    return page.locator("[data-save-text]")
