"""Without JavaScript and 320 px wide everything still saves, keeps, sends, and tells two versions apart."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.pages.activity import ActivityForm, ActivityPage
from tests.browser.pages.base import Home
from tests.browser.pages.report import CheckPage, DocumentPage, ReportPage, SectionPage
from tests.support.browser import PATIENCE, Visitor
from tests.support.evidence import jpeg_bytes
from tests.support.province import PASSWORD
from tests.support.server import LiveServer

SMALL: ViewportSize = {"width": 320, "height": 640}
TITLE = "Treo băng rôn trước cổng trường (minh họa)"
REPORT = "Báo cáo 6 tháng đầu năm 2023"
WIDTH = "[document.documentElement.scrollWidth, window.innerWidth]"


class PlainVisitor(Visitor):
    """A person whose browser runs no scripts; axe is one, so only the width of pages is looked at."""

    def check(self) -> None:
        """Look at whether the page scrolls sideways."""
        needed, there_is = self.page.evaluate(WIDTH)
        assert needed <= there_is, f"{self.page.url} scrolls sideways: {needed} of {there_is} px"


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[PlainVisitor]:
    """A school's officer on a small phone without scripts."""
    context = browser.new_context(viewport=SMALL, locale="vi-VN", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    person = PlainVisitor(context.new_page(), live_server.url)
    person.sign_in("school", PASSWORD)
    yield person
    context.close()


def test_an_activity_is_recorded_without_scripts(plain: PlainVisitor, tmp_path: Path) -> None:
    photo = tmp_path / "băng rôn.jpg"
    photo.write_bytes(jpeg_bytes())
    form, activity = ActivityForm(plain), ActivityPage(plain)
    Home(plain).follow_task("Ghi hoạt động")
    form.fill(TITLE, medium="Băng rôn, khẩu hiệu", day="31/02/2023", quantity="2")
    form.attach(photo)
    form.save()
    form.expect_said("Nhập ngày theo mẫu ngày/tháng/năm")
    expect(form.title).to_have_value(TITLE)
    form.box("Ngày thực hiện").fill("20/05/2023")
    form.save()
    activity.expect_heading(TITLE)
    expect(activity.evidence("băng rôn.jpg")).to_be_visible()


def test_a_report_is_filled_in_and_sent_without_scripts(plain: PlainVisitor) -> None:
    home, report, section = Home(plain), ReportPage(plain), SectionPage(plain)
    home.follow_task(REPORT)
    report.open_section("Kiểm tra, tự kiểm tra")
    section.number("A4").fill("3")
    plain.press("Ghi “Không phát sinh” cho các ô còn trống")
    expect(section.nothing("A3")).to_be_checked()
    expect(section.number("A4")).to_have_value("3")
    section.leave()
    report.open_section("Ưu điểm")
    section.text.fill("Viết dở")
    plain.press("Lưu nháp")
    expect(section.text).to_have_value("Viết dở")
    section.text.fill("Đơn vị triển khai kịp thời.")
    section.save()
    section.leave()
    report.main.get_by_text("Các ô còn trống đều không phát sinh").click()
    plain.press("Ghi “Không phát sinh”")
    report.open_document()
    DocumentPage(plain).fill(number="19/BC-TH", day="25/05/2023", position="Hiệu trưởng", name="Người ký (minh họa)")
    report.open_check()
    CheckPage(plain).send()
    report.expect_state("Đã nộp")


def test_two_versions_are_shown_and_one_is_chosen_without_scripts(plain: PlainVisitor) -> None:
    other = PlainVisitor(plain.page.context.new_page(), plain.base)
    first, second = ActivityForm(plain), ActivityForm(other)
    first.open()
    second.open()
    first.title.fill("Bản ở thẻ thứ nhất")
    plain.press("Lưu nháp")
    second.title.fill("Bản ở thẻ thứ hai")
    other.press("Lưu nháp")
    second.expect_said("Có hai bản của cùng một ô")
    second.expect_said("Bản ở thẻ thứ nhất")
    second.main.get_by_role("radio", name="Bản kia").check()
    other.press("Lưu nháp")
    expect(second.title).to_have_value("Bản ở thẻ thứ nhất")
