"""Pages of a consolidated report: the list, one of them, issuing; and the leadership's page."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator

from tests.browser.pages.base import Sheet


@dataclass(frozen=True)
class ConsolidationPage(Sheet):
    """One consolidated report."""

    def open(self, unit: str) -> None:
        """Open the half-year one of a unit from the list."""
        self.go("Tổng hợp")
        self.visitor.follow(unit, within=self.main.get_by_role("region", name="6 tháng đầu năm"))

    def figures(self) -> dict[str, str]:
        """Every total as it is shown, by the indicator's code."""
        rows = self.main.get_by_role("region", name="Số liệu tổng hợp theo chỉ tiêu").locator("tbody tr")
        cells = rows.evaluate_all(
            "rows => rows.map(row => [row.querySelector('th').innerText, row.querySelector('td').innerText])")
        return {name.partition(".")[0]: text.strip() for name, text in cells}

    def lacking(self) -> list[str]:
        """The names of units that are not in."""
        section = self.main.locator("#lacking tbody th")
        return [name.strip() for name in section.all_inner_texts()]

    @property
    def versions(self) -> Locator:
        """The versions that were issued."""
        return self.main.get_by_role("region", name="Các bản đã lập")

    def download(self, name: str) -> bytes:
        """Download a document by the words of its link."""
        return download(self, self.main.get_by_role("link", name=name).first)


@dataclass(frozen=True)
class IssuePage(Sheet):
    """Number, day and signer."""

    def fill(self, *, number: str, day: str, name: str) -> None:
        """Fill them in."""
        self.box("Số văn bản").fill(number)
        self.box("Ngày ký").fill(day)
        self.box("Họ và tên người ký").fill(name)

    def issue(self) -> None:
        """Issue the report."""
        self.visitor.press("Phát hành")


@dataclass(frozen=True)
class Dashboard(Sheet):
    """The leadership's one page."""

    def open(self) -> None:
        """Choose it in the navigation."""
        self.go("Lãnh đạo")

    def number_link(self, endpoint: str) -> Locator:
        """The first number of the summary that leads to such an address."""
        summary = self.main.get_by_role("region", name="Tóm tắt")
        return summary.locator(f"a[href*='{endpoint}']").filter(has_text=re.compile(r"\d")).first

    def download(self, name: str) -> bytes:
        """Download a document by the words of its link."""
        return download(self, self.main.get_by_role("link", name=name).first)


def download(sheet: Sheet, link: Locator) -> bytes:
    """The bytes that a link downloads."""
    with sheet.page.expect_download() as arriving:
        link.click()
    return Path(arriving.value.path()).read_bytes()
