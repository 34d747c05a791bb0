"""The leadership's page: for the Office and leaders alone, numbers that can be followed."""

import pytest

from models.account import Role
from tests.support.client import PageClient
from tests.support.consolidation import World
from tests.support.factories import make_account
from tests.support.pages import text_of


@pytest.fixture
def world(reported_world: World) -> World:
    return reported_world


def test_leaders_read_the_page_and_districts_do_not(client: PageClient, world: World) -> None:
    client.sign_in(world.leader)
    client.page("/leadership")
    client.sign_in(make_account(world.session, Role.DISTRICT, world.units["A"]))
    client.page("/leadership", 403)


def test_every_number_of_the_sentences_leads_to_a_page_that_opens(client: PageClient, world: World) -> None:
    client.sign_in(world.leader)
    page = client.page("/leadership")
    brief = next(element for element in page.all("ul") if element.attrib.get("class") == "brief")
    links = [link.attrib["href"] for link in brief.iter("a")]
    assert len(links) >= 8
    ids = page.ids
    for link in links:
        if link.startswith("#"):
            assert ids[link[1:]] == 1, link
        else:
            client.page(link)


def test_a_small_group_is_not_told_of(client: PageClient, world: World) -> None:
    client.sign_in(world.leader)
    page = client.page("/leadership")
    rows = [text_of(row) for row in page.all("tr")]
    assert any(row.startswith("Toàn ngành") for row in rows)
    assert not any(row.startswith("Trung tâm hướng nghiệp") and "%" in row for row in rows)


def test_the_page_says_so_when_nothing_was_counted_yet(
        client: PageClient, fresh_world: World) -> None:
    client.sign_in(fresh_world.leader)
    text = client.get("/leadership").text
    assert "0/5" in text and "Chưa nộp" in text


def test_an_unknown_report_is_not_found(client: PageClient, world: World) -> None:
    client.sign_in(world.leader)
    client.page("/leadership?requirement=nothing", 404)
    client.page("/leadership?requirement=2023-half-year")
