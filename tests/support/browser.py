"""A real Chromium for journeys: every page that a test opens is checked, none has to be asked for.

``visitor`` does what a person does (``open``, ``press``, ``fill``) and checks each new page by axe (WCAG 2.2
AA) and for sideways scrolling; ``page`` is Playwright's own beneath it. When the test ends, addresses that
were opened without being checked are opened again and checked, and any error in the console fails the test.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Error, Frame, Locator, Page, sync_playwright

from tests.support.judged import Judged
from tests.support.missing import chromium
from tests.support.once import shared_folder
from tests.support.server import LiveServer

CHROMIUM_OPTIONS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--force-color-profile=srgb",
]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
AXE_RUN = "options => axe.run(options).then(({ violations }) => ({ violations }))"
"""What is right with a page is most of what axe tells: it need not leave the browser."""
UNDESCRIBED = """() => {
  const all = selector => [...document.querySelectorAll(selector)];
  const told = id => document.getElementById(id)?.textContent.trim();
  const shown = element => element.outerHTML.slice(0, 120);
  return [
    ...all("[aria-describedby]").flatMap(element =>
      element.getAttribute("aria-describedby").split(/\\s+/).filter(id => !told(id))
        .map(id => `${shown(element)} is described by #${id}, which says nothing`)),
    ...all(".field-hint[id], .field-error[id]")
      .filter(note => !document.querySelector(`[aria-describedby~="${CSS.escape(note.id)}"]`))
      .map(note => `#${note.id} describes nothing`),
    ...all("[aria-invalid=true]").filter(element => !element.getAttribute("aria-describedby"))
      .map(element => `${shown(element)} does not say what is wrong`)];
}"""
"""What axe leaves to us: every description is there, says something, and is heard with its field."""
DOCUMENT = """() => {
  const copy = document.documentElement.cloneNode(true);
  const drop = (selector, name) => copy.querySelectorAll(selector).forEach(element => element.removeAttribute(name));
  for (const [selector, name] of [["input[type=hidden]", "value"], ["a[href^='/']", "href"], ["form", "action"],
    ["[formaction]", "formaction"], ["img", "src"]])
    drop(selector, name);
  const typed = [...document.querySelectorAll("input, select, textarea")].map(
    ({ type, value, checked, disabled }) => type === "hidden" ? "" : [value, checked, disabled].join());
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  return [innerWidth, isDark, document.activeElement?.id, ...typed, copy.outerHTML].join("\\n");
}"""
"""All that axe can see of a page: its elements, words, classes and fields; only where its links lead is left out."""
PATIENCE = 10_000
"""Milliseconds to wait for anything before a journey fails."""


class Visitor:
    """A person at the browser, and what was seen on the way."""

    judged: ClassVar[Judged]
    """Documents that axe found nothing wrong with in this run; it need not see the same one again."""

    def __init__(self, page: Page, base: str) -> None:
        """Sit down at ``page``; listen to its console from now on."""
        self.page = page
        self.base = base
        self.axe = Axe()
        self.opened: dict[str, None] = {}
        self.checked: set[str] = set()
        self.noises: list[str] = []
        page.on("framenavigated", self._note_address)
        page.on("console", self._note_noise)
        page.on("pageerror", lambda error: self.noises.append(f"{page.url}: {error}"))

    def open(self, path: str) -> None:
        """Go to a path of the portal."""
        self.page.goto(self.base + path)
        self.check()

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Press a button by the words on it, and check the page that comes."""
        (within or self.page).get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()
        self.check()

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        """Follow a link by its words."""
        (within or self.page).get_by_role("link", name=name, exact=True).click()
        self.page.wait_for_load_state()
        self.check()

    def fill(self, label: str, text: str) -> None:
        """Write into the field with this label."""
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose an option, by its words, in the list with this label."""
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def tick(self, label: str) -> None:
        """Tick the box or the round button with this label."""
        self.page.get_by_label(label, exact=True).check()

    def heading(self) -> str:
        """The words of the page's h1."""
        return self.page.get_by_role("heading", level=1).inner_text()

    def sign_in(self, username: str, password: str) -> None:
        """Sign in through the form, as anybody does."""
        self.open("/login")
        self.page.locator("input[name=username]").fill(username)
        self.page.locator("input[name=password]").fill(password)
        self.page.locator("form:has(input[name=password]) button[type=submit]").click()
        self.page.wait_for_url(re.compile(r"^(?!.*/login)"))
        self.check()

    def check(self) -> None:
        """Check the page that is shown now, once for each document; a script may go on to the next one meanwhile."""
        try:
            self._judge()
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
            self.page.wait_for_load_state()
            self._judge()

    def _judge(self) -> None:
        """Check the document that is shown now."""
        if self.page.evaluate("window.portalChecked === true") or not self.page.url.startswith(self.base):
            return
        document = self.page.evaluate(DOCUMENT)
        found = self.page.evaluate(UNDESCRIBED)
        if not self.judged.knows(document):
            self.page.evaluate(self.axe.axe_script)
            found += violations(self.page.evaluate(AXE_RUN, AXE_OPTIONS))
        assert not found, f"{self.page.url}:\n" + "\n".join(found)
        self.judged.add(document)
        width = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert width[0] <= width[1], f"{self.page.url} scrolls sideways: {width[0]} of {width[1]} px"
        self.page.evaluate("window.portalChecked = true")
        self.checked.add(self.page.url)

    def leave(self) -> None:
        """Check what was opened without a check, then assert that nothing complained on the way."""
        for address in [address for address in self.opened if address not in self.checked]:
            self.page.goto(address)
            self.check()
        assert not self.noises, "\n".join(self.noises)

    def shoot(self, path: Path) -> None:
        """Take a picture of the whole page."""
        self.page.screenshot(path=path, full_page=True, animations="disabled")

    def _note_address(self, frame: Frame) -> None:
        """Remember every page of the portal that was opened in the main frame."""
        if frame.parent_frame is None and frame.url.startswith(self.base):
            self.opened.setdefault(frame.url.partition("#")[0])

    def _note_noise(self, message: ConsoleMessage) -> None:
        """Remember errors and warnings; an answer of 4xx that a page asked for is told by its own test."""
        expected = "Failed to load resource: the server responded with a status of 4"
        if message.type in {"error", "warning"} and not message.text.startswith(expected):
            self.noises.append(f"{self.page.url}: {message.text}")


