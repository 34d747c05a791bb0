"""The whole chain in a browser: a school's activity becomes a number in the Department's issued report.

School → district office → Office → issued PDF → leadership, each at a computer of their own.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Arrive
from tests.browser.pages.activity import ActivityForm, ActivityPage
from tests.browser.pages.base import Home, whole_number
from tests.browser.pages.consolidation import ConsolidationPage, Dashboard, IssuePage
from tests.browser.pages.report import CheckPage, DocumentPage, FigurePage, ReportPage, SectionPage
from tests.browser.pages.review import Queue, ReviewPage
from tests.support.browser import Visitor
from tests.support.database import ENGINES, Database, Databases
from tests.support.evidence import png_bytes
from tests.support.paper import Paper

SCHOOL = "Trường Tiểu học Bình Minh Hạ Long (minh họa)"
DISTRICT = "Phòng Giáo dục và Đào tạo thành phố Hạ Long"
DEPARTMENT = "Sở Giáo dục và Đào tạo tỉnh Quảng Ninh"
REPORT = "Báo cáo 6 tháng đầu năm 2023"
TITLE = "Chuỗi bài đăng về nộp hồ sơ nhập học trực tuyến (minh họa)"
REASON = "Nêu rõ hơn việc phụ huynh được hỗ trợ nộp hồ sơ thế nào."
MENDED = "Nhà trường cử giáo viên trực, hướng dẫn từng phụ huynh nộp hồ sơ trên Cổng dịch vụ công."
SIGNER = "Người ký (minh họa)"


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest, databases: Databases) -> Database:
    """The portal on SQLite, and again on PostgreSQL."""
    return databases.on(request.param)


def test_a_schools_activity_becomes_a_number_in_the_issued_report(arrive: Arrive, tmp_path: Path) -> None:
    school, district = arrive("school"), arrive("district")
    photo = tmp_path / "ảnh buổi hướng dẫn.png"
    photo.write_bytes(png_bytes())
    record_an_activity(school, photo)
    write_and_send(school)
    return_a_section(district)
    mend_and_send(school)
    accept(district, SCHOOL, "binh minh ha long")
    posts = consolidate(district)
    office = arrive("office")
    accept(office, DISTRICT, "ha long")
    totals = issue(office, posts)
    read_the_summary(arrive("leader"), totals)


def record_an_activity(school: Visitor, photo: Path) -> None:
    """The school records what it did, with a photo, and sees it counted in its report."""
    Home(school).follow_task(REPORT)
    ReportPage(school).open_section("Mạng xã hội")
    before = int(SectionPage(school).value("C1"))
    form = ActivityForm(school)
    form.go("Hoạt động")
    school.follow("Ghi hoạt động")
    form.fill(TITLE, quantity="4")
    form.fill_reach("Người học", "1.250")
    form.attach(photo)
    form.save()
    activity = ActivityPage(school)
    activity.expect_heading(TITLE)
    expect(activity.evidence("ảnh buổi hướng dẫn.png")).to_be_visible()
    expect(activity.pictures).to_have_count(1)
    activity.go("Việc cần làm")
    Home(school).follow_task(REPORT)
    ReportPage(school).open_section("Mạng xã hội")
    section = SectionPage(school)
    assert int(section.value("C1")) == before + 4
    section.follow_figure("C1")
    expect(FigurePage(school).activity(TITLE)).to_be_visible()


def write_and_send(school: Visitor) -> None:
    """The school fills in its sections, says "không phát sinh" where that is so, and sends its report."""
    home, report, section = Home(school), ReportPage(school), SectionPage(school)
    home.open()
    home.follow_task(REPORT)
    report.open_section("Ban hành kế hoạch, văn bản")
    section.number("A1").fill("2")
    section.save()
    section.leave()
    report.open_section("Kiểm tra, tự kiểm tra")
    section.nothing("A3").check()
    section.number("A4").fill("1")
    section.save()
    expect(section.nothing("A3")).to_be_checked()
    section.leave()
    report.open_section("Ưu điểm")
    section.text.fill("Phụ huynh nộp hồ sơ trực tuyến thuận lợi.")
    section.save()
    section.leave()
    report.say_nothing_for_the_rest()
    report.open_document()
    DocumentPage(school).fill(number="18/BC-TH", day="25/05/2023", position="Hiệu trưởng", name=SIGNER)
    report.open_check()
    CheckPage(school).send()
    report.expect_state("Đã nộp")


def return_a_section(district: Visitor) -> None:
    """The district office opens the review and returns one section with a reason."""
    queue, review = Queue(district), ReviewPage(district)
    queue.go("Xét duyệt")
    queue.open_report(SCHOOL)
    review.expect_heading(f"Duyệt: {SCHOOL}")
    expect(review.main.get_by_role("link", name=TITLE)).to_be_visible()
    review.ask("Ưu điểm", REASON)
    review.give_back()
    review.expect_said(f"Đã trả lại cho {SCHOOL} để bổ sung.")


def mend_and_send(school: Visitor) -> None:
    """The school reads the reason where the text is, mends it, and sends again; nothing else is open."""
    home, report, section = Home(school), ReportPage(school), SectionPage(school)
    home.open()
    home.follow_task(REPORT)
    report.expect_state("Trả lại")
    report.expect_said(REASON)
    report.open_section("Ban hành kế hoạch, văn bản")
    expect(section.number("A1")).to_have_count(0)
    section.leave()
    report.open_section("Ưu điểm")
    section.expect_said(REASON)
    section.text.fill(MENDED)
    section.save()
    section.leave()
    report.open_check()
    CheckPage(school).send()
    report.expect_state("Đã nộp")


def accept(reviewer: Visitor, unit: str, search: str) -> None:
    """A reviewer finds a report without typing marks, and accepts it."""
    queue, review = Queue(reviewer), ReviewPage(reviewer)
    queue.go("Xét duyệt")
    queue.search(search)
    queue.open_report(unit)
    if unit == SCHOOL:
        review.expect_said("Đã sửa so với bản trước")
        review.expect_said(MENDED)
    review.accept()
    review.expect_said(f"của {unit}.")


def consolidate(district: Visitor) -> str:
    """The district office looks at its schools' totals, adds its own part and sends; the posts on Facebook."""
    consolidation, report = ConsolidationPage(district), ReportPage(district)
    consolidation.open(DISTRICT)
    assert SCHOOL not in consolidation.lacking()
    posts = consolidation.figures()["C1"]
    assert whole_number(posts) >= 4
    district.follow("Viết phần lời, số liệu riêng")
    report.open_section("Ưu điểm")
    SectionPage(district).text.fill("Các trường triển khai kịp thời.")
    SectionPage(district).save()
    SectionPage(district).leave()
    report.open_document()
    DocumentPage(district).fill(number="88/BC-PGDĐT", day="25/05/2023", position="Trưởng phòng", name=SIGNER)
    report.open_check()
    CheckPage(district).send()
    report.expect_state("Đã nộp")
    return posts


