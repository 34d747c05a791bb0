"""Loading units from a file: all or nothing, safe to repeat, every fault by row and column."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import clock
from core.settings import ROOT
from models.event import Event, Subject
from models.unit import FIRST_DAY, Unit, UnitHead, UnitKind, UnitName, UnitParent
from queries.unit import UnitLine, list_all_units
from services.unit import LoadResult, load_units
from services.unit_file import UnitRow, default_place, default_position, default_symbol, find_cycles

HEADS = "code,name,kind,parent_code,district"
DEPARTMENT = "SO,Sở Giáo dục,so,,Thành phố Hạ Long"
OFFICE = "P1,Phòng Hạ Long,phong_gddt,SO,Thành phố Hạ Long"
SCHOOL = "T1,Trường Hạ Long,tieu_hoc,P1,Thành phố Hạ Long"
DAY = date(2023, 5, 25)


def load(session: Session, *rows: str, heads: str = HEADS, from_day: date | None = None) -> LoadResult:
    """Load rows of text."""
    data = "\n".join([heads, *rows]).encode()
    return load_units(session, data, on=DAY, now=clock.now(), from_day=from_day)


def places(result: LoadResult) -> list[tuple[int, str]]:
    """Where the faults are."""
    return [(fault.row, fault.column) for fault in result.faults]


def lines(session: Session, on: date = DAY) -> dict[str, UnitLine]:
    """What the portal holds, by code."""
    session.flush()
    return {line.code: line for line in list_all_units(session, on)}


def test_the_list_of_2023_loads_whole_and_a_second_time_changes_nothing(db_session: Session) -> None:
    data = (ROOT / "data" / "units-2023.csv").read_bytes()
    first = load_units(db_session, data, on=DAY, now=clock.now())
    events = db_session.scalar(select(func.count()).select_from(Event))
    second = load_units(db_session, data, on=DAY, now=clock.now())
    assert (first.created, first.changed, first.unchanged) == (68, 0, 0)
    assert (second.created, second.changed, second.unchanged) == (0, 0, 68)
    assert db_session.scalar(select(func.count()).select_from(Event)) == events == 68
    held = lines(db_session)
    assert (held["SGDDT"].symbol, held["SGDDT"].head_position, held["SGDDT"].place) == (
        "SGDĐT", "Giám đốc", "Quảng Ninh")
    assert (held["PGD-193"].symbol, held["PGD-193"].head_position, held["PGD-193"].place) == (
        "PGDĐT", "Trưởng phòng", "Hạ Long")
    assert (held["THPT-HON-GAI"].symbol, held["THPT-HON-GAI"].head_position) == ("THPT", "Hiệu trưởng")
    assert held["THPT-HON-GAI"].parent_name == "Sở Giáo dục và Đào tạo tỉnh Quảng Ninh"
    assert held["SO-VP"].head_position == "Chánh Văn phòng" and held["SO-TTR"].head_position == "Chánh Thanh tra"
    assert {line.head_name for line in held.values()} == {""}


def test_a_parent_may_stand_below_its_child(db_session: Session) -> None:
    assert load(db_session, SCHOOL, OFFICE, DEPARTMENT).created == 3
    assert lines(db_session)["T1"].parent_name == "Phòng Hạ Long"


def test_optional_columns_are_taken_and_kind_may_be_a_vietnamese_word(db_session: Session) -> None:
    result = load(db_session, DEPARTMENT + ",SỞGD,Hạ Long,Giám đốc (minh họa),Giám đốc Sở",
                  "T1,Trường A,Trường tiểu học,SO,,,,,", heads=HEADS + ",symbol,place,head,position")
    assert result.faults == ()
    held = lines(db_session)
    assert (held["SO"].symbol, held["SO"].place, held["SO"].head_name, held["SO"].head_position) == (
        "SỞGD", "Hạ Long", "Giám đốc (minh họa)", "Giám đốc Sở")
    assert (held["T1"].kind, held["T1"].symbol, held["T1"].head_position) == (UnitKind.PRIMARY, "TH", "Hiệu trưởng")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([DEPARTMENT, OFFICE, "p1,Phòng khác,phong_gddt,SO,"], [(4, "code")]),
        ([DEPARTMENT, "P1,Phòng,phong_gddt,KHÔNG-CÓ,"], [(3, "parent_code")]),
        ([DEPARTMENT, "P1,Phòng,phong_la,SO,"], [(3, "kind")]),
        ([DEPARTMENT, "P1,,phong_gddt,SO,"], [(3, "name")]),
        ([DEPARTMENT, ",Phòng,phong_gddt,SO,"], [(3, "code")]),
        ([DEPARTMENT, "P 1,Phòng,phong_gddt,SO,"], [(3, "code")]),
        ([DEPARTMENT, "P1,Phòng,phong_gddt,,"], [(3, "parent_code")]),
        ([DEPARTMENT, f"P1,{'x' * 201},phong_gddt,SO,"], [(3, "name")]),
        ([DEPARTMENT, f"{'P' * 61},Phòng,phong_gddt,SO,"], [(3, "code")]),
        ([DEPARTMENT, "P1,Phòng,phong_gddt,SO"], [(3, "")]),
        ([DEPARTMENT, "SO2,Sở khác,so,,"], [(3, "kind")]),
        ([DEPARTMENT, "P1,Phòng,phong_gddt,P1,"], [(3, "parent_code")]),
        ([DEPARTMENT, "A,Phòng A,phong_gddt,C,", "B,Phòng B,phong_gddt,A,", "C,Phòng C,phong_gddt,B,"],
         [(3, "parent_code")]),
        ([DEPARTMENT, "P1,,la,SO,", "P1,Phòng,phong_gddt,X,"],
         [(3, "kind"), (3, "name"), (4, "code"), (4, "parent_code")]),
    ],
)
def test_wrong_rows_are_named_and_nothing_is_loaded(
    db_session: Session, rows: list[str], expected: list[tuple[int, str]]
) -> None:
    result = load(db_session, *rows)
    assert sorted(places(result)) == expected
    assert db_session.scalar(select(func.count()).select_from(Unit)) == 0


def test_a_circle_is_told_with_its_way() -> None:
    parents = {"A": "C", "B": "A", "C": "B", "D": "A", "E": "", "F": "F"}
    assert find_cycles(parents, parents) == [("A", "C", "B"), ("F",)]


def test_a_circle_through_units_that_are_there_already_is_found(db_session: Session) -> None:
    load(db_session, DEPARTMENT, OFFICE, SCHOOL)
    result = load(db_session, "P1,Phòng Hạ Long,phong_gddt,T1,", from_day=date(2023, 6, 1))
    assert places(result) == [(2, "parent_code")]
    assert "P1 → T1 → P1" in result.faults[0].message


def test_a_new_name_or_parent_without_a_day_is_refused_and_says_how(db_session: Session) -> None:
    load(db_session, DEPARTMENT, OFFICE, SCHOOL)
    result = load(db_session, "T1,Trường Hồng Hà,tieu_hoc,SO,")
    assert places(result) == [(2, "name"), (2, "parent_code")]
    assert "--from" in result.faults[0].message and "Trường Hạ Long" in result.faults[0].message
    assert lines(db_session)["T1"].name == "Trường Hạ Long"


def test_with_a_day_the_old_name_and_parent_end_and_the_new_ones_begin(db_session: Session) -> None:
    load(db_session, DEPARTMENT, OFFICE, SCHOOL)
    row, day = "T1,Trường Hồng Hà,tieu_hoc,SO,", date(2023, 6, 1)
    assert load(db_session, row, from_day=day).changed == 1
    before, after = lines(db_session, date(2023, 5, 31))["T1"], lines(db_session, day)["T1"]
    assert (before.name, before.parent_name) == ("Trường Hạ Long", "Phòng Hạ Long")
    assert (after.name, after.parent_name) == ("Trường Hồng Hà", "Sở Giáo dục")
    assert load(db_session, row, from_day=day).unchanged == 1
    assert len(db_session.scalars(select(UnitName).where(UnitName.unit_id == after.id)).all()) == 2
    assert len(db_session.scalars(select(UnitParent).where(UnitParent.unit_id == after.id)).all()) == 2
    told = db_session.scalars(select(Event).where(Event.subject_kind == Subject.UNIT, Event.action == "change")).one()
    assert told.detail["name"] == ["Trường Hạ Long", "Trường Hồng Hà"] and told.detail["from_day"] == "2023-06-01"


def test_a_change_before_one_that_is_recorded_already_is_refused(db_session: Session) -> None:
    load(db_session, DEPARTMENT, OFFICE, SCHOOL)
    load(db_session, "T1,Trường Hồng Hà,tieu_hoc,P1,", from_day=date(2023, 6, 1))
    result = load(db_session, "T1,Trường Cao Xanh,tieu_hoc,P1,", from_day=date(2023, 5, 1))
    assert places(result) == [(2, "name")]
    assert "01/06/2023" in result.faults[0].message


def test_new_units_begin_on_the_day_and_a_head_changes_from_it(db_session: Session) -> None:
    load(db_session, DEPARTMENT)
    day = date(2023, 6, 1)
    load(db_session, "SO,Sở Giáo dục,so,,,Giám đốc Mới (minh họa)", "P1,Phòng,phong_gddt,SO,,",
         heads=HEADS + ",head", from_day=day)
    assert "P1" not in lines(db_session)
    assert lines(db_session)["SO"].head_name == ""
    assert lines(db_session, day)["SO"].head_name == "Giám đốc Mới (minh họa)"
    heads = db_session.scalars(select(UnitHead).order_by(UnitHead.valid_from)).all()
    assert heads[0].valid_from == FIRST_DAY and heads[0].valid_to == day


def test_a_closed_unit_cannot_be_loaded_again(db_session: Session) -> None:
    load(db_session, DEPARTMENT, OFFICE)
    db_session.scalars(select(Unit).where(Unit.code == "P1")).one().valid_to = date(2023, 5, 1)
    assert places(load(db_session, OFFICE)) == [(2, "code")]


def test_rows_without_a_file_load_too(db_session: Session) -> None:
    rows = [UnitRow("T1", "Trường (minh họa)", UnitKind.PRIMARY, "SO"), UnitRow("SO", "Sở", UnitKind.DEPARTMENT)]
    assert load_units(db_session, rows, on=DAY, now=clock.now(), is_demonstration=True).created == 2
    assert lines(db_session)["T1"].is_demonstration


@pytest.mark.parametrize("kind", list(UnitKind))
def test_every_kind_that_reports_has_a_symbol_and_a_position(kind: UnitKind) -> None:
    assert default_position(kind, "Đơn vị")
    assert default_symbol(kind) or not kind.is_reporter


def test_the_place_of_a_district_office_is_its_districts_bare_name() -> None:
    assert default_place(UnitKind.DISTRICT_OFFICE, "Thị xã Đông Triều") == "Đông Triều"
    assert default_place(UnitKind.UPPER_SECONDARY, "Thị xã Đông Triều") == ""
