"""Decisions that reorganise units: what they refuse, what they do, what stays as it was."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from models.account import Account, Role
from models.draft import Draft
from models.event import Event, Subject
from models.finding import Deed
from models.permission import Action, Viewer
from models.reorganisation import Reorganisation, ReorganisationStatus, StepKind
from models.requirement import Level, Obligation
from models.sheet import SurveySheet
from models.submission import Submission
from models.survey import SurveyPlace
from models.unit import Unit, UnitHead, UnitKind, UnitName, UnitParent, UnitSuccessor
from models.workflow import Status
from queries.reorganisation import as_now, completeness_as_now, old_papers, predecessors, successors
from queries.scope import may
from queries.unit import get_unit
from services.reorganisation import (
    Preview,
    ReorganisationError,
    Step,
    add_decision,
    add_step,
    apply_decision,
    discard_decision,
    load_steps,
    preview_steps,
    read_steps,
    write_steps_csv,
    write_steps_xlsx,
)
from services.reorganisation.duty import Fate
from services.reorganisation.people import AccessKind
from services.reorganisation.step import keep_steps
from tests.support.clock import FrozenClock
from tests.support.consolidation import World
from tests.support.factories import make_account, make_unit
from tests.support.inspection import make_finding, make_inspection
from tests.support.inspection import step as step_of_finding
from tests.support.survey import make_place, make_questionnaire, make_round, make_sheet

DAY = date(2023, 5, 20)
BEFORE = date(2023, 5, 19)


@pytest.fixture
def world(fresh_world: World) -> World:
    """Two district offices with three schools each, three affiliated units; nobody has reported."""
    return fresh_world


def decide(session: Session, *steps: Step, number: str = "12/QĐ-UBND", day: date = DAY) -> Reorganisation:
    """A draft with steps."""
    decision = add_decision(
        session, {"number": number, "decided_on": date(2023, 5, 10), "issuer": "UBND tỉnh", "effective_on": day,
                  "title": "Sắp xếp các trường (minh họa)"},
        token=f"{number}-{day}", viewer=None, now=portal_clock.now())
    keep_steps(session, decision.id, steps)
    return decision


def carry_out(session: Session, *steps: Step, **more: Any) -> Preview:
    """Apply steps."""
    return apply_decision(session, decide(session, *steps, **more), viewer=None, now=portal_clock.now())


def faults(session: Session, *steps: Step, day: date = DAY) -> list[tuple[int, str, str]]:
    """What is wrong with steps: row, column, message."""
    return [(fault.row, fault.column, fault.message) for fault in preview_steps(session, steps, day).faults]


def merge(row: int, unit: str, target: str) -> Step:
    """A merger."""
    return Step(row, StepKind.MERGE, unit, target)


def found(row: int, code: str, parent: str, name: str = "Trường mới (minh họa)",
          kind: UnitKind = UnitKind.PRIMARY) -> Step:
    """A new unit."""
    return Step(row, StepKind.FOUND, code, "", name, kind, parent)


@pytest.mark.parametrize(("steps", "row", "column", "words"), [
    ([merge(2, "TH-a1", "TH-a1")], 2, "target_code", "chính nó"),
    ([merge(2, "TH-a1", "KHONG-CO")], 2, "target_code", "Không có đơn vị nào mang mã “KHONG-CO”"),
    ([merge(2, "KHONG-CO", "TH-a1")], 2, "unit_code", "Không có đơn vị nào mang mã “KHONG-CO”"),
    ([merge(2, "SGDDT", "TH-a1")], 2, "unit_code", "không thuộc diện sắp xếp"),
    ([merge(2, "TH-a1", "TH-a2"), merge(3, "TH-a2", "TH-late")], 2, "target_code", "thôi hoạt động trong cùng"),
    ([merge(2, "TH-a1", "TH-a2"), merge(3, "TH-a1", "TH-late")], 3, "step", "đã có việc “Sáp nhập” ở dòng 2"),
    ([merge(2, "TH-a1", "TH-a2"), Step(3, StepKind.RENAME, "TH-a1", name="Tên")], 3, "step", "Trái với dòng 2"),
    ([Step(2, StepKind.CLOSE, "PGD-A")], 2, "unit_code", "Còn 3 đơn vị trực thuộc chưa chuyển đi"),
    ([Step(2, StepKind.MOVE, "PGD-A", parent_code="PGD-B"), Step(3, StepKind.MOVE, "PGD-B", parent_code="PGD-A")],
     2, "parent_code", "thành vòng: PGD-A → PGD-B → PGD-A"),
    ([Step(2, StepKind.MOVE, "TH-a1", parent_code="TH-a1")], 2, "parent_code", "không trực thuộc chính nó"),
    ([Step(2, StepKind.MOVE, "TH-a1", parent_code="TH-a2")], 2, "parent_code", "không phải đơn vị cấp trên"),
    ([Step(2, StepKind.REOPEN, "TH-a1", parent_code="PGD-A")], 2, "unit_code", "đang hoạt động"),
    ([found(2, "TH-A1", "PGD-A")], 2, "unit_code", "Cổng đã có đơn vị mang mã này"),
    ([found(2, "MOI", "PGD-A"), Step(3, StepKind.RENAME, "MOI", name="Tên")], 3, "unit_code",
     "thành lập trong cùng quyết định"),
    ([Step(2, StepKind.SPLIT, "TH-a1", "TH-a1")], 2, "target_code", "ít nhất một đơn vị tiếp nhận khác"),
    ([Step(2, StepKind.SPLIT, "TH-a1", "TH-a2")], 2, "duties", "chưa có đơn vị nhận"),
    ([Step(2, StepKind.CHANGE, "TH-a1")], 2, "head", "Ghi thủ trưởng"),
    ([Step(2, StepKind.CHANGE, "TH-a1", unit_kind=UnitKind.COMMUNE)], 2, "unit_code", "Không đổi được"),
    ([Step(2, StepKind.RENAME, "TH-a1")], 2, "name", "Nhập tên."),
    ([], 0, "", "chưa có việc nào"),
])
def test_what_cannot_be_is_said_with_row_and_column(
        db_session: Session, world: World, steps: list[Step], row: int, column: str, words: str) -> None:
    found_faults = faults(db_session, *steps)
    assert any(fault[:2] == (row, column) and words in fault[2] for fault in found_faults), found_faults


def test_a_unit_takes_no_step_before_it_was_founded_or_after_it_was_closed(
        db_session: Session, world: World) -> None:
    young = make_unit(db_session, code="TRE", parent=world.units["A"], since=date(2023, 5, 21))
    closed = make_unit(db_session, code="GIA", parent=world.units["A"], until=date(2023, 5, 1))
    assert "thành lập ngày 21/05/2023" in faults(db_session, merge(2, young.code, "TH-a1"))[0][2]
    assert "thôi hoạt động từ ngày 01/05/2023" in faults(db_session, merge(2, closed.code, "TH-a1"))[0][2]
    assert "không hoạt động" in faults(db_session, merge(2, "TH-a1", closed.code))[0][2]


def test_a_change_that_is_recorded_for_a_later_day_bars_a_step(db_session: Session, world: World) -> None:
    carry_out(db_session, Step(2, StepKind.RENAME, "TH-a1", name="Tên mới (minh họa)"))
    assert "từ ngày 20/05/2023" in faults(db_session, merge(2, "TH-a1", "TH-a2"), day=BEFORE)[0][2]


def test_a_merger_closes_the_old_units_and_opens_one_with_their_memory(db_session: Session, world: World) -> None:
    old = world.units["a1"], world.units["a2"]
    done = carry_out(db_session, found(2, "TH-MOI", "PGD-A"), merge(3, "TH-a1", "TH-MOI"), merge(4, "TH-a2", "TH-MOI"))
    new = db_session.scalars(select(Unit).where(Unit.code == "TH-MOI")).one()
    assert (new.valid_from, [unit.valid_to for unit in old]) == (DAY, [DAY, DAY])
    assert get_unit(db_session, old[0].id, DAY) is None
    assert getattr(get_unit(db_session, old[0].id, BEFORE), "parent_id", None) == world.units["A"].id
    assert {one.code for one in predecessors(db_session, new.id)} == {"TH-a1", "TH-a2"}
    assert [one.decision_number for one in successors(db_session, old[0].id)] == ["12/QĐ-UBND"]
    assert as_now(db_session, [unit.id for unit in old], BEFORE, DAY) == {unit.id: (new.id,) for unit in old}
    assert as_now(db_session, [old[0].id], BEFORE, BEFORE) == {old[0].id: (old[0].id,)}
    assert (done.counts["closed"], done.counts["duties-moves"]) == (2, 2)


def test_renaming_moving_and_a_new_head_leave_what_was(db_session: Session, world: World) -> None:
    unit = world.units["a1"]
    carry_out(db_session, Step(2, StepKind.RENAME, "TH-a1", name="Trường Tiểu học Ánh Dương (minh họa)"),
              Step(3, StepKind.MOVE, "TH-a1", parent_code="PGD-B"),
              Step(4, StepKind.CHANGE, "TH-a1", head="Người mới (minh họa)", head_position="Hiệu trưởng"))
    then, now = get_unit(db_session, unit.id, BEFORE), get_unit(db_session, unit.id, DAY)
    assert then is not None and now is not None
    assert (then.name, then.parent_id, then.head_name) == ("Trường Tiểu học a1 (minh họa)", world.units["A"].id, "")
    assert (now.name, now.parent_id, now.head_name) == (
        "Trường Tiểu học Ánh Dương (minh họa)", world.units["B"].id, "Người mới (minh họa)")
    assert world.obligation(unit).reviewer_id == world.units["B"].id
    for kind in (UnitName, UnitParent, UnitHead):
        assert len(db_session.scalars(select(kind).where(kind.unit_id == unit.id)).all()) == 2


def test_a_closed_unit_comes_back_under_its_name(db_session: Session, world: World, clock: FrozenClock) -> None:
    unit = world.units["t3"]
    carry_out(db_session, Step(2, StepKind.CLOSE, "THPT-t3"))
    clock.set(date(2023, 6, 10))
    carry_out(db_session, Step(2, StepKind.REOPEN, "THPT-t3", parent_code="SGDDT"), number="13/QĐ-UBND",
              day=date(2023, 6, 5))
    assert get_unit(db_session, unit.id, date(2023, 6, 1)) is None
    assert getattr(get_unit(db_session, unit.id, date(2023, 6, 5)), "name", "") == "Đơn vị t3 (minh họa)"


def test_an_open_report_ends_moves_or_stays_as_the_preview_says(db_session: Session, world: World) -> None:
    world.accept(world.units["a1"])
    steps = (found(2, "TH-MOI", "PGD-B"), merge(3, "TH-a1", "TH-MOI"), merge(4, "TH-a2", "TH-MOI"),
             merge(5, "TH-b1", "TH-b2"))
    fates = {change.unit: change.fate for change in preview_steps(db_session, steps, DAY).duties}
    assert fates == {"TH-a1": Fate.STAYS, "TH-a2": Fate.MOVES, "TH-b1": Fate.ENDS}
    carry_out(db_session, *steps)
    assert world.obligation(world.units["a1"]).closed_at is None
    assert world.obligation(world.units["a2"]).closed_at == portal_clock.now()
    assert world.obligation(world.units["b1"]).closed_at is not None
    new = db_session.scalars(select(Unit).where(Unit.code == "TH-MOI")).one()
    obligation, old = world.obligation(new), world.obligation(world.units["a2"])
    assert (obligation.reviewer_id, obligation.level) == (world.units["B"].id, Level.SECOND)
    assert (obligation.due_on, obligation.deadline_at) == (old.due_on, old.deadline_at)


def test_what_was_being_written_goes_along_to_the_only_heir(db_session: Session, world: World) -> None:
    submission = world.submission(world.units["a2"])
    obligation = world.obligation(world.units["a2"])
    db_session.add(Draft(key=f"report:{obligation.id}:I.1", unit_id=world.units["a2"].id, saved_at=portal_clock.now()))
    db_session.flush()
    carry_out(db_session, found(2, "TH-MOI", "PGD-A"), merge(3, "TH-a2", "TH-MOI"))
    new = db_session.scalars(select(Unit).where(Unit.code == "TH-MOI")).one()
    assert submission.obligation_id == world.obligation(new).id
    draft = db_session.scalars(select(Draft)).one()
    assert (draft.key, draft.unit_id) == (f"report:{world.obligation(new).id}:I.1", new.id)


def test_two_drafts_for_one_heir_stay_with_their_units_to_be_read(db_session: Session, world: World) -> None:
    drafts = [world.submission(world.units[name]) for name in ("a1", "a2")]
    before = [submission.obligation_id for submission in drafts]
    done = carry_out(db_session, found(2, "TH-MOI", "PGD-A"), merge(3, "TH-a1", "TH-MOI"),
                     merge(4, "TH-a2", "TH-MOI"))
    assert [submission.obligation_id for submission in drafts] == before
    assert (done.counts["drafts-kept"], done.counts["drafts-carried"]) == (2, 0)
    papers = old_papers(db_session, [world.units["a1"].id])
    assert [paper.obligation_id for paper in papers[world.units["a1"].id]] == [before[0]]


def test_a_district_that_is_handed_over_leaves_nothing_without_an_owner(db_session: Session, world: World) -> None:
    steps = [found(2, "XA-1", "SGDDT", "UBND xã 1 (minh họa)", UnitKind.COMMUNE),
             found(3, "XA-2", "SGDDT", "UBND xã 2 (minh họa)", UnitKind.COMMUNE),
             Step(4, StepKind.SPLIT, "PGD-A", "XA-1"), Step(5, StepKind.SPLIT, "PGD-A", "XA-2"),
             Step(6, StepKind.MOVE, "TH-a1", parent_code="XA-1"), Step(7, StepKind.MOVE, "TH-a2", parent_code="XA-2"),
             Step(8, StepKind.MOVE, "TH-late", parent_code="XA-2")]
    assert [fault[:2] for fault in faults(db_session, *steps)] == [(4, "duties")]
    steps[2:4] = [Step(4, StepKind.SPLIT, "PGD-A", "XA-1", takes_duties=True),
                  Step(5, StepKind.SPLIT, "PGD-A", "XA-2", takes_duties=True)]
    world.accept(world.units["a1"])
    carry_out(db_session, *steps)
    communes = {unit.code: unit for unit in db_session.scalars(select(Unit).where(Unit.kind == UnitKind.COMMUNE))}
    assert {world.obligation(unit).level for unit in communes.values()} == {Level.FIRST}
    assert world.obligation(world.units["a1"]).reviewer_id == communes["XA-1"].id  # its district never reported
    line = completeness_as_now(db_session, world.requirement, DAY)
    assert {one.units: one.owed for one in line}[("Trường Tiểu học a1 (minh họa)",)] == 1


def test_what_its_district_has_added_up_stays_there(db_session: Session, world: World) -> None:
    for name in ("a1", "A"):
        world.accept(world.units[name])
    carry_out(db_session, Step(2, StepKind.MOVE, "TH-a1", parent_code="PGD-B"),
              Step(3, StepKind.MOVE, "TH-a2", parent_code="PGD-B"))
    assert world.obligation(world.units["a1"]).reviewer_id == world.units["A"].id
    assert world.obligation(world.units["a2"]).reviewer_id == world.units["B"].id


def test_people_of_a_merged_unit_go_along_and_sign_in_again(db_session: Session, world: World) -> None:
    officer = make_account(db_session, Role.OFFICER, world.units["a1"])
    head = make_account(db_session, Role.HEAD, world.units["a1"])
    staying = make_account(db_session, Role.HEAD, world.units["a2"])
    lost = make_account(db_session, Role.OFFICER, world.units["t3"])
    carry_out(db_session, merge(2, "TH-a1", "TH-a2"), Step(3, StepKind.CLOSE, "THPT-t3"))
    target = world.units["a2"].id
    assert (officer.unit_id, officer.role, officer.session_version) == (target, Role.OFFICER, 2)
    assert (head.unit_id, head.role, head.is_active) == (target, Role.OFFICER, True)  # the unit has a head
    assert (staying.role, staying.session_version) == (Role.HEAD, 1)
    assert (lost.is_active, lost.session_version) == (False, 2)


def test_the_preview_says_who_gains_and_loses_access(db_session: Session, world: World) -> None:
    for name in ("A", "B"):
        make_account(db_session, Role.DISTRICT, world.units[name])
    shown = preview_steps(db_session, [Step(2, StepKind.MOVE, "TH-a1", parent_code="PGD-B"),
                                       merge(3, "TH-a2", "TH-b1")], DAY)
    access = {(line.unit, line.kind): line for line in shown.access}
    lost = access["Phòng GDĐT A (minh họa)", AccessKind.LOSES]
    gained = access["Phòng GDĐT B (minh họa)", AccessKind.GAINS]
    assert (lost.people, lost.units) == (gained.people, gained.units) == (1, ("Trường Tiểu học a1 (minh họa)",))
    assert access["Trường Tiểu học b1 (minh họa)", AccessKind.READS].units == ("Trường Tiểu học a2 (minh họa)",)


def test_successors_read_what_closed_units_recorded_and_never_write_it(db_session: Session, world: World) -> None:
    officer = make_account(db_session, Role.OFFICER, world.units["b1"])
    stranger = make_account(db_session, Role.OFFICER, world.units["b2"])
    old = world.units["a1"].id

    def rights(account: Account, on: date) -> set[Action]:
        viewer = Viewer(account.id, account.full_name, account.role, account.unit_id, account.unit_id)
        return {action for action in Action if may(db_session, viewer, action, old, on)} - {Action.PROGRAMME_VIEW}

    carry_out(db_session, merge(2, "TH-a1", "TH-b1"))
    assert rights(officer, BEFORE) == set()
    assert rights(officer, DAY) == {Action.UNIT_VIEW, Action.PLAN_VIEW, Action.ACTIVITY_VIEW, Action.SURVEY_VIEW,
                                    Action.REPORT_VIEW, Action.INSPECTION_VIEW, Action.COMMENDATION_VIEW,
                                    Action.EMULATION_VIEW}
    assert rights(stranger, DAY) == set()
    head = make_account(db_session, Role.HEAD, world.units["b1"])
    assert not {Action.PLAN_SIGN, Action.REPORT_SIGN, Action.REPORT_SUBMIT, Action.PLAN_SUBMIT} & rights(head, DAY)


def test_a_part_that_is_split_off_does_not_see_into_the_unit_that_goes_on(db_session: Session, world: World) -> None:
    carry_out(db_session, found(2, "TH-MOI", "PGD-A"), Step(3, StepKind.SPLIT, "TH-a1", "TH-a1"),
              Step(4, StepKind.SPLIT, "TH-a1", "TH-MOI"))
    new = db_session.scalars(select(Unit).where(Unit.code == "TH-MOI")).one()
    officer = make_account(db_session, Role.OFFICER, new)
    viewer = Viewer(officer.id, officer.full_name, officer.role, new.id, new.id)
    assert world.units["a1"].valid_to is None
    assert world.obligation(world.units["a1"]).closed_at is None
    assert not may(db_session, viewer, Action.REPORT_VIEW, world.units["a1"].id, DAY)


def test_surveys_of_closed_units_close_and_their_heirs_take_part_in_what_goes_on(
        db_session: Session, world: World) -> None:
    first, second, third, fourth = sorted(
        (unit for unit in world.units.values() if unit.kind is UnitKind.PRIMARY), key=lambda unit: unit.code)[:4]
    questionnaire = make_questionnaire(db_session)
    going, over = (make_round(db_session, world.programme, questionnaire, closes_on=day) for day in (DAY, BEFORE))
    old = [make_place(db_session, going, unit, population=number) for unit, number in (
        (first, 300), (second, 200), (third, 100))]
    ended = make_place(db_session, over, first)
    make_sheet(db_session, old[0])
    done = carry_out(db_session, merge(2, first.code, fourth.code), merge(3, second.code, fourth.code),
                     merge(4, third.code, "MOI"), found(5, "MOI", next(iter(_parents(db_session, third)))))
    assert done.counts["places"] == 3
    assert [place.withdrawn_at is not None for place in (*old, ended)] == [True, True, True, False]
    names = {unit.id: unit.code for unit in db_session.scalars(select(Unit))}
    opened = {names[place.unit_id]: place.population for place in db_session.scalars(
        select(SurveyPlace).where(SurveyPlace.round_id == going.id, SurveyPlace.withdrawn_at.is_(None)))}
    assert opened == {fourth.code: 500, "MOI": 100}
    assert db_session.scalars(select(SurveySheet.place_id)).all() == [old[0].id]
    said = db_session.scalars(select(Event).where(Event.subject_kind == Subject.PLACE)).all()
    assert {event.action for event in said} == {"withdraw"} and all("12/QĐ-UBND" in event.reason for event in said)


def _parents(session: Session, unit: Unit) -> list[str]:
    """The code of the unit that a unit reports to."""
    return list(session.scalars(
        select(Unit.code).join(UnitParent, UnitParent.parent_id == Unit.id).where(UnitParent.unit_id == unit.id)))


def test_nothing_is_written_when_a_single_step_is_wrong(db_session: Session, world: World) -> None:
    decision = decide(db_session, merge(2, "TH-a1", "TH-a2"), merge(3, "TH-b1", "TH-b1"))
    with pytest.raises(ReorganisationError) as caught:
        apply_decision(db_session, decision, viewer=None, now=portal_clock.now())
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(3, "target_code")]
    assert db_session.scalars(select(UnitSuccessor)).all() == []
    assert (world.units["a1"].valid_to, decision.status) == (None, ReorganisationStatus.DRAFT)


def test_the_same_number_and_day_is_applied_once(db_session: Session, world: World) -> None:
    first = decide(db_session, merge(2, "TH-a1", "TH-a2"))
    apply_decision(db_session, first, viewer=None, now=portal_clock.now())
    assert apply_decision(db_session, first, viewer=None, now=portal_clock.now()).counts["merge"] == 1
    again = decide(db_session, merge(2, "TH-b1", "TH-b2"), day=BEFORE)
    with pytest.raises(ReorganisationError, match="đã được áp dụng tại cổng"):
        apply_decision(db_session, again, viewer=None, now=portal_clock.now())
    assert len(db_session.scalars(select(UnitSuccessor)).all()) == 1


def test_a_decision_waits_for_its_day(db_session: Session, world: World, clock: FrozenClock) -> None:
    decision = decide(db_session, merge(2, "TH-a1", "TH-a2"), day=date(2023, 5, 26))
    with pytest.raises(ReorganisationError, match="Chưa đến ngày hiệu lực 26/05/2023"):
        apply_decision(db_session, decision, viewer=None, now=portal_clock.now())
    clock.set(date(2023, 5, 26))
    assert apply_decision(db_session, decision, viewer=None, now=portal_clock.now()).is_good


def test_a_draft_can_be_let_go_and_an_applied_decision_cannot(db_session: Session, world: World) -> None:
    draft, applied = decide(db_session), decide(db_session, merge(2, "TH-a1", "TH-a2"), number="14/QĐ-UBND")
    discard_decision(db_session, draft, viewer=None, now=portal_clock.now())
    assert draft.status is ReorganisationStatus.DISCARDED
    apply_decision(db_session, applied, viewer=None, now=portal_clock.now())
    with pytest.raises(ReorganisationError, match="lập một quyết định mới"):
        discard_decision(db_session, applied, viewer=None, now=portal_clock.now())
    with pytest.raises(ReorganisationError):
        add_step(db_session, draft, merge(1, "TH-b1", "TH-b2"))


def test_the_last_administrator_is_not_switched_off(db_session: Session, world: World) -> None:
    division = make_unit(db_session, UnitKind.DIVISION, code="SO-X", parent=world.department)
    make_account(db_session, Role.ADMINISTRATOR, division)
    assert "quản trị" in faults(db_session, Step(2, StepKind.CLOSE, "SO-X"))[0][2]


def test_steps_are_added_one_by_one_in_any_order_that_makes_sense(db_session: Session, world: World) -> None:
    decision = decide(db_session)
    add_step(db_session, decision, Step(0, StepKind.CLOSE, "PGD-A"))
    placed = [add_step(db_session, decision, Step(0, StepKind.MOVE, f"TH-{name}", parent_code="PGD-B"))
              for name in ("a1", "a2", "late", "late")]
    assert [step.row for step in placed] == [2, 3, 4, 4]
    with pytest.raises(ReorganisationError, match="đã có việc"):
        add_step(db_session, decision, Step(0, StepKind.MOVE, "TH-a1", parent_code="SGDDT"))
    assert apply_decision(db_session, decision, viewer=None, now=portal_clock.now()).counts["move"] == 3


@pytest.mark.parametrize("write", [write_steps_csv, write_steps_xlsx])
def test_a_file_of_steps_comes_back_as_it_was_written(db_session: Session, world: World, write: Any) -> None:
    steps = [found(2, "TH-MOI", "PGD-A", "Trường “Mới”; có dấu (minh họa)"), merge(3, "TH-a1", "TH-MOI"),
             Step(4, StepKind.SPLIT, "TH-b1", "TH-b2", takes_duties=True, takes_accounts=True)]
    read, table = read_steps(write(steps))
    assert (read, table.faults) == (steps, [])
    assert load_steps(db_session, decide(db_session), write(steps), viewer=None, now=portal_clock.now()) == 3


def test_a_wrong_file_is_refused_whole_with_rows_and_the_heads_it_has(db_session: Session, world: World) -> None:
    decision = decide(db_session, merge(2, "TH-a1", "TH-a2"))
    text = "Việc;Mã đơn vị;Mã đơn vị tiếp nhận\nSáp nhập;TH-a1;TH-a1\nSáp nhập;KHONG-CO;TH-a2\n"
    with pytest.raises(ReorganisationError) as caught:
        load_steps(db_session, decision, text.encode(), viewer=None, now=portal_clock.now())
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [
        (2, "Mã đơn vị tiếp nhận"), (3, "Mã đơn vị")]
    words = "step;unit_code\nbay;TH-a1\n"
    with pytest.raises(ReorganisationError, match="Không có việc “bay”"):
        load_steps(db_session, decision, words.encode(), viewer=None, now=portal_clock.now())
    assert len(preview_steps(db_session, [merge(2, "TH-a1", "TH-a2")], DAY).faults) == 0


def test_everything_leaves_a_line_that_names_the_decision(db_session: Session, world: World) -> None:
    make_account(db_session, Role.OFFICER, world.units["a1"])
    carry_out(db_session, found(2, "TH-MOI", "PGD-A"), merge(3, "TH-a1", "TH-MOI"))
    reason = "12/QĐ-UBND ngày 10/05/2023"
    lines = {(event.subject_kind, event.action) for event in db_session.scalars(
        select(Event).where(Event.reason == reason))}
    assert lines == {(Subject.UNIT, "found"), (Subject.UNIT, "merge"), (Subject.OBLIGATION, "hand_over"),
                     (Subject.OBLIGATION, "take_over"), (Subject.ACCOUNT, "change_account")}


def test_what_was_issued_is_left_alone(db_session: Session, reported_world: World) -> None:
    world = reported_world
    obligation = db_session.scalars(select(Obligation).where(Obligation.level == Level.DEPARTMENT)).one()
    db_session.add(Submission(obligation_id=obligation.id, status=Status.ISSUED, created_at=portal_clock.now(),
                              changed_at=portal_clock.now()))
    db_session.flush()
    before = world.obligation(world.units["b3"])
    done = carry_out(db_session, merge(2, "TH-b3", "TH-b1"))
    assert done.duties == ()
    assert (before.closed_at, before.reviewer_id) == (None, world.units["B"].id)


def test_open_findings_go_to_the_unit_that_takes_over(db_session: Session, world: World) -> None:
    division = make_unit(db_session, UnitKind.DIVISION, parent=world.department)
    now, unit = portal_clock.now(), world.units["a1"]
    made = make_inspection(db_session, world.programme, division, [unit], on=BEFORE, now=now)
    due_on = date(2023, 6, 30)
    waiting = make_finding(db_session, made, unit, due_on=due_on, now=now, what="Một (minh họa)")
    settled = make_finding(db_session, made, unit, due_on=due_on, now=now, what="Hai (minh họa)")
    step_of_finding(db_session, settled, Deed.CLOSE, now)
    assert carry_out(db_session, merge(2, "TH-a1", "TH-a2")).counts["findings"] == 1
    assert (waiting.unit_id, settled.unit_id) == (world.units["a2"].id, unit.id)
    said = db_session.scalars(select(Event).where(Event.subject_kind == Subject.FINDING,
                                                  Event.action == "hand_over")).one()
    assert (said.subject_id, said.detail) == (waiting.id, {"to": "Trường Tiểu học a2 (minh họa)"})
