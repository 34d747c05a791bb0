"""The leadership's page: numbers that hold against the rows, of any day, and small groups that cannot be worked out."""

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.clock import clock
from core.dates import local_day
from models.activity import Activity, activity_theme
from models.commendation import CommendationKind
from models.commendation import Deed as ModelDeed
from models.figure import FigureState, Provenance
from models.finding import Deed
from models.programme import Audience, Medium, Theme
from models.report import ReportFigure
from models.requirement import Obligation, Requirement, RequirementKind
from models.satisfaction import SMALLEST_GROUP, LevelCounts
from models.unit import Unit
from queries.leadership import Dashboard, NotYetAskedError, get_dashboard, late_words, summary_of
from queries.leadership.satisfaction import satisfaction_of
from queries.unit import get_unit
from services.activity import remove_activity
from services.commendation import CommendationInput, decide, propose
from services.plan import PlanItemFields, add_item, freeze_plan
from services.requirement import end_exemption, exempt, extend, open_requirement
from services.submission import accept, ensure_submission, reopen, submit
from tests.support.clock import FrozenClock
from tests.support.consolidation import World
from tests.support.inspection import make_finding, make_inspection, step

ON = date(2023, 5, 25)


@pytest.fixture
def world(reported_world: World) -> World:
    return reported_world


def look(world: World, day: date | None = None) -> Dashboard:
    unit = get_unit(world.session, world.department.id, day or clock.today())
    assert unit is not None
    return get_dashboard(world.session, world.requirement, unit, on=clock.today(), now=clock.now(), day=day)


@given(st.lists(st.integers(0, 40), max_size=8))
def test_a_hidden_group_cannot_be_worked_out_from_the_total(sizes: list[int]) -> None:
    labels = [f"nhóm {place}" for place in range(len(sizes))]
    counts = {(place, ""): LevelCounts((size, 0, 0, 0, 0)) for place, size in enumerate(sizes, 1)}
    found = satisfaction_of(labels, {(place, "kỳ"): size for (place, _part), size in counts.items()})
    shown = {row.label: row.counts.n for row in found.rows if row.counts is not None}
    assert all(size >= SMALLEST_GROUP for size in shown.values())
    rest = sum(sizes) - sum(shown.values())
    if found.total is not None and found.total.counts is not None:
        assert not rest or rest >= SMALLEST_GROUP
    else:
        assert not shown


def of(good: int, bad: int) -> LevelCounts:
    return LevelCounts((bad, 0, 0, 0, good))


def test_change_is_told_between_two_rounds_where_both_may_be_shown() -> None:
    now = {(1, "1"): of(6, 4), (1, "2"): of(9, 1), (2, "1"): of(20, 20), (2, "2"): of(20, 20), (3, "2"): of(8, 0)}
    found = satisfaction_of(["A", "B", "C"], now, parts=("1", "2"), compared=("Đợt 1", "Đợt 2"))
    assert [row.change and round(row.change.points) for row in found.rows] == [30, 0, None]
    assert found.total is not None and found.total.change is not None and found.compared == ("Đợt 1", "Đợt 2")
    assert (found.total.change.earlier.n, found.total.change.later.n) == (50, 58)


def test_change_is_told_from_an_earlier_period_and_not_where_a_group_was_small() -> None:
    now = {(1, "kỳ"): of(9, 1), (2, "kỳ"): of(20, 20), (3, "kỳ"): of(10, 0)}
    earlier = {(1, "kỳ"): of(3, 0), (2, "kỳ"): of(30, 10), (3, "kỳ"): of(5, 5)}
    found = satisfaction_of(["A", "B", "C"], now, earlier=earlier, compared=("Năm trước", "Năm nay"))
    assert [row.change is None for row in found.rows] == [True, False, True]
    assert satisfaction_of(["A"], {(1, "kỳ"): of(9, 1)}, earlier={}, compared=("a", "b")).compared is None


def test_an_earlier_day_tells_nothing_that_leaves_a_few_to_be_subtracted_from_today() -> None:
    day = {(1, "kỳ"): of(20, 0), (2, "kỳ"): of(10, 10)}
    few = satisfaction_of(["A", "B"], day, whole=day | {(1, "kỳ"): of(20, 3)})
    assert few.total is not None and few.total.counts is None
    assert [row.counts for row in few.rows] == [None, of(10, 10)]
    enough = satisfaction_of(["A", "B"], day, whole={(1, "kỳ"): of(25, 3), (2, "kỳ"): of(15, 10)})
    assert [row.counts for row in enough.rows] == [of(20, 0), of(10, 10)]


