"""Paper is typed in by keyboard alone: one sign a question, Enter, and the next sheet."""

import time

from playwright.sync_api import Page, expect

from tests.support.browser import Visitor
from tests.support.province import PASSWORD

FAST_ENOUGH = 15
"""Seconds in which a sheet of sixteen answers is typed."""


def open_grid(visitor: Visitor) -> None:
    """Be the officer of a school before the grid of the open round."""
    visitor.sign_in("school", PASSWORD)
    visitor.open("/surveys")
    visitor.page.get_by_role("link", name="Khảo sát hài lòng 6 tháng đầu năm 2023").click()
    visitor.page.get_by_role("link", name="Nhập từng phiếu").click()
    expect(visitor.page.get_by_label("S1")).to_be_focused()


def test_a_sheet_is_typed_stored_and_taken_back_by_keyboard(visitor: Visitor, page: Page) -> None:
    open_grid(visitor)
    counts = page.locator("[data-counts]")
    before = counts.inner_text()
    began = time.monotonic()
    page.keyboard.type("11" + "4" * 17 + "1" + "13", delay=60)
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_have_text("Đã lưu phiếu thứ 1.")
    assert time.monotonic() - began < FAST_ENOUGH
    page.keyboard.type("11" + "5" * 17 + "1" + "2")
    page.keyboard.press("Enter")
    page.keyboard.type("14555")
    expect(page.locator("[data-done]")).to_have_text("Đã lưu phiếu thứ 2.")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(page.locator("[data-done]")).to_have_text("Đã lưu phiếu thứ 3.")
    for _sheet in range(3):
        page.keyboard.press("Control+z")
        expect(page.locator("[data-done]")).to_have_text("Đã bỏ phiếu vừa nhập.")
        page.wait_for_timeout(100)
    expect(counts).to_have_text(before)
    visitor.check()


def test_questions_led_past_are_passed_over_and_wrong_signs_refused(visitor: Visitor, page: Page) -> None:
    open_grid(visitor)
    page.keyboard.type("14")
    expect(page.get_by_label("Q15")).to_be_focused()
    page.keyboard.type("6x")
    expect(page.get_by_label("Q15")).to_have_value("")
    page.keyboard.type("5")
    expect(page.get_by_label("Q16")).to_be_focused()
    page.keyboard.press("+")
    expect(page.locator("[name=Q18]")).to_be_focused()
