"""The status board counts obligations, never wishes."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.permission import Viewer
from models.requirement import Obligation
from models.unit import Unit
from queries.account import find_person
from queries.board import FILTERS, Board, get_board
from tests.support.province import Province
from tests.support.queries import QueryGuard

DAY = date(2023, 5, 25)
NOW = datetime(2023, 5, 25, 2, tzinfo=UTC)


def viewer_of(session: Session, province: Province, username: str) -> Viewer:
    """The viewer behind a demonstration account."""
    person = find_person(session, province[username].id, DAY)
    assert person is not None
    return person.viewer


def board_of(session: Session, province: Province, username: str, **wanted: str) -> Board:
    """The board as somebody sees it."""
    return get_board(session, viewer_of(session, province, username), on=DAY, now=NOW, **wanted)


def test_every_obligation_of_a_unit_stands_on_the_board(db_session: Session, province: Province) -> None:
    """Nobody vanishes: 13 offices, 50 affiliated units and all schools, started or not."""
    board = board_of(db_session, province, "office")
    cells = [cell for group in board.groups for row in group.rows for cell in row.cells if cell is not None]
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
    plan = board.groups[0].rows[0].cells[0]
    assert plan is not None
    assert (plan.state, plan.days_late, plan.is_overdue) == ("not_started", 76, True)


def test_the_board_takes_few_queries(db_session: Session, province: Province,
                                        assert_queries: QueryGuard) -> None:
    """However many units there are."""
    viewer = viewer_of(db_session, province, "office")
    db_session.expire_all()
    with assert_queries(4):
        get_board(db_session, viewer, on=DAY, now=NOW)
    assert db_session.scalar(select(Unit.id).limit(1)) is not None
