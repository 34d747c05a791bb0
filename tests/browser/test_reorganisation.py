"""The Office carries out the reform of 1 July 2025: by file on a desk, one step at a time on a phone."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from core.extensions import db
from core.settings import ROOT
from services.reorganisation import steps_to_units, write_steps_xlsx
from tests.support.browser import DESKTOP, PHONE, Visitor
from tests.support.clock import FrozenClock
from tests.support.evidence import pdf_bytes
from tests.support.province import PASSWORD
from tests.support.server import LiveServer

REFORM = date(2025, 7, 1)


@pytest.fixture
def steps(live_server: LiveServer, tmp_path: Path, clock: FrozenClock) -> Path:
    """The file of steps, drafted from the units of 2025 on the day of the reform."""
    clock.set(REFORM)
    path = tmp_path / "cac-viec.xlsx"
    with live_server.app.app_context():
        data = (ROOT / "data" / "units-2025.csv").read_bytes()
        path.write_bytes(write_steps_xlsx(steps_to_units(db.session, data, REFORM)))
        db.session.close()
    return path


def record(visitor: Visitor, page: Page, number: str) -> None:
    """Find the way from the list of units and record a decision."""
    visitor.sign_in("office", PASSWORD)
    visitor.open("/units")
    visitor.follow("Sắp xếp đơn vị")
    page.get_by_role("link", name="Ghi một quyết định").first.click()
    page.get_by_label("Số, ký hiệu").fill(number)
    page.get_by_label("Ngày ký").fill("16/06/2025")
    page.get_by_label("Trích yếu").fill("Sắp xếp các đơn vị hành chính cấp xã (minh họa)")
    page.get_by_label("Có hiệu lực từ ngày").fill("01/07/2025")
    visitor.press("Lưu và ghi các việc")


@pytest.mark.parametrize("screen", [DESKTOP], ids=["desktop"], indirect=True)
def test_thirteen_districts_become_fifty_four_communes_by_file(
        visitor: Visitor, page: Page, steps: Path, tmp_path: Path) -> None:
    record(visitor, page, "1679/NQ-UBTVQH15")
    page.get_by_text("Nạp các việc từ tệp").click()
    page.get_by_label("Tệp các việc").set_input_files(steps)
    visitor.press("Nạp tệp")
    scan = tmp_path / "nghị quyết.pdf"
    scan.write_bytes(pdf_bytes())
    page.locator("#file").set_input_files(scan)
    visitor.press("Đính kèm tệp")
    expect(page.get_by_role("link", name="nghị quyết.pdf")).to_be_visible()
    visitor.follow("Xem trước khi áp dụng")
    expect(page.get_by_role("heading", name="Ai thêm, ai thôi quyền")).to_be_visible()
    visitor.press("Áp dụng quyết định")
    expect(page.get_by_text("Đã áp dụng, chỉ để đọc")).to_be_visible()
    visitor.open("/units/XA-06979")  # Kỳ Thượng joins parts of two districts
    expect(page.get_by_role("heading", name="Trước đây là")).to_be_visible()
    visitor.follow("Phòng Giáo dục và Đào tạo huyện Ba Chẽ")
    expect(page.get_by_text("thôi hoạt động từ ngày 01/07/2025")).to_be_visible()
    visitor.open("/reorganisations/then?requirement=2023-half-year")
    expect(page.get_by_text("Phòng Giáo dục và Đào tạo huyện Cô Tô")).to_be_visible()


@pytest.mark.parametrize("screen", [PHONE], ids=["phone"], indirect=True)
def test_a_school_is_merged_step_by_step_on_a_phone(visitor: Visitor, page: Page, steps: Path) -> None:
    record(visitor, page, "12/QĐ-UBND")
    visitor.follow("Thêm một việc")
    page.get_by_label("Việc", exact=True).select_option("merge")
    expect(page.get_by_label("Tên mới")).to_be_hidden()
    page.get_by_label("Đơn vị", exact=True).fill("TH-193-02")
    page.get_by_label("Đơn vị tiếp nhận", exact=False).first.fill("TH-193-02")
    visitor.press("Thêm việc này")
    expect(page.get_by_role("alert")).to_contain_text("Không sáp nhập một đơn vị vào chính nó")
    page.locator("#target_code").fill("THCS-193-03")
    visitor.press("Thêm việc này")
    visitor.follow("Xem trước khi áp dụng")
    visitor.press("Áp dụng quyết định")
    visitor.open("/units/THCS-193-03")
    expect(page.get_by_role("heading", name="Trước đây là")).to_be_visible()
