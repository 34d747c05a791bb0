"""A plan's journey in a real browser: written, sent, returned, mended, accepted. Every page is checked by axe."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from core.extensions import db
from tests.support.browser import DESKTOP, PHONE, Visitor
from tests.support.clock import FrozenClock
from tests.support.database import Database, release
from tests.support.factories import PASSWORD
from tests.support.plan import SENDING_DAY, make_plan_world
from tests.support.server import LiveServer, served


@pytest.fixture
def live_server(database: Database) -> Iterator[LiveServer]:
    """Serve an empty portal, to be filled with the miniature province."""
    app = database.make_app(database.copy())
    with served(app) as server:
        yield server
    release(app)


@pytest.fixture
def plan(live_server: LiveServer, clock: FrozenClock) -> dict[str, Any]:
    """The addresses and names of the miniature province behind the live server."""
    clock.set(SENDING_DAY)
    with live_server.app.app_context():
        world = make_plan_world(db.session)
        world.write("other")
        world.send("other")
        found = {"url": world.url(), **{name: account.username for name, account in world.people.items()}}
        db.session.commit()
    return found


def sign_in_as(visitor: Visitor, username: str) -> None:
    """Change seats at the same browser."""
    visitor.page.context.clear_cookies()
    visitor.sign_in(username, PASSWORD)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"], indirect=True)
def test_a_plan_is_written_sent_returned_mended_and_accepted(visitor: Visitor, plan: dict[str, Any]) -> None:
    page = visitor.page
    sign_in_as(visitor, plan["officer"])
    visitor.open(plan["url"])
    visitor.press("Dùng đề xuất cho mọi mục chưa viết")
    visitor.open(f"{plan['url']}/sections/I.1")
    visitor.fill("Nội dung", "Mục đích của nhà trường")
    expect(page.locator("[data-save-text]")).to_contain_text("Đã lưu lúc")
    page.reload()
    expect(page.get_by_label("Nội dung", exact=True)).to_have_value("Mục đích của nhà trường")
    visitor.press("Lưu")
    write_item(visitor, plan["url"])
    visitor.follow("Kiểm tra trước khi gửi")
    visitor.press("Gửi kế hoạch tới Phòng Giáo dục A (minh họa)")
    assert "đang chờ Phòng Giáo dục A" in page.locator("main").inner_text()

    sign_in_as(visitor, plan["district"])
    visitor.open("/reviews")
    visitor.follow("Trường tiểu học A (minh họa)")
    part = page.locator("section", has=page.get_by_role("heading", name="1. Mục đích", exact=True)).last
    part.get_by_text("Trả lại phần này").click()
    part.get_by_label("Trả lại để bổ sung").check()
    part.get_by_label("Lý do, việc cần làm").fill("Nêu rõ đối tượng")
    visitor.press("Trả lại để bổ sung")

    sign_in_as(visitor, plan["officer"])
    visitor.open(plan["url"])
    assert "Nêu rõ đối tượng" in page.locator("main").inner_text()
    visitor.follow("I.1. Mục đích")
    visitor.fill("Nội dung", "Mục đích của nhà trường đối với người học")
    visitor.press("Lưu")
    visitor.follow("Kiểm tra trước khi gửi")
    visitor.press("Gửi kế hoạch tới Phòng Giáo dục A (minh họa)")
    visitor.follow("Các bản đã gửi (2)")
    visitor.follow("So với bản trước")

    sign_in_as(visitor, plan["district"])
    visitor.open("/reviews")
    visitor.follow("Trường tiểu học A (minh họa)")
    assert "Đã sửa so với bản trước" in page.locator("main").inner_text()
    visitor.press("Duyệt kế hoạch")
    sign_in_as(visitor, plan["head"])
    visitor.open(plan["url"])
    assert "Chỉ để xem: đã được duyệt" in page.locator("main").inner_text()


def write_item(visitor: Visitor, url: str) -> None:
    """Fill in one item and save it."""
    visitor.open(f"{url}/items/new")
    visitor.fill("Đơn vị sẽ làm gì?", "Đăng bài về dịch vụ công (minh họa)")
    visitor.choose("Hình thức tuyên truyền", "Bài đăng Facebook (bài)")
    visitor.fill("Số lượng dự kiến", "12")
    visitor.fill("Từ ngày", "01/04/2023")
    visitor.fill("Đến ngày", "31/10/2023")
    visitor.tick("Điều cần biết khi làm thủ tục hành chính")
    visitor.tick("Người học")
    expect(visitor.page.locator("[data-save-text]")).to_contain_text("Đã lưu lúc")
    visitor.press("Lưu việc")
