"""Emulation points of a small province: what is measured, published, frozen and carried to the next year."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, select

from core.clock import clock as portal_clock
from exports.emulation import build
from models.activity import Activity
from models.emulation import EmulationRule, EmulationYear, RuleKind
from models.event import Event, Subject
from models.finding import Deed
from models.plan import PlanItem
from models.programme import Medium, Theme
from models.questionnaire import Questionnaire, SurveyQuestion
from models.survey import SurveyAnswerCount, SurveyTally
from models.unit import UnitParent
from queries.emulation import Year, counted_on, document_of, list_rules, load_year, read_ground, shifts
from services.emulation import (
    EmulationError,
    adopt_default_rules,
    change_rules,
    publish_year,
    reckon,
    stored_digest,
)
from services.programme_book import clone_programme, import_book, read_book
from services.requirement import exempt
from tests.support.clock import FrozenClock
from tests.support.inspection import make_finding, make_inspection, step
from tests.support.plan import PlanWorld
from tests.support.queries import QueryGuard
from tests.support.survey import make_questionnaire, make_round

AFTER = date(2023, 3, 16)
"""Six days after plans were due."""


@pytest.fixture
def world(plan_world: PlanWorld, clock: FrozenClock) -> PlanWorld:
    """The school in time, its neighbour three days late, the centre excused; the district office sent nothing."""
    plan_world.sent("school")
    clock.set(date(2023, 3, 13))
    plan_world.sent("other")
    clock.set(AFTER)
    exempt(plan_world.session, plan_world.obligation("centre"), reason="Mới thành lập (minh họa)",
           viewer=plan_world.viewer("office"), now=portal_clock.now())
    plan_world.session.commit()
    return plan_world


def now(world: PlanWorld) -> Year:
    """The points as they stand."""
    return reckon(world.session, world.programme, today=portal_clock.today(), now=portal_clock.now())


def publish(world: PlanWorld, key: str = "key-1", reason: str = "Biên bản họp (minh họa)") -> EmulationYear:
    """Freeze the points as they stand."""
    return publish_year(world.session, world.programme, reason, submit_key=key, viewer=world.viewer("office"),
                        today=portal_clock.today(), now=portal_clock.now())


def told(world: PlanWorld, year: Year, unit: str, kind: RuleKind) -> tuple[str | None, list[str]]:
    """A unit's points by a rule, and its sentences."""
    point = next(row for row in year.standings[world.units[unit].id].score.points if row.kind is kind)
    return (None if point.points is None else str(point.points)), [row.reason.words() for row in point.told]


def hold(world: PlanWorld, unit: str, day: date, number: int = 1) -> None:
    """An activity that carries out the unit's planned item."""
    session, programme_id = world.session, world.programme.id
    item = session.scalar(select(PlanItem.id).where(PlanItem.submission_id == world.start(unit).id).limit(1))
    medium = session.scalars(select(Medium.id).where(Medium.programme_id == programme_id).order_by(Medium.id)).first()
    themes = session.scalars(select(Theme).where(Theme.programme_id == programme_id).order_by(Theme.id)).all()
    session.add(Activity(
        unit_id=world.units[unit].id, programme_id=programme_id, medium_id=medium, title="Đăng bài (minh họa)",
        starts_on=day, quantity=1, form_token=f"held-{unit}-{number}", created_at=portal_clock.now(),
        changed_at=portal_clock.now(), plan_item_id=item, themes=list(themes[:2]), reaches=[], costs=[]))
    session.commit()


