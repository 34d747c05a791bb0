"""What every page object has: a visitor, and ways to find things as a person finds them, by role and words."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Visitor


@dataclass(frozen=True)
class Sheet:
    """A page of the portal under the eyes of a visitor."""

    visitor: Visitor

    @property
    def page(self) -> Page:
        """Playwright's page."""
        return self.visitor.page

    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.page.get_by_role("main")

    def box(self, label: str) -> Locator:
        """The text box whose label begins with these words; one with suggestions has a role of its own."""
        name = beginning(label)
        return self.main.get_by_role("textbox", name=name).or_(self.main.get_by_role("combobox", name=name))

    def row(self, name: str) -> Locator:
        """The row of a table that begins with these words."""
        return self.main.get_by_role("row", name=beginning(name))

    def expect_heading(self, words: str) -> None:
        """Wait for the page with this heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)
        self.visitor.check()

    def expect_said(self, words: str) -> None:
        """Wait for the portal to say so."""
        expect(self.main.get_by_text(words).first).to_be_visible()

    def go(self, entry: str) -> None:
        """Choose an entry of the main navigation."""
        self.visitor.follow(entry, within=self.page.get_by_role("navigation", name="Danh mục chính"))


def beginning(words: str) -> re.Pattern[str]:
    """Names that begin with these words: a label may go on with "(không bắt buộc)"."""
    return re.compile("^" + re.escape(words))


def whole_number(text: str) -> int:
    """A number as the portal writes it: "1.234" is 1234."""
    return int(text.strip().replace(".", ""))


@dataclass(frozen=True)
class Home(Sheet):
    """The home page: what is to be done."""

    def open(self) -> None:
        """Go there."""
        self.visitor.open("/")

    def follow_task(self, name: str) -> None:
        """Open a task of the own unit."""
        self.visitor.follow(name, within=self.main)


@dataclass(frozen=True)
class SignIn(Sheet):
    """The page where one signs in."""

    def sign_in(self, username: str, password: str) -> None:
        """Sign in here, wherever it leads."""
        self.box("Tên đăng nhập").fill(username)
        self.box("Mật khẩu").fill(password)
        self.visitor.press("Đăng nhập")


@dataclass(frozen=True)
class AccountMenu(Sheet):
    """The menu of one's own account in the frame of every page."""

    def open(self) -> None:
        """Unfold it."""
        self.page.locator("details.account > summary").click()

    def press(self, name: str) -> None:
        """Press one of its buttons."""
        self.open()
        self.visitor.press(name, within=self.page.locator("details.account"))
