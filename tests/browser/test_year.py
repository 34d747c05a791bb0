"""A year without a developer: the Office makes 2024 from 2023 by the pages, opens it, chases, receives and issues.

One school, its district and the Office walk; all other units stay late, as they may.
"""

from datetime import date

from playwright.sync_api import expect

from core.clock import clock as portal_clock
from core.extensions import db
from services.reminder import Mailing, queue_due
from tests.browser.conftest import Arrive
from tests.browser.pages.base import Home, Sheet
from tests.browser.pages.consolidation import ConsolidationPage, IssuePage
from tests.browser.pages.report import CheckPage, DocumentPage, ReportPage, SectionPage
from tests.browser.pages.review import Queue, ReviewPage
from tests.support.browser import Visitor
from tests.support.clock import FrozenClock
from tests.support.paper import Paper
from tests.support.server import LiveServer

SCHOOL = "Trường Tiểu học Bình Minh Hạ Long (minh họa)"
DISTRICT = "Phòng Giáo dục và Đào tạo thành phố Hạ Long"
TASK = "Báo cáo 6 tháng đầu năm 2024"
THEME = "Chủ đề công tác năm 2024 (minh họa)"
SIGNER = "Người ký (minh họa)"
CONSOLIDATED = "/consolidations/2024-half-year"


def test_the_office_makes_opens_chases_and_issues_a_year(
        arrive: Arrive, clock: FrozenClock, live_server: LiveServer) -> None:
    clock.set(date(2024, 5, 20))
    make_the_year(arrive("office"))
    clock.set(date(2024, 6, 4))  # a Tuesday, one day before the day that was changed
    remind(live_server)
    expect_reminded(arrive("school"))
    clock.set(date(2024, 6, 10))
    chase(arrive("office"))
    send_late(arrive("school"))
    receive_and_add_up(arrive("district"))
    issue(arrive("office"))


def make_the_year(office: Visitor) -> None:
    """The Office clones 2023, changes a theme and a date, looks at the difference, publishes and opens the report."""
    sheet = Sheet(office)
    sheet.go("Chương trình năm")
    office.follow("Tạo chương trình năm mới")
    sheet.box("Năm của chương trình mới").fill("2024")
    office.press("Nhân bản")
    office.follow("Nội dung tuyên truyền")
    sheet.row("T3").get_by_role("link").first.click()
    sheet.box("Tên gọn").fill(THEME)
    office.press("Lưu")
    office.open("/programme/2024/edit")
    office.follow("Kế hoạch, báo cáo phải nộp")
    sheet.row("2024-half-year").get_by_role("link").first.click()
    sheet.box("Hạn nộp").fill("05/06/2024")
    office.press("Lưu")
    office.open("/programme/2024/edit")
    office.follow("So với năm 2023")
    sheet.expect_said(THEME)
    office.open("/programme/2024/edit")
    office.press("Ban hành chương trình")
    sheet.expect_said(THEME)
    office.open("/requirements/2024-half-year")
    sheet.expect_said("05/06/2024")
    office.press("Mở và giao cho các đơn vị")
    sheet.expect_said("Đã nộp 0/")


def remind(live_server: LiveServer) -> None:
    """The portal's own worker reminds, as it does every morning."""
    with live_server.app.app_context():
        queue_due(db.session, on=portal_clock.today(), now=portal_clock.now(), mailing=Mailing())
        db.session.commit()
        db.session.close()


def expect_reminded(school: Visitor) -> None:
    """The school sees the reminder where its tasks are, and says that it has received it."""
    home = Home(school)
    home.expect_said(f"{TASK}: còn 1 ngày, hạn 05/06/2024.")
    school.press(f"Đã nhận {TASK}")
    home.expect_said("Đã ghi nhận đơn vị nhận được nhắc.")


def chase(office: Visitor) -> None:
    """The Office sees who is late and sends all of them one official letter."""
    sheet = Sheet(office)
    office.open("/reminders/2024-half-year")
    office.follow("Soạn công văn đôn đốc")
    sheet.box("Họ và tên người ký").fill(SIGNER)
    sheet.box("Số văn bản").fill("12")
    sheet.main.get_by_role("button", name="Lập công văn tới").click()
    office.page.wait_for_load_state()
    sheet.expect_said("Đã lập công văn đôn đốc.")
    office.check()
    expect(sheet.row(SCHOOL)).to_contain_text("chưa gửi")


def send_late(school: Visitor) -> None:
    """The school reads the letter on its home page and sends its report, five days late."""
    home, report, section = Home(school), ReportPage(school), SectionPage(school)
    home.expect_said("Sở đôn đốc lần 1")
    home.follow_task(TASK)
    report.open_section("Ưu điểm")
    section.text.fill("Phụ huynh nộp hồ sơ trực tuyến thuận lợi.")
    section.save()
    section.leave()
    report.say_nothing_for_the_rest()
    hand_in(school, "18/BC-TH", "Hiệu trưởng")


def hand_in(unit: Visitor, number: str, position: str) -> None:
    """Say what stands on the paper, check, and send."""
    report = ReportPage(unit)
    report.open_document()
    DocumentPage(unit).fill(number=number, day="10/06/2024", position=position, name=SIGNER)
    report.open_check()
    CheckPage(unit).send()
    report.expect_state("Đã nộp")


def accept(reviewer: Visitor, unit: str) -> None:
    """Open what a unit has sent and accept it."""
    Queue(reviewer).go("Xét duyệt")
    Queue(reviewer).search(unit)
    reviewer.page.get_by_role("row").filter(has_text="2024").filter(has_text=unit).get_by_role("link").first.click()
    ReviewPage(reviewer).accept()
    ReviewPage(reviewer).expect_said(f"của {unit}.")


def receive_and_add_up(district: Visitor) -> None:
    """The district office accepts its school's report and sends its own, which adds it up."""
    accept(district, SCHOOL)
    Home(district).open()
    Home(district).follow_task(TASK)
    report, section = ReportPage(district), SectionPage(district)
    report.open_section("Ưu điểm")
    section.text.fill("Các trường triển khai kịp thời.")
    section.save()
    section.leave()
    hand_in(district, "88/BC-PGDĐT", "Trưởng phòng")


def issue(office: Visitor) -> None:
    """The Office accepts the district, sees who is in and who answered the letter, and issues the report."""
    accept(office, DISTRICT)
    consolidation, form = ConsolidationPage(office), IssuePage(office)
    office.open(f"{CONSOLIDATED}/SGDDT")
    assert DISTRICT not in consolidation.lacking()
    office.follow("Phát hành báo cáo")
    form.fill(number="125", day="10/06/2024", name=SIGNER)
    form.issue()
    expect(consolidation.versions).to_contain_text("125/BC-SGDĐT")
    text = Paper(consolidation.download("Tải báo cáo (PDF)")).text()
    assert "Số: 125/BC-SGDĐT" in text and "ngày 10 tháng 6 năm 2024" in text
