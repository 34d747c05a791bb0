"""Pages of activities: the form, one activity."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator

from tests.browser.pages.base import Sheet, beginning


@dataclass(frozen=True)
class ActivityForm(Sheet):
    """The form of an activity."""

    def open(self) -> None:
        """Begin a new one."""
        self.visitor.open("/activities/new")

    @property
    def title(self) -> Locator:
        """What was done."""
        return self.box("Đơn vị đã làm gì?")

    @property
    def state(self) -> Locator:
        """The quiet line that tells whether the draft is kept."""
        return self.page.locator("[data-save-text]")

    def fill(self, title: str, *, medium: str = "Bài đăng Facebook", day: str = "24/05/2023", quantity: str = "1",
             theme: str = "Chủ đề công tác năm 2023") -> None:
        """Fill in what must be said."""
        self.title.fill(title)
        self.main.get_by_role("combobox", name=beginning("Hình thức")).select_option(label=medium)
        self.box("Ngày thực hiện").fill(day)
        self.box("Số lượng").fill(quantity)
        self.main.get_by_role("checkbox", name=theme, exact=True).check()

    def fill_reach(self, audience: str, turns: str) -> None:
        """Say how many were reached."""
        self.main.get_by_role("textbox", name=audience, exact=True).fill(turns)

    def attach(self, path: Path) -> None:
        """Choose a file as evidence."""
        self.main.get_by_label(beginning("Ảnh, tệp minh chứng")).set_input_files(path)

    def save(self) -> None:
        """Press the button."""
        self.visitor.press("Lưu hoạt động")


@dataclass(frozen=True)
class ActivityPage(Sheet):
    """One activity."""

    @property
    def pictures(self) -> Locator:
        """The previews of its evidence."""
        return self.main.locator(".evidence img")

    def evidence(self, name: str) -> Locator:
        """The link of a file."""
        return self.main.get_by_role("link", name=name)
