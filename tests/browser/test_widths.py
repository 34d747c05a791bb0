"""The main pages of every account fit every width; by night and on the smallest screen axe looks at them, too."""

from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page, ViewportSize

from core.extensions import db
from tests.support.browser import Visitor
from tests.support.province import PASSWORD
from tests.support.server import LiveServer
from tests.support.site import PLAN, REPORT, Site

WIDTHS = (320, 360, 768, 1280, 1920)
NARROW: ViewportSize = {"width": 320, "height": 700}
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const sticks = element => element.getBoundingClientRect().right > width + 1;
  const widest = [...document.body.querySelectorAll("*")]
    .filter(element => sticks(element) && ![...element.children].some(sticks));
  return widest.slice(0, 3).map(element => element.outerHTML.slice(0, 100)).join("; ") || "something";
}"""


@dataclass(frozen=True)
class Ids:
    """The objects whose pages are opened."""

    plan: int | None
    report: int | None
    district_report: int | None
    activity: int | None
    tally: int | None
    review: int | None
    sent: int | None


def ids_of(app: Flask) -> Ids:
    """Find them in the demonstration."""
    with app.app_context():
        site = Site(db.session)
        found = Ids(
            site.obligation("school", PLAN), site.obligation("school", REPORT), site.obligation("district", REPORT),
            site.activity("school"), site.tally("sibling"), site.submission("sibling", REPORT),
            site.obligation("sibling", REPORT))
        db.session.close()
    return found


PAGES = {
    "school": (
        "/", "/activities", "/activities/new", "/activities/{activity}", "/activities/{activity}/edit", "/tallies",
        "/tallies/new", "/plans/{plan}", "/plans/{plan}/submit", "/reports/{report}",
        "/reports/{report}/sections/II.2.c", "/reports/{report}/sections/II.3", "/reports/{report}/figures/C1",
        "/reports/{report}/document", "/reports/{report}/submit", "/programme", "/account", "/account/password"),
    "district": (
        "/", "/reviews?state=accepted", "/reviews/{review}", "/reports/{district_report}", "/reports/{sent}",
        "/reports/{district_report}/sections/II.2.c", "/consolidations", "/board", "/tallies"),
    "office": (
        "/", "/reviews", "/board", "/consolidations/2023-half-year/SGDDT", "/consolidations/2023-half-year/SGDDT/issue",
        "/requirements/2023-half-year", "/units", "/units/PGD-193", "/units/PGD-193/edit"),
    "leader": ("/leadership", "/board?q=ha+long"),
    "admin": ("/accounts", "/accounts/new", "/accounts/load"),
}


@pytest.mark.parametrize("screen", [NARROW], ids=["narrow"], indirect=True)
@pytest.mark.parametrize("username", PAGES)
def test_the_main_pages_fit_every_width(visitor: Visitor, page: Page, live_server: LiveServer, username: str) -> None:
    ids = ids_of(live_server.app)
    page.emulate_media(color_scheme="dark")
    visitor.sign_in(username, PASSWORD)
    wrong = {}
    for path in PAGES[username]:
        page.set_viewport_size(NARROW)
        answer = page.goto(visitor.base + path.format_map(vars(ids)))
        assert answer is not None and answer.status == 200, path
        visitor.check()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if fault := page.evaluate(TOO_WIDE):
                wrong[f"{path} at {width}"] = fault
    assert wrong == {}
