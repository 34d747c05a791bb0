"""A school records an activity with photos and a bundle of sheets, on a phone, at a desk, and without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.browser import DESKTOP, PHONE, Visitor
from tests.support.evidence import pdf_bytes, picture_bytes
from tests.support.province import PASSWORD
from tests.support.server import LiveServer

SMALL = {"width": 320, "height": 700}
COUNTS = {"1": "1", "2": "2", "3": "5", "4": "20", "5": "10"}


@pytest.fixture
def evidence(tmp_path: Path) -> list[Path]:
    """A photo, a PDF, and a file that is neither."""
    paths = [tmp_path / "ảnh.jpg", tmp_path / "biên bản.pdf", tmp_path / "tro.exe"]
    for path, content in zip(paths, (picture_bytes("JPEG", "#0b6a66", (800, 600)), pdf_bytes(), b"MZ" + b"\0" * 99),
                             strict=True):
        path.write_bytes(content)
    return paths


def record(page: Page, evidence: list[Path]) -> None:
    """Fill in the form with one wrong day and one wrong file, send it, mend the day, send it again."""
    page.get_by_label("Đơn vị đã làm gì?").fill("Ra quân hướng dẫn nộp hồ sơ trực tuyến")
    page.get_by_label("Hình thức", exact=True).select_option("BAO_VIET")
    page.get_by_label("Ngày thực hiện").fill("26/05/2023")
    page.get_by_label("Chủ đề công tác năm 2023").check()
    page.get_by_label("Đăng, phát ở đâu?").fill("Báo Quảng Ninh")
    page.locator("#files").set_input_files(evidence)
    page.get_by_role("button", name="Lưu hoạt động").click()
    expect(page.get_by_role("alert")).to_contain_text("Hoạt động chưa diễn ra")
    expect(page.get_by_role("alert")).to_contain_text("tro.exe")
    expect(page.get_by_label("ảnh.jpg")).to_be_checked()
    page.get_by_label("Ngày thực hiện").fill("24/05/2023")
    page.get_by_role("button", name="Lưu hoạt động").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ra quân hướng dẫn nộp hồ sơ trực tuyến")
    expect(page.get_by_role("link", name="biên bản.pdf")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"], indirect=True)
def test_an_activity_is_recorded_taken_out_and_put_back(visitor: Visitor, page: Page, evidence: list[Path]) -> None:
    visitor.sign_in("school", PASSWORD)
    visitor.open("/activities/new")
    record(page, evidence)
    visitor.check()
    visitor.press("Bỏ hoạt động này")
    visitor.press("Khôi phục")
    visitor.open("/activities?q=ra+quan&plan=unplanned")
    expect(page.get_by_role("link", name="Ra quân hướng dẫn nộp hồ sơ trực tuyến")).to_be_visible()


def test_only_what_the_medium_asks_for_is_shown(visitor: Visitor, page: Page) -> None:
    visitor.sign_in("school", PASSWORD)
    visitor.open("/activities/new")
    expect(page.get_by_label("Đăng, phát ở đâu?")).to_be_hidden()
    page.get_by_label("Hình thức", exact=True).select_option("PANO")
    expect(page.get_by_label("Người học")).to_be_hidden()
    page.get_by_label("Hình thức", exact=True).select_option("TRUYEN_HINH")
    expect(page.get_by_label("Đăng, phát ở đâu?")).to_be_visible()
    expect(page.get_by_label("Người học")).to_be_visible()
    page.get_by_label("Lồng ghép trong hoạt động khác").check()
    expect(page.get_by_label("Lồng ghép trong hoạt động nào?")).to_be_visible()


@pytest.mark.parametrize("screen", [SMALL, DESKTOP], ids=["small", "desktop"], indirect=True)
def test_sheets_are_tallied_from_the_keyboard(visitor: Visitor, page: Page) -> None:
    visitor.sign_in("school", PASSWORD)
    visitor.open("/tallies/new")
    page.get_by_label("Thu phiếu từ ngày").fill("10/05/2023")
    page.get_by_label("Đến ngày").fill("12/05/2023")
    page.get_by_label("Số phiếu hợp lệ").fill("40")
    for level, count in COUNTS.items():
        page.locator(f"#Q1_{level}").focus()
        for question in range(1, 18):
            page.keyboard.type(count)
            if question < 17:
                page.keyboard.press("Enter")
        expect(page.locator(f"#Q17_{level}")).to_be_focused()
    page.locator("#Q17_5").fill("30")
    expect(page.locator("#row-Q17 output")).to_have_text("58/40 thừa 18")
    page.locator("#Q17_5").fill("10")
    expect(page.locator("#row-Q17 output")).to_have_text("38/40 còn 2 → bỏ trống")
    visitor.press("Lưu phiếu")
    expect(page.get_by_text("30 trên 38 trả lời")).to_be_visible()


def test_everything_works_without_scripts(browser: Browser, live_server: LiveServer, evidence: list[Path]) -> None:
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 740}, java_script_enabled=False)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto("/login")
    page.locator("input[name=username]").fill("school")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").click()
    page.goto("/activities/new")
    record(page, evidence)
    page.goto("/tallies/new")
    page.get_by_label("Số phiếu hợp lệ").fill("40")
    page.get_by_role("button", name="Lưu nháp").click()
    expect(page.get_by_label("Số phiếu hợp lệ")).to_have_value("40")
    context.close()


def test_scripts_that_come_late_leave_the_cursor_where_somebody_writes(visitor: Visitor, page: Page) -> None:
    """The page with what to mend is read and written in before its scripts are there; they move nobody away."""
    visitor.sign_in("school", PASSWORD)
    visitor.open("/activities/new")
    held: list[Route] = []
    page.route("**/js/main.js*", lambda route: held.append(route))
    page.get_by_role("button", name="Lưu hoạt động").click()
    day = page.get_by_label("Ngày thực hiện")
    expect(page.get_by_role("alert")).to_be_visible()
    day.click()
    held[0].continue_()
    page.wait_for_load_state()
    expect(day).to_be_focused()
