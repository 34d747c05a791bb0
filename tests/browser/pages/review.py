"""Pages of a reviewer: the queue, one review."""

from dataclasses import dataclass

from playwright.sync_api import Locator

from tests.browser.pages.base import Sheet


@dataclass(frozen=True)
class Queue(Sheet):
    """What waits to be reviewed."""

    def search(self, words: str) -> None:
        """Look for a unit, with or without marks."""
        self.main.get_by_role("searchbox", name="Tìm đơn vị").fill(words)
        self.visitor.press("Tìm")

    def open_report(self, unit: str) -> None:
        """Open the half-year report of a unit."""
        row = self.main.get_by_role("row").filter(has_text="Báo cáo 6 tháng đầu năm").filter(has_text=unit)
        row.get_by_role("link").first.click()
        self.page.wait_for_load_state()
        self.visitor.check()


@dataclass(frozen=True)
class ReviewPage(Sheet):
    """What was sent beside what it is held against."""

    @property
    def sent(self) -> Locator:
        """The pane with what was sent."""
        return self.main.locator("#return-form")

    def ask(self, part: str, reason: str) -> None:
        """Tick a part to be mended and say why."""
        choice = self.sent.locator("details.return-choice").filter(has_text=part)
        choice.locator("summary").click()
        choice.get_by_role("checkbox").check()
        choice.get_by_role("textbox").fill(reason)

    def give_back(self) -> None:
        """Return what was ticked."""
        self.visitor.press("Trả lại để bổ sung")

    def accept(self) -> None:
        """Accept the report."""
        self.visitor.press("Duyệt báo cáo")