def violations(response: dict[str, Any]) -> list[str]:
    """axe's findings, one sentence for each element."""
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['target']}: {node['html'][:200]}"
        for rule in response["violations"]
        for node in rule["nodes"]
    ]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Browser]:
    """One Chromium for the whole run of this process."""
    path = chromium()
    Visitor.judged = Judged(shared_folder(tmp_path_factory, worker_id) / "judged-documents")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=CHROMIUM_OPTIONS)
        yield launched
        launched.close()


@pytest.fixture(params=[DESKTOP], ids=["desktop"])
def screen(request: pytest.FixtureRequest) -> Any:
    """The size of the window; ``parametrize("screen", [PHONE], indirect=True)`` asks for another."""
    return request.param


@contextmanager
def arrived(browser: Browser, base: str, screen: Any) -> Iterator[Visitor]:
    """A person who just sat down, in a fresh profile, at the portal at ``base``; leaves when the block ends."""
    context = browser.new_context(
        viewport=screen, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    try:
        person = Visitor(context.new_page(), base)
        yield person
        person.leave()
    finally:
        context.close()


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer, screen: Any) -> Iterator[Visitor]:
    """A person at the demonstration province."""
    with arrived(browser, live_server.url, screen) as person:
        yield person


@pytest.fixture
def page(visitor: Visitor) -> Page:
    """Playwright's page of the visitor, for what the visitor has no word for."""
    return visitor.page
