"""What is said of places that do badly is read by the Office and the leadership, and by nobody else, anywhere."""

import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from exports.criticism import build
from models.criticism import Basis, Criticism, CriticismStep
from models.draft import Draft
from models.event import Event
from models.permission import Action, Reach, reach
from models.programme import Programme
from models.requirement import Requirement
from queries.consolidation import dump_document
from queries.criticism import criticism_document
from queries.unit import department_id, get_unit
from services.consolidation import compose, compose_summary
from services.criticism import CriticismInput, add_criticism
from tests.support.client import PageClient
from tests.support.clock import FrozenClock
from tests.support.pages import text_of
from tests.support.paper import Paper
from tests.support.plan import PlanWorld
from tests.support.province import USERNAMES, Province
from tests.support.site import PLACES

SECRET = "Việc chỉ cơ quan có thẩm quyền được biết"
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # pages are the same on either
ADDRESSES = ("", "/suspects", "/1", "/new", "/1/edit", "/1/close", "/report.pdf", "?format=xlsx")


def criticise(session: Session, unit_id: int) -> int:
    """Record something of a unit."""
    programme_id = session.scalars(select(Programme.id)).first() or 0
    return add_criticism(session, CriticismInput(Basis.OTHER, SECRET, SECRET), unit_id=unit_id,
                         programme_id=programme_id, form_token="a-form", viewer=None, now=clock.now())


@SQLITE
@pytest.mark.parametrize("username", USERNAMES)
def test_only_the_competent_body_opens_it_and_no_page_tells_others_of_it(
        client: PageClient, province: Province, db_session: Session, username: str) -> None:
    person = province[username]
    criticise(db_session, province["school"].unit_id)
    client.sign_in(username)
    may = reach(person.role, Action.CRITICISM_VIEW) is not Reach.NONE
    for tail in ADDRESSES:
        with client.get(f"/criticisms{tail}") as answer:
            assert answer.status_code == (200 if may else 403), tail
    code = PLACES["school"]
    if may:
        return
    for path in ("/", f"/units/{code}", "/commendations?unit=all", "/consolidations", "/board", "/models",
                 f"/inspections?unit={code}", "/activities?unit=all", "/leadership", "/emulation", "/announcements"):
        said = client.get(path).text
        assert SECRET not in said and "/criticisms" not in said, path


@SQLITE
def test_no_report_no_trail_and_no_other_table_tells_of_it(province: Province, db_session: Session) -> None:
    criticise(db_session, province["school"].unit_id)
    on, now = clock.today(), clock.now()
    requirement = db_session.scalars(select(Requirement).where(Requirement.code == "2023-half-year")).one()
    documents = []
    for unit_id in (department_id(db_session) or 0, province["district"].unit_id):
        unit = get_unit(db_session, unit_id, on)
        assert unit is not None
        documents += [compose(db_session, requirement, unit, on),
                      compose_summary(db_session, requirement, unit, on=on, now=now)]
    assert SECRET not in json.dumps([dump_document(document) for document in documents], ensure_ascii=False)
    events = db_session.execute(select(Event.subject_kind, Event.reason, Event.detail, Event.action)).all()
    assert SECRET not in repr(events) and "criticis" not in repr(events)
    assert len(db_session.scalars(select(CriticismStep)).all()) == len(db_session.scalars(select(Criticism)).all())


@pytest.fixture
def late(plan_world: PlanWorld, clock: FrozenClock) -> PlanWorld:
    """Thursday 16 March, plans were due on the 10th, nobody has sent one."""
    clock.set(date(2023, 3, 16))
    return plan_world


@SQLITE
def test_the_portal_proposes_who_is_late_and_the_office_records_it_with_the_figures(
        client: PageClient, late: PlanWorld) -> None:
    client.sign_in(late.people["office"])
    client.page("/criticisms/suspects?q=truong+tieu+hoc+a")
    said = text_of(client.opened_page.root)
    assert "chưa gửi, quá hạn 6 ngày" in said and "Trung tâm C" not in said
    path = f"/criticisms/new?unit={late.units['school'].code}&basis=late"
    client.submit(path, -1, 422, what="")
    client.submit(path, -1, what="Chưa gửi kế hoạch.", proposal="Làm việc với đơn vị.")
    found = late.session.scalars(select(Criticism)).one()
    assert found.facts["lines"][0]["url"] == f"/plans/{late.obligation('school').id}"
    client.sign_out()
    client.sign_in(late.people["leader"])
    client.submit(f"/criticisms/{found.id}/edit", -1, what="Chưa gửi kế hoạch năm.")
    client.submit(f"/criticisms/{found.id}/close", -1, 422, reason=" ")
    client.submit(f"/criticisms/{found.id}/close", -1, reason="Đã gửi.")
    client.submit(f"/criticisms/{found.id}/edit", -1, what="Sửa sau khi khép lại.")
    late.session.expire_all()
    assert found.what == "Chưa gửi kế hoạch năm." and found.closing_reason == "Đã gửi."
    steps = late.session.scalars(select(CriticismStep.deed).order_by(CriticismStep.id)).all()
    assert [step.value for step in steps] == ["create", "change", "close"]
    department = late.units["department"].id
    assert {draft.unit_id for draft in late.session.scalars(select(Draft))} == {department}


def spoken(content: bytes) -> str:
    """The words of a paper, on one line."""
    return " ".join(Paper(content).text().split())


@SQLITE
def test_the_internal_report_names_what_is_open_alone(db_session: Session, plan_world: PlanWorld) -> None:
    empty = criticism_document(db_session, plan_world.programme, clock.today())
    assert "không có nội dung nào" in spoken(build(empty))
    criticise(db_session, plan_world.units["school"].id)
    document = criticism_document(db_session, plan_world.programme, clock.today())
    words = spoken(build(document))
    assert SECRET in words and "NỘI BỘ" in words and "Trường tiểu học A" in words
    assert build(document) == build(document)


@SQLITE
def test_a_file_of_it_holds_what_the_page_shows(client: PageClient, plan_world: PlanWorld) -> None:
    criticise(plan_world.session, plan_world.units["school"].id)
    client.sign_in(plan_world.people["leader"])
    with client.get("/criticisms?format=xlsx&basis=late") as answer:
        assert load_workbook(io.BytesIO(answer.data)).worksheets[0].max_row >= 1
        assert SECRET not in str(list(load_workbook(io.BytesIO(answer.data)).worksheets[0].values))
