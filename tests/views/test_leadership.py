"""The leadership's page: for the Office and leaders alone, numbers that can be followed."""

from datetime import date

import pytest

from models.account import Role
from tests.support.client import PageClient
from tests.support.clock import FrozenClock
from tests.support.consolidation import World
from tests.support.factories import make_account
from tests.support.pages import text_of
from tests.support.paper import Paper


@pytest.fixture
def world(reported_world: World) -> World:
    return reported_world


def test_leaders_read_the_page_and_districts_do_not(client: PageClient, world: World) -> None:
    client.sign_in(world.leader)
    client.page("/leadership")
    client.sign_in(make_account(world.session, Role.DISTRICT, world.units["A"]))
    client.page("/leadership", 403)


def follow(client: PageClient, path: str) -> int:
    """Follow every number of the sentences; how many there are."""
    page = client.page(path)
    brief = next(element for element in page.all("ul") if element.attrib.get("class") == "brief")
    links = [link.attrib["href"] for link in brief.iter("a")]
    ids = page.ids
    for link in links:
        if link.startswith("#"):
            assert ids[link[1:]] == 1, link
        else:
            client.page(link)
    return len(links)


def test_every_number_of_the_sentences_leads_to_a_page_that_opens(client: PageClient, world: World) -> None:
    client.sign_in(world.leader)
    assert follow(client, "/leadership") >= 8


def test_an_earlier_day_can_be_asked_for_of_page_and_paper(
        client: PageClient, world: World, clock: FrozenClock) -> None:
    clock.set(date(2023, 6, 2))
    client.sign_in(world.leader)
    assert "chậm 3 ngày" in client.get("/leadership").text
    then = "/leadership?as_of=25/05/2023"
    assert follow(client, then) >= 8
    page = client.page(then)
    text = text_of(page.root)
    assert "Tính đến hết ngày 25/05/2023, 3/4 đơn vị" in text and "chưa có đơn vị nào chậm" in text
    assert "Dựng lại từ nhật ký" in text and "chậm 3 ngày" not in text
    versions = [link.attrib["href"] for link in page.all("a") if "version=1" in link.attrib.get("href", "")]
    assert len(versions) == 3
    paper = next(link.attrib["href"] for link in page.all("a") if "summary.pdf" in link.attrib.get("href", ""))
    with client.get(paper) as answer:
        printed = Paper(answer.data)
        assert "den-25-05-2023.pdf" in answer.headers["Content-Disposition"]
    assert len(printed) == 2
    assert "tính đến hết ngày 25/05/2023" in printed.text() and "Dựng lại từ nhật ký" in printed.text()


@pytest.mark.parametrize(("asked", "said"), [
    ("hôm qua", "Không đọc được ngày"), ("01/06/2023", "chưa đến"), ("24/05/2023", "được giao ngày 25/05/2023"),
    ("01/01/0001", "được giao ngày 25/05/2023"), ("<b>'\";--", "Không đọc được ngày")])
def test_a_day_of_which_nothing_is_known_is_said_plainly(
        client: PageClient, world: World, asked: str, said: str) -> None:
    client.sign_in(world.leader)
    page = client.page(f"/leadership?as_of={asked}")
    assert said in text_of(page.root)
    assert not [element for element in page.all("ul") if element.attrib.get("class") == "brief"]
    assert client.get(f"/leadership/summary.pdf?as_of={asked}").status_code == 404


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
