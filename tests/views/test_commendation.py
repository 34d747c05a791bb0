"""Commendations as each person meets them, from a unit's proposal to the page that anybody reads, and back."""

import io
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock as portal_clock
from models.attachment import Attachment
from models.commendation import Commendation, CommendationKind, CommendationStatus, Deed
from models.event import Event, Subject
from models.programme import Theme
from queries.commendation import count_commendations, list_picked
from services.commendation import CommendationInput, decide, edit_text, propose
from tests.support.client import PageClient
from tests.support.pages import text_of
from tests.support.plan import PlanWorld

NAME = "Người thứ nhất (minh họa)"
SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # pages are the same on either


def signed_in(client: PageClient, world: PlanWorld, who: str) -> PageClient:
    """Be one of the little province's people."""
    client.sign_out()
    client.sign_in(world.people[who])
    return client


def said(client: PageClient) -> str:
    """What the page that was opened last says."""
    return text_of(client.opened_page.root)


def photo_with_place() -> bytes:
    """A photo that tells where and by which camera it was taken."""
    exif = Image.Exif()
    exif[271], exif[272] = "Máy ảnh bí mật", "Kiểu 1"
    file = io.BytesIO()
    Image.new("RGB", (1600, 1200), "#0b6a66").save(file, "JPEG", exif=exif)
    return file.getvalue()


def make(world: PlanWorld, title: str = "Bàn hướng dẫn hồ sơ (minh họa)", *, unit: str = "school",
         consent: bool | None = None, deeds: tuple[Deed, ...] = ()) -> Commendation:
    """A proposal with what became of it; ``consent`` None is no person."""
    session, now = world.session, portal_clock.now()
    theme = session.scalars(select(Theme.code).where(Theme.programme_id == world.programme.id)).first() or ""
    found = propose(session, CommendationInput(
        CommendationKind.MODEL if consent is None else CommendationKind.PERSON, title,
        NAME if consent is not None else "", "", bool(consent), "giấy đồng ý", "Cách làm riêng của đơn vị.",
        "Kết quả riêng của đơn vị.", (theme,), (), ()), unit_id=world.units[unit].id,
        programme_id=world.programme.id, form_token=f"token-{title}-{unit}"[:64], viewer=None, now=now)
    for deed in deeds:
        if deed is Deed.EDIT_TEXT:
            edit_text(session, found, title=title, text="Bài do Văn phòng viết.", shows_name=True, photo_ids=(),
                      viewer=None, now=now)
        else:
            decide(session, found, deed, reason="Lý do.", viewer=None, now=now)
    return found


PUBLISHED = (Deed.ACCEPT, Deed.EDIT_TEXT, Deed.PICK, Deed.PUBLISH)


@SQLITE
def test_a_proposal_goes_from_a_school_to_the_public_page_and_back(
        client: PageClient, plan_world: PlanWorld) -> None:
    world = plan_world
    theme = world.session.scalars(select(Theme.code).where(Theme.programme_id == world.programme.id)).first()
    typed = {
        "kind": "person", "title": "Hướng dẫn tận nơi (minh họa)", "person_name": NAME, "consent": "no",
        "description": "Đến từng lớp.", "results": "Hồ sơ xong sớm.", "themes": theme,
        "files": (io.BytesIO(photo_with_place()), "ảnh.jpg")}
    signed_in(client, world, "officer")
    client.submit("/commendations/new", -1, 422, **{**typed, "consent": None, "files": None})
    assert "Chọn đã đồng ý hay chưa" in said(client)
    client.submit("/commendations/new", -1, **typed)
    found = world.session.scalars(select(Commendation)).one()
    path = f"/commendations/{found.id}"
    signed_in(client, world, "district").submit(f"{path}/opinion", -1, opinion="Phòng ủng hộ.")
    signed_in(client, world, "office").submit(f"{path}/ask", -1, 422)
    client.submit(f"{path}/ask", -1, reason="Thêm số liệu.")
    signed_in(client, world, "officer").page(path)
    assert "Thêm số liệu." in said(client) and "Phòng ủng hộ." in said(client)
    client.submit(f"{path}/edit", -1, results="Từ 5 ngày còn 2 ngày.")
    signed_in(client, world, "office").submit(path, "/accept")
    photo = world.session.scalars(select(Attachment.id)).one()
    client.submit(f"{path}/text", -1, 422, public_title="Hướng dẫn", public_text=f"Do {NAME} làm.")
    assert "chưa đồng ý nêu tên" in said(client)
    client.submit(f"{path}/text", -1, public_title="Hướng dẫn tận nơi", public_text="Đến từng lớp.",
                  photos=str(photo))
    client.submit(path, "/pick")
    client.submit(path, "/publish")
    client.sign_out()
    client.page(f"/models/{found.id}")
    assert "Hướng dẫn tận nơi" in said(client) and NAME not in said(client)
    with client.get(f"/models/{found.id}/photos/{photo}.jpg") as answer:
        assert not Image.open(io.BytesIO(answer.data)).getexif() and "bí mật".encode() not in answer.data
        assert max(Image.open(io.BytesIO(answer.data)).size) < 1000
    signed_in(client, world, "officer").submit(f"{path}/take_down", -1, reason="Đổi cách làm.")
    client.sign_out()
    for address in (f"/models/{found.id}", f"/models/{found.id}/photos/{photo}.jpg"):
        assert client.get(address).status_code == 404
    assert count_commendations(world.session, [found.unit_id], world.programme.id) == {found.unit_id: 1}


