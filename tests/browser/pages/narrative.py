"""The narrative desk of one heading."""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.pages.base import Sheet


@dataclass(frozen=True)
class DeskPage(Sheet):
    """The own text beside what units wrote."""

    def open(self, heading: str) -> None:
        """Open the desk of a heading, by way of the Department's consolidation."""
        self.go("Tổng hợp")
        self.main.get_by_role("region", name="6 tháng đầu năm").get_by_role("link", name="Sở Giáo dục").first.click()
        self.visitor.follow("Bàn viết")
        self.visitor.follow(heading)

    @property
    def own(self) -> Locator:
        """The own text."""
        return self.main.get_by_role("region", name="Bài viết của mục")

    @property
    def beside(self) -> Locator:
        """What stands beside it."""
        return self.main.get_by_role("region", name="Đặt cạnh bài")

    @property
    def box(self) -> Locator:
        """The box of the sentence under hand."""
        return self.own.get_by_role("textbox")

    def expect_preview(self, words: str) -> None:
        """Wait until the heading reads so in print."""
        expect(self.own.locator(".paper-preview .prose")).to_contain_text(words)