def test_each_point_is_told_in_a_sentence_with_its_record(world: PlanWorld) -> None:
    hold(world, "school", date(2023, 3, 14))
    year = now(world)
    assert told(world, year, "school", RuleKind.PLAN_TIMELY) == ("15.00", ["Nộp kế hoạch năm đúng hạn (06/03/2023)"])
    assert told(world, year, "other", RuleKind.PLAN_TIMELY) == (
        "10.00", ["Nộp kế hoạch năm chậm 3 ngày (13/03/2023)"])
    assert told(world, year, "district", RuleKind.PLAN_TIMELY)[0] == "0.00"
    assert "Chưa nộp kế hoạch năm" in told(world, year, "district", RuleKind.PLAN_TIMELY)[1][0]
    assert told(world, year, "centre", RuleKind.PLAN_TIMELY) == (None, ["Được miễn kế hoạch năm"])
    assert told(world, year, "school", RuleKind.PLAN_DONE) == ("20.00", ["Đã làm 1/1 việc đến hạn trong kế hoạch"])
    assert told(world, year, "other", RuleKind.PLAN_DONE)[0] is None, "its item is due in October"
    assert told(world, year, "district", RuleKind.PLAN_DONE)[0] == "0.00", "a plan that is owed and missing is a zero"
    assert told(world, year, "school", RuleKind.COVERAGE_CHANNELS)[1][0].startswith("Đã phủ 2/")
    assert told(world, year, "other", RuleKind.COVERAGE_CHANNELS)[0] == "0.00"
    assert told(world, year, "centre", RuleKind.COVERAGE_CHANNELS)[0] is None
    assert told(world, year, "school", RuleKind.SATISFACTION) == (None, ["Chưa có phiếu khảo sát"])
    point = year.standings[world.units["school"].id].score.points[0]
    assert point.told[0].reason.trace == f"plan:{world.obligation('school').id}"
    centre = year.standings[world.units["centre"].id]
    assert centre.total is None and centre.rank is None, "all that it owed was excused"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # one sum more
def test_items_of_two_plans_of_a_year_are_added_up(world: PlanWorld) -> None:
    session, first = world.session, world.obligation("school")
    hold(world, "school", date(2023, 3, 14))
    second = another(world.requirement, code="2023-plan-more")
    session.add(second)
    session.flush()
    owed = another(first, requirement_id=second.id)
    session.add(owed)
    session.flush()
    sent = another(world.start("school"), obligation_id=owed.id)
    session.add(sent)
    session.flush()
    item = session.scalars(select(PlanItem).where(PlanItem.submission_id == world.start("school").id)).first()
    assert item is not None
    session.add(another(item, submission_id=sent.id, starts_on=date(2023, 3, 8), ends_on=date(2023, 3, 10),
                        form_token="more"))
    session.commit()
    assert told(world, now(world), "school", RuleKind.PLAN_DONE) == (
        "10.00", ["Đã làm 1/2 việc đến hạn trong kế hoạch"])


def another(row: Any, **changes: object) -> Any:
    """A row like one that is there, with changes."""
    kept = {column.key: getattr(row, column.key) for column in inspect(type(row)).columns if column.key != "id"}
    return type(row)(**(kept | changes))


def test_units_are_ranked_within_their_group(world: PlanWorld) -> None:
    year = now(world)
    assert [(group.code, [str(row.rank) for row in group.standings]) for group in year.groups] == [
        ("intermediate", ["1"]), ("affiliated", ["None"]), ("tieu_hoc", ["1", "2"])]


def test_a_frozen_year_stays_byte_for_byte_whatever_moves(world: PlanWorld, clock: FrozenClock) -> None:
    frozen = publish(world)
    world.session.commit()
    then = load_year(world.session, frozen)
    paper = build(document_of(then, frozen.content["head"], frozen.reason))
    clock.set(AFTER + timedelta(days=3))
    hold(world, "other", date(2023, 3, 18))
    world.sent("district")
    rows = list_rules(world.session, world.programme.id)
    rows[0] = {**rows[0], "label": "Tên khác"}
    change_rules(world.session, world.programme, rows, viewer=world.viewer("office"), now=portal_clock.now())
    world.session.commit()
    world.session.expire_all()
    again = load_year(world.session, frozen)
    assert stored_digest(world.session, frozen) == frozen.sha256
    assert again == then
    assert build(document_of(again, frozen.content["head"], frozen.reason)) == paper
    moved = {row.unit.id for row in shifts(then, now(world)) if row.is_moved}
    assert moved == {world.units["other"].id, world.units["district"].id, world.units["school"].id}


