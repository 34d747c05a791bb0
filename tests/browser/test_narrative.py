"""Two people at the narrative desk at once, one of them by keyboard alone; nothing that either typed is lost."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.pages.narrative import DeskPage
from tests.browser.test_keyboard import step_to
from tests.support.browser import Visitor

Arrive = Callable[[str], Visitor]
HEADING = "IV.1. Ưu điểm"
THEIRS = "Đơn vị triển khai kịp thời"


def test_two_people_write_one_heading_and_see_both_versions(arrive: Arrive) -> None:
    first, second = DeskPage(arrive("office")), DeskPage(arrive("office"))
    first.open(HEADING)
    page, keys = first.page, first.page.keyboard
    step_to(page, first.beside.get_by_role("combobox").first)
    tick = first.beside.get_by_role("checkbox").first
    tick.focus()
    keys.press("Space")
    first.beside.get_by_role("button", name="Đưa câu đã chọn vào bài").focus()
    keys.press("Enter")
    first.expect_preview(THEIRS)
    expect(first.own.get_by_text("Nguồn:")).to_be_visible()
    first.visitor.check()

    second.open(HEADING)
    for desk in (first, second):
        desk.own.get_by_role("link", name="Sửa").click()
        expect(desk.box).to_be_visible()
    first.box.fill("Bản của người thứ nhất.")
    first.own.get_by_role("button", name="Lưu câu").focus()
    keys.press("Enter")
    first.expect_preview("Bản của người thứ nhất.")
    second.page.route("**/drafts/**", lambda route: route.abort())
    second.box.fill("Bản của người thứ hai.")
    second.own.get_by_role("button", name="Lưu câu").click()
    expect(second.own.get_by_role("group", name="Câu văn")).to_contain_text("Bản của người thứ nhất.")
    expect(second.own.get_by_role("group", name="Câu văn")).to_contain_text("Bản của người thứ hai.")
    second.page.unroute("**/drafts/**")
    second.own.get_by_role("button", name="Lưu câu").click()
    second.expect_preview("Bản của người thứ hai.")
    second.own.get_by_role("button", name="Hoàn tác lần sửa cuối").click()
    second.expect_preview("Bản của người thứ nhất.")
    expect(second.own.get_by_text("Nguồn:")).to_be_visible()
    second.visitor.noises.clear()  # the browser complains of the line that was cut, and of the 409
