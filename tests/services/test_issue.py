"""What was issued stays as it was: the same bytes, whatever moves afterwards."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from core.clock import clock
from models.indicator import Indicator
from models.programme import AppendixRow, Theme
from models.submission import IssuedDocument, SubmissionVersion, VersionFigure
from models.unit import UnitName
from models.workflow import Status
from queries.unit import get_unit
from services.consolidation import print_file
from services.issue import IssueFields, issue
from services.submission import SubmissionError, revise
from tests.support.consolidation import World

ON = date(2023, 5, 25)
FIELDS = IssueFields("05", "BC-SGDĐT", ON, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Người ký (minh họa)")


@pytest.fixture
def world(reported_world: World) -> World:
    return reported_world


def issue_report(world: World, fields: IssueFields = FIELDS, key: str = "key-1") -> IssuedDocument:
    submission = world.submission(world.department)
    issued = issue(world.session, submission, fields, until=ON, submit_key=key, viewer=None, now=clock.now())
    world.session.commit()
    return issued


def download(world: World, version: int | None = None, kind: str = "pdf") -> bytes:
    unit = get_unit(world.session, world.department.id, clock.today())
    assert unit is not None
    file = print_file(world.session, world.requirement, unit, kind, version=version,  # type: ignore[arg-type]
                      on=clock.today(), now=clock.now())
    assert file is not None
    return file.content


def move_everything(world: World) -> None:
    """Late activities, another report accepted, other names everywhere, a report reopened and sent again."""
    session = world.session
    for unit in world.units.values():
        world.add_activity(unit, date(2023, 4, 3), "FACEBOOK", 77)
    world.accept(world.units["t2"], clock.now() + timedelta(days=1))
    for model in (Indicator, Theme, AppendixRow):
        column = "name" if model is Indicator else "label"
        session.execute(update(model).values({column: "Tên khác"}))
    session.execute(update(UnitName).values(name="Đơn vị đổi tên"))
    world.programme.signer_name, world.programme.recipients = "Người khác (minh họa)", ["Nơi khác"]
    session.commit()
    session.expire_all()


def test_an_issued_report_prints_to_the_same_bytes_whatever_moves(world: World) -> None:
    issued = issue_report(world)
    before, summary = download(world), download(world, kind="summary")
    assert hashlib.sha256(before).hexdigest() == issued.pdf_sha256
    move_everything(world)
    assert download(world) == before
    assert download(world, version=1) == before
    assert download(world, kind="summary") == summary


def test_the_draft_does_move(world: World) -> None:
    before = download(world)
    move_everything(world)
    assert download(world) != before


def test_frozen_figures_of_a_version_do_not_move(world: World) -> None:
    version_id = issue_report(world).version_id
    read = select(VersionFigure.indicator_id, VersionFigure.value).where(VersionFigure.version_id == version_id)
    before = dict(world.session.execute(read).all())
    assert any(before.values())
    move_everything(world)
    assert dict(world.session.execute(read).all()) == before


def test_the_same_button_pressed_twice_issues_once(world: World) -> None:
    first, second = issue_report(world), issue_report(world)
    assert first.id == second.id
    assert world.session.scalar(select(func.count()).select_from(IssuedDocument)) == 1


def test_a_later_version_needs_a_reason_and_leaves_the_first_as_it_was(world: World) -> None:
    issue_report(world)
    before, submission = download(world), world.submission(world.department)
    revise(world.session, submission, "Bổ sung một trường", None, clock.now())
    world.accept(world.units["t2"], clock.now() + timedelta(days=1))
    with pytest.raises(SubmissionError):
        issue_report(world, key="key-2")
    second = issue_report(world, replace(FIELDS, number="06", reason="Bổ sung một trường"), "key-2")
    assert submission.status is Status.ISSUED
    assert second.reason == "Bổ sung một trường"
    assert download(world, version=1) == before
    assert download(world) == download(world, version=2) != before


def test_what_is_issued_cannot_be_issued_again_without_a_new_version(world: World) -> None:
    issue_report(world)
    with pytest.raises(SubmissionError):
        issue_report(world, replace(FIELDS, reason="Lần nữa"), "key-2")


def test_a_district_office_sends_its_report_and_does_not_issue_it(world: World) -> None:
    submission = world.submission(world.units["B"])
    with pytest.raises(SubmissionError):
        issue(world.session, submission, FIELDS, until=ON, submit_key="key", viewer=None, now=clock.now())


def test_the_version_names_every_unit_and_version_that_it_added_up(world: World) -> None:
    issued = issue_report(world)
    content = world.session.get_one(SubmissionVersion, issued.version_id).content
    inside = {row["code"]: row["version"] for row in content["children"] if row["version_id"]}
    assert inside == {"PGD-A": 1, "PGD-B": 1, "THPT-t1": 1}