@SQLITE
def test_anybody_finds_what_is_published_and_nothing_else_without_a_cookie(
        client: PageClient, plan_world: PlanWorld) -> None:
    shown = make(plan_world, "Góc đọc sách (minh họa)", deeds=PUBLISHED)
    hidden = make(plan_world, "Chưa đăng (minh họa)", deeds=PUBLISHED[:3])
    answer = client.get("/models?q=goc+doc&year=2023")
    assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")
    assert len(client.statements) <= 5, str(client.statements)
    assert "Góc đọc sách" in said(client) and "Chưa đăng" not in said(client)
    assert "Cách làm riêng" not in said(client)
    client.page("/models?q=khong+co&lang=en")
    assert shown.title not in said(client)
    client.page(f"/models/{shown.id}")
    assert "Bài do Văn phòng viết." in said(client) and "riêng của đơn vị" not in said(client)
    assert client.get(f"/models/{hidden.id}").status_code == client.get("/models/999999").status_code == 404


@SQLITE
def test_a_name_is_shown_with_consent_and_gone_when_the_consent_ends(
        client: PageClient, plan_world: PlanWorld) -> None:
    found = make(plan_world, consent=True, deeds=PUBLISHED)
    client.page(f"/models/{found.id}")
    assert NAME in said(client)
    [picked] = list_picked(plan_world.session, plan_world.programme.id, on=portal_clock.today())
    assert picked.line.person == NAME
    signed_in(client, plan_world, "officer").submit(f"/commendations/{found.id}/end_consent", -1, reason="Đổi ý.")
    client.sign_out()
    client.page(f"/models/{found.id}")
    assert NAME not in said(client)
    [picked] = list_picked(plan_world.session, plan_world.programme.id, on=portal_clock.today())
    assert picked.line.person == ""


def test_refusing_what_was_published_takes_it_out_of_report_and_public_page(
        db_session: Session, plan_world: PlanWorld) -> None:
    found = make(plan_world, deeds=PUBLISHED)
    decide(db_session, found, Deed.REFUSE, reason="Số liệu không đúng.", viewer=None, now=portal_clock.now())
    db_session.commit()
    assert found.status is CommendationStatus.REFUSED and found.picked_at is found.published_at is None
    assert list_picked(db_session, plan_world.programme.id, on=portal_clock.today()) == ()
    trail = db_session.scalars(select(Event.action).where(Event.subject_kind == Subject.COMMENDATION)).all()
    assert trail == ["propose", "accept", "edit_text", "pick", "publish", "refuse"]


def test_what_is_picked_counts_by_the_day_and_for_its_own_unit(db_session: Session, plan_world: PlanWorld) -> None:
    make(plan_world, deeds=PUBLISHED[:3])
    make(plan_world, unit="other")
    ids = [plan_world.units[name].id for name in ("school", "other", "centre")]
    assert count_commendations(db_session, ids, plan_world.programme.id) == {ids[0]: 1}
    assert list_picked(db_session, plan_world.programme.id, on=date(2023, 1, 1)) == ()


@SQLITE
def test_sending_a_form_twice_proposes_once(client: PageClient, plan_world: PlanWorld) -> None:
    theme = plan_world.session.scalars(select(Theme.code).where(Theme.programme_id == plan_world.programme.id)).first()
    signed_in(client, plan_world, "officer")
    fields = client.fields("/commendations/new", -1) | {
        "kind": "model", "title": "Một lần (minh họa)", "description": "A", "results": "B", "themes": theme}
    answers = {client.post("/commendations/new", data=fields).location for _again in range(2)}
    assert len(answers) == 1 and None not in answers, said(client)
    assert len(plan_world.session.scalars(select(Commendation)).all()) == 1


@SQLITE
@pytest.mark.parametrize(("who", "status"), [("other", 404), ("leader", 404), ("office", 200), ("officer", 200)])
def test_only_the_unit_and_the_office_take_a_text_down(
        client: PageClient, plan_world: PlanWorld, who: str, status: int) -> None:
    found = make(plan_world, unit="other" if who == "other" else "school", deeds=PUBLISHED)
    person = {"other": "officer"}.get(who, who)
    signed_in(client, plan_world, person)
    assert client.get(f"/commendations/{found.id}/take_down").status_code == status
