"""What the portal counts, what units say, and what consolidations add up; however many units, as many statements."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from models.figure import EMPTY, NIL, FigureState, Provenance, figure_of
from models.report import ReportFigure
from models.requirement import Obligation
from models.submission import SubmissionVersion
from models.unit import Unit, UnitKind
from queries.figure import (
    OwnFigure,
    child_parts,
    consolidated_figures,
    count_figures,
    drift,
    figure_sources,
    gather,
    list_indicators,
    own_figures,
    until_of,
    window_of,
)
from services.requirement import open_requirement
from services.submission import accept, reopen, start_review
from tests.support.consolidation import World
from tests.support.factories import make_unit
from tests.support.queries import QueryGuard

UNTIL = date(2023, 5, 25)


@pytest.fixture
def world(fresh_world: World) -> World:
    return fresh_world


@pytest.fixture
def reported(reported_world: World) -> World:
    return reported_world


def own_of(world: World, unit: Unit, submission_id: int | None = None) -> dict[str, OwnFigure]:
    """A unit's own part up to the day."""
    lines = list_indicators(world.session, world.programme.id)
    return own_figures(world.session, submission_id=submission_id, unit_id=unit.id, indicators=lines,
                       window=window_of(world.requirement, UNTIL))


def test_a_unit_that_recorded_nothing_has_empty_figures_and_no_zero(world: World) -> None:
    idle = make_unit(world.session, UnitKind.PRIMARY, parent=world.units["A"])
    lines = list_indicators(world.session, world.programme.id)
    counted = count_figures(world.session, lines, window_of(world.requirement, UNTIL), [idle.id])[idle.id]
    assert set(counted.values()) == {EMPTY}


def test_activities_count_in_the_days_of_the_period_by_their_first_day(world: World) -> None:
    unit = make_unit(world.session, UnitKind.PRIMARY, parent=world.units["A"])
    for day, quantity in ((date(2022, 11, 30), 1), (date(2022, 12, 1), 2), (UNTIL, 4), (UNTIL + timedelta(1), 8)):
        world.add_activity(unit, day, "FACEBOOK", quantity)
    removed = world.add_activity(unit, UNTIL, "FACEBOOK", 16)
    removed.removed_at = clock.now()
    found = own_of(world, unit)
    assert found["C1"].figure == figure_of(6)
    assert found["C2"].figure is EMPTY and found["C1"].provenance is Provenance.COUNTED


def test_figures_are_counted_up_to_the_cut_off_or_today_before_it(world: World) -> None:
    assert until_of(world.requirement, date(2023, 5, 25)) == date(2023, 5, 25)
    assert until_of(world.requirement, date(2023, 6, 2)) == world.requirement.cut_off_on == date(2023, 5, 29)


def test_what_a_unit_says_stands_over_what_was_counted_with_its_reason(world: World) -> None:
    unit, session = world.units["a1"], world.session
    submission = world.submission(unit)
    counted = own_of(world, unit)
    session.add(ReportFigure(
        submission_id=submission.id, indicator_id=world.indicators["C1"].id, state=FigureState.VALUE,
        value=Decimal(777), provenance=Provenance.OVERRIDDEN, reason="Trang cũ bị khóa", changed_at=clock.now()))
    session.flush()
    cell = own_of(world, unit, submission.id)["C1"]
    assert (cell.figure, cell.provenance, cell.reason) == (figure_of(777), Provenance.OVERRIDDEN, "Trang cũ bị khóa")
    assert cell.counted == counted["C1"].counted


def test_formulas_are_computed_from_what_the_unit_says(world: World) -> None:
    found = own_of(world, world.units["a1"], world.submission(world.units["a1"]).id)
    rate = found["G6"].figure
    assert found["G6"].provenance is Provenance.COMPUTED
    assert (rate.numerator, rate.denominator) == (found["G5"].figure.value, found["G4"].figure.value)
    assert found["M5"].figure.number == sum(found[code].figure.number for code in ("M2", "M3", "M4"))


def test_a_typed_share_is_weighed_by_its_sheets_so_that_it_can_be_pooled(world: World) -> None:
    unit = world.units["b3"]
    submission = world.submission(unit)
    for code, value in (("H4", 50), ("H5", 80)):
        world.session.add(ReportFigure(
            submission_id=submission.id, indicator_id=world.indicators[code].id, state=FigureState.VALUE,
            value=Decimal(value), provenance=Provenance.TYPED, changed_at=clock.now()))
    world.session.flush()
    share = own_of(world, unit, submission.id)["H5"].figure
    assert share.value == 80 and share.numerator == 40 and share.denominator == 50


def test_the_plan_counts_once_it_was_sent(world: World) -> None:
    unit = world.units["t1"]
    assert own_of(world, unit)["A2"].figure is EMPTY, "no plan is owed before the requirement is open"


def test_units_below_are_in_when_accepted_and_else_named_with_the_reason(reported: World) -> None:
    parts = child_parts(reported.session, requirement_id=reported.requirement.id,
                        unit_id=reported.department.id, on=UNTIL)
    said = {part.code: (part.is_included, part.why_not) for part in parts}
    assert said == {"PGD-A": (True, ""), "PGD-B": (True, ""), "THPT-t1": (True, ""),
                    "THPT-t2": (False, "Trả lại"), "THPT-t3": (False, "Được miễn")}
    below = child_parts(reported.session, requirement_id=reported.requirement.id,
                        unit_id=reported.units["B"].id, on=UNTIL)
    assert {part.code: part.why_not for part in below} == {
        "TH-b1": "", "TH-b2": "Đã nộp, chưa duyệt", "TH-b3": "Chưa nộp"}
    assert all(not part.figures for part in below if part.why_not)