def issue(office: Visitor, posts: str) -> dict[str, str]:
    """The Office reads who is in, issues the report and downloads it; its totals as the page shows them."""
    consolidation, form = ConsolidationPage(office), IssuePage(office)
    consolidation.open(DEPARTMENT)
    lacking = consolidation.lacking()
    assert DISTRICT not in lacking and len(lacking) > 5
    expect(consolidation.row(DISTRICT)).to_contain_text(posts)
    totals = consolidation.figures()
    office.follow("Phát hành báo cáo")
    form.fill(number="125", day="25/05/2023", name=SIGNER)
    form.issue()
    consolidation.expect_said("Đã phát hành báo cáo.")
    expect(consolidation.versions).to_contain_text("125/BC-SGDĐT")
    assert consolidation.figures() == totals
    read_the_report(Paper(consolidation.download("Tải báo cáo (PDF)")), totals, lacking)
    return totals


def read_the_report(paper: Paper, totals: dict[str, str], lacking: list[str]) -> None:
    """The paper bears number and signer, names every unit, in or lacking, and says the numbers of the page."""
    text = paper.text()
    assert "Số: 125/BC-SGDĐT" in text
    assert "ngày 25 tháng 5 năm 2023" in text
    assert SIGNER in text
    assert DISTRICT.removeprefix("Phòng Giáo dục và Đào tạo ") in text
    close = text.replace(" ", "")
    assert [name for name in lacking if name.rpartition(" huyện ")[2].replace(" ", "") not in close] == []
    for code in ("B3", "C1", "C2", "C4", "D2"):
        assert re.search(rf"(?<![\d.]){re.escape(totals[code])}(?![\d.]*\d)", text), f"{code}: {totals[code]}"


def read_the_summary(leader: Visitor, totals: dict[str, str]) -> None:
    """The leader reads a number, drills into it down to a unit, and downloads the two pages."""
    dashboard = Dashboard(leader)
    dashboard.open()
    link = dashboard.number_link("/figures/C4")
    expect(link).to_have_text(totals["C4"])
    link.click()
    leader.page.wait_for_load_state()
    leader.check()
    figure = FigurePage(leader)
    figure.expect_said(totals["C4"])
    expect(figure.main.get_by_role("link", name=DISTRICT)).to_be_visible()
    dashboard.open()
    paper = Paper(dashboard.download("Tải tóm tắt hai trang (PDF)"))
    assert len(paper) == 2
    assert totals["C4"] in paper.text()
