"""Requirements and the obligations that opening one writes."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.settings import ROOT
from models.event import Event
from models.requirement import Level, Obligation, Requirement, RequirementStatus
from models.unit import Unit
from services.programme import load_programme
from services.programme_file import read_files
from services.requirement import (
    RequirementError,
    add_requirements,
    end_exemption,
    exempt,
    extend,
    open_requirement,
)
from services.unit import load_units

NOW = datetime(2023, 5, 15, 2, tzinfo=UTC)
DAY = date(2023, 5, 15)


@pytest.fixture
def requirements(db_session: Session) -> dict[str, Requirement]:
    """The three requirements of 2023 and the real units."""
    load_units(db_session, (ROOT / "data" / "units-2023.csv").read_bytes(), on=DAY, now=NOW)
    files = read_files(ROOT / "data" / "programme" / "plan-2023.json")
    programme = load_programme(db_session, files).programme
    return {row.code: row for row in add_requirements(db_session, programme, files.plan["deadlines"])}


def test_the_plan_sets_three_requirements_with_their_dates(requirements: dict[str, Requirement]) -> None:
    """By 10/3, 30/5 and 30/11; the ad hoc report has no date and makes none."""
    assert {code: row.due_on for code, row in requirements.items()} == {
        "2023-plan": date(2023, 3, 10), "2023-half-year": date(2023, 5, 30), "2023-annual": date(2023, 11, 30)}
    half = requirements["2023-half-year"]
    assert (half.coverage_from, half.coverage_to, half.cut_off_on) == (
        date(2022, 12, 1), date(2023, 5, 29), date(2023, 5, 29))
    assert half.source_quote == "định kỳ 6 tháng (trước ngày 30/5)"


def test_opening_writes_one_obligation_for_every_unit_that_reports(
        db_session: Session, requirements: dict[str, Requirement]) -> None:
    """13 offices and 50 affiliated units; divisions, the province and partners owe nothing."""
    half = requirements["2023-half-year"]
    assert open_requirement(db_session, half, on=DAY, now=NOW, viewer=None) == 63
    levels = dict(db_session.execute(
        select(Obligation.level, func.count()).where(Obligation.requirement_id == half.id)
        .group_by(Obligation.level)).all())
    assert levels == {Level.FIRST: 63, Level.DEPARTMENT: 1}
    assert half.status is RequirementStatus.OPEN


def test_opening_again_adds_only_who_came_since(db_session: Session, requirements: dict[str, Requirement]) -> None:
    """It may be repeated without harm."""
    plan = requirements["2023-plan"]
    open_requirement(db_session, plan, on=DAY, now=NOW, viewer=None)
    assert open_requirement(db_session, plan, on=DAY, now=NOW, viewer=None) == 0
    assert db_session.scalar(select(func.count()).select_from(Obligation)) == 63


def test_only_the_named_kinds_owe_it(db_session: Session, requirements: dict[str, Requirement]) -> None:
    """Who owes is a setting of the requirement."""
    half = requirements["2023-half-year"]
    half.reporter_kinds = ["phong_gddt"]
    assert open_requirement(db_session, half, on=DAY, now=NOW, viewer=None) == 13


def test_nothing_can_be_opened_before_there_are_units(db_session: Session) -> None:
    """The message says what to do."""
    files = read_files(ROOT / "data" / "programme" / "plan-2023.json")
    programme = load_programme(db_session, files).programme
    plan = add_requirements(db_session, programme, files.plan["deadlines"])[0]
    with pytest.raises(RequirementError, match="Nạp danh sách đơn vị"):
        open_requirement(db_session, plan, on=DAY, now=NOW, viewer=None)


def test_extending_moves_the_deadline_and_is_recorded(
        db_session: Session, requirements: dict[str, Requirement]) -> None:
    """With a reason, and only to a later day."""
    obligation = _one(db_session, requirements)
    with pytest.raises(RequirementError, match="lý do"):
        extend(db_session, obligation, until=date(2023, 6, 5), reason=" ", viewer=None, now=NOW)
    with pytest.raises(RequirementError, match="30/05/2023"):
        extend(db_session, obligation, until=date(2023, 5, 30), reason="Bão", viewer=None, now=NOW)
    extend(db_session, obligation, until=date(2023, 6, 5), reason="Bão", viewer=None, now=NOW)
    assert obligation.deadline_at == datetime(2023, 6, 5, 17, tzinfo=UTC)
    event = db_session.scalars(select(Event).where(Event.action == "extend")).one()
    assert event.detail == {"due_on": ["30/05/2023", "05/06/2023"]}


def test_an_excused_unit_owes_nothing_until_it_is_asked_again(
        db_session: Session, requirements: dict[str, Requirement]) -> None:
    """Excusing and asking again are both in the trail."""
    obligation = _one(db_session, requirements)
    exempt(db_session, obligation, reason="Tạm dừng tuyển sinh", viewer=None, now=NOW)
    assert not obligation.is_owed
    end_exemption(db_session, obligation, reason="Đã hoạt động lại", viewer=None, now=NOW)
    assert obligation.is_owed
    actions = set(db_session.scalars(select(Event.action).where(Event.unit_id == obligation.unit_id)))
    assert {"exempt", "end_exemption"} <= actions


def _one(session: Session, requirements: dict[str, Requirement]) -> Obligation:
    """The half-year obligation of one school."""
    half = requirements["2023-half-year"]
    open_requirement(session, half, on=DAY, now=NOW, viewer=None)
    unit_id = session.scalar(select(Unit.id).where(Unit.code == "THPT-HON-GAI"))
    return session.scalars(
        select(Obligation).where(Obligation.unit_id == unit_id, Obligation.requirement_id == half.id)).one()