def test_a_correction_is_a_new_version_with_its_reason(world: PlanWorld) -> None:
    first = publish(world)
    assert publish(world).id == first.id, "the same button twice makes one"
    hold(world, "other", date(2023, 3, 14))
    second = publish(world, "key-2", "Bổ sung hoạt động (minh họa)")
    assert (first.version, second.version) == (1, 2)
    assert stored_digest(world.session, first) == first.sha256 != second.sha256
    events = world.session.scalars(select(Event).where(Event.subject_kind == Subject.EMULATION).order_by(Event.id))
    assert [(event.action, event.reason, event.detail["version"]) for event in events] == [
        ("publish_points", "Biên bản họp (minh họa)", 1), ("publish_points", "Bổ sung hoạt động (minh họa)", 2)]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # refused before anything is stored
def test_points_are_not_published_without_reason_or_sound_rules(world: PlanWorld) -> None:
    with pytest.raises(EmulationError, match="lý do"):
        publish(world, reason="  ")
    rule = world.session.scalars(select(EmulationRule).where(EmulationRule.code == "BC")).one()
    rule.points = 30
    world.session.flush()
    with pytest.raises(EmulationError, match="tiêu chí"):
        publish(world)
    assert world.session.scalar(select(EmulationYear.id)) is None


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # plain rows
def test_rules_go_with_the_year_and_with_its_file(world: PlanWorld) -> None:
    session, viewer, at = world.session, world.viewer("office"), portal_clock.now()
    rows = list_rules(session, world.programme.id)
    made = clone_programme(session, world.programme, 2024, viewer=viewer, now=at)
    assert list_rules(session, made.id) == rows != []
    book = json.loads(json.dumps(read_book(session, made)))
    book["programme"]["year"] = 2025
    for row in book["requirements"]:
        row["code"] = row["code"].replace("2024", "2025")
    del book["emulation_rules"]
    older = import_book(session, book, viewer=viewer, now=at)
    assert list_rules(session, older.id) == [], "a file from before there were rules is sound"
    assert adopt_default_rules(session, older, viewer=viewer, now=at)
    assert list_rules(session, older.id) == rows
    assert not adopt_default_rules(session, older, viewer=viewer, now=at)


def test_the_whole_province_takes_a_fixed_number_of_statements(world: PlanWorld, assert_queries: QueryGuard) -> None:
    with assert_queries(16):
        now(world)


def tally(world: PlanWorld, questionnaire: Questionnaire, question: SurveyQuestion, unit: str, levels: list[int],
          at: datetime, round_id: int | None = None) -> None:
    """Answers that a unit counted by hand."""
    row = SurveyTally(
        round_id=round_id,
        unit_id=world.units[unit].id, programme_id=world.programme.id, questionnaire_id=questionnaire.id,
        collected_from=date(2023, 3, 1), collected_to=date(2023, 3, 10), sheet_count=sum(levels),
        form_token=f"tally-{unit}", created_at=at, changed_at=at)
    world.session.add(row)
    world.session.flush()
    world.session.add(SurveyAnswerCount(
        tally_id=row.id, question_id=question.id, not_applicable=0, blank=0,
        **{f"level_{place}": count for place, count in enumerate(levels, start=1)}))


