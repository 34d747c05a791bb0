"""The status board counts obligations, never wishes."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from models.account import Role
from models.permission import Viewer
from models.requirement import Obligation, Requirement, RequirementKind, RequirementStatus
from models.submission import Submission
from models.unit import SuccessionKind, Unit, UnitKind, UnitName, UnitParent, UnitSuccessor
from models.waiting import Waiting
from queries.account import find_person
from queries.board import FILTERS, Board, BoardOrder, BoardWish, Reading, get_board
from services.requirement import end_exemption, exempt, extend
from services.submission import accept, ask_unlock, reopen, return_for_completion, sign_off, withdraw
from tests.support.clock import FrozenClock
from tests.support.factories import make_unit
from tests.support.plan import PlanWorld
from tests.support.province import Province
from tests.support.queries import QueryGuard

DAY = date(2023, 5, 25)
NOW = datetime(2023, 5, 25, 2, tzinfo=UTC)


def viewer_of(session: Session, province: Province, username: str) -> Viewer:
    """The viewer behind a demonstration account."""
    person = find_person(session, province[username].id, DAY)
    assert person is not None
    return person.viewer


def board_of(session: Session, province: Province, username: str, **wanted: Any) -> Board:
    """The board as somebody sees it."""
    return get_board(session, viewer_of(session, province, username), on=DAY, now=NOW, wish=BoardWish(**wanted))


def test_every_obligation_of_a_unit_stands_on_the_board(db_session: Session, province: Province) -> None:
    """Nobody vanishes: 13 offices, 50 affiliated units and all schools, started or not."""
    board = board_of(db_session, province, "office")
    cells = [line for group in board.groups for row in group.rows for line in row.lines]
    owed = db_session.scalars(select(Obligation.id).where(Obligation.level != "department")).all()
    assert sorted(cell.id for cell in cells) == sorted(owed)
    assert board.total == 13 + 50 + 39


def test_counts_of_groups_add_up_to_the_count_of_the_column(db_session: Session, province: Province) -> None:
    """Numerators and denominators both."""
    board = board_of(db_session, province, "office")
    for place, column in enumerate(board.columns):
        for name in ("owed", "handed_in", "accepted", "late", "not_started"):
            assert sum(getattr(group.counts[place], name) for group in board.groups) == getattr(column.count, name)


def test_an_excused_unit_counts_neither_above_nor_below(db_session: Session, province: Province) -> None:
    """The half-year report is owed by one unit fewer than the plan."""
    plan, half = board_of(db_session, province, "office").columns[:2]
    assert half.count.owed == plan.count.owed - 1


def test_a_filter_hides_rows_and_leaves_counts_alone(db_session: Session, province: Province) -> None:
    """ "46/53" stays the same whatever is shown."""
    whole = board_of(db_session, province, "office")
    counts = {group.code: group.counts for group in whole.groups}
    for state in FILTERS:
        part = board_of(db_session, province, "office", state=state)
        assert part.shown < whole.shown
        assert part.shown == whole.facets.states.get(state, 0)
        assert all(group.counts == counts[group.code] for group in part.groups)


@pytest.mark.parametrize("search", ["hon gai", "Hòn Gai", "HÒN  gai"])
def test_search_finds_with_and_without_marks(db_session: Session, province: Province, search: str) -> None:
    """However it is typed."""
    board = board_of(db_session, province, "office", search=search)
    assert [row.unit_code for group in board.groups for row in group.rows] == ["THPT-HON-GAI"]


def test_a_district_office_sees_itself_and_its_schools(db_session: Session, province: Province) -> None:
    """And nobody else's."""
    board = board_of(db_session, province, "district")
    codes = {row.unit_code for group in board.groups for row in group.rows}
    assert "PGD-193" in codes
    assert all("-193-" in code or code == "PGD-193" for code in codes)
    assert len(codes) > 3


def test_the_unit_that_never_started_is_said_to_be_late(db_session: Session, province: Province) -> None:
    """Its plan was due on 10 March: 76 days ago."""
    board = board_of(db_session, province, "office", search="UK Academy")
    (plan,) = board.groups[0].rows[0].cells[0]
    assert (plan.state, plan.days_late, plan.is_overdue) == ("not_started", 76, True)


