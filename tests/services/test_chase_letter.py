"""Chase letters: who is in them, how firm they are, and that they never change."""

import hashlib
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from core.clock import clock as portal_clock
from models.chase_letter import ChasedUnit, ChaseLetter
from models.deadline import Holidays, add_working_days
from models.event import Event, Subject
from models.requirement import Level
from queries.chase_letter import get_lateness, letters_to, list_chased, list_letters
from services.chase_letter import (
    ChaseLetterError,
    LetterFields,
    letter_document,
    make_letter,
    print_letter,
    suggest_fields,
    wording,
)
from services.reminder import Mailing, queue_due
from services.requirement import exempt, extend
from tests.support.clock import FrozenClock
from tests.support.paper import Paper
from tests.support.plan import PlanWorld

TODAY = portal_clock.today


def now() -> datetime:
    """The frozen moment."""
    return portal_clock.now()


@pytest.fixture
def world(plan_world: PlanWorld, clock: FrozenClock) -> PlanWorld:
    """Thursday 16 March: plans were due on Friday 10 March; school A has sent, the centre has until the 20th."""
    plan_world.sent("school")
    extend(plan_world.session, plan_world.obligation("centre"), until=date(2023, 3, 20), reason="Thiên tai",
           viewer=None, now=now())
    clock.set(date(2023, 3, 14))
    queue_due(plan_world.session, on=TODAY(), now=now(), mailing=Mailing())
    clock.set(date(2023, 3, 16))
    return plan_world


def make(world: PlanWorld, key: str = "first", level: Level | None = None, **changes: Any) -> ChaseLetter:
    """Make a letter as the form suggests it."""
    letters = list_letters(world.session, world.requirement.id)
    fields = suggest_fields(world.session, world.requirement, min(len(letters) + 1, 3), TODAY())
    return make_letter(world.session, world.requirement, LetterFields(**{**vars(fields), **changes}), level=level,
                       submit_key=key, viewer=world.viewer("office"), on=TODAY(), now=now())


def test_who_is_late_is_in_it_and_nobody_else(world: PlanWorld) -> None:
    lateness = get_lateness(world.session, world.requirement.id, TODAY())
    assert [(unit.name, unit.days_late, unit.reminder_count) for unit in lateness.units] == [
        ("Phòng Giáo dục A (minh họa)", 6, 1), ("Trường tiểu học B (minh họa)", 6, 1)]
    assert lateness.owed == 4
    first = get_lateness(world.session, world.requirement.id, TODAY(), level=Level.FIRST)
    assert ([unit.name for unit in first.units], first.owed) == (["Phòng Giáo dục A (minh họa)"], 2)


@pytest.mark.parametrize(("day", "late"), [(10, 0), (11, 2)])
def test_a_unit_is_late_from_the_day_after(world: PlanWorld, clock: FrozenClock, day: int, late: int) -> None:
    clock.set(date(2023, 3, day))
    assert len(get_lateness(world.session, world.requirement.id, TODAY()).units) == late


def test_three_letters_are_firmer_each_time_and_name_those_before(world: PlanWorld, clock: FrozenClock) -> None:
    texts = []
    for number, day in enumerate((16, 21, 24, 28), start=1):
        clock.set(date(2023, 3, day))
        letter = make(world, f"key-{number}", number=str(number))
        assert letter.round == min(number, 3)
        texts.append(" ".join(letter_document(letter).paragraphs))
    assert "đề nghị" in texts[0] and "đã đôn đốc" not in texts[0]
    assert "Công văn số 1/SGDĐT-VP ngày 16/3/2023" in texts[1] and "yêu cầu" in texts[1]
    assert "giải trình" in texts[2] and "Công văn số 2/SGDĐT-VP ngày 21/3/2023" in texts[2]
    assert "Công văn số 3/SGDĐT-VP" in texts[3] and "giải trình" in texts[3]
    assert not any("{" in text for text in texts)


def test_the_time_to_answer_leaves_out_the_weekend(world: PlanWorld) -> None:
    fields = suggest_fields(world.session, world.requirement, 1, TODAY())
    assert fields.answer_by == add_working_days(date(2023, 3, 16), 3, Holidays()) == date(2023, 3, 21)
    assert (fields.number, fields.symbol) == ("", "SGDĐT-VP")


def test_the_same_button_twice_makes_one_letter(world: PlanWorld) -> None:
    assert make(world, "same").id == make(world, "same").id
    assert len(list_letters(world.session, world.requirement.id)) == 1


def test_the_letter_is_noted_on_the_timeline_of_each_unit(world: PlanWorld) -> None:
    letter = make(world, number="12")
    events = world.session.scalars(select(Event).where(Event.action == "chase").order_by(Event.id)).all()
    assert {(event.subject_kind, event.subject_id) for event in events} == {
        (Subject.UNIT, world.units["district"].id), (Subject.UNIT, world.units["other"].id)}
    assert events[0].detail["letter"] == "12/SGDĐT-VP" and events[0].detail["letter_id"] == letter.id
    chased = world.session.scalars(select(ChasedUnit).order_by(ChasedUnit.position)).all()
    assert [(row.position, row.days_late, row.reminder_count) for row in chased] == [(1, 6, 1), (2, 6, 1)]


def test_the_same_bytes_are_printed_again_whatever_changed_since(world: PlanWorld, clock: FrozenClock) -> None:
    letter = make(world, number="12")
    before = print_letter(letter)
    assert hashlib.sha256(before).hexdigest() == letter.pdf_sha256
    exempt(world.session, world.obligation("other"), reason="Sáp nhập", viewer=None, now=now())
    world.requirement.title = "Tên khác"
    clock.move(days=40)
    world.session.commit()
    world.session.expire_all()
    assert print_letter(world.session.get_one(ChaseLetter, letter.id)) == before


def test_a_unit_sees_the_letters_for_what_it_still_owes(world: PlanWorld) -> None:
    make(world)
    other, school = world.units["other"].id, world.units["school"].id
    [line] = letters_to(world.session, other)
    assert (line.chased, line.answered, line.full_number) == (2, 0, "")
    assert letters_to(world.session, school) == []
    world.sent("other")
    assert letters_to(world.session, other) == []
    [line] = list_letters(world.session, world.requirement.id)
    assert (line.chased, line.answered) == (2, 1)
    assert [row.is_answered for row in list_chased(world.session, line.id, TODAY())] == [False, True]


def test_there_is_no_letter_to_nobody(world: PlanWorld, clock: FrozenClock) -> None:
    clock.set(date(2023, 3, 10))
    with pytest.raises(ChaseLetterError, match="Không còn đơn vị"):
        make(world)
    assert list_letters(world.session, world.requirement.id) == []


def test_the_paper_is_an_official_letter_without_a_kind(world: PlanWorld) -> None:
    text = Paper(print_letter(make(world, number="5"))).text()
    assert "CÔNG VĂN" not in text and "Số: 05/SGDĐT-VP" in text
    assert "V/v đôn đốc" in text and "Kính gửi:" in text
    assert "- Như trên;" in text and "- Lưu: VT, VP." in text and "./." in text
    assert "DANH SÁCH ĐƠN VỊ CHƯA GỬI" in text and "Trường tiểu học B (minh họa)" in text


def test_every_round_has_words_of_its_own() -> None:
    rounds = wording()["rounds"]
    assert len(rounds) == 3
    assert len({said["paragraphs"][-1] for said in rounds}) == 3
    days = [said["answer_working_days"] for said in rounds]
    assert days == sorted(days, reverse=True)
