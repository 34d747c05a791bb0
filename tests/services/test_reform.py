"""The real case: thirteen district offices go on 1 July 2025, in October 520 schools become 255 (domain facts, 6.2)."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from core.settings import ROOT
from models.activity import Activity
from models.reorganisation import ReorganisationStatus, StepKind
from models.requirement import Level, Obligation, Requirement
from models.submission import Submission, SubmissionVersion
from models.unit import Unit, UnitKind, UnitParent
from queries.consolidation import find_report_requirement
from queries.reorganisation import as_now, completeness_as_now, predecessors
from queries.unit import UnitLine, department_id, find_unit, get_unit, list_all_units
from services.consolidation import print_file
from services.issue import IssueFields, issue
from services.reorganisation import (
    Step,
    add_decision,
    apply_decision,
    load_steps,
    preview_steps,
    steps_between,
    write_steps_csv,
    write_steps_xlsx,
)
from services.reorganisation.compare import district_keys
from services.reorganisation.ground import Ground
from services.submission import ensure_submission
from services.unit_file import read_units
from tests.support.clock import FrozenClock
from tests.support.province import Province

REFORM, MERGERS = date(2025, 7, 1), date(2025, 10, 15)
FOLLOWED = {"PTDTNT-TINH": "PTDTNT-THCS-THPT-TINH", "TT-HNGDTX-TINH": "TT-GDNN-GDTX-TINH",
            "THPT-QUAN-LAN": "THCS-THPT-QUAN-LAN"}
SIDE = (UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE)


def issue_half_year(session: Session) -> Requirement:
    """Issue the Department's half-year report of 2023."""
    requirement = find_report_requirement(session, "2023-half-year")
    assert requirement is not None
    obligation = session.scalars(select(Obligation).where(
        Obligation.requirement_id == requirement.id, Obligation.level == Level.DEPARTMENT)).one()
    submission = ensure_submission(session, obligation.id, portal_clock.now(), None)
    fields = IssueFields("05", "BC-SGDĐT", date(2023, 6, 12), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "")
    issue(session, submission, fields, until=portal_clock.today(), submit_key="reform", viewer=None,
          now=portal_clock.now())
    return requirement


def department(session: Session) -> UnitLine:
    """The Department today."""
    found = get_unit(session, department_id(session) or 0, portal_clock.today())
    assert found is not None
    return found


def papers(session: Session, requirement: Requirement, unit: UnitLine) -> list[str]:
    """Hashes of a unit's report and summary as they would be downloaded now."""
    files = [print_file(session, requirement, unit, kind, version=None, on=portal_clock.today(),
                        now=portal_clock.now()) for kind in ("pdf", "summary")]
    return [hashlib.sha256(file.content).hexdigest() if file else "" for file in files]


def reform_steps(session: Session) -> list[Step]:
    """The steps from the portal's units to those of the file of 2025."""
    rows, table = read_units((ROOT / "data" / "units-2025.csv").read_bytes())
    assert table.faults == []
    return steps_between(Ground(session, REFORM), rows, FOLLOWED)


def carry_out(session: Session, steps: list[Step], day: date, number: str, *, as_workbook: bool = False) -> None:
    """Record a decision, load its file of steps, apply it."""
    decision = add_decision(
        session, {"number": number, "decided_on": date(2025, 6, 16), "issuer": "(minh họa)", "effective_on": day,
                  "title": "Sắp xếp (minh họa)"}, token=number, viewer=None, now=portal_clock.now())
    data = write_steps_xlsx(steps) if as_workbook else write_steps_csv(steps)
    assert load_steps(session, decision, data, viewer=None, now=portal_clock.now()) == len(steps)
    apply_decision(session, decision, viewer=None, now=portal_clock.now())
    assert decision.status is ReorganisationStatus.APPLIED


def merge_halves(session: Session, day: date) -> list[Step]:
    """Merge the schools of each commune two by two into new ones, as the mergers of October 2025 did."""
    steps: list[Step] = []
    lines = [line for line in list_all_units(session, day) if line.kind.is_reporter and not line.kind.is_intermediate]
    by_parent: dict[int | None, list[UnitLine]] = {}
    for line in sorted(lines, key=lambda line: line.code):
        by_parent.setdefault(line.parent_id, []).append(line)
    codes = {line.id: line.code for line in list_all_units(session, day) if line.kind in SIDE}
    for parent_id, schools in by_parent.items():
        for one, other in zip(schools[::2], schools[1::2], strict=False):
            if parent_id in codes:
                new = f"{one.code}-2025"
                steps += [Step(0, StepKind.FOUND, new, "", f"{one.name} hợp nhất", one.kind, codes[parent_id]),
                          Step(0, StepKind.MERGE, one.code, new), Step(0, StepKind.MERGE, other.code, new)]
    return [Step(number, step.kind, step.unit_code, step.target_code, step.name, step.unit_kind, step.parent_code)
            for number, step in enumerate(steps, start=2)]