def test_the_board_takes_few_queries(db_session: Session, province: Province,
                                        assert_queries: QueryGuard) -> None:
    """However many units there are."""
    viewer = viewer_of(db_session, province, "office")
    db_session.expire_all()
    with assert_queries(4):
        get_board(db_session, viewer, on=DAY, now=NOW)
    assert db_session.scalar(select(Unit.id).limit(1)) is not None


def test_each_choice_of_a_filter_shows_as_many_units_as_it_says(db_session: Session, province: Province) -> None:
    """Waiting, kind and district; also beside another filter."""
    facets = board_of(db_session, province, "office", state="late").facets
    choices = [{"waiting": one} for one in facets.waiting] + [{"kind": one} for one in facets.kinds] + [
        {"district": one} for one in facets.districts]
    said = [*facets.waiting.values(), *facets.kinds.values(), *facets.districts.values()]
    assert [board_of(db_session, province, "office", state="late", **choice).shown for choice in choices] == said
    assert len(facets.waiting) > 1 and len(facets.kinds) > 2 and len(facets.districts) > 2


def test_whoever_has_the_next_step_is_asked_of_one_column(db_session: Session, province: Province) -> None:
    """A unit that waits in another column is not shown."""
    board = board_of(db_session, province, "office", waiting=Waiting.DISTRICT, requirement_code="2023-plan")
    rows = [row for group in board.groups for row in group.rows]
    assert rows and all(line.waiting is Waiting.DISTRICT for row in rows for line in row.cells[0])


def test_columns_of_two_years_are_told_apart_by_their_year(db_session: Session, province: Province) -> None:
    """A second plan beside the first: both carry the year, the report does not."""
    requirement = db_session.scalars(select(Requirement).where(Requirement.code == "2023-annual")).one()
    requirement.kind, requirement.due_on = RequirementKind.PLAN, date(2024, 3, 10)
    requirement.status = RequirementStatus.OPEN
    board = board_of(db_session, province, "office")
    plans = [column.words for column in board.columns if column.label == RequirementKind.PLAN.label]
    assert plans == ["Kế hoạch năm 2023", "Kế hoạch năm 2024"]
    assert [column.year for column in board.columns if column.code == "2023-half-year"] == [None]


def test_an_order_puts_all_units_in_one_list(db_session: Session, province: Province) -> None:
    """The latest first, whoever they report to."""
    board = board_of(db_session, province, "office", order=BoardOrder.LATE, requirement_code="2023-plan")
    (group,) = board.groups
    late = [row.cells[0][0].days_late if row.cells[0] else 0 for row in group.rows]
    assert late == sorted(late, reverse=True) and late[0] > 0
    assert group.counts == tuple(column.count for column in board.columns)


def reading_of(session: Session, reading: Reading, viewer: Viewer | None = None) -> Board:
    """The board of a small world after a reorganisation, as the Office or somebody else sees it."""
    viewer = viewer or Viewer(0, "", Role.OFFICE, 0, 0)
    return get_board(session, viewer, on=date(2023, 9, 1), now=datetime(2023, 9, 1, 2, tzinfo=UTC),
                     wish=BoardWish(reading=reading))


def follow(session: Session, old: Unit, *heirs: Unit, kind: SuccessionKind = SuccessionKind.MERGE) -> None:
    """Close a unit on 1 August 2023; others follow it."""
    day = date(2023, 8, 1)
    for row in (old, *session.scalars(select(UnitName).where(UnitName.unit_id == old.id)),
                *session.scalars(select(UnitParent).where(UnitParent.unit_id == old.id))):
        row.valid_to = day
    session.add_all(UnitSuccessor(old_unit_id=old.id, new_unit_id=heir.id, kind=kind, from_day=day)
                    for heir in heirs)
    session.flush()


def rows_of(board: Board) -> dict[str, list[str]]:
    """The units of then in the first column, by the row under which they stand."""
    return {row.unit_name: [line.unit_name for line in row.cells[0]] for group in board.groups for row in group.rows}


