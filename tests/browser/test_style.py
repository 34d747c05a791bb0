"""Components in a real browser: every width and theme, menus and dialogs by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import PHONE, Visitor

WIDTHS = [{"width": width, "height": 800} for width in (320, 360, 1280, 1920)]


@pytest.mark.parametrize("screen", WIDTHS, ids=lambda size: str(size["width"]), indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_can_be_read_at_every_width(visitor: Visitor, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two literals
    visitor.open("/style")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(251, 250, 247)", "dark": "rgb(18, 24, 29)"}[scheme]


def test_errors_take_the_focus_and_lead_to_their_field(visitor: Visitor, page: Page) -> None:
    visitor.open("/style")
    visitor.press("Gửi báo cáo", within=page.locator("#form-sample"))
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Nhập tên hoạt động").click()
    expect(page.get_by_label("Đơn vị đã tổ chức hoạt động gì?")).to_be_focused()


def test_a_question_appears_with_the_answer_that_asks_for_it(visitor: Visitor, page: Page) -> None:
    visitor.open("/style")
    host = page.locator("#host")
    expect(host).to_be_hidden()
    visitor.tick("Lồng ghép trong hoạt động khác")
    expect(host).to_be_visible()


def test_a_dialog_opens_closes_by_escape_and_gives_the_focus_back(visitor: Visitor, page: Page) -> None:
    visitor.open("/style")
    trigger = page.locator("#return > summary")
    trigger.press("Enter")
    dialog = page.get_by_role("dialog", name="Trả lại báo cáo")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(trigger).to_be_focused()


@pytest.mark.parametrize("screen", [PHONE], ids=["phone"], indirect=True)
def test_a_day_gets_its_slashes_while_it_is_typed(visitor: Visitor, page: Page) -> None:
    visitor.open("/style")
    page.locator("#held_on").press_sequentially("30052023")
    assert page.locator("#held_on").input_value() == "30/05/2023"
