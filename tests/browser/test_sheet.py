"""Answering a survey as people do: on a small old phone, without scripts, without a network, with a code."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from sqlalchemy import select

from core.extensions import db
from models.programme import Programme
from models.sheet import SurveySheet
from models.survey import SurveyAudience, SurveyChannel, SurveyPlace
from models.unit import Unit
from services.sheet import make_codes
from tests.support.browser import PATIENCE, PHONE, Visitor
from tests.support.server import LiveServer
from tests.support.survey import make_place, make_round

SMALL: ViewportSize = {"width": 320, "height": 568}
OFFLINE = "Chưa có mạng – phiếu sẽ được gửi khi có mạng."


def open_round(server: LiveServer, audience: SurveyAudience = SurveyAudience.PEOPLE) -> tuple[str, str]:
    """A round with one place: its path, and a code where codes are asked for."""
    with server.app.app_context():
        programme = db.session.scalars(select(Programme)).first()
        unit = db.session.scalars(select(Unit).order_by(Unit.id)).first()
        assert programme is not None and unit is not None
        place = make_place(db.session, make_round(db.session, programme, audience=audience), unit)
        code = make_codes(db.session, place, 1, 1)[0] if audience is SurveyAudience.STAFF else ""
        db.session.commit()
        return f"/s/{place.code}", code


def stored(server: LiveServer, path: str) -> list[SurveyChannel]:
    """The channels of the sheets of a place."""
    with server.app.app_context():
        found = db.session.scalars(select(SurveySheet.channel).join(
            SurveyPlace, SurveyPlace.id == SurveySheet.place_id).where(SurveyPlace.code == path.rpartition("/")[2]))
        return list(found)


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A small phone that runs no scripts."""
    context = browser.new_context(viewport=SMALL, java_script_enabled=False, locale="vi-VN")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def agree(page: Any) -> None:
    """Say yes to taking part."""
    page.get_by_label("Tôi đã đọc và đồng ý tham gia.").check()
    page.get_by_role("button", name="Đồng ý, bắt đầu").click()


def choose(page: Any, question: str, level: str) -> None:
    """Choose a level of a question by its words."""
    page.get_by_role("group", name=question).get_by_label(level, exact=True).check()


def test_the_code_on_the_wall_leads_to_a_stored_sheet_on_a_small_phone_without_scripts(
    live_server: LiveServer, plain_page: Page
) -> None:
    path, _code = open_round(live_server)
    plain_page.goto(f"{live_server.url}{path}?k=qr")
    choose(plain_page, "Nơi tiếp nhận hồ sơ", "Hài lòng")
    plain_page.get_by_role("button", name="Gửi phiếu").click()
    expect(plain_page.get_by_role("alert")).to_contain_text("đồng ý tham gia")
    plain_page.get_by_label("Tôi đã đọc và đồng ý tham gia.").check()
    plain_page.get_by_role("button", name="Gửi phiếu").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Đã nhận phiếu")
    assert stored(live_server, path) == [SurveyChannel.QR]


@pytest.mark.parametrize("screen", [PHONE], indirect=True)
def test_what_was_filled_in_without_a_network_is_sent_when_it_is_back(
    live_server: LiveServer, visitor: Visitor
) -> None:
    path, _code = open_round(live_server)
    page = visitor.page
    visitor.open(path)
    agree(page)
    choose(page, "Nơi tiếp nhận hồ sơ", "Rất hài lòng")
    page.wait_for_function("caches.open('sheet-pages').then((kept) => kept.keys()).then((keys) => keys.length > 0)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("group", name="Nơi tiếp nhận hồ sơ").get_by_label("Rất hài lòng")).to_be_checked()
    page.get_by_role("button", name="Gửi phiếu").click()
    expect(page.locator("[data-state]")).to_have_text(OFFLINE)
    assert stored(live_server, path) == []
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận phiếu")
    assert stored(live_server, path) == [SurveyChannel.LINK]
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    visitor.noises = [noise for noise in visitor.noises if "ERR_INTERNET_DISCONNECTED" not in noise]


def test_a_reload_keeps_what_was_typed_and_two_tabs_make_one_sheet(
    live_server: LiveServer, visitor: Visitor
) -> None:
    path, _code = open_round(live_server)
    visitor.open(path)
    agree(visitor.page)
    visitor.page.get_by_label("Góp ý của Ông/Bà").fill("Cảm ơn nhà trường")
    visitor.page.reload()
    expect(visitor.page.get_by_label("Góp ý của Ông/Bà")).to_have_value("Cảm ơn nhà trường")
    other = visitor.page.context.new_page()
    other.goto(live_server.url + path)
    for page in (visitor.page, other):
        if page is other:
            agree(page)
        choose(page, "Nơi tiếp nhận hồ sơ", "Bình thường")
        page.get_by_role("button", name="Gửi phiếu").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Đã nhận phiếu")
    assert stored(live_server, path) == [SurveyChannel.LINK]


def test_a_code_is_typed_and_good_for_one_sheet(live_server: LiveServer, visitor: Visitor) -> None:
    path, code = open_round(live_server, SurveyAudience.STAFF)
    visitor.open(path)
    visitor.fill("Mã in trên phiếu giao cho Ông/Bà", code.upper())
    visitor.press("Mở phiếu")
    agree(visitor.page)
    choose(visitor.page, "Nơi tiếp nhận hồ sơ", "Hài lòng")
    visitor.press("Gửi phiếu")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Đã nhận phiếu")
    visitor.open(f"{path}/{code}")
    expect(visitor.page.get_by_text("đã được dùng")).to_be_visible()
    assert stored(live_server, path) == [SurveyChannel.STAFF]
    visitor.opened.clear()  # the page of a used code is 410, and the thanks are checked


def test_whoever_does_not_agree_leaves_nothing_behind(live_server: LiveServer, visitor: Visitor) -> None:
    path, _code = open_round(live_server)
    visitor.open(path)
    visitor.follow("Không đồng ý")
    assert "không tham gia" in visitor.page.locator("main").inner_text()
    assert visitor.page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert stored(live_server, path) == []