def test_an_old_board_is_read_by_the_units_of_then_or_of_now(plan_world: PlanWorld) -> None:
    """Two schools become one below another office: one row now, two rows then; nothing is counted twice or lost."""
    session, units = plan_world.session, plan_world.units
    office = make_unit(session, UnitKind.COMMUNE, name="Xã A (minh họa)", parent=units["department"],
                       since=date(2023, 8, 1))
    merged = make_unit(session, name="Trường A và B (minh họa)", parent=office, since=date(2023, 8, 1))
    follow(session, units["school"], merged)
    follow(session, units["other"], merged)
    then, now = reading_of(session, Reading.THEN), reading_of(session, Reading.NOW)
    schools = ["Trường tiểu học A (minh họa)", "Trường tiểu học B (minh họa)"]
    assert rows_of(now)["Trường A và B (minh họa)"] == schools
    assert [rows_of(then)[name] for name in schools] == [[name] for name in schools]
    assert [group.label for group in then.groups][-1] == "Phòng Giáo dục A (minh họa)"
    assert [group.label for group in now.groups][-1] == "Xã A (minh họa)"
    assert now.columns == then.columns and now.total == then.total - 1
    assert [group.counts[0].owed for group in now.groups] == [group.counts[0].owed for group in then.groups]
    commune = Viewer(0, "", Role.DISTRICT, office.id, office.id)
    assert rows_of(reading_of(session, Reading.NOW, commune)) == {"Trường A và B (minh họa)": schools}


def test_a_unit_that_was_split_stands_once_for_all_that_follow_it(plan_world: PlanWorld) -> None:
    """Its plan is one plan; who closed without a successor stays under its last name."""
    session, units = plan_world.session, plan_world.units
    parts = [make_unit(session, name=f"Trường A{number} (minh họa)", parent=units["district"],
                       since=date(2023, 8, 1)) for number in (1, 2)]
    follow(session, units["school"], *parts, kind=SuccessionKind.SPLIT)
    follow(session, units["other"])
    rows = rows_of(reading_of(session, Reading.NOW))
    assert rows["Trường A1 (minh họa), Trường A2 (minh họa)"] == ["Trường tiểu học A (minh họa)"]
    assert rows["Trường tiểu học B (minh họa)"] == ["Trường tiểu học B (minh họa)"]


def test_an_earlier_day_reads_as_it_read_then(plan_world: PlanWorld, clock: FrozenClock) -> None:
    """Every evening's board is kept; weeks later each of them is made again from moments and trail."""
    session, school, office = plan_world.session, plan_world.obligation(), plan_world.viewer("office")
    deeds: list[Callable[[Submission], object]] = [
        lambda found: plan_world.write(),
        lambda found: sign_off(session, found, plan_world.viewer("head"), portal_clock.now()),
        lambda found: plan_world.send(),
        lambda found: withdraw(session, found, None, portal_clock.now()),
        lambda found: plan_world.send(),
        lambda found: extend(session, plan_world.obligation("other"), until=date(2023, 3, 20), reason="Mưa lũ",
                             viewer=None, now=portal_clock.now()),
        lambda found: return_for_completion(session, found, [], "Bổ sung", None, portal_clock.now()),
        lambda found: exempt(session, plan_world.obligation("centre"), reason="Mới lập", viewer=None,
                             now=portal_clock.now()),
        lambda found: plan_world.send(),
        lambda found: accept(session, found, None, portal_clock.now()),
        lambda found: ask_unlock(session, found, "Sửa số", None, portal_clock.now()),
        lambda found: end_exemption(session, plan_world.obligation("centre"), reason="Đã ổn định", viewer=None,
                                    now=portal_clock.now()),
        lambda found: reopen(session, found, "Theo đề nghị", None, portal_clock.now()),
    ]
    evenings = {}
    for number, deed in enumerate(deeds):
        clock.set(date(2023, 3, 6 + number), time(9))
        deed(plan_world.start())
        clock.set(date(2023, 3, 6 + number), time(23, 59, 59))
        evenings[date(2023, 3, 6 + number)] = facts_of(session, office)
    assert school.id in {key for facts in evenings.values() for key in facts}
    clock.set(date(2023, 4, 20), time(9))
    for day, facts in evenings.items():
        assert facts_of(session, office, day) == facts, day
    assert facts_of(session, office, date(2023, 3, 1)) == {}


def facts_of(session: Session, viewer: Viewer, day: date | None = None) -> dict[int, tuple[object, ...]]:
    """What the board says of each obligation, now or at the end of a day."""
    session.flush()
    board = get_board(session, viewer, on=portal_clock.today(), now=portal_clock.now(), wish=BoardWish(day=day))
    return {line.id: (line.state, line.days_late, line.return_count, line.due_on, line.extended_to, line.waiting,
                      line.is_owed, line.due, line.submitted_at)
            for group in board.groups for row in group.rows for line in row.lines}
