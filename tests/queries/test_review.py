"""The reviewer's queue and what changed between versions."""

from datetime import date
from decimal import Decimal

import pytest

from core.clock import clock as portal_clock
from models.figure import EMPTY, NIL, Figure, figure_of, share_of
from models.requirement import RequirementKind
from queries.plan import get_section_id
from queries.review import (
    FrozenFigure,
    QueueFilter,
    QueueState,
    compare,
    find_neighbours,
    get_queue,
    list_chosen,
    read_version,
)
from queries.submission import get_version
from services.plan import add_item, remove_item, save_section
from services.submission import accept, ask_unlock, return_for_completion, withdraw
from tests.support.clock import FrozenClock
from tests.support.plan import PlanWorld
from tests.support.queries import QueryGuard

NOW = portal_clock.now


def units(world: PlanWorld, chosen: QueueFilter, who: str = "district") -> list[str]:
    """The units that a reviewer sees, in order."""
    queue = get_queue(world.session, world.viewer(who), chosen, portal_clock.today())
    return [line.unit_name for line in queue.lines]


def test_a_reviewer_sees_just_the_units_that_report_to_them(plan_world: PlanWorld) -> None:
    for unit in ("school", "district", "centre"):
        plan_world.sent(unit)
    assert units(plan_world, QueueFilter()) == ["Trường tiểu học A (minh họa)"]
    assert set(units(plan_world, QueueFilter(), "office")) == {
        "Phòng Giáo dục A (minh họa)", "Trung tâm C (minh họa)"}
    for stranger in ("officer", "head", "leader", "division", "admin"):
        assert units(plan_world, QueueFilter(), stranger) == []


def test_every_state_of_the_queue_holds_its_own(plan_world: PlanWorld, clock: FrozenClock) -> None:
    session, first, second = plan_world.session, plan_world.sent(), plan_world.sent("other")
    queue = get_queue(session, plan_world.viewer("district"), QueueFilter(), portal_clock.today())
    assert queue.counts == {QueueState.WAITING: 2, QueueState.OVERDUE: 0, QueueState.UNLOCK: 0,
                            QueueState.RETURNED: 0, QueueState.ACCEPTED: 0}
    accept(session, first, None, NOW())
    ask_unlock(session, first, "Sai số", None, NOW())
    clock.set(date(2023, 3, 10))
    assert units(plan_world, QueueFilter(QueueState.OVERDUE)) == ["Trường tiểu học B (minh họa)"]
    assert units(plan_world, QueueFilter(QueueState.UNLOCK)) == ["Trường tiểu học A (minh họa)"]
    return_for_completion(session, second, [], "Sửa", None, NOW())
    assert units(plan_world, QueueFilter(QueueState.RETURNED)) == ["Trường tiểu học B (minh họa)"]
    assert units(plan_world, QueueFilter(QueueState.ACCEPTED)) == ["Trường tiểu học A (minh họa)"]
    assert units(plan_world, QueueFilter()) == []


def test_the_queue_is_narrowed_by_kind_and_by_a_name_without_marks(plan_world: PlanWorld) -> None:
    plan_world.sent()
    plan_world.sent("other")
    assert units(plan_world, QueueFilter(search="tieu hoc b")) == ["Trường tiểu học B (minh họa)"]
    assert units(plan_world, QueueFilter(kind=RequirementKind.ANNUAL)) == []
    assert len(units(plan_world, QueueFilter(kind=RequirementKind.PLAN))) == 2


def test_neighbours_lead_through_the_queue_in_its_order(plan_world: PlanWorld, clock: FrozenClock) -> None:
    first = plan_world.sent()
    clock.move(hours=1)
    second = plan_world.sent("other")
    viewer, today = plan_world.viewer("district"), portal_clock.today()
    at_first = find_neighbours(plan_world.session, viewer, first.id, QueueFilter(), today)
    assert (at_first.previous_id, at_first.next_id, at_first.place, at_first.count) == (None, second.id, 1, 2)
    at_second = find_neighbours(plan_world.session, viewer, second.id, QueueFilter(), today)
    assert (at_second.previous_id, at_second.next_id) == (first.id, None)
    accept(plan_world.session, first, None, NOW())
    assert find_neighbours(plan_world.session, viewer, first.id, QueueFilter(), today).next_id == second.id


def test_only_waiting_submissions_of_the_viewer_can_be_chosen(plan_world: PlanWorld) -> None:
    mine, foreign, accepted = plan_world.sent(), plan_world.sent("centre"), plan_world.sent("other")
    accept(plan_world.session, accepted, None, NOW())
    chosen = list_chosen(plan_world.session, plan_world.viewer("district"), [mine.id, foreign.id, accepted.id],
                         portal_clock.today())
    assert [line.submission_id for line in chosen] == [mine.id]


def test_the_queue_takes_two_queries_however_long_it_is(plan_world: PlanWorld, assert_queries: QueryGuard) -> None:
    plan_world.sent()
    plan_world.sent("other")
    plan_world.session.commit()
    with assert_queries(2):
        get_queue(plan_world.session, plan_world.viewer("district"), QueueFilter(), portal_clock.today())


def test_a_comparison_names_each_part_that_differs_with_both_values(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.write(items=2)
    first = plan_world.send()
    withdraw(session, submission, None, NOW())
    save_section(session, submission, get_section_id(session, plan_world.programme.id, "III"), "Ngân sách", None, NOW())
    gone = first.content["items"][0]["id"]
    remove_item(session, submission, gone, None, NOW())
    new = add_item(session, submission, plan_world.fields(title="Việc mới"), "new", None, NOW())
    plan_world.send()
    old, now = (get_version(session, submission.id, number) for number in (1, 2))
    assert old is not None and now is not None
    changes = {change.part: change for change in compare(read_version(session, old), read_version(session, now))}
    assert set(changes) == {"section:III", f"item:{gone}", f"item:{new.id}"}
    assert changes["section:III"].after == "Ngân sách" and changes["section:III"].before
    assert changes[f"item:{gone}"].after is None and changes[f"item:{new.id}"].before is None
    assert compare(read_version(session, now), read_version(session, now)) == []


@pytest.mark.parametrize(("figure", "is_yes_no", "is_of_answers", "words", "unit"), [
    (EMPTY, False, False, "chưa nhập", ""), (NIL, False, False, "không phát sinh", ""),
    (figure_of(0), False, False, "0", "bài"), (figure_of(1234), False, False, "1.234", "bài"),
    (figure_of(1), True, False, "có", ""), (figure_of(0), True, False, "không", ""),
    (figure_of(12, Decimal(12), Decimal(13)), True, False, "12/13", ""),
    (share_of(Decimal(3), Decimal(4)), False, True, "dưới 5 phiếu", ""),
    (share_of(Decimal(4), Decimal(5)), False, True, "80", "bài"),
    (share_of(Decimal(0), Decimal(0)), False, True, "không phát sinh", ""),
])
def test_a_frozen_figure_is_said_in_words_and_never_tells_of_four_answers(
    figure: Figure, is_yes_no: bool, is_of_answers: bool, words: str, unit: str
) -> None:
    shown = FrozenFigure("figure:X", "X", "Tên", "bài", figure, is_yes_no, is_of_answers, "Nhập tay", "", None)
    assert (shown.words, shown.unit_words) == (words, unit)
