"""The pages of inspections: who writes, who answers, who sees what."""

import io
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from core.clock import clock as portal_clock
from models.account import Role
from models.finding import Deed, Finding, FindingStatus, FindingStep
from models.inspection import EvidenceMark, InspectedUnit, Inspection
from models.unit import UnitKind
from tests.support.client import PageClient
from tests.support.clock import FrozenClock
from tests.support.evidence import png_bytes
from tests.support.factories import make_account, make_unit
from tests.support.inspection import make_finding, make_inspection, step, visit_of
from tests.support.pages import text_of
from tests.support.plan import PlanWorld

DAY = date(2023, 4, 12)
ONE_ENGINE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def world(plan_world: PlanWorld, clock: FrozenClock) -> PlanWorld:
    """The little province on 12 April, with a second division and its inspector."""
    clock.set(DAY)
    foreign = make_unit(plan_world.session, UnitKind.DIVISION, parent=plan_world.units["department"])
    plan_world.units["foreign"] = foreign
    plan_world.people["foreign"] = make_account(plan_world.session, Role.DIVISION, foreign)
    return plan_world


def inspected(world: PlanWorld) -> tuple[Inspection, Finding]:
    """An inspection of two schools by the division, with a finding at the first."""
    now, units = portal_clock.now(), [world.units["school"], world.units["other"]]
    made = make_inspection(world.session, world.programme, world.units["division"], units, on=DAY, now=now)
    return made, make_finding(world.session, made, units[0], due_on=date(2023, 5, 15), now=now)


def said(client: PageClient) -> str:
    """What the page that was opened last says."""
    return text_of(client.opened_page.root)


def test_an_inspection_goes_from_plan_to_a_mended_finding(client: PageClient, world: PlanWorld) -> None:
    session, codes = world.session, world.units["school"].code
    client.sign_in(world.people["division"])
    client.submit("/inspections/new", -1, title="Kiểm tra thủ tục", starts_on="10/04/2023", ends_on="21/04/2023",
                  how="integrated", host_programme="Chương trình kiểm tra nội bộ")
    made = session.scalars(select(Inspection)).one()
    client.submit(f"/inspections/{made.id}/units", -1, codes=codes)
    visit = session.scalars(select(InspectedUnit)).one()
    path = f"/inspections/visits/{visit.id}"
    client.submit(f"{path}/write", -1, visited_on="12/04/2023", met="Hiệu trưởng (minh họa)", conclusion="Tốt")
    client.submit(f"{path}/findings/new", -1, what="Chưa niêm yết thủ tục", severity="fault", due_on="15/05/2023")
    finding = session.scalars(select(Finding)).one()
    assert client.get(f"{path}/notice.pdf").mimetype == "application/pdf"
    client.sign_in(world.people["officer"])
    client.page("/")
    assert "Trả lời kiến nghị sau kiểm tra" in said(client)
    client.submit(f"/inspections/findings/{finding.id}/answer", -1, text="Đã niêm yết ngày 20/4")
    client.sign_in(world.people["division"])
    client.page("/")
    assert "1 trả lời của đơn vị chờ xem xét" in said(client)
    client.submit(f"/inspections/findings/{finding.id}/judge/ask", -1, text="Gửi thêm ảnh", due_on="20/05/2023")
    client.sign_in(world.people["head"])
    client.submit(f"/inspections/findings/{finding.id}/answer", -1, text="Đã gửi ảnh")
    client.sign_in(world.people["division"])
    client.submit(f"/inspections/findings/{finding.id}/judge/accept", -1)
    assert finding.status is FindingStatus.MENDED and finding.due_on == date(2023, 5, 20)
    client.page(f"/inspections/findings/{finding.id}")
    assert "Đã niêm yết ngày 20/4" in said(client) and "Mở lại" in said(client)


def test_evidence_is_ticked_off_and_taken_back(client: PageClient, world: PlanWorld) -> None:
    world.sent("school")
    made, _finding = inspected(world)
    visit = visit_of(world.session, made, world.units["school"])
    client.sign_in(world.people["division"])
    path = f"/inspections/visits/{visit.id}/evidence?kind=plan_item"
    names = [name for name in client.fields(path, -1) if name.startswith("mark_")]
    client.submit(path, -1, **{names[0]: "missing", names[0].replace("mark", "note"): "Chưa có biên bản"})
    marks = world.session.scalars(select(EvidenceMark)).all()
    assert [(mark.mark.value, mark.note) for mark in marks] == [("missing", "Chưa có biên bản")]
    client.submit(path, -1, **{names[0]: ""})
    assert world.session.scalars(select(EvidenceMark)).all() == []


