"""The visitor notices what makes a page hard to use, without being asked to look."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.support.browser import DESKTOP, PHONE, arrived
from tests.support.server import LiveServer, served

FRAME = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"></head>
<body><main><h1>{title}</h1>{content}</main></body></html>"""
PAGES = {
    "good": '<p>Xin chào</p><a href="/next">Tiếp</a>',
    "next": "<p>Trang sau</p>",
    "pale": '<p style="color: #ddd; background: #fff">Chữ quá nhạt</p>',
    "wide": '<p style="width: 900px">Quá rộng</p>',
    "noisy": "<p>Ồn</p><script>console.error('hỏng')</script>",
    "crashing": "<p>Hỏng</p><script>throw new Error('vỡ')</script>",
    "unlabelled": '<p>Ô trống</p><input name="a">',
}


@pytest.fixture(scope="module")
def site() -> Iterator[LiveServer]:
    """A few pages, good and bad."""
    app = Flask("site")
    for name, content in PAGES.items():
        page = FRAME.format(title=name.capitalize(), content=content)
        app.add_url_rule(f"/{name}", name, lambda page=page: page)
    with served(app) as server:
        yield server


def test_good_pages_pass_and_are_checked_on_the_way(browser: Browser, site: LiveServer) -> None:
    with arrived(browser, site.url, PHONE) as person:
        person.open("/good")
        person.follow("Tiếp")
        assert person.heading() == "Next"
        assert {address.rpartition("/")[2] for address in person.checked} == {"good", "next"}


@pytest.mark.parametrize(
    ("name", "fault"),
    [("pale", "color-contrast"), ("wide", "scrolls sideways"), ("unlabelled", "label")],
)
def test_a_bad_page_fails_where_it_is_opened(browser: Browser, site: LiveServer, name: str, fault: str) -> None:
    with pytest.raises(AssertionError, match=fault), arrived(browser, site.url, PHONE) as person:
        person.open(f"/{name}")


@pytest.mark.parametrize(("name", "fault"), [("noisy", "hỏng"), ("crashing", "vỡ")])
def test_what_a_page_complains_of_fails_the_test_at_its_end(
    browser: Browser, site: LiveServer, name: str, fault: str
) -> None:
    with pytest.raises(AssertionError, match=fault), arrived(browser, site.url, DESKTOP) as person:
        person.open(f"/{name}")


def test_a_page_opened_behind_the_visitors_back_is_checked_at_the_end(browser: Browser, site: LiveServer) -> None:
    with pytest.raises(AssertionError, match="color-contrast"), arrived(browser, site.url, DESKTOP) as person:
        person.page.goto(site.url + "/pale")
