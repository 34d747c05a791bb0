"""A report in a real browser: figures keep themselves, another number than the counted one unfolds its reason."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Visitor
from tests.support.province import PASSWORD

SAVED = re.compile("Đã lưu lúc ")


@pytest.fixture
def report(visitor: Visitor, page: Page) -> Page:
    """The half-year report of a school, opened from its tasks."""
    visitor.sign_in("school", PASSWORD)
    visitor.open("/")
    page.get_by_role("main").get_by_role("link", name=re.compile("6 tháng đầu năm 2023")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Báo cáo 6 tháng đầu năm 2023")
    return page


def row(page: Page, code: str) -> Locator:
    """The row of one indicator with what unfolds beneath it."""
    return page.locator("tbody", has=page.locator(f"#row-{code}"))


def test_figures_and_text_of_a_section_survive_a_reload(visitor: Visitor, report: Page) -> None:
    report.get_by_role("link", name="Đối tượng được tuyên truyền").click()
    row(report, "K2").get_by_role("textbox").fill("42")
    row(report, "K4").get_by_label("Không phát sinh").check()
    expect(report.locator("[data-save-text]")).to_have_text(SAVED)
    report.reload()
    expect(row(report, "K2").get_by_role("textbox")).to_have_value("42")
    expect(row(report, "K4").get_by_label("Không phát sinh")).to_be_checked()
    visitor.check()


def test_another_number_than_the_counted_one_wants_its_reason_at_the_row(visitor: Visitor, report: Page) -> None:
    report.get_by_role("link", name="Mạng xã hội").click()
    cell = row(report, "C1")
    cell.get_by_text("Ghi số khác số cổng đếm được").click()
    cell.get_by_label("Số của đơn vị").fill("99")
    report.get_by_role("button", name="Lưu và sang mục sau").click()
    expect(report.get_by_role("alert")).to_contain_text("C1: ghi lý do")
    expect(row(report, "C1").get_by_label("Số của đơn vị")).to_have_value("99")
    visitor.noises.clear()  # the browser remarks on the answer 422
    visitor.check()
    row(report, "C1").get_by_label("Lý do").fill("Trang cũ bị khóa trong tháng 3")
    report.get_by_role("button", name="Lưu và sang mục sau").click()
    expect(report.get_by_role("heading", level=1)).to_contain_text("Hội nghị, tập huấn, lồng ghép")


def test_the_report_is_sent_and_stands_as_it_was_sent(visitor: Visitor, report: Page) -> None:
    report.get_by_role("link", name="Kiểm tra trước khi gửi").click()
    expect(report.get_by_role("main")).to_contain_text("Nên xem lại")
    visitor.check()
    report.get_by_role("button", name=re.compile("^Gửi báo cáo tới")).click()
    expect(report.get_by_role("main")).to_contain_text("Chỉ để xem: đã gửi")
    report.get_by_role("link", name="Tải bản PDF đã gửi").wait_for()
    visitor.check()