@pytest.mark.parametrize(("cell", "keys"), [
    ("Thành phố Hạ Long", {"ha long"}), ("(cũ) thành phố Hạ Long", {"ha long"}), ("Thị xã Đông Triều", {"dong trieu"}),
    ("(cũ) huyện Ba Chẽ; thành phố Hạ Long", {"ba che", "ha long"}), ("", set()),
])
def test_districts_are_known_again_whatever_they_were_called(cell: str, keys: set[str]) -> None:
    assert district_keys(cell) == keys


def test_the_reform_of_2025_leaves_the_report_of_2023_byte_for_byte(
        db_session: Session, province: Province, clock: FrozenClock) -> None:
    requirement = issue_half_year(db_session)
    before = papers(db_session, requirement, department(db_session))
    counts = [db_session.scalar(select(func.count()).select_from(kind)) for kind in (
        Activity, Submission, SubmissionVersion)]
    offices = [unit.id for unit in db_session.scalars(select(Unit).where(Unit.kind == UnitKind.DISTRICT_OFFICE))]
    clock.set(REFORM)
    steps = reform_steps(db_session)
    assert preview_steps(db_session, steps, REFORM).faults == ()
    carry_out(db_session, steps, REFORM, "1679/NQ-UBTVQH15")
    kinds = [line.kind for line in list_all_units(db_session, REFORM)]
    assert sum(kind in SIDE for kind in kinds) == 54
    assert UnitKind.DISTRICT_OFFICE not in kinds
    clock.set(MERGERS)
    mergers = merge_halves(db_session, MERGERS)
    carry_out(db_session, mergers, MERGERS, "88/QĐ-UBND", as_workbook=True)
    assert papers(db_session, requirement, department(db_session)) == before
    assert counts == [db_session.scalar(select(func.count()).select_from(kind)) for kind in (
        Activity, Submission, SubmissionVersion)]
    now = as_now(db_session, offices, date(2023, 6, 1), MERGERS)
    assert all(found for found in now.values()) and len(now) == 13


def test_after_the_reform_every_unit_has_one_living_parent_and_the_tree_of_then_is_as_it_was(
        db_session: Session, province: Province, clock: FrozenClock) -> None:
    then = {line.code: line.parent_name for line in list_all_units(db_session, portal_clock.today())}
    clock.set(REFORM)
    carry_out(db_session, reform_steps(db_session), REFORM, "1679/NQ-UBTVQH15")
    present = {line.id for line in list_all_units(db_session, REFORM)}
    parents = db_session.execute(select(UnitParent.unit_id, UnitParent.parent_id).where(UnitParent.covering(REFORM)))
    pairs = [(row[0], row[1]) for row in parents]
    assert len({unit for unit, _parent in pairs}) == len(pairs)
    assert {parent for _unit, parent in pairs} <= present
    assert {line.code: line.parent_name for line in list_all_units(db_session, date(2023, 5, 25))} == then
    commune = find_unit(db_session, "XA-06979", REFORM)  # Kỳ Thượng joins parts of two districts
    assert commune is not None
    assert {one.code for one in predecessors(db_session, commune.id)} == {"PGD-193", "PGD-202"}


def test_the_report_of_then_is_counted_by_the_units_of_now_without_counting_twice(
        db_session: Session, province: Province, clock: FrozenClock) -> None:
    requirement = find_report_requirement(db_session, "2023-half-year")
    assert requirement is not None
    before = completeness_as_now(db_session, requirement, requirement.due_on)
    clock.set(REFORM)
    carry_out(db_session, reform_steps(db_session), REFORM, "1679/NQ-UBTVQH15")
    after = completeness_as_now(db_session, requirement, REFORM)
    assert (sum(line.owed for line in after), sum(line.accepted for line in after)) == (
        sum(line.owed for line in before), sum(line.accepted for line in before))
    shared = [line for line in after if len(line.units) > 5]
    assert any("Hạ Long" in line.then[0] for line in shared)
