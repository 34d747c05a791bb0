"""Pages of reorganisations: a decision recorded, given steps, looked through, applied, read afterwards."""

import io
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.account import Account, Role
from models.reorganisation import Reorganisation, ReorganisationStatus, ReorganisationStep, StepKind
from models.unit import Unit, UnitSuccessor
from tests.support.client import PageClient
from tests.support.consolidation import World
from tests.support.evidence import pdf_bytes
from tests.support.factories import make_account
from tests.support.pages import text_of

DECISION = {"number": "12/QĐ-UBND", "decided_on": "10/05/2023", "issuer": "UBND tỉnh (minh họa)",
            "title": "Sắp xếp các trường (minh họa)", "effective_on": "20/05/2023"}


@pytest.fixture
def world(reported_world: World, client: PageClient) -> World:
    """A province in miniature whose units have reported, and somebody of the Office, signed in."""
    client.sign_in(reported_world.office)
    return reported_world


def make_decision(client: PageClient, session: Session, **typed: str) -> str:
    """Record a decision by its form; the address of its page."""
    client.submit("/reorganisations/new", "/reorganisations/new", **{**DECISION, **typed})
    decision = session.scalars(select(Reorganisation).order_by(Reorganisation.id.desc())).first()
    assert decision is not None
    return f"/reorganisations/{decision.id}"


def upload(client: PageClient, address: str, text: str | bytes, name: str = "viec.csv", status: int = 303) -> str:
    """Send a file to a form; what the page says."""
    data = text.encode() if isinstance(text, str) else text
    field = "steps" if address.endswith("/steps/load") else "file"
    answer = client.post(address, data={"csrf_token": client.csrf_token(), field: (io.BytesIO(data), name)},
                         content_type="multipart/form-data")
    assert answer.status_code == status, answer.text
    return text_of(client.opened_page.root) if status != 303 else ""


def say(client: PageClient, path: str) -> str:
    """The words of a page."""
    return text_of(client.page(path).root)


def test_a_merger_goes_from_the_form_through_the_preview_to_the_units(
        client: PageClient, db_session: Session, world: World) -> None:
    people = make_account(db_session, Role.OFFICER, world.units["b3"])
    page = make_decision(client, db_session)
    client.submit(f"{page}/steps/new", "/steps/new", kind="merge", unit_code="TH-b3",
                  target_code="Trường Tiểu học b1 (minh họa)")
    shown = say(client, f"{page}/preview")
    assert "Kế hoạch, báo cáo đang mở (1)" in shown and "Khép lại" in shown
    assert people.username in shown and "Thêm quyền đọc tài liệu cũ" in shown
    client.submit(f"{page}/preview", "apply")
    assert world.units["b3"].valid_to == date(2023, 5, 20)
    assert "Muốn đổi lại, hãy ghi một quyết định mới" in say(client, page)
    assert "Trước đây là" in say(client, "/units/TH-b1")
    assert "Nay là" in say(client, "/units/TH-b3")
    client.post(f"{page}/apply", data={"csrf_token": client.csrf_token()})
    assert len(db_session.scalars(select(UnitSuccessor)).all()) == 1


def test_a_step_that_cannot_be_is_told_at_its_field_and_nothing_typed_is_lost(
        client: PageClient, db_session: Session, world: World) -> None:
    page = make_decision(client, db_session)
    client.submit(f"{page}/steps/new", "/steps/new", status=422, kind="merge", unit_code="TH-b3", target_code="TH-b3")
    assert "Không sáp nhập một đơn vị vào chính nó" in text_of(client.opened_page.root)
    assert client.fields(f"{page}/steps/new", "/steps/new")["unit_code"] == "TH-b3"
    assert db_session.scalars(select(ReorganisationStep)).all() == []


def test_a_file_of_steps_is_taken_whole_or_not_at_all(
        client: PageClient, db_session: Session, world: World) -> None:
    page = make_decision(client, db_session)
    wrong = "step;unit_code;target_code\nmerge;TH-b3;TH-b3\nmerge;KHONG-CO;TH-b1\n"
    said = upload(client, f"{page}/steps/load", wrong, status=422)
    assert "Dòng 2, cột “target_code”" in said and "Dòng 3, cột “unit_code”" in said
    assert "Chọn một tệp" in upload(client, f"{page}/steps/load", b"", status=422)
    upload(client, f"{page}/steps/load", "step;unit_code;target_code\nmerge;TH-b3;TH-b1\nmerge;TH-b2;TH-b1\n")
    assert len(db_session.scalars(select(ReorganisationStep)).all()) == 2
    workbook = client.get(f"{page}/steps.xlsx").data
    upload(client, f"{page}/steps/load", workbook, "viec.xlsx")
    assert [step.kind for step in db_session.scalars(select(ReorganisationStep))] == [StepKind.MERGE] * 2
    client.submit(page, "/remove")
    assert len(db_session.scalars(select(ReorganisationStep)).all()) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_empty_form_of_a_file_can_be_had(client: PageClient, world: World, kind: str) -> None:
    answer = client.get(f"/reorganisations/sample.{kind}")
    assert answer.status_code == 200
    assert f"mau-cac-viec.{kind}" in answer.headers["Content-Disposition"]


