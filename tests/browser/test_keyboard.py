"""The keyboard alone signs in and records an activity; where the focus is can always be seen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages.activity import ActivityForm
from tests.browser.pages.base import beginning
from tests.support.browser import PHONE, Visitor
from tests.support.province import PASSWORD

MOST_STEPS = 60
FOCUS = """() => {
  const focused = document.activeElement;
  const shown = focused.classList.contains("is-covered") ? focused.nextElementSibling : focused;
  const style = getComputedStyle(shown);
  const box = shown.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, Math.max(box.y + box.height / 2, 1));
  return {
    name: shown.outerHTML.slice(0, 140),
    ring: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
    seen: box.bottom > 0 && box.top < innerHeight && (shown.contains(top) || top?.contains(shown)),
  };
}"""


def step(page: Page) -> None:
    """Go on by one with the Tab key; what has the focus now must show it and be in sight."""
    page.keyboard.press("Tab")
    focus = page.evaluate(FOCUS)
    assert focus["ring"], f"no ring: {focus['name']}"
    assert focus["seen"], f"out of sight or covered: {focus['name']}"


def step_to(page: Page, target: Locator) -> None:
    """Go on with the Tab key until ``target`` has the focus."""
    for _ in range(MOST_STEPS):
        step(page)
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the Tab key does not lead to {target}")


@pytest.mark.parametrize("screen", [{"width": 1280, "height": 900}, PHONE], ids=["desktop", "phone"], indirect=True)
def test_an_activity_is_recorded_by_keyboard_alone(visitor: Visitor, page: Page) -> None:
    form, keys = ActivityForm(visitor), page.keyboard
    visitor.open("/login")
    step_to(page, form.box("Tên đăng nhập"))
    keys.type("school")
    step_to(page, form.box("Mật khẩu"))
    keys.type(PASSWORD)
    keys.press("Enter")
    form.expect_heading("Việc cần làm")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    step_to(page, skip)
    keys.press("Enter")
    step_to(page, form.main.get_by_role("link", name="Ghi hoạt động"))
    keys.press("Enter")
    form.expect_heading("Ghi hoạt động")
    step_to(page, form.title)
    keys.type("Nói chuyện dưới cờ (minh họa)")
    step_to(page, form.main.get_by_role("combobox", name=beginning("Hình thức")))
    keys.type("Pa")  # a list goes to what begins so
    step_to(page, form.box("Ngày thực hiện"))
    keys.type("24/05/2023")
    step_to(page, form.main.get_by_role("checkbox", name="Chủ đề công tác năm 2023"))
    keys.press("Space")
    step_to(page, form.main.get_by_role("button", name="Lưu hoạt động"))
    keys.press("Enter")
    form.expect_heading("Nói chuyện dưới cờ (minh họa)")
    form.expect_said("Pa nô")


def test_errors_take_the_focus_and_lead_to_their_field_by_keyboard(visitor: Visitor, page: Page) -> None:
    visitor.sign_in("school", PASSWORD)
    form = ActivityForm(visitor)
    form.open()
    form.title.fill("Thiếu ngày")
    form.main.get_by_role("button", name="Lưu hoạt động").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    visitor.check()
    step_to(page, page.get_by_role("alert").get_by_role("link", name="Nhập ngày thực hiện, ví dụ 25/05/2023"))
    page.keyboard.press("Enter")
    expect(form.box("Ngày thực hiện")).to_be_focused()
