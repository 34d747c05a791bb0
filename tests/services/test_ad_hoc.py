"""An ad hoc report from its form to the Department's document: only the chosen units, only what it asks."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from core.clock import clock
from models.ad_hoc import AdHocReport, Brief, OwnIndicator, RequirementIndicator, RoundBrief
from models.event import Event, Subject
from models.figure import Aggregate, Figure, figure_of
from models.indicator import Indicator, SourceKind, ValueKind
from models.permission import Viewer
from models.questionnaire import Questionnaire
from models.report import FigureEntry
from models.requirement import Level, Obligation, Requirement
from models.survey import SurveyPlace, SurveyRound
from models.unit import Unit
from queries.ad_hoc import reporters_of
from queries.chase_letter import get_lateness
from queries.consolidation import consolidated_document
from queries.figure import list_indicators
from queries.unit import get_unit
from services.ad_hoc import (
    AdHocInput,
    add_ad_hoc,
    add_units,
    change_ad_hoc,
    faults_of,
    open_ad_hoc,
    withdraw_ad_hoc,
)
from services.chase_letter import compose_letter, suggest_fields
from services.consolidation import print_file
from services.programme_book import ProgrammeBookError, change_programme, clone_programme, read_book
from services.report import save_figures
from services.requirement import RequirementError
from tests.support.client import PageClient
from tests.support.clock import FrozenClock
from tests.support.consolidation import World
from tests.support.paper import Paper

DAY = date(2023, 5, 24)
OWN = (
    OwnIndicator("X1", "Số thủ tục đã niêm yết", "thủ tục"), OwnIndicator("X2", "Số thủ tục phải niêm yết", "thủ tục"),
    OwnIndicator("X3", "Tỷ lệ niêm yết", "%", Aggregate.RATIO, ("X1", "X2")))


@pytest.fixture
def world(fresh_world: World) -> World:
    """A province whose schools a1 and t1 are to report."""
    return fresh_world


def given(world: World, *units: Unit, **others: object) -> AdHocInput:
    """A report over three own indicators and one of the programme."""
    brief = Brief(unit_ids=tuple(unit.id for unit in units), indicator_codes=("G3",), own=OWN,
                  headings=("Kết quả niêm yết", "Kiến nghị"))
    return AdHocInput(
        title="Kết quả niêm yết thủ tục hành chính", legal_basis="Công văn số 12/SGDĐT-VP (minh họa)",
        coverage_from=date(2023, 1, 1), coverage_to=date(2023, 6, 2), cut_off_on=date(2023, 6, 2), opens_on=DAY,
        due_on=date(2023, 6, 2), counts_due_day=True, consolidation_due_on=date(2023, 6, 7), review_days=2,
        return_days=2, brief=replace(brief, **others))  # type: ignore[arg-type]  # a test's shorthand


def draft(world: World, *units: Unit, **others: object) -> Requirement:
    """The same, kept as a draft."""
    return add_ad_hoc(world.session, world.programme, given(world, *units, **others), form_token="",
                      viewer=viewer(world), now=clock.now())


def viewer(world: World) -> Viewer:
    """The Office."""
    account = world.office
    return Viewer(account.id, account.full_name, account.role, world.department.id, world.department.id)


def give_out(world: World, requirement: Requirement) -> int:
    """Open it, and let the world's helpers speak of it from here on."""
    world.requirement = requirement
    return open_ad_hoc(world.session, requirement, on=clock.today(), now=clock.now(), viewer=viewer(world))


def owing(world: World) -> dict[int, Level]:
    """Who owes the world's requirement."""
    return dict(world.session.execute(
        select(Obligation.unit_id, Obligation.level).where(Obligation.requirement_id == world.requirement.id)).all())


def report(world: World, unit: Unit, done: int, of: int) -> None:
    """Type a unit's figures, send its report and accept it."""
    entries = {"X1": FigureEntry(figure_of(done)), "X2": FigureEntry(figure_of(of))}
    save_figures(world.session, world.submission(unit), entries, None, clock.now())
    world.accept(unit)


def test_only_the_chosen_units_owe_it_and_the_office_above_a_school(world: World) -> None:
    units = world.units
    assert give_out(world, draft(world, units["a1"], units["t1"])) == 3
    assert world.requirement.code == "2023-ad-hoc-1"
    assert owing(world) == {units["a1"].id: Level.SECOND, units["A"].id: Level.FIRST, units["t1"].id: Level.FIRST,
                            world.department.id: Level.DEPARTMENT}
    asked = list_indicators(world.session, world.programme.id, world.requirement.id)
    assert [line.code for line in asked] == ["G1", "G2", "G3", "X1", "X2", "X3"]