def test_there_are_at_most_six_sentences_and_each_number_leads_somewhere(world: World) -> None:
    sentences = look(world).sentences
    assert 4 <= len(sentences) <= 6
    for sentence in sentences:
        assert "%(" not in sentence.text
        for name, part in sentence.values.items():
            assert part.target or name in ("day", "name"), name


def test_the_first_sentence_counts_those_that_report_directly(world: World) -> None:
    found = look(world)
    assert (found.tally.owed, found.tally.handed_in, found.tally.accepted, found.tally.late) == (4, 3, 3, 0)
    assert "3/4 đơn vị báo cáo trực tiếp" in found.sentences[0].text
    assert found.sentences[0].text.startswith("Tính đến hết ngày 25/05/2023")


def test_the_heat_table_counts_every_activity_of_the_period_under_each_of_its_themes(world: World) -> None:
    found = look(world)
    held = (Activity.starts_on >= date(2022, 12, 1), Activity.starts_on <= ON, Activity.unit_id != world.units["t3"].id)
    again = dict(world.session.execute(
        select(Theme.label, func.count()).join(activity_theme, activity_theme.c.theme_id == Theme.id)
        .join(Activity, Activity.id == activity_theme.c.activity_id).where(*held).group_by(Theme.label)).all())
    sums = [sum(row.counts[place] for row in found.heat.rows) for place in range(len(found.heat.columns))]
    assert sums == [again.get(label, 0) for label in found.heat.columns]
    assert found.activity_count == world.session.scalar(select(func.count()).select_from(Activity).where(*held))


def test_a_district_counts_with_its_schools_even_when_its_report_is_not_in(world: World) -> None:
    labels = [row.label for row in look(world).heat.rows]
    assert labels == ["Phòng GDĐT A (minh họa)", "Phòng GDĐT B (minh họa)", "Trường THPT"]


def test_lateness_runs_on_for_those_who_never_sent(world: World, clock: FrozenClock) -> None:
    clock.set(date(2023, 6, 2))
    found = look(world)
    words = {unit.standing.code: late_words(unit) for unit in found.late}
    assert words["TH-b3"] == "Chưa nộp, quá hạn 3 ngày"
    assert "THPT-t1" not in words and "THPT-t3" not in words
    assert words["THPT-t2"] == "Trả lại"


def test_plan_and_done_are_compared_for_the_same_units(world: World) -> None:
    assert look(world).plan_rows == ()


def test_the_summary_says_the_same_as_the_page(world: World) -> None:
    found = look(world)
    summary = summary_of(found)
    assert summary.sentences == tuple(sentence.text for sentence in found.sentences)
    assert summary.coverage == found.heat.counts
    assert summary.facts[0].value == "3/4"


def told(found: Dashboard) -> dict[str, object]:
    """What a dashboard says, in plain values."""
    return {
        "tally": found.tally, "heat": found.heat, "channels": found.channels, "findings": found.findings,
        "late": [(unit.standing.code, late_words(unit), unit.is_missing) for unit in found.late],
        "overdue": [(line.unit_id, line.number, line.due_on, line.late_days) for line in found.overdue],
        "plans": [(row.indicator.code, row.planned.value, row.done.value) for row in found.plan_rows],
        "figures": {code: figure.value for code, figure in found.ground.gathered.figures.items()},
        "models": [model.line.title for model in found.models], "opinion": found.opinion,
        "schools": (found.schools_included, found.schools_owed),
        "sentences": [sentence.text for sentence in found.sentences[1:]]}


def write_plan(world: World, unit: Unit) -> None:
    """Open the year's plan and accept one unit's, of a single item."""
    session, now = world.session, clock.now()
    plan = session.scalars(select(Requirement).where(Requirement.kind == RequirementKind.PLAN)).one()
    open_requirement(session, plan, on=clock.today(), now=now, viewer=None)
    owed = select(Obligation.id).where(Obligation.requirement_id == plan.id, Obligation.unit_id == unit.id)
    submission = ensure_submission(session, session.scalars(owed).one(), now, None)
    medium, theme, audience = (session.scalars(select(kind.id).where(kind.programme_id == world.programme.id)
                                               .order_by(kind.id)).first() or 0 for kind in (Medium, Theme, Audience))
    add_item(session, submission, PlanItemFields("Việc (minh họa)", medium, 40, ON, ON, "Tổ (minh họa)", "", "", "",
                                                 (theme,), (audience,), {}), "item-1", None, now)
    frozen = replace(freeze_plan(session, submission, ON), problems=[])
    submit(session, submission, frozen, submit_key="plan-1", viewer=None, now=now)
    accept(session, submission, None, now)


