"""The pages of the questionnaire editor."""

from playwright.sync_api import FrameLocator, Locator

from tests.browser.pages.base import Sheet


class EditorPage(Sheet):
    """The list, one version, and the forms of a draft."""

    def open_version(self, code: str, version: str) -> None:
        """Choose a version in the list."""
        region = self.main.get_by_role("region", name=code)
        self.visitor.follow(version, within=region)

    def question(self, code: str) -> Locator:
        """A question in the list of a draft."""
        return self.page.locator(f"#q-{code}")

    def press_at(self, code: str, verb: str) -> None:
        """Press a button of one question."""
        self.visitor.press(f"{verb} {code}", within=self.question(code))

    @property
    def phone(self) -> FrameLocator:
        """What the preview shows."""
        return self.page.frame_locator("iframe")
