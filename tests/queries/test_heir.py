"""What a closed unit recorded is counted by one report: its own, or that of the one unit that follows it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.clock import clock
from models.account import Role
from models.activity import Activity
from models.figure import Figure, total
from models.reorganisation import StepKind
from models.unit import Unit
from queries.consolidation import read_material
from queries.figure import count_figures, heirs_of, list_indicators, window_of
from queries.figure.heir import Succession, choose_heirs
from queries.unit import get_unit
from services.reorganisation import Step, add_decision, apply_decision
from services.reorganisation.step import keep_steps
from tests.support.client import PageClient
from tests.support.consolidation import World
from tests.support.factories import make_account
from tests.support.pages import text_of

UNTIL = date(2023, 5, 25)
DAY = date(2023, 5, 20)


def merge(world: World, *pairs: tuple[str, str]) -> None:
    """Merge units into others by a decision of 20 May."""
    decision = add_decision(
        world.session, {"number": "12/QĐ-UBND", "decided_on": date(2023, 5, 10), "issuer": "UBND tỉnh (minh họa)",
                        "effective_on": DAY, "title": "Sáp nhập (minh họa)"},
        token="t", viewer=None, now=clock.now())
    steps = [Step(row, StepKind.MERGE, world.units[old].code, world.units[new].code)
             for row, (old, new) in enumerate(pairs, start=2)]
    keep_steps(world.session, decision.id, steps)
    apply_decision(world.session, decision, viewer=None, now=clock.now())


def counted(world: World, *units: Unit) -> dict[str, Figure]:
    """What the portal counts for some units together."""
    session, requirement = world.session, world.requirement
    lines = list_indicators(session, requirement.programme_id, requirement.id)
    window = window_of(requirement, UNTIL, heirs_of(session, requirement.id))
    found = count_figures(session, lines, window, [unit.id for unit in units])
    added = [line.rule for line in lines if line.is_counted and not line.from_surveys]
    return total(added, [found[unit.id] for unit in units])


def test_the_report_of_the_one_that_follows_counts_what_both_recorded(fresh_world: World) -> None:
    units = fresh_world.units
    before, other = counted(fresh_world, units["a1"], units["a2"]), counted(fresh_world, units["b1"])
    merge(fresh_world, ("a1", "a2"))
    assert counted(fresh_world, units["a2"]) == before
    assert counted(fresh_world, units["b1"]) == other


def test_what_was_handed_in_stays_with_its_own_report(reported_world: World) -> None:
    before = counted(reported_world, reported_world.units["b2"])
    merge(reported_world, ("b1", "b2"))
    assert heirs_of(reported_world.session, reported_world.requirement.id) == {}
    assert counted(reported_world, reported_world.units["b2"]) == before


def test_the_departments_tables_count_it_with_the_unit_that_follows(reported_world: World) -> None:
    """The report of b1 is in; b3 has sent nothing and is merged into it."""
    world, session = reported_world, reported_world.session
    heir, gone = world.units["b1"], world.units["b3"]
    merge(world, ("b3", "b1"))
    assert heirs_of(session, world.requirement.id) == {gone.id: heir.id}
    line = get_unit(session, world.units["B"].id, UNTIL)
    assert line is not None
    counts = read_material(session, world.requirement, line, UNTIL).counts
    assert gone.id not in {count.unit_id for count in counts}
    window = window_of(world.requirement, UNTIL)
    recorded = session.scalar(select(func.count()).select_from(Activity).where(
        Activity.unit_id.in_([heir.id, gone.id]), Activity.starts_on.between(window.since, window.until)))
    assert sum(count.activities for count in counts if count.unit_id == heir.id) == recorded


def row(old: int, new: int, *, told: bool = False, owed: bool = True) -> Succession:
    """One succession."""
    return Succession(old, new, told, owed)


@pytest.mark.parametrize(("successions", "heirs"), [
    ([row(1, 2)], {1: 2}),
    ([row(1, 2, told=True)], {}),
    ([row(1, 2, owed=False)], {}),
    ([row(1, 2), row(1, 3)], {1: 2}),
    ([row(1, 2, owed=False), row(1, 3)], {1: 3}),
    ([row(1, 2, owed=False), row(2, 3)], {1: 3, 2: 3}),
    ([row(1, 2), row(2, 3, told=True)], {1: 2}),
    ([row(1, 2, owed=False), row(2, 1, owed=False)], {}),
])
def test_the_first_that_owes_the_report_is_the_heir(successions: list[Succession], heirs: dict[int, int]) -> None:
    assert choose_heirs(successions) == heirs


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=12), st.sets(st.integers(1, 6)),
       st.sets(st.integers(1, 6)))
def test_nothing_is_counted_twice_and_nothing_by_one_that_owes_nothing(
        pairs: list[tuple[int, int]], told: set[int], owing: set[int]) -> None:
    found = choose_heirs([Succession(old, new, old in told, new in owing) for old, new in pairs if old != new])
    assert set(found.values()) <= owing
    assert not set(found) & told


def test_the_report_says_whose_records_it_counts(client: PageClient, fresh_world: World) -> None:
    world, session = fresh_world, fresh_world.session
    client.sign_in(make_account(session, Role.OFFICER, world.units["a2"]))
    path = f"/reports/{world.obligation(world.units['a2']).id}"
    assert "trước khi sắp xếp" not in text_of(client.page(path).root)
    merge(world, ("a1", "a2"))
    assert "gồm cả phần của Trường Tiểu học a1 (minh họa) trước khi sắp xếp" in text_of(client.page(path).root)
