"""Writing a plan: proposals, texts, items, and its frozen form."""

import json
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from models.event import Event
from models.plan import PlanItem, SectionText
from models.programme import FundingSource
from queries.plan import (
    content_of,
    document_of,
    get_plan,
    get_proposals,
    get_section_id,
    list_removed_items,
    plan_from,
)
from services.plan import (
    add_item,
    adopt_proposals,
    change_item,
    freeze_plan,
    move_item,
    remove_item,
    restore_item,
    save_section,
)
from services.submission import SubmissionError
from tests.support.plan import PlanWorld

NOW = portal_clock.now


def titles(world: PlanWorld) -> list[str]:
    """The items' titles in order."""
    return [item.title for item in get_plan(world.session, world.line(), portal_clock.today()).items]


def sources(session: Session) -> list[int]:
    """The ids of the sources of money."""
    return list(session.scalars(select(FundingSource.id).order_by(FundingSource.position)))


def test_a_proposal_is_no_part_of_the_plan_until_it_is_taken_over(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.start()
    proposals = get_proposals(session, plan_world.line())
    assert {"I.1", "I.2", "II.1", "II.2", "II.3", "III", "IV.1", "IV.2", "IV.5"} == set(proposals)
    assert "chậm nhất ngày 30/5/2023" in proposals["IV.5"]
    before = get_plan(session, plan_world.line(), portal_clock.today())
    assert all(not section.text for section in before.sections)
    section_id = get_section_id(session, plan_world.programme.id, "I.1")
    save_section(session, submission, section_id, "Mục đích của trường", None, NOW())
    assert adopt_proposals(session, submission, proposals, None, NOW()) == len(proposals) - 1
    assert adopt_proposals(session, submission, proposals, None, NOW()) == 0
    plan = get_plan(session, plan_world.line(), portal_clock.today())
    texts = {section.code: section.text for section in plan.sections}
    assert texts["I.1"] == "Mục đích của trường" and texts["I.2"] == proposals["I.2"] and texts["II.4"] == ""


def test_saving_the_same_text_again_changes_nothing(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.start()
    section_id = get_section_id(session, plan_world.programme.id, "III")
    assert save_section(session, submission, section_id, "Kinh phí", None, NOW())
    revision, count = submission.revision, session.scalar(select(func.count()).select_from(Event))
    assert not save_section(session, submission, section_id, "Kinh phí", None, NOW())
    assert submission.revision == revision and session.scalar(select(func.count()).select_from(Event)) == count


@pytest.mark.parametrize(
    "text", ["A" * 20_000, "e\u0302\u0301 chư\u0303", "🎒 \u202e abc", "<script>alert(1)</script>"])
def test_any_text_comes_back_as_it_went_in(plan_world: PlanWorld, text: str) -> None:
    import unicodedata

    session, submission = plan_world.session, plan_world.start()
    save_section(session, submission, get_section_id(session, plan_world.programme.id, "III"), text, None, NOW())
    session.commit()
    session.expire_all()
    assert session.scalars(select(SectionText.text)).one() == unicodedata.normalize("NFC", text)


def test_the_same_token_twice_makes_one_item(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.start()
    first = add_item(session, submission, plan_world.fields(), "t", None, NOW())
    assert add_item(session, submission, plan_world.fields(title="Khác"), "t", None, NOW()) is first
    assert titles(plan_world) == ["Đăng bài về dịch vụ công (minh họa)"]


def test_the_trail_keeps_what_an_item_said_before(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.start()
    item = add_item(session, submission, plan_world.fields(quantity=3), "t", None, NOW())
    assert change_item(session, submission, item.id, plan_world.fields(quantity=5), None, NOW())
    assert not change_item(session, submission, item.id, plan_world.fields(quantity=5), None, NOW())
    session.flush()
    detail = session.scalars(select(Event.detail).order_by(Event.id.desc()).limit(1)).one()
    assert detail["changes"] == {"quantity": [3, 5]}


def test_money_is_added_up_by_source_and_an_emptied_source_disappears(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.start()
    first, second, _third = sources(session)
    item = add_item(
        session, submission, plan_world.fields(budgets={first: 1_000_000, second: 500_000}), "a", None, NOW())
    add_item(session, submission, plan_world.fields(budgets={first: 250_000, second: 0}), "b", None, NOW())
    plan = get_plan(session, plan_world.line(), portal_clock.today())
    assert [part.amount for part in plan.budgets] == [1_250_000, 500_000] and plan.budget == 1_750_000
    change_item(session, submission, item.id, plan_world.fields(budgets={first: 0, second: 0}), None, NOW())
    session.flush()
    plan = get_plan(session, plan_world.line(), portal_clock.today())
    assert [part.amount for part in plan.budgets] == [250_000]
    assert plan.items[0].budgets == ()


def test_an_item_taken_out_counts_nowhere_and_comes_back_to_its_place(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.write(items=3)
    items = session.scalars(select(PlanItem).order_by(PlanItem.position)).all()
    assert remove_item(session, submission, items[1].id, None, NOW())
    assert not remove_item(session, submission, items[1].id, None, NOW())
    assert titles(plan_world) == ["Việc số 1 (minh họa)", "Việc số 3 (minh họa)"]
    assert [item.id for item in list_removed_items(session, plan_world.line())] == [items[1].id]
    frozen = freeze_plan(session, submission, portal_clock.today())
    assert [item["title"] for item in frozen.content["items"]] == titles(plan_world)
    assert restore_item(session, submission, items[1].id, None, NOW())
    assert not restore_item(session, submission, items[1].id, None, NOW())
    assert titles(plan_world) == [f"Việc số {number} (minh họa)" for number in (1, 2, 3)]


def test_moving_stops_at_the_edges(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.write(items=3)
    first, _second, last = session.scalars(select(PlanItem.id).order_by(PlanItem.position)).all()
    assert not move_item(session, submission, first, -1, NOW())
    assert not move_item(session, submission, last, 1, NOW())
    assert move_item(session, submission, first, 1, NOW())
    assert titles(plan_world)[:2] == ["Việc số 2 (minh họa)", "Việc số 1 (minh họa)"]


def test_an_item_of_another_plan_cannot_be_touched(plan_world: PlanWorld) -> None:
    session, submission, foreign = plan_world.session, plan_world.write(), plan_world.write("other")
    item_id = session.scalars(select(PlanItem.id).where(PlanItem.submission_id == foreign.id)).one()
    with pytest.raises(SubmissionError):
        remove_item(session, submission, item_id, None, NOW())
    assert not move_item(session, submission, item_id, 1, NOW())


def test_a_frozen_plan_reads_back_equal_and_prints_the_same(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.write(items=2)
    submission.document_number, submission.document_on = "12/KH-TH", date(2023, 3, 8)
    session.flush()
    plan = get_plan(session, plan_world.line(), portal_clock.today())
    again = plan_from(json.loads(json.dumps(content_of(plan))))
    assert again == plan and document_of(again, is_draft=False) == document_of(plan, is_draft=False)
    head = document_of(plan, is_draft=False).head
    assert (head.number, head.symbol, head.issued_on) == ("12", "KH-TH", date(2023, 3, 8))


def test_targets_are_the_quantities_of_the_indicators_media_and_the_money(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.start()
    budget = {sources(session)[0]: 2_000_000}
    add_item(session, submission, plan_world.fields(quantity=4, budgets=budget), "a", None, NOW())
    add_item(session, submission, plan_world.fields(quantity=3), "b", None, NOW())
    plan = get_plan(session, plan_world.line(), portal_clock.today())
    targets = {target.code: target.value for target in plan.targets}
    assert targets == {"B1": 7, "M1": 2_000_000}


def test_an_unfinished_plan_names_what_is_missing_and_what_to_mind(plan_world: PlanWorld) -> None:
    session, submission = plan_world.session, plan_world.start()
    frozen = freeze_plan(session, submission, portal_clock.today())
    proposals = get_proposals(session, plan_world.line())
    parts = [f"section:{row.code}" for row in get_plan(session, plan_world.line(), portal_clock.today()).sections
             if row.code in proposals]
    assert [row.part for row in frozen.problems] == [*parts, "items"]
    plan_world.write()
    frozen = freeze_plan(session, submission, portal_clock.today())
    assert frozen.problems == [] and {row.part for row in frozen.warnings} >= {"document", "sign_off"}
