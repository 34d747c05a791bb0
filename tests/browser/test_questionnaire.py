"""The Office writes a new version of a questionnaire, looks at it on a phone, and publishes it."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.pages.questionnaire import EditorPage
from tests.support.browser import Visitor

Arrive = Callable[[str], Visitor]


def test_a_version_is_written_previewed_and_published(arrive: Arrive) -> None:
    office = arrive("office")
    editor = EditorPage(office)
    editor.go("Mẫu phiếu")
    editor.expect_heading("Mẫu phiếu khảo sát")
    editor.open_version("HL-TTHC", "Bản 1")
    office.press("Tạo bản mới")
    editor.expect_heading("Phiếu HL-TTHC, bản 2")
    office.follow("Sửa Q1", within=editor.question("Q1"))
    editor.expect_heading("Sửa câu Q1")
    editor.box("Câu hỏi").first.fill("Nơi tiếp nhận hồ sơ dễ tìm.")
    office.press("Lưu vào bản soạn")
    expect(editor.question("Q1")).to_contain_text("Nơi tiếp nhận hồ sơ dễ tìm.")
    editor.press_at("Q2", "Xóa")
    expect(editor.question("Q2")).to_have_count(0)
    office.press("Hoàn tác")
    expect(editor.question("Q2")).to_be_visible()
    office.follow("Xem thử trên điện thoại")
    expect(editor.phone.get_by_text("Nơi tiếp nhận hồ sơ dễ tìm.")).to_be_visible()
    editor.phone.get_by_label("Chưa làm thủ tục trong 12 tháng qua").check()
    expect(editor.phone.get_by_text("Nơi tiếp nhận hồ sơ dễ tìm.")).to_be_hidden()
    office.page.go_back()
    office.press("Ban hành bản 2")
    editor.expect_said("Đã ban hành bản 2")
    expect(office.page.get_by_role("link", name="Sửa Q1")).to_have_count(0)


def test_two_people_at_once_and_the_second_chooses(arrive: Arrive) -> None:
    first, second = arrive("office"), arrive("office")
    for person in (first, second):
        page = EditorPage(person)
        page.go("Mẫu phiếu")
        page.open_version("NT-CBVC", "Bản 1")
        if person is first:
            person.press("Tạo bản mới")
        else:
            person.follow("Mở bản đang soạn")
        person.follow("Sửa R1", within=page.question("R1"))
    EditorPage(first).box("Câu hỏi").first.fill("Câu của người thứ nhất")
    first.press("Lưu vào bản soạn")
    page = EditorPage(second)
    page.box("Câu hỏi").first.fill("Câu của người thứ hai")
    second.press("Lưu vào bản soạn")
    page.expect_said("Có hai bản của cùng một ô")
    expect(page.main.get_by_text("Câu của người thứ nhất").first).to_be_visible()
    expect(page.main.get_by_text("Câu của người thứ hai").first).to_be_visible()