@ONE_ENGINE
def test_another_division_reads_and_cannot_write(client: PageClient, world: PlanWorld) -> None:
    made, finding = inspected(world)
    visit = visit_of(world.session, made, world.units["school"])
    writing = [
        f"/inspections/{made.id}/edit", f"/inspections/{made.id}/units", f"/inspections/{made.id}/decide/conclude",
        f"/inspections/visits/{visit.id}/write", f"/inspections/visits/{visit.id}/evidence",
        f"/inspections/visits/{visit.id}/findings/new", f"/inspections/findings/{finding.id}/edit",
        f"/inspections/findings/{finding.id}/judge/close"]
    token = {"csrf_token": client.csrf_token()}
    for who, reading, status in (("foreign", 200, 404), ("office", 200, 200), ("leader", 200, 403),
                                 ("district", 200, 403), ("officer", 200, 403), ("admin", 200, 403)):
        client.sign_in(world.people[who])
        for path in (f"/inspections/{made.id}", f"/inspections/visits/{visit.id}",
                     f"/inspections/findings/{finding.id}"):
            assert client.get(path).status_code == reading, (who, path)
        assert {client.get(path).status_code for path in writing} == {status}, who
        if status != 200:
            assert {client.post(path, data=token).status_code for path in
                    (*writing, f"/inspections/visits/{visit.id}/remove")} == {status}, who
    assert finding.status is FindingStatus.OPEN


@ONE_ENGINE
def test_a_school_sees_its_own_part_alone(client: PageClient, world: PlanWorld) -> None:
    made, finding = inspected(world)
    other = visit_of(world.session, made, world.units["other"])
    client.sign_in(world.people["officer"])
    client.page(f"/inspections/{made.id}")
    assert "Trường tiểu học A" in said(client) and "Trường tiểu học B" not in said(client)
    for path in (f"/inspections/visits/{other.id}", f"/inspections/visits/{other.id}/notice.pdf",
                 "/inspections/visits/999999", "/inspections/findings/999999", "/inspections/999999"):
        assert client.get(path).status_code == 404, path
    client.sign_in(world.people["neighbour"])
    for path in (f"/inspections/findings/{finding.id}", f"/inspections/findings/{finding.id}/answer"):
        assert client.get(path).status_code == 404, path
    client.page("/inspections/findings")
    assert "Chưa có kiến nghị nào" in said(client)


@ONE_ENGINE
def test_what_cannot_be_done_is_said_and_what_was_typed_stays(client: PageClient, world: PlanWorld) -> None:
    made, finding = inspected(world)
    client.sign_in(world.people["officer"])
    client.submit(f"/inspections/findings/{finding.id}/answer", -1, 422, text=" ")
    client.submit(f"/inspections/findings/{finding.id}/answer", -1, text="Xong", keep="1")
    client.page(f"/inspections/findings/{finding.id}/answer")
    assert finding.status is FindingStatus.OPEN and "Xong" in said(client)
    step(world.session, finding, Deed.CLOSE, portal_clock.now())
    assert client.get(f"/inspections/findings/{finding.id}/answer").status_code == 303
    client.sign_in(world.people["division"])
    client.submit(f"/inspections/{made.id}/decide/cancel", -1, 422, text="Không làm nữa")
    assert "hãy kết thúc cuộc kiểm tra thay vì hủy" in said(client)
    client.submit(f"/inspections/{made.id}/units", -1, 422, codes="KHONG-CO")
    assert "KHONG-CO" in said(client)
    visit = visit_of(world.session, made, world.units["school"])
    client.submit(f"/inspections/visits/{visit.id}/findings/new", -1, 422, what="Trễ", due_on="11/04/2023")
    assert "Chọn hạn từ 12/04/2023 trở đi" in said(client)


@ONE_ENGINE
def test_an_answer_sent_twice_is_one_and_its_photo_is_seen_by_the_inspectors(
        client: PageClient, world: PlanWorld) -> None:
    _made, finding = inspected(world)
    client.sign_in(world.people["officer"])
    path = f"/inspections/findings/{finding.id}/answer"
    typed = {**client.fields(path, -1), "text": "Đã niêm yết"}
    for _time in range(2):
        photo = (io.BytesIO(png_bytes()), "ảnh bảng niêm yết.png")
        assert client.post(path, data={**typed, "files": photo}).status_code == 303
    answer = world.session.scalars(select(FindingStep).options(selectinload(FindingStep.attachments))).one()
    photo_path = f"/attachments/{answer.attachments[0].id}"
    for who, status in (("officer", 200), ("division", 200), ("neighbour", 404)):
        client.sign_in(world.people[who])
        with client.get(photo_path) as given:
            assert given.status_code == status, who