def test_figures_go_from_the_school_to_the_departments_document(world: World) -> None:
    """The rate of all is recomputed from the totals; nobody else and nothing else is in the document."""
    session, units = world.session, world.units
    give_out(world, draft(world, units["a1"], units["t1"]))
    report(world, units["a1"], 8, 10)
    report(world, units["t1"], 30, 30)
    report(world, units["A"], 1, 10)
    unit = get_unit(session, world.department.id, clock.today())
    assert unit is not None
    document = consolidated_document(session, requirement=world.requirement, unit=unit, on=clock.today())
    assert document is not None
    rows = {row.code: row.current for row in document.figures}
    assert list(rows) == ["G1", "G2", "G3", "X1", "X2", "X3"]
    assert (rows["X1"], rows["X2"]) == (figure_of(39), figure_of(50))
    assert rows["X3"] == Figure(rows["X3"].state, rows["X3"].value, rows["X1"].value, rows["X2"].value)
    assert rows["X3"].number == 78
    file = print_file(session, world.requirement, unit, "pdf", version=None, on=clock.today(), now=clock.now())
    assert file is not None
    text = Paper(file.content).text()
    for said in ("Thực hiện Công văn số 12/SGDĐT-VP", "I. KẾT QUẢ NIÊM YẾT", "Số thủ tục đã niêm yết: 39 thủ tục",
                 "Tỷ lệ niêm yết: 78%", "78% (39/50)", "1/1 phòng Giáo dục và Đào tạo", "Trường Tiểu học a1"):
        assert said in text, text
    for foreign in ("Trường Tiểu học a2", "Phòng GDĐT B", "Báo chí", "Nhóm chỉ tiêu", "nội dung của kế hoạch"):
        assert foreign not in text


def test_a_draft_is_changed_and_given_up_and_leaves_a_trace(world: World) -> None:
    requirement = draft(world, world.units["a1"])
    again = replace(given(world, world.units["a1"]), due_on=date(2023, 6, 5))
    assert change_ad_hoc(world.session, requirement, again, viewer=viewer(world), now=clock.now())
    assert not change_ad_hoc(world.session, requirement, again, viewer=viewer(world), now=clock.now())
    withdraw_ad_hoc(world.session, requirement, "Trùng báo cáo định kỳ", viewer=viewer(world), now=clock.now())
    with pytest.raises(RequirementError, match="đã rút"):
        give_out(world, requirement)
    trail = world.session.execute(select(Event.action, Event.reason, Event.detail).where(
        Event.subject_kind == Subject.REQUIREMENT, Event.subject_id == requirement.id).order_by(Event.id)).all()
    assert [row.action for row in trail] == ["draft_ad_hoc", "change_ad_hoc", "withdraw_ad_hoc"]
    assert trail[1].detail["fields"] == {"due_on": ["2023-06-02", "2023-06-05"]}
    assert trail[2].reason == "Trùng báo cáo định kỳ"
    assert draft(world, world.units["a1"]).code == "2023-ad-hoc-2"


def test_units_are_added_once_and_with_their_office(world: World) -> None:
    units = world.units
    give_out(world, draft(world, units["t1"]))
    more = {"on": clock.today(), "now": clock.now(), "viewer": viewer(world)}
    assert add_units(world.session, world.requirement, [units["b1"].id, units["t1"].id], **more) == 2  # type: ignore[arg-type]
    assert add_units(world.session, world.requirement, [units["b1"].id], **more) == 0  # type: ignore[arg-type]
    assert set(owing(world)) == {units[name].id for name in ("t1", "b1", "B")} | {world.department.id}


def test_a_code_taken_by_another_report_cannot_be_used_again(world: World) -> None:
    give_out(world, draft(world, world.units["a1"]))
    second = given(world, world.units["a1"])
    assert {fault.place for fault in faults_of(world.session, world.programme.id, second.brief)} == {
        "own_0_code"}  # all three stand in row 0 of no form
    with pytest.raises(RequirementError, match="đã dùng ở báo cáo đột xuất khác"):
        give_out(world, draft(world, world.units["a1"]))


def test_the_book_of_the_year_stays_as_it_is(world: World) -> None:
    """Neither cloned nor compared: what belongs to one report alone is not of the year."""
    session = world.session
    before = read_book(session, world.programme)
    give_out(world, draft(world, world.units["a1"]))
    assert read_book(session, world.programme) == before
    clone = clone_programme(session, world.programme, 2024, viewer=viewer(world), now=clock.now())
    session.flush()
    assert session.scalars(select(Indicator.code).where(
        Indicator.programme_id == clone.id, Indicator.code.startswith("X"))).all() == []
    assert change_programme(session, world.programme, before, viewer=viewer(world), now=clock.now()) == []
    taken = {**before, "indicators": [*before["indicators"], {**before["indicators"][0], "code": "X1"}]}
    with pytest.raises(ProgrammeBookError, match="X1 đã dùng ở báo cáo đột xuất"):
        change_programme(session, world.programme, taken, viewer=viewer(world), now=clock.now())
    assert session.query(RequirementIndicator).count() == 6


