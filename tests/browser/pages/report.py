"""Pages of a report: its tasks, a section, what stands on the paper, sending, following a figure."""

from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.pages.base import Sheet, beginning


@dataclass(frozen=True)
class ReportPage(Sheet):
    """A report under the hands of its unit."""

    def open_section(self, name: str) -> None:
        """Open a section by its name."""
        self.visitor.follow(name, within=self.main.get_by_role("region", name="Các mục của báo cáo"))

    def say_nothing_for_the_rest(self) -> None:
        """Say "không phát sinh" for every cell that has no answer."""
        self.main.get_by_text("Các ô còn trống đều không phát sinh").click()
        self.visitor.press("Ghi “Không phát sinh”", within=self.page.get_by_role("dialog"))

    def open_document(self) -> None:
        """Open what stands on the paper."""
        self.visitor.follow("Ghi số, ngày, người ký")

    def open_check(self) -> None:
        """Open the page that checks before sending."""
        self.visitor.follow("Kiểm tra trước khi gửi")

    def expect_state(self, word: str) -> None:
        """Wait for the state of the report."""
        expect(self.main.get_by_role("region", name="Tình trạng").get_by_text(word, exact=True)).to_be_visible()


@dataclass(frozen=True)
class SectionPage(Sheet):
    """One section of a report."""

    @property
    def text(self) -> Locator:
        """Its narrative."""
        return self.box("Nội dung")

    def value(self, code: str) -> str:
        """The figure that the portal counts for an indicator, as it is shown."""
        return self.row(f"{code}.").locator("td").first.locator("strong").inner_text()

    def number(self, code: str) -> Locator:
        """The box of an indicator that is typed."""
        return self.row(f"{code}.").get_by_role("textbox")

    def nothing(self, code: str) -> Locator:
        """The tick that says it does not occur."""
        return self.row(f"{code}.").get_by_role("checkbox", name="Không phát sinh")

    def follow_figure(self, code: str) -> None:
        """Go to where a figure comes from."""
        self.row(f"{code}.").get_by_role("link").click()
        self.page.wait_for_load_state()
        self.visitor.check()

    def save(self) -> None:
        """Save and stay."""
        self.visitor.press("Lưu")

    def leave(self) -> None:
        """Go back to the report."""
        self.visitor.follow("Về báo cáo")


@dataclass(frozen=True)
class DocumentPage(Sheet):
    """What stands on the unit's paper."""

    def fill(self, *, number: str, day: str, position: str, name: str) -> None:
        """Fill it in."""
        self.box("Số, ký hiệu văn bản").fill(number)
        self.box("Ngày ban hành").fill(day)
        self.box("Chức vụ người ký").fill(position)
        self.box("Họ và tên người ký").fill(name)
        self.visitor.press("Lưu")


@dataclass(frozen=True)
class CheckPage(Sheet):
    """Before sending."""

    def send(self) -> None:
        """Send it to whoever reviews it."""
        self.main.get_by_role("button", name=beginning("Gửi báo cáo tới")).click()
        self.page.wait_for_load_state()
        self.visitor.check()


@dataclass(frozen=True)
class FigurePage(Sheet):
    """Where a figure comes from."""

    def activity(self, title: str) -> Locator:
        """The link of an activity that was counted."""
        return self.main.get_by_role("link", name=title)
