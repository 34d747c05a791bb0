"""Consolidated totals are computed again from activities, tallies and typed figures, in plain Python."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models.activity import Activity
from models.figure import Figure, FigureState
from models.programme import FundingSource, Medium
from models.questionnaire import SurveyQuestion
from models.report import ReportFigure
from models.survey import SurveyAnswerCount, SurveyTally
from models.unit import Unit
from queries.document import ConsolidatedDocument
from queries.unit import get_unit
from services.consolidation import compose
from tests.support.consolidation import World

SINCE, UNTIL = date(2022, 12, 1), date(2023, 5, 25)
QUANTITIES = {"B1": "BAO_VIET", "B4": "CONG_TTDT", "C1": "FACEBOOK", "C2": "ZALO", "D1": "HOI_NGHI", "D3": "LONG_GHEP",
              "E1": "PANO", "E4": "TO_GAP"}
REACHES = {"C4": ("FACEBOOK", "ZALO", "MXH_KHAC"), "D2": ("HOI_NGHI",), "D4": ("LONG_GHEP",)}
COSTS = {"M2": "F1", "M3": "F3", "M4": "F2"}
IN = ("A", "a1", "a2", "B", "b1", "t1")
"""Units whose figures belong in: b2 and t2 wait, b3 never sent, t3 is excused, "late" came after its office."""


@pytest.fixture
def world(reported_world: World) -> World:
    return reported_world


def write(world: World, unit: Unit) -> ConsolidatedDocument:
    line = get_unit(world.session, unit.id, UNTIL)
    assert line is not None
    return compose(world.session, world.requirement, line, UNTIL)


def count_again(session: Session, units: Iterable[Unit]) -> Counter[str]:
    """Figures from the rows themselves, one unit and one activity at a time."""
    media = dict(session.execute(select(Medium.id, Medium.code)).all())
    money = dict(session.execute(select(FundingSource.id, FundingSource.code)).all())
    found: Counter[str] = Counter()
    for unit in units:
        activities = session.scalars(
            select(Activity).where(Activity.unit_id == unit.id)
            .options(selectinload(Activity.reaches), selectinload(Activity.costs)))
        for activity in activities:
            if not SINCE <= activity.starts_on <= UNTIL or activity.removed_at is not None:
                continue
            medium = media[activity.medium_id]
            found.update({code: activity.quantity for code, wanted in QUANTITIES.items() if wanted == medium})
            for reach in activity.reaches:
                found.update({code: reach.turns for code, wanted in REACHES.items() if medium in wanted})
            for cost in activity.costs:
                source = money[cost.funding_source_id]
                found.update({code: cost.amount for code, wanted in COSTS.items() if wanted == source})
    return found


def typed_again(world: World, units: Iterable[Unit], code: str) -> int | None:
    """The sum of what units typed for one indicator; None when all of them said "không phát sinh"."""
    rows = [
        world.session.scalars(select(ReportFigure).where(
            ReportFigure.submission_id == world.submission(unit).id,
            ReportFigure.indicator_id == world.indicators[code].id)).one()
        for unit in units]
    values = [int(row.value or 0) for row in rows if row.state is FigureState.VALUE]
    return sum(values) if values else None


def figure_in(document: ConsolidatedDocument, code: str) -> Figure:
    return next(row.current for row in document.figures if row.code == code)


@pytest.mark.parametrize(("name", "inside"), [("department", IN), ("A", ("A", "a1", "a2", "late")), ("B", ("B", "b1"))])
def test_totals_equal_what_the_rows_add_up_to(world: World, name: str, inside: tuple[str, ...]) -> None:
    unit = world.department if name == "department" else world.units[name]
    units = [world.units[each] for each in inside]
    document, again = write(world, unit), count_again(world.session, units)
    for code in (*QUANTITIES, *REACHES, *COSTS):
        assert figure_in(document, code).number == again[code], code
    for code in ("A1", "E6", "F3", "F4", "K2", "K5"):
        assert figure_in(document, code).value == typed_again(world, units, code), code
    assert figure_in(document, "M5").number == sum(again[code] for code in COSTS)


def test_rates_of_a_total_are_computed_again_and_never_averaged(world: World) -> None:
    document = write(world, world.department)
    units = [world.units[name] for name in IN]
    for rate, over, under in (("F6", "F5", "F4"), ("G3", "G2", "G1"), ("G6", "G5", "G4"), ("K3", "K1", "K2")):
        top, bottom = typed_again(world, units, over), typed_again(world, units, under)
        assert top is not None and bottom
        figure = figure_in(document, rate)
        assert (figure.numerator, figure.denominator) == (Decimal(top), Decimal(bottom))
        assert figure.value is not None
        assert abs(Fraction(figure.value) - Fraction(100 * top, bottom)) < Fraction(1, 10**9)


def test_satisfaction_pools_the_answers_of_all_that_are_in(world: World) -> None:
    units = [world.units[name].id for name in IN]
    rows = world.session.execute(
        select(SurveyAnswerCount).join(SurveyTally, SurveyTally.id == SurveyAnswerCount.tally_id)
        .join(SurveyQuestion, SurveyQuestion.id == SurveyAnswerCount.question_id)
        .where(SurveyTally.unit_id.in_(units), SurveyQuestion.code == "Q2")).scalars().all()
    levels = [sum(row.levels[place] for row in rows) for place in range(5)]
    document = write(world, world.department)
    share = figure_in(document, "H2")
    assert (share.numerator, share.denominator) == (Decimal(levels[3] + levels[4]), Decimal(sum(levels)))
    points = Decimal(sum((place + 1) * count for place, count in enumerate(levels)))
    assert figure_in(document, "H3").value == points / sum(levels)
    assert next(bar.counts for bar in document.satisfaction if bar.label == "Chung") == tuple(levels)


def test_groups_of_appendix_two_add_up_to_the_whole_and_schools_are_not_added_again(world: World) -> None:
    document = write(world, world.department)
    for code in ("A1", "C1", "D1", "G1", "K2", "M5"):
        groups = [group.total[code].number for group in document.unit_groups if code in group.total]
        units = [unit.figures[code].number for group in document.unit_groups for unit in group.units
                 if code in unit.figures]
        if groups:
            assert sum(groups) == sum(units) == figure_in(document, code).number, code


def test_a_district_line_is_its_own_part_and_its_schools_together(world: World) -> None:
    document = write(world, world.department)
    district = next(unit for group in document.unit_groups for unit in group.units if unit.code == "PGD-A")
    assert [child.name for child in district.children if not child.figures] == ["Trường Tiểu học late (minh họa)"]
    for code in ("A1", "C1", "G1"):
        assert sum(child.figures[code].number for child in district.children if code in child.figures) == \
            district.figures[code].number


def test_who_is_lacking_is_named_with_the_reason(world: World) -> None:
    document = write(world, world.department)
    assert document.missing == (
        "Đơn vị t2 (minh họa) (trả lại)",
        "Trường Tiểu học late (minh họa) (duyệt sau báo cáo của phòng)",
        "Trường Tiểu học b2 (minh họa) (đã nộp, chưa duyệt)",
        "Trường Tiểu học b3 (minh họa) (chưa nộp)",
    )
    assert "2/2 phòng" in document.coverage and "1/2 đơn vị trực thuộc" in document.coverage
    assert "3/6 trường" in document.coverage
