"""What a person sets for oneself: language, theme, an own password after a one-time one, signing out everywhere."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Arrive
from tests.browser.pages.base import AccountMenu, Home, SignIn
from tests.support.browser import Visitor
from tests.support.province import PASSWORD

OWN = "một câu ngắn dễ nhớ"
PAPER, NIGHT = "rgb(251, 250, 247)", "rgb(18, 24, 29)"


def language(page: Page) -> str:
    """The language that the page says it is in."""
    return str(page.locator("html").get_attribute("lang"))


def ground(page: Page) -> str:
    """The colour of the page."""
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_language_is_switched_and_stays_with_the_person(arrive: Arrive, visitor: Visitor) -> None:
    school = arrive("school")
    AccountMenu(school).press("English")
    assert language(school.page) == "en"
    expect(school.page.get_by_role("navigation", name="Main")).to_be_visible()
    school.open("/activities")
    expect(school.page.get_by_role("heading", level=1)).to_have_text("Activities")
    again = arrive("school")
    assert language(again.page) == "en"
    AccountMenu(again).press("Tiếng Việt")
    assert language(again.page) == "vi"
    expect(again.page.get_by_role("heading", level=1)).to_have_text("Việc cần làm")


def test_strangers_choose_a_language_before_signing_in(visitor: Visitor, page: Page) -> None:
    visitor.open("/login")
    visitor.press("English")
    assert language(page) == "en"
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    visitor.press("Tiếng Việt")
    assert language(page) == "vi"


def test_the_dark_theme_is_chosen_and_stays_with_the_person(arrive: Arrive) -> None:
    school = arrive("school")
    assert ground(school.page) == PAPER
    school.open("/account")
    school.tick("Nền tối")
    school.press("Đổi giao diện")
    assert ground(school.page) == NIGHT
    again = arrive("school")
    assert ground(again.page) == NIGHT
    again.open("/activities/new")
    assert ground(again.page) == NIGHT
    again.open("/account")
    again.tick("Nền sáng")
    again.press("Đổi giao diện")
    again.page.emulate_media(color_scheme="dark")
    assert ground(again.page) == PAPER


def test_a_one_time_password_is_given_and_must_be_changed(arrive: Arrive, visitor: Visitor, page: Page) -> None:
    admin = arrive("admin")
    admin.open("/accounts?q=school")
    admin.page.get_by_role("main").get_by_role("link", name=re.compile("Cán bộ nhà trường")).first.click()
    admin.page.wait_for_load_state()
    admin.check()
    admin.page.get_by_text("Cấp lại mật khẩu", exact=True).first.click()
    admin.press("Cấp mật khẩu mới", within=admin.page.get_by_role("dialog"))
    once = admin.page.locator("code").first.inner_text()
    visitor.open("/login")
    SignIn(visitor).sign_in("school", once)
    expect(page.get_by_role("heading", level=1)).to_have_text("Chọn mật khẩu mới")
    visitor.open("/activities")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chọn mật khẩu mới")
    change = SignIn(visitor)
    change.box("Mật khẩu mới").fill(OWN)
    change.box("Nhập lại mật khẩu mới").fill("một câu khác hẳn")
    visitor.press("Lưu mật khẩu mới")
    change.expect_said("Hai lần nhập chưa giống nhau")
    change.box("Mật khẩu mới").fill(OWN)
    change.box("Nhập lại mật khẩu mới").fill(OWN)
    visitor.press("Lưu mật khẩu mới")
    Home(visitor).expect_heading("Việc cần làm")
    AccountMenu(visitor).press("Đăng xuất")
    SignIn(visitor).sign_in("school", once)
    change.expect_said("Tên đăng nhập hoặc mật khẩu chưa đúng.")
    SignIn(visitor).sign_in("school", OWN)
    Home(visitor).expect_heading("Việc cần làm")


def test_signing_out_everywhere_ends_the_other_sessions_and_not_this_one(arrive: Arrive) -> None:
    here, there = arrive("school"), arrive("school")
    here.open("/account")
    here.press("Đăng xuất mọi nơi khác")
    there.open("/activities")
    SignIn(there).expect_heading("Đăng nhập")
    here.open("/activities")
    expect(here.page.get_by_role("heading", level=1)).to_have_text("Hoạt động")


@pytest.mark.parametrize("password", ["", "sai mật khẩu"])
def test_a_wrong_password_says_what_to_do(visitor: Visitor, password: str) -> None:
    visitor.open("/login")
    SignIn(visitor).sign_in("school", password)
    SignIn(visitor).expect_said("Nhập mật khẩu" if not password else "Tên đăng nhập hoặc mật khẩu chưa đúng.")
    assert PASSWORD not in visitor.page.content()