def live_through(world: World, clock: FrozenClock) -> dict[date, dict[str, object]]:
    """A week of reports, plans, findings and models; what the page said at the end of each day."""
    session, units, said = world.session, world.units, {}
    report = {name: world.submission(unit) for name, unit in units.items()}

    def evening(day: int, month: int = 5) -> None:
        session.commit()
        clock.set(date(2023, month, day), time(23, 59, 59))
        said[date(2023, month, day)] = told(look(world))
        clock.move(hours=9)

    evening(25)
    inspection = make_inspection(session, world.programme, world.department, [units["t1"], units["a1"]],
                                 on=date(2023, 5, 26), now=clock.moment)
    finding = make_finding(session, inspection, units["t1"], due_on=date(2023, 5, 26), now=clock.moment)
    accept(session, report["b2"], None, clock.moment)
    extend(session, world.obligation(units["t2"]), until=date(2023, 6, 5), reason="Bão (minh họa)", viewer=None,
           now=clock.moment)
    activity = world.add_activity(units["a1"], date(2023, 5, 26))
    activity.created_at = clock.moment
    evening(26)
    write_plan(world, units["t1"])
    world.send(units["b3"])
    given = CommendationInput(CommendationKind.MODEL, "Bàn hướng dẫn (minh họa)", "", "", False, "", "", "Kết quả.",
                              (), (), ())
    model = propose(session, given, unit_id=units["a1"].id, programme_id=world.programme.id, form_token="model-1",
                    viewer=None, now=clock.moment)
    decide(session, model, ModelDeed.ACCEPT, viewer=None, now=clock.moment)
    decide(session, model, ModelDeed.PICK, viewer=None, now=clock.moment)
    evening(27)
    step(session, finding, Deed.ANSWER, clock.moment)
    reopen(session, report["t1"], "Sai số liệu (minh họa)", None, clock.moment)
    remove_activity(session, activity, viewer=None, now=clock.moment)
    exempt(session, world.obligation(units["b3"]), reason="Nghỉ (minh họa)", viewer=None, now=clock.moment)
    evening(28)
    step(session, finding, Deed.ASK, clock.moment, date(2023, 5, 30))
    decide(session, model, ModelDeed.DROP, reason="Xem lại.", viewer=None, now=clock.moment)
    evening(29)
    end_exemption(session, world.obligation(units["t3"]), reason="Mở lại (minh họa)", viewer=None, now=clock.moment)
    world.send(units["t1"])
    evening(30)
    clock.set(date(2023, 6, 1))
    step(session, finding, Deed.ANSWER, clock.moment)
    world.accept(units["t3"])
    step(session, finding, Deed.ACCEPT, clock.moment)
    evening(1, 6)
    return said


def test_an_earlier_day_reads_as_it_read_on_that_day(world: World, clock: FrozenClock) -> None:
    said = live_through(world, clock)
    assert len({str(found["tally"]) + str(found["findings"]) for found in said.values()}) >= 5
    assert all(any(found[part] for found in said.values()) for part in ("overdue", "plans", "models"))
    for day, found in said.items():
        assert told(look(world, day)) == found, day


def test_a_day_before_the_report_was_asked_for_says_since_when_it_is(world: World) -> None:
    with pytest.raises(NotYetAskedError) as error:
        look(world, date(2023, 5, 24))
    assert local_day(error.value.opened_at) == ON


def test_own_figures_that_were_typed_anew_are_unknown_and_no_zero(world: World, clock: FrozenClock) -> None:
    own = world.submission(world.department)
    world.session.add(ReportFigure(
        submission_id=own.id, indicator_id=world.indicators["A3"].id, state=FigureState.VALUE, value=Decimal(7),
        provenance=Provenance.TYPED, changed_at=clock.moment + timedelta(days=1)))
    world.session.commit()
    clock.set(date(2023, 5, 27))
    assert look(world).ground.gathered.own["A3"].figure.value == 7
    found = look(world, ON)
    assert found.unknown_figures == 1
    assert found.ground.gathered.own["A3"].figure.value is None
    assert any("1 số liệu riêng" in note.text for note in found.notes)
    assert any("1 số liệu riêng" in note for note in summary_of(found).notes)
