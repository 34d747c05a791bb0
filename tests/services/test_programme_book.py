"""A programme is cloned, exported, imported, changed row by row and published; what is in use is not lost."""

import json
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from core.settings import ROOT
from models.event import Event, Subject
from models.permission import Viewer
from models.programme import Medium, Programme, ProgrammeStatus, Theme
from models.programme_change import compare
from models.requirement import Obligation, Requirement
from queries.account import find_person
from services.programme import load_programme
from services.programme_book import (
    ProgrammeBookError,
    UnsoundBookError,
    change_programme,
    clone_programme,
    import_book,
    publish,
    read_book,
)
from services.programme_file import read_files
from services.requirement import add_requirements
from tests.support.province import Province

PLAN = ROOT / "data" / "programme" / "plan-2023.json"


@pytest.fixture
def programme(db_session: Session) -> Programme:
    """The real programme of 2023 with its requirements, none opened."""
    files = read_files(PLAN)
    made = load_programme(db_session, files).programme
    add_requirements(db_session, made, files.plan["deadlines"])
    db_session.flush()
    return made


@pytest.fixture
def office() -> Viewer:
    """A person of the Office, in plain values, where no row asks for the account."""
    from models.account import Role

    return Viewer(account_id=None, name="Văn phòng", role=Role.OFFICE, unit_id=None, acts_for_id=None)  # type: ignore[arg-type]  # nobody's


def test_a_clone_differs_from_its_source_by_the_year_alone(
        db_session: Session, programme: Programme, office: Viewer) -> None:
    made = clone_programme(db_session, programme, 2024, viewer=office, now=clock.now())
    assert (made.year, made.status) == (2024, ProgrammeStatus.DRAFT)
    changes = compare(read_book(db_session, programme), read_book(db_session, made))
    assert {change.table.name if change.table else "" for change in changes} == {"", "requirements"}
    dues = list(db_session.scalars(select(Requirement.due_on).where(Requirement.programme_id == made.id)
                                   .order_by(Requirement.due_on)))
    assert dues == [date(2024, 3, 10), date(2024, 5, 30), date(2024, 11, 30)]


def test_a_year_is_cloned_once(db_session: Session, programme: Programme, office: Viewer) -> None:
    clone_programme(db_session, programme, 2024, viewer=office, now=clock.now())
    with pytest.raises(ProgrammeBookError, match="2024"):
        clone_programme(db_session, programme, 2024, viewer=office, now=clock.now())


def test_an_exported_programme_comes_back_as_it_went(
        db_session: Session, programme: Programme, office: Viewer) -> None:
    book = json.loads(json.dumps(read_book(db_session, clone_programme(
        db_session, programme, 2024, viewer=office, now=clock.now()))))
    for row in book["requirements"]:
        row["code"] = row["code"].replace("2024", "2031")
    book["programme"]["year"] = 2031
    made = import_book(db_session, book, viewer=office, now=clock.now())
    assert read_book(db_session, made) == book


def test_a_broken_file_loads_nothing(db_session: Session, programme: Programme, office: Viewer) -> None:
    book = read_book(db_session, programme) | {"themes": [{"code": "TH1"}]}
    book["programme"]["year"] = 2030
    with pytest.raises(UnsoundBookError) as caught:
        import_book(db_session, book, viewer=office, now=clock.now())
    assert ("themes", "label") in {(problem.table, problem.field) for problem in caught.value.problems}
    assert db_session.scalar(select(Programme.id).where(Programme.year == 2030)) is None


def test_rows_are_added_changed_moved_and_taken_out(db_session: Session, programme: Programme, office: Viewer) -> None:
    book = read_book(db_session, programme)
    first, *others = book["themes"]
    book["themes"] = [*others[:-1], {**first, "label": "Viết lại"},
                      {"code": "MOI", "label": "Mới", "full_text": "Nội dung mới"}]
    dropped = others[-1]["code"]
    for row in book["appendix"]:
        row["theme_codes"] = [code for code in row["theme_codes"] if code != dropped]
    changes = change_programme(db_session, programme, book, viewer=office, now=clock.now())
    assert changes
    labels = list(db_session.scalars(select(Theme.label).where(Theme.programme_id == programme.id)
                                     .order_by(Theme.position)))
    assert labels[-2:] == ["Viết lại", "Mới"]
    assert read_book(db_session, programme)["themes"][-1]["code"] == "MOI"
    event = db_session.scalars(select(Event).where(Event.subject_kind == Subject.PROGRAMME)
                               .order_by(Event.id.desc())).first()
    assert event is not None and {change["change"] for change in event.detail["changes"]} >= {"added", "removed"}
    assert change_programme(db_session, programme, read_book(db_session, programme), viewer=office,
                            now=clock.now()) == []


def test_what_activities_use_is_not_taken_out(db_session: Session, province: Province) -> None:
    person = find_person(db_session, province["office"].id, clock.today())
    programme = db_session.scalars(select(Programme)).one()
    assert person is not None
    book = read_book(db_session, programme)
    book["media"] = book["media"][1:]
    used = db_session.scalars(select(Medium.label).order_by(Medium.position)).first()
    for row in book["indicators"]:
        media = (row["filters"] or {}).get("media")
        if media:
            row["filters"] = row["filters"] | {"media": [code for code in media if code != "BAO_VIET"] or ["FACEBOOK"]}
    with pytest.raises(ProgrammeBookError, match=str(used)):
        change_programme(db_session, programme, book, viewer=person.viewer, now=clock.now())


def test_a_later_due_day_reaches_the_units_that_were_not_given_longer(db_session: Session, province: Province) -> None:
    person = find_person(db_session, province["office"].id, clock.today())
    programme = db_session.scalars(select(Programme)).one()
    assert person is not None
    book = read_book(db_session, programme)
    row = next(row for row in book["requirements"] if row["code"] == "2023-half-year")
    row["due_on"] = "2023-06-02"
    change_programme(db_session, programme, book, viewer=person.viewer, now=clock.now())
    rows = db_session.execute(
        select(Obligation.due_on, Obligation.extended_to).join(Requirement, Requirement.id == Obligation.requirement_id)
        .where(Requirement.code == "2023-half-year")).all()
    assert {due for due, extended in rows if extended is None} == {date(2023, 6, 2)}
    assert all(due == extended for due, extended in rows if extended is not None)


def test_a_draft_is_published_once_and_only_when_it_is_sound(
        db_session: Session, programme: Programme, office: Viewer) -> None:
    made = clone_programme(db_session, programme, 2024, viewer=office, now=clock.now())
    publish(db_session, made, viewer=office, now=clock.now())
    assert made.status is ProgrammeStatus.PUBLISHED
    with pytest.raises(ProgrammeBookError):
        publish(db_session, made, viewer=office, now=clock.now())
    bare = clone_programme(db_session, programme, 2025, viewer=office, now=clock.now())
    change_programme(db_session, bare, read_book(db_session, bare) | {"requirements": []}, viewer=office,
                     now=clock.now())
    with pytest.raises(ProgrammeBookError):
        publish(db_session, bare, viewer=office, now=clock.now())