def test_satisfaction_gives_points_only_where_results_may_be_told(world: PlanWorld) -> None:
    at = portal_clock.now()
    questionnaire = Questionnaire(code="HL-THU", title="Phiếu thử (minh họa)", headline_code="Q1",
                                  level_labels=["1", "2", "3", "4", "5"])
    world.session.add(questionnaire)
    world.session.flush()
    question = SurveyQuestion(questionnaire_id=questionnaire.id, code="Q1", position=1, factor_code="F1",
                              factor_name="Chung", text="Câu chung")
    world.session.add(question)
    world.session.flush()
    for unit, levels in (("school", [0, 0, 1, 1, 1]), ("other", [0, 0, 1, 2, 4]), ("centre", [0, 0, 2, 10, 8])):
        tally(world, questionnaire, question, unit, levels, at)
    world.session.commit()
    year = now(world)
    hidden = (None, ["Chưa đủ phiếu khảo sát để công bố"])
    assert told(world, year, "school", RuleKind.SATISFACTION) == hidden
    assert told(world, year, "other", RuleKind.SATISFACTION) == hidden, "or the district's total would tell of three"
    assert told(world, year, "centre", RuleKind.SATISFACTION) == (
        "13.00", ["18/20 câu trả lời ở mức hài lòng và rất hài lòng"])


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the same statements, of another day
def test_satisfaction_of_a_round_is_hidden_by_the_units_of_its_last_day(
        world: PlanWorld, assert_queries: QueryGuard) -> None:
    session, school = world.session, world.units["school"]
    moved = date(2023, 3, 12)
    session.scalars(select(UnitParent).where(UnitParent.unit_id == school.id)).one().valid_from = moved
    session.add(UnitParent(unit_id=school.id, parent_id=world.units["department"].id, valid_from=date(2020, 1, 1),
                           valid_to=moved))
    questionnaire = make_questionnaire(session)
    question = next(row for row in questionnaire.questions if row.code == questionnaire.headline_code)
    closed = make_round(session, world.programme, questionnaire, opens_on=date(2023, 3, 1), closes_on=date(2023, 3, 10))
    for unit, levels in (("school", [0, 0, 1, 1, 1]), ("other", [0, 0, 1, 2, 4]), ("centre", [0, 0, 2, 2, 2])):
        tally(world, questionnaire, question, unit, levels, portal_clock.now(), closed.id)
    session.commit()
    with assert_queries(18):
        year = now(world)
    assert told(world, year, "school", RuleKind.SATISFACTION)[0] is None
    assert told(world, year, "centre", RuleKind.SATISFACTION)[0] is None, "or the sum of all would tell of three"
    assert told(world, year, "other", RuleKind.SATISFACTION)[1] == [
        "6/7 câu trả lời ở mức hài lòng và rất hài lòng"], "the school stood beside its district then"


def test_findings_count_as_they_stood_at_the_end_of_the_year(world: PlanWorld, clock: FrozenClock) -> None:
    """Whether the year is reckoned in January or in March: what is mended between changes nothing of it."""
    session, school = world.session, world.units["school"]
    clock.set(date(2023, 12, 1))
    inspection = make_inspection(session, world.programme, world.units["department"], [school], on=date(2023, 12, 1),
                                 now=portal_clock.now())
    late, open_ = (make_finding(session, inspection, school, due_on=due_on, now=portal_clock.now(),
                                 token=f"finding-{due_on}")
                   for due_on in (date(2023, 12, 20), date(2024, 1, 10)))

    def reckoned() -> list[str]:
        session.flush()
        ground = read_ground(session, world.programme, on=counted_on(2023, portal_clock.today()),
                             now=portal_clock.now())
        return [part.reason.text for part in ground.measures[school.id][RuleKind.FINDINGS].parts]

    then = ["%(count)s tồn tại chưa khắc phục, còn trong hạn", "%(count)s tồn tại quá hạn khắc phục"]
    clock.set(date(2023, 12, 31))
    assert reckoned() == then
    clock.set(date(2024, 2, 1))
    assert reckoned() == then, "the second is past its day only since January"
    for finding in (late, open_):
        step(session, finding, Deed.ANSWER, portal_clock.now())
        step(session, finding, Deed.ACCEPT, portal_clock.now())
    assert reckoned() == then
