"""Good models in reports: frozen as they were picked on the day of issue, whatever becomes of them afterwards."""

from datetime import date

import pytest
from sqlalchemy import select

from core.clock import clock
from models.commendation import CommendationError, CommendationKind, Deed
from models.programme import Theme
from queries.consolidation import find_version, frozen_document
from queries.document import ConsolidatedDocument
from queries.unit import get_unit
from services.commendation import CommendationInput, decide, edit_text, propose
from services.consolidation import compose
from services.issue import IssueFields, issue
from tests.support.consolidation import World

ON = date(2023, 5, 25)
FIELDS = IssueFields("05", "BC-SGDĐT", ON, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Người ký (minh họa)")


@pytest.fixture
def world(reported_world: World) -> World:
    return reported_world


def live(world: World, unit_id: int) -> ConsolidatedDocument:
    unit = get_unit(world.session, unit_id, ON)
    assert unit is not None
    return compose(world.session, world.requirement, unit, ON)


def test_an_issued_report_keeps_what_was_picked_on_its_day(world: World) -> None:
    session, now = world.session, clock.now()
    theme = session.scalars(select(Theme.code).where(Theme.programme_id == world.programme.id)).first() or ""
    school = world.units["a1"]
    given = CommendationInput(CommendationKind.MODEL, "Bàn hướng dẫn (minh họa)", "", "", False, "", "Cách làm.",
                              "Kết quả.", (theme,), (), ())
    found = propose(session, given, unit_id=school.id, programme_id=world.programme.id, form_token="form-1",
                    viewer=None, now=now)
    with pytest.raises(CommendationError):
        decide(session, found, Deed.PICK, viewer=None, now=now)
    decide(session, found, Deed.ACCEPT, viewer=None, now=now)
    edit_text(session, found, title="Bàn hướng dẫn", text="Bài biên tập.", shows_name=False, photo_ids=(), viewer=None,
              now=now)
    assert live(world, world.department.id).models == ()
    decide(session, found, Deed.PICK, viewer=None, now=now)
    offices = {name: live(world, world.units[name].id).models for name in world.units
               if world.units[name].kind.is_intermediate}
    assert sorted(len(models) for models in offices.values()) == [0, 1]
    issue(session, world.submission(world.department), FIELDS, until=ON, submit_key="key-1", viewer=None, now=now)
    decide(session, found, Deed.DROP, reason="Xem lại.", viewer=None, now=now)
    session.commit()
    version = find_version(session, world.requirement.id, world.department.id, 1)
    assert version is not None
    kept = frozen_document(*version)
    assert [(line.title, line.text) for line in kept.models] == [("Bàn hướng dẫn", "Bài biên tập.")]
    assert any("Bàn hướng dẫn" in section.text for section in kept.sections if section.code == "II.4")
    assert live(world, world.department.id).models == ()
