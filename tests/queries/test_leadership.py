"""The leadership's page: numbers that hold against the rows, and small groups that cannot be worked out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.clock import clock
from models.activity import Activity, activity_theme
from models.programme import Theme
from models.satisfaction import SMALLEST_GROUP
from queries.leadership import Dashboard, get_dashboard, hidden_groups, late_words, summary_of
from queries.unit import get_unit
from tests.support.clock import FrozenClock
from tests.support.consolidation import World

ON = date(2023, 5, 25)


@pytest.fixture
def world(reported_world: World) -> World:
    return reported_world


def look(world: World) -> Dashboard:
    unit = get_unit(world.session, world.department.id, clock.today())
    assert unit is not None
    return get_dashboard(world.session, world.requirement, unit, on=clock.today(), now=clock.now())


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 40), max_size=8))
def test_a_hidden_group_cannot_be_worked_out_from_the_total(sizes: dict[str, int]) -> None:
    hidden = hidden_groups(sizes)
    shown = [label for label, size in sizes.items() if label not in hidden]
    assert all(sizes[label] == 0 or sizes[label] >= SMALLEST_GROUP for label in shown)
    if hidden:
        rest = sum(sizes.values()) - sum(sizes[label] for label in shown)
        alone = len(hidden) == 1 or rest < SMALLEST_GROUP
        assert not alone or not [label for label in shown if sizes[label]]


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
    sums = [sum(row[place] for _label, row in found.heat) for place in range(len(found.theme_labels))]
    assert sums == [again.get(label, 0) for label in found.theme_labels]
    assert found.activity_count == world.session.scalar(select(func.count()).select_from(Activity).where(*held))


def test_a_district_counts_with_its_schools_even_when_its_report_is_not_in(world: World) -> None:
    labels = [label for label, _counts in look(world).heat]
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
    assert summary.coverage == found.heat
    assert summary.facts[0].value == "3/4"
