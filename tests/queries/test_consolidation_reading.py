"""Totals by the units of then and by those of now: other names, the same sums (product law 8)."""

from datetime import date

from core.clock import clock as portal_clock
from models.unit import SuccessionKind, UnitName, UnitSuccessor
from queries.consolidation import get_overview, read_ground
from queries.consolidation.overview import Overview
from queries.consolidation.reading import Totals, read_now, read_then
from queries.unit import get_unit
from tests.support.client import PageClient
from tests.support.clock import FrozenClock
from tests.support.consolidation import World
from tests.support.pages import text_of

DAY = date(2023, 6, 10)
PAGE = "/consolidations/2023-half-year/SGDDT"


def close(world: World, name: str, *heirs: str) -> None:
    """Close a unit on DAY; others follow it."""
    unit = world.units[name]
    unit.valid_to = DAY
    for row in world.session.query(UnitName).filter_by(unit_id=unit.id):
        row.valid_to = DAY
    for heir in heirs:
        world.session.add(UnitSuccessor(old_unit_id=unit.id, new_unit_id=world.units[heir].id, from_day=DAY,
                                        kind=SuccessionKind.MERGE))
    world.session.commit()


def overview_of(world: World) -> Overview:
    unit = get_unit(world.session, world.department.id, portal_clock.today())
    assert unit is not None
    ground = read_ground(world.session, world.requirement, unit, portal_clock.today())
    return get_overview(world.session, ground, portal_clock.now())


def names(totals: Totals) -> list[str]:
    return [row.name for group in totals.groups for row, _figures in group.units]


def sums(totals: Totals, code: str) -> object:
    return sum(group.total[code].number for group in totals.groups)


def test_figures_of_a_closed_unit_stand_with_the_one_that_follows_it_now(
        reported_world: World, clock: FrozenClock) -> None:
    world = reported_world
    world.accept(world.units["t2"])
    close(world, "t2", "t1")
    clock.set(DAY)
    overview = overview_of(world)
    then = read_then(world.session, overview, DAY)
    now = read_now(world.session, overview, DAY)
    assert {"Đơn vị t1 (minh họa)", "Đơn vị t2 (minh họa)"} <= set(names(then))
    assert "Đơn vị t1 (minh họa)" in names(now) and "Đơn vị t2 (minh họa)" not in names(now)
    assert [one.code for one in now.former[world.units["t1"].id]] == ["THPT-t1", "THPT-t2"]
    for code in ("A1", "K2", "B1", "C4"):
        assert sums(now, code) == sums(then, code), code


def test_a_unit_that_was_split_stands_with_all_that_followed_it(reported_world: World, clock: FrozenClock) -> None:
    world = reported_world
    close(world, "t1", "t2", "t3")
    clock.set(DAY)
    overview = overview_of(world)
    now = read_now(world.session, overview, DAY)
    assert "Đơn vị t2 (minh họa), Đơn vị t3 (minh họa)" in names(now)
    assert sums(now, "K2") == sums(Totals(overview.groups, {}), "K2")
    assert "Đơn vị t1 (minh họa)" in names(read_then(world.session, overview, DAY))


def test_a_unit_that_nobody_followed_keeps_its_last_name(reported_world: World, clock: FrozenClock) -> None:
    close(reported_world, "t1")
    clock.set(DAY)
    now = read_now(reported_world.session, overview_of(reported_world), DAY)
    assert "Đơn vị t1 (minh họa)" in names(now) and now.former == {}


def test_the_page_offers_both_ways(client: PageClient, reported_world: World, clock: FrozenClock) -> None:
    world = reported_world
    world.accept(world.units["t2"])
    close(world, "t2", "t1")
    clock.set(DAY)
    client.sign_in(world.office)
    assert "gồm số liệu của Đơn vị t1 (minh họa); Đơn vị t2 (minh họa)" in text_of(client.page(PAGE).root)
    assert len(client.statements) <= 20
    then = text_of(client.page(f"{PAGE}?reading=then").root)
    assert "gồm số liệu của" not in then and "Đơn vị t2 (minh họa)" in then
