"""Evidence goes out under its own name to those who see its unit, and never runs in a browser."""

import io
from typing import Any
from urllib.parse import unquote

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.account import Account
from models.attachment import Attachment
from tests.support.client import PageClient
from tests.support.evidence import docx_bytes, jpeg_bytes, pdf_bytes
from tests.support.factories import make_account, make_unit
from tests.support.province import Province

NEW = "/activities/new"


@pytest.fixture
def school(client: PageClient, province: Province) -> Account:
    """The officer of a school, signed in."""
    return client.sign_in(province["school"])


def upload(client: PageClient, session: Session, name: str, content: bytes, is_recorded: bool = True) -> Attachment:
    """Send a file with an activity, or with a form that is only kept as a draft."""
    typed: dict[str, Any] = {
        "csrf_token": client.csrf_token(), "form_token": f"token-{name}", "draft_tab": "a", "title": "Có minh chứng",
        "medium": "FACEBOOK", "starts_on": "22/05/2023", "quantity": "1", "themes": "T1", "how": "own",
        "files": (io.BytesIO(content), name)}
    response = client.post(NEW, data=typed if is_recorded else {**typed, "keep": "1"})
    assert response.status_code == 303
    return session.scalars(select(Attachment).order_by(Attachment.id.desc())).first()  # type: ignore[return-value]


def status_of(client: PageClient, attachment_id: int) -> int:
    """How a request for a file is answered; what was handed out is let go."""
    with client.get(f"/attachments/{attachment_id}") as response:
        return response.status_code


@pytest.mark.parametrize(("name", "content", "media_type", "disposition"), [
    ("Ảnh hội nghị.jpg", jpeg_bytes(), "image/jpeg", "inline"),
    ("Biên bản.pdf", pdf_bytes(), "application/pdf", "attachment"),
    ("Kế hoạch.docx", docx_bytes(),
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "attachment"),
])
def test_a_file_goes_out_as_it_came_in(
        client: PageClient, db_session: Session, school: Account, name: str, content: bytes, media_type: str,
        disposition: str) -> None:
    file = upload(client, db_session, name, content)
    with client.get(f"/attachments/{file.id}") as response:
        assert response.data == content
    assert (response.status_code, response.mimetype) == (200, media_type)
    told = response.headers["Content-Disposition"]
    assert told.startswith(disposition) and unquote(told.partition("filename*=UTF-8''")[2]) == name
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_page_named_as_a_picture_is_never_taken_for_one(client: PageClient, db_session: Session,
                                                          school: Account) -> None:
    before = db_session.scalars(select(Attachment.id)).all()
    typed = {"csrf_token": client.csrf_token(), "files": (io.BytesIO(b"<script>alert(1)</script>"), "ảnh.jpg")}
    assert client.post(NEW, data=typed).status_code == 422
    assert db_session.scalars(select(Attachment.id)).all() == before


def test_pictures_have_a_preview_and_other_files_have_none(
        client: PageClient, db_session: Session, school: Account) -> None:
    picture = upload(client, db_session, "ảnh.jpg", jpeg_bytes())
    response = client.get(f"/attachments/{picture.id}/preview")
    assert (response.status_code, response.mimetype) == (200, "image/jpeg")
    document = upload(client, db_session, "biên bản.pdf", pdf_bytes())
    assert client.get(f"/attachments/{document.id}/preview").status_code == 404


def test_only_those_who_see_the_unit_get_the_file(
        client: PageClient, db_session: Session, province: Province, school: Account) -> None:
    file = upload(client, db_session, "biên bản.pdf", pdf_bytes())
    for username in ("district", "office", "leader", "head"):
        client.sign_in(province[username])
        assert status_of(client, file.id) == 200
    client.sign_in(make_account(db_session, school.role, make_unit(db_session)))
    assert status_of(client, file.id) == 404
    assert status_of(client, 999_999) == 404
    client.sign_out()
    assert status_of(client, file.id) == 303


def test_a_file_of_a_draft_is_seen_by_its_writers_alone(
        client: PageClient, db_session: Session, province: Province, school: Account) -> None:
    file = upload(client, db_session, "nháp.pdf", pdf_bytes(), is_recorded=False)
    assert status_of(client, file.id) == 200
    client.sign_in(province["office"])
    assert status_of(client, file.id) == 404