def test_a_survey_round_is_opened_for_the_chosen_units(world: World) -> None:
    """Not for the office that only reviews; its sheets come into the report as figures."""
    asked = world.session.scalars(select(Questionnaire)).one()
    survey = RoundBrief(asked.id, "people", "Sở GD&ĐT", "", "2023-05-24", "2023-06-01")
    requirement = draft(world, world.units["a1"], own=(), indicator_codes=(), headings=(), survey=survey)
    give_out(world, requirement)
    kept = world.session.get_one(AdHocReport, requirement.id)
    made = world.session.get_one(SurveyRound, kept.round_id)
    assert (made.title, made.opens_on) == (requirement.title, DAY)
    assert world.session.scalars(select(SurveyPlace.unit_id).where(SurveyPlace.round_id == made.id)).all() == [
        world.units["a1"].id]
    lines = list_indicators(world.session, world.programme.id, requirement.id)
    assert [(line.code, line.filters) for line in lines] == [
        (code, {"questionnaire": asked.code}) for code in ("P1.1", "P1.2", "P1.3")]


def test_units_that_are_no_more_do_not_get_it(world: World) -> None:
    gone = world.units["a1"]
    gone.valid_to = clock.today()
    world.session.flush()
    found = reporters_of(world.session, [gone.id, world.units["t1"].id], clock.today())
    assert ([unit.id for unit in found.all], found.gone_count) == ([world.units["t1"].id], 1)
    with pytest.raises(RequirementError, match="không còn đơn vị nào"):
        give_out(world, draft(world, gone))


def test_a_chase_letter_speaks_of_the_report_itself(world: World, clock: FrozenClock) -> None:
    give_out(world, draft(world, world.units["t1"]))
    clock.set(date(2023, 6, 6))
    session, requirement, on = world.session, world.requirement, date(2023, 6, 6)
    fields = suggest_fields(session, requirement, 1, on)
    letter = compose_letter(session, requirement, get_lateness(session, requirement.id, on), [], fields)
    assert letter.head.subject == "đôn đốc gửi báo cáo kết quả niêm yết thủ tục hành chính"
    assert letter.paragraphs[0].startswith("Thực hiện Công văn số 12/SGDĐT-VP (minh họa), các đơn vị gửi báo cáo")
    assert "Kế hoạch tuyên truyền" not in " ".join((*letter.paragraphs, letter.closing))


def add_typed_rate(world: World) -> None:
    """Give the programme a number of sheets and a share of them that units type."""
    for position, (code, kind, aggregate, operands) in enumerate((
            ("Z1", ValueKind.INTEGER, Aggregate.SUM, []), ("Z2", ValueKind.PERCENT, Aggregate.WEIGHTED_SHARE, ["Z1"])),
            start=900):
        world.session.add(Indicator(
            programme_id=world.programme.id, position=position, code=code, name=f"Hài lòng {code}", unit="%",
            value_kind=kind, aggregate=aggregate, operand_codes=operands, source=SourceKind.TYPED, filters={},
            is_core=False))
    world.session.flush()


def test_typed_rates_over_fewer_than_five_answers_are_nowhere_in_the_report(client: PageClient, world: World) -> None:
    """Nor is the one that the total would then tell; how many answered is said of every unit."""
    session, units = world.session, world.units
    add_typed_rate(world)
    give_out(world, draft(world, units["a1"], units["b1"], units["t1"], own=(), indicator_codes=("Z1", "Z2")))
    for name, answers, share in (
            ("a1", 3, "61.5"), ("b1", 7, "47.3"), ("t1", 40, "82.9"), ("A", 0, None), ("B", 0, None)):
        entries = {"Z1": FigureEntry(figure_of(answers))}
        if share is not None:
            entries["Z2"] = FigureEntry(figure_of(Decimal(share)))
        save_figures(session, world.submission(units[name]), entries, None, clock.now())
        world.accept(units[name])
    session.commit()
    client.sign_in(world.office)
    address = f"/consolidations/{world.requirement.code}/SGDDT"
    texts = [client.get(address).text, book_text(client.get(f"{address}?format=xlsx").data)]
    files = {ending: client.get(f"{address}/report.{ending}").data for ending in ("pdf", "docx", "xlsx", "csv")}
    texts += [Paper(files["pdf"]).text(), "\n".join(cell.text for table in Document(io.BytesIO(files["docx"])).tables
                                                    for row in table.rows for cell in row.cells),
              book_text(files["xlsx"]), files["csv"].decode("utf-8-sig")]
    for text in texts:
        assert ("82,9" in text or "33,16" in text) and "40" in text  # a workbook works the rate out
        assert not any(secret in text for secret in ("61,5", "47,3", "1,845", "3,311")), text


def book_text(content: bytes) -> str:
    """All cells of a workbook, numbers with a comma."""
    cells = (cell.value for sheet in load_workbook(io.BytesIO(content)) for row in sheet for cell in row)
    return "\n".join(str(value).replace(".", ",") for value in cells if value is not None)
