"""Evidence comes in by its content, under a safe name, once; what cannot be taken is told with what to do."""

import io
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from core.clock import clock
from core.storage import FileStore
from models.account import Role
from models.attachment import LARGEST_FILE, Attachment
from models.permission import Viewer
from services.attachment import NAME_MAX_LENGTH, FileRefusedError, clean_name, make_preview, receive_file
from tests.support.evidence import docx_bytes, jpeg_bytes, pdf_bytes, picture_bytes, zip_bytes
from tests.support.factories import make_account, make_unit

PDF = "application/pdf"


@pytest.mark.parametrize(("name", "media_type", "clean"), [
    ("Ảnh chụp.JPG", "image/jpeg", "Ảnh chụp.jpg"),
    ("A\u0309nh.jpeg", "image/jpeg", "Ảnh.jpeg"),
    ("C:\\Người dùng\\báo cáo.pdf", PDF, "báo cáo.pdf"),
    ("../../etc/passwd", PDF, "passwd.pdf"),
    ("ảnh.png", "image/jpeg", "ảnh.jpg"),
    ("tệp.exe", PDF, "tệp.exe.pdf"),
    ("cod\u202efdp.exe", PDF, "codfdp.exe.pdf"),
    ('a<b>"c"|?.pdf', PDF, "a b c.pdf"),
    ("   ", PDF, "tep.pdf"),
    (".pdf", PDF, "pdf.pdf"),
    ("dòng\r\nSet-Cookie: x.pdf", PDF, "dòngSet-Cookie x.pdf"),
])
def test_a_name_is_safe_and_ends_as_its_content_asks(name: str, media_type: str, clean: str) -> None:
    assert clean_name(name, media_type) == clean


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("ả" * 400 + ".pdf", PDF)
    assert len(name) == NAME_MAX_LENGTH and name.endswith(".pdf")


@pytest.fixture
def person(db_session: Session) -> Viewer:
    """Somebody who writes for a unit."""
    unit = make_unit(db_session)
    account = make_account(db_session, Role.OFFICER, unit)
    return Viewer(account.id, account.full_name, account.role, unit.id, unit.id)


def receive(session: Session, person: Viewer, folder: Path, name: str, content: bytes) -> Attachment:
    """Take a file in for the person's unit."""
    return receive_file(session, FileStore(folder), unit_id=person.unit_id, name=name, stream=io.BytesIO(content),
                        viewer=person, now=clock.now())


def test_the_same_file_twice_is_one_row_and_one_file(db_session: Session, person: Viewer, tmp_path: Path) -> None:
    first = receive(db_session, person, tmp_path, "ảnh.jpg", jpeg_bytes())
    again = receive(db_session, person, tmp_path, "ảnh.jpg", jpeg_bytes())
    renamed = receive(db_session, person, tmp_path, "ảnh khác.jpg", jpeg_bytes())
    assert first.id == again.id != renamed.id
    assert first.sha256 == renamed.sha256
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    assert (first.media_type, first.size) == ("image/jpeg", len(jpeg_bytes()))


@pytest.mark.parametrize(("name", "content", "message"), [
    ("trống.pdf", b"", "Tệp “trống.pdf” trống. Chọn lại tệp có nội dung."),
    ("tệp.pdf", b"MZ" + b"\0" * 200, "Tệp “tệp.pdf” không phải PDF, JPEG, PNG, HEIC, DOCX hay XLSX. "
                                     "Chuyển sang một trong các dạng đó."),
    ("nén.zip", zip_bytes({"a": b"x"}), "Tệp “nén.zip” không phải PDF, JPEG, PNG, HEIC, DOCX hay XLSX. "
                                        "Chuyển sang một trong các dạng đó."),
    ("lớn.pdf", pdf_bytes() + b"\0" * LARGEST_FILE,
     "Tệp “lớn.pdf” lớn hơn 20 MB. Giảm kích thước hoặc tách nhỏ rồi tải lên."),
    ("macro.docx", docx_bytes({"word/vbaProject.bin": b"x"}),
     "Tệp “macro.docx” chứa macro. Lưu lại thành DOCX, XLSX không macro hoặc PDF rồi tải lên."),
])
def test_a_refusal_names_the_file_and_what_to_do(
        db_session: Session, person: Viewer, tmp_path: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(FileRefusedError) as told:
        receive(db_session, person, tmp_path, name, content)
    assert str(told.value) == message
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_preview_is_small_and_a_broken_picture_has_none(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "picture"
    path.write_bytes(picture_bytes("PNG", "#0b6a66", (2000, 1000)))
    small = make_preview(path)
    assert small is not None
    with Image.open(io.BytesIO(small)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (480, 240))
    path.write_bytes(b"\x89PNG\r\n\x1a\n torn")
    assert make_preview(path) is None
