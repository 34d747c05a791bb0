"""An activity is written once per form, changed with a trail, taken out and put back."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.clock import clock
from models.activity import Activity
from models.event import Event
from models.programme import Programme
from queries.activity import find_activity
from services.activity import (
    ActivityInput,
    TokenTakenError,
    add_activity,
    change_activity,
    remove_activity,
    restore_activity,
)
from services.programme import load_programme
from services.programme_file import read_files
from tests.support.factories import make_unit
from tests.support.house import ROOT

GIVEN = ActivityInput(
    title="Hội nghị chuyên đề", medium_code="HOI_NGHI", starts_on=date(2023, 5, 22), ends_on=date(2023, 5, 22),
    theme_codes=("T1", "T3"), quantity=1, outlet="", reaches={"AUD_VIEN_CHUC": 40, "AUD_NGUOI_HOC": 0},
    is_integrated=False, host_event="", costs={"F1": 1_000_000}, link="", note="", plan_item_id=None,
    attachment_ids=())


@pytest.fixture
def programme(db_session: Session) -> Programme:
    """The 2023 programme."""
    return load_programme(db_session, read_files(ROOT / "data" / "programme" / "plan-2023.json")).programme


@pytest.fixture
def activity(db_session: Session, programme: Programme) -> Activity:
    """An activity of a unit."""
    unit = make_unit(db_session)
    return add_activity(db_session, GIVEN, unit_id=unit.id, programme_id=programme.id, form_token="t", viewer=None,
                        now=clock.now())


def again(session: Session, activity: Activity) -> Activity:
    """The activity as another request loads it."""
    session.flush()
    session.expire_all()
    found = find_activity(session, activity.id)
    assert found is not None
    return found


def test_zero_is_kept_and_a_last_day_equal_to_the_first_is_one_day(db_session: Session, activity: Activity) -> None:
    found = again(db_session, activity)
    assert sorted(row.turns for row in found.reaches) == [0, 40]
    assert (found.ends_on, found.folded) == (None, "hoi nghi chuyen de")
    assert [theme.code for theme in found.themes] == ["T1", "T3"]


def test_a_token_that_was_taken_meanwhile_is_told_and_leaves_the_session_usable(
        db_session: Session, activity: Activity, programme: Programme) -> None:
    with pytest.raises(TokenTakenError):
        add_activity(db_session, GIVEN, unit_id=activity.unit_id, programme_id=programme.id, form_token="t",
                     viewer=None, now=clock.now())
    assert db_session.scalar(select(func.count()).select_from(Activity)) == 1


def test_a_change_tells_before_and_after_of_what_differs(db_session: Session, activity: Activity) -> None:
    found = again(db_session, activity)
    changed = replace(GIVEN, quantity=2, reaches={"AUD_VIEN_CHUC": 45}, theme_codes=("T3",), costs={})
    assert change_activity(db_session, found, changed, viewer=None, now=clock.now())
    event = db_session.scalars(select(Event).where(Event.action == "change")).one()
    fields = event.detail["fields"]
    assert {name: fields[name] for name in ("quantity", "reach", "themes", "cost")} == {
        "quantity": [1, 2], "reach": [40, 45], "themes": ["T1, T3", "T3"], "cost": [1_000_000, None]}
    assert "title" not in fields
    stored = again(db_session, activity)
    assert ([row.turns for row in stored.reaches], stored.costs, stored.revision) == ([45], [], 2)


def test_saving_what_is_there_already_writes_nothing(db_session: Session, activity: Activity) -> None:
    found = again(db_session, activity)
    assert not change_activity(db_session, found, GIVEN, viewer=None, now=clock.now())
    assert found.revision == 1


def test_taking_out_and_putting_back_twice_is_done_once(db_session: Session, activity: Activity) -> None:
    done = [step(db_session, activity, viewer=None, now=clock.now())
            for step in (remove_activity, remove_activity, restore_activity, restore_activity)]
    assert done == [True, False, True, False]
    kinds = list(db_session.scalars(select(Event.action).order_by(Event.id)))
    assert kinds == ["create", "remove", "restore"]