def test_the_same_decision_form_twice_makes_one(client: PageClient, db_session: Session, world: World) -> None:
    fields = client.fields("/reorganisations/new", "/reorganisations/new")
    for _time in range(2):
        client.post("/reorganisations/new", data={**fields, **DECISION})
    assert len(db_session.scalars(select(Reorganisation)).all()) == 1


def test_a_draft_is_mended_and_let_go(client: PageClient, db_session: Session, world: World) -> None:
    page = make_decision(client, db_session)
    client.submit(f"{page}/edit", "/edit", number="13/QĐ-UBND")
    assert "13/QĐ-UBND" in say(client, page)
    client.submit(page, "discard")
    decision = db_session.scalars(select(Reorganisation)).one()
    assert decision.status is ReorganisationStatus.DISCARDED
    assert client.get(f"{page}/edit").status_code == 303
    assert client.get(f"{page}/preview").status_code == 303


def test_the_scanned_decision_is_kept_and_handed_out(client: PageClient, db_session: Session, world: World) -> None:
    page = make_decision(client, db_session)
    assert client.get(f"{page}/file").status_code == 404
    assert "không phải PDF" in upload(client, f"{page}/file", b"MZ" + b"\0" * 99, "tro.exe", status=422)
    upload(client, f"{page}/file", pdf_bytes(), "quyết định.pdf")
    with client.get(f"{page}/file") as answer:
        assert answer.data == pdf_bytes()


def test_a_second_decision_under_the_same_number_is_told(
        client: PageClient, db_session: Session, world: World) -> None:
    for unit in ("TH-b3", "TH-b2"):
        page = make_decision(client, db_session)
        client.submit(f"{page}/steps/new", "/steps/new", kind="merge", unit_code=unit, target_code="TH-b1")
        client.post(f"{page}/apply", data={"csrf_token": client.csrf_token()})
    assert world.units["b2"].valid_to is None
    assert "đã được áp dụng tại cổng" in say(client, f"{page}/preview")


def test_the_successor_reads_the_old_report_and_cannot_write_it(
        client: PageClient, db_session: Session, world: World) -> None:
    officer = make_account(db_session, Role.OFFICER, world.units["b2"])
    report = f"/reports/{world.obligation(world.units['b1']).id}"
    client.sign_in(officer)
    assert client.get(report).status_code == 404
    client.sign_in(world.office)
    page = make_decision(client, db_session)
    client.submit(f"{page}/steps/new", "/steps/new", kind="merge", unit_code="TH-b1", target_code="TH-b2")
    client.submit(f"{page}/preview", "apply")
    client.sign_in(officer)
    before = client.page("/units/TH-b2")
    assert report in [link.attrib.get("href") for link in before.all("a")]
    assert "Trường Tiểu học b1 (minh họa)" in say(client, report)
    assert client.get(f"{report}/sections/I.1").status_code == 404
    assert client.get("/activities?unit=TH-b1").status_code == 200
    assert client.get("/activities?unit=TH-a1").status_code == 404
    assert client.get("/units/TH-b1").status_code == 200


def test_reports_of_then_are_counted_by_the_units_of_now(
        client: PageClient, db_session: Session, world: World) -> None:
    page = make_decision(client, db_session)
    client.submit(f"{page}/steps/new", "/steps/new", kind="merge", unit_code="TH-a1", target_code="TH-a2")
    client.submit(f"{page}/preview", "apply")
    assert "Trường Tiểu học a1 (minh họa), Trường Tiểu học a2 (minh họa)" in say(client, "/reorganisations/then")


@pytest.mark.parametrize(("role", "unit", "status"), [
    (Role.OFFICE, "", 200), (Role.ADMINISTRATOR, "", 200), (Role.LEADER, "", 403), (Role.DIVISION, "", 403),
    (Role.DISTRICT, "A", 403), (Role.OFFICER, "a1", 403), (Role.HEAD, "a1", 403),
])
def test_only_the_office_and_the_administrator_reorganise(
        client: PageClient, db_session: Session, world: World, role: Role, unit: str, status: int) -> None:
    page = make_decision(client, db_session)
    account: Account = make_account(db_session, role, world.units[unit] if unit else world.department)
    client.sign_in(account)
    for path in ("/reorganisations", "/reorganisations/new", page, f"{page}/edit", f"{page}/preview",
                 f"{page}/steps/new", f"{page}/steps.csv", "/reorganisations/sample.csv"):
        assert client.get(path).status_code == status, path
    for path in ("apply", "discard", "steps/load", "file", "steps/1/remove"):
        answer: Any = client.post(f"{page}/{path}", data={"csrf_token": client.csrf_token()})
        assert (answer.status_code == 403) == (status == 403), path


def test_what_does_not_exist_is_404(client: PageClient, db_session: Session, world: World) -> None:
    for path in ("", "/edit", "/preview", "/steps/new", "/steps.csv", "/file"):
        assert client.get(f"/reorganisations/999999{path}").status_code == 404
    assert db_session.scalars(select(Unit).where(Unit.valid_to.is_not(None))).all() == []