def test_a_reopened_report_is_out_and_says_so(reported: World) -> None:
    submission = reported.submission(reported.units["t1"])
    reopen(reported.session, submission, "Sai số liệu", None, clock.now())
    part = next(part for part in child_parts(
        reported.session, requirement_id=reported.requirement.id, unit_id=reported.department.id, on=UNTIL)
        if part.code == "THPT-t1")
    assert (part.is_included, part.why_not, part.figures) == (False, "Đang mở lại", {})


def test_a_unit_that_ceased_to_owe_is_not_lacking(reported: World) -> None:
    reported.obligation(reported.units["b3"]).closed_at = clock.now()
    reported.session.flush()
    below = child_parts(reported.session, requirement_id=reported.requirement.id,
                        unit_id=reported.units["B"].id, on=UNTIL)
    assert "TH-b3" not in {part.code for part in below}


def test_a_consolidation_is_its_own_part_and_the_accepted_parts(reported: World) -> None:
    unit = reported.units["A"]
    found = gather(reported.session, requirement=reported.requirement, unit_id=unit.id,
                   submission_id=reported.submission(unit).id, until=UNTIL, on=UNTIL, consolidates=True)
    for code in ("A1", "C1", "K2", "M5", "G1"):
        parts = [part.figures[code].number for part in found.included]
        assert found.figures[code].number == found.own[code].figure.number + sum(parts), code
        assert found.below[code].number == sum(parts), code
    assert found.provenance("A1") is Provenance.CONSOLIDATED and found.provenance("K3") is Provenance.COMPUTED


def test_statements_do_not_grow_with_the_number_of_units(
        world: World, db_session: Session, assert_queries: QueryGuard) -> None:
    office = world.units["A"]
    for _number in range(30):
        make_unit(db_session, UnitKind.PRIMARY, parent=office)
    open_requirement(db_session, world.requirement, on=world.requirement.opens_on, now=clock.now(), viewer=None)
    schools = db_session.scalars(select(Obligation).where(Obligation.reviewer_id == office.id)).all()
    units = {unit.id: unit for unit in world.units.values()}
    for obligation in schools[:3]:
        if obligation.unit_id in units:
            world.accept(units[obligation.unit_id])
    db_session.commit()
    with assert_queries(12):
        gather(db_session, requirement=world.requirement, unit_id=office.id,
               submission_id=world.submission(office).id, until=UNTIL, on=UNTIL, consolidates=True)


def test_figures_of_any_number_of_units_are_counted_in_five_statements(
        assert_queries: QueryGuard, world: World) -> None:
    lines = list_indicators(world.session, world.programme.id)
    ids = [unit.id for unit in world.units.values()]
    with assert_queries(5):
        counted = count_figures(world.session, lines, window_of(world.requirement, UNTIL), ids)
    assert set(counted) == set(ids)


def version_of(world: World, name: str) -> SubmissionVersion:
    submission = world.submission(world.units[name])
    return world.session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == submission.id,
        SubmissionVersion.number == submission.version_count)).one()


def test_a_late_activity_is_drift_and_leaves_the_frozen_figure_alone(reported: World) -> None:
    version = version_of(reported, "a1")
    assert drift(reported.session, version, on=UNTIL).is_empty
    reported.add_activity(reported.units["a1"], date(2023, 2, 1), "LED", 3)
    reported.add_activity(reported.units["a1"], date(2023, 2, 1), "PANO", 3)
    moved = drift(reported.session, version, on=UNTIL)
    row = next(row for row in moved.figures if row.code == "E1")
    assert row.now.number == row.frozen.number + 3
    parts = child_parts(reported.session, requirement_id=reported.requirement.id,
                        unit_id=reported.units["A"].id, on=UNTIL)
    frozen = next(part.figures["E1"] for part in parts if part.code == "TH-a1")
    assert frozen.number == row.frozen.number


def test_a_unit_below_accepted_anew_is_drift(reported: World) -> None:
    version = version_of(reported, "A")
    assert [row.name for row in drift(reported.session, version, on=UNTIL).children] == [
        "Trường Tiểu học late (minh họa)"]
    submission = reported.submission(reported.units["a2"])
    reopen(reported.session, submission, "Sai số liệu", None, clock.now())
    reported.send(reported.units["a2"])
    start_review(reported.session, submission, None, clock.now())
    accept(reported.session, submission, None, clock.now())
    moved = {row.name: (row.frozen, row.now) for row in drift(reported.session, version, on=UNTIL).children}
    assert moved["Trường Tiểu học a2 (minh họa)"] == (1, 2)


def test_a_frozen_figure_leads_back_to_its_activities_and_units(reported: World) -> None:
    lines = {line.code: line for line in list_indicators(reported.session, reported.programme.id)}
    for code in ("C1", "C4", "M2"):
        version = version_of(reported, "A")
        sources = figure_sources(reported.session, version, lines[code])
        own_sum = sum(row.contribution(lines[code]) or 0 for row in sources.activities)
        parts = sum(child.figure.number for child in sources.children)
        total = next(each for each in child_parts(
            reported.session, requirement_id=reported.requirement.id, unit_id=reported.department.id, on=UNTIL)
            if each.code == "PGD-A").figures[code]
        assert total.number == own_sum + parts, code


def test_nil_of_all_parts_is_nil_and_one_number_makes_a_sum(world: World) -> None:
    rules = [line.rule for line in list_indicators(world.session, world.programme.id)]
    assert consolidated_figures(rules, {"C5": NIL}, [])["C5"] is NIL
    assert consolidated_figures(rules, {}, [])["C5"] is EMPTY
