"""Anybody can ask whether a paper or a file is genuine, and learns nothing of what it says."""

import hashlib
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.annotations import FreeText
from sqlalchemy import select

from core.seal import seal
from core.storage import FileStore
from models.issued import IssuedFile
from models.submission import SubmissionVersion
from queries.consolidation import frozen_document
from services.consolidation import BUILDERS
from services.issue import FOLDER
from services.verification import Outcome
from services.version_paper import Kind, print_version
from tests.support.client import PageClient, form_fields
from tests.support.consolidation import World, make_reported_world
from tests.support.pages import text_of
from tests.support.signing import drawn_anew, make_signer, read_here, words_by_page
from views.verify_result import (
    SECONDS,
    TICKET_SECONDS,
    Result,
    is_ticket,
    new_ticket,
    read_result,
    seal_result,
)

OWN = "/consolidations/2023-half-year/SGDDT"


@pytest.fixture
def world(db_session) -> World:
    return make_reported_world(db_session)


@pytest.fixture(autouse=True)
def quick_reading(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read_here(monkeypatch, tmp_path, "services.verification")


@pytest.fixture
def only_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Issue the PDF alone, where the other formats do not matter."""
    monkeypatch.setattr("services.issue.BUILDERS", {"pdf": BUILDERS["pdf"]})


@pytest.fixture
def issued(client: PageClient, world: World) -> SubmissionVersion:
    """The Department's report, issued; nobody is signed in after it."""
    client.sign_in(world.office)
    client.submit(f"{OWN}/issue", "issue", number="5")
    return world.session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == world.submission(world.department).id)).one()


def said(client: PageClient, path: str, status: int = 200) -> str:
    """The words of a page."""
    return " ".join(text_of(client.page(path, status).all("main")[0]).split())


def ask(client: PageClient, code: str, content: bytes, status: int = 303) -> str:
    """Send a file for checking; the words of the answer."""
    client.page(f"/verify/{code}")
    ticket = form_fields(client.opened_page, 0)["_ticket"]
    answer = client.post(f"/verify/{code}", data={"_ticket": ticket, "file": (BytesIO(content), "tep.pdf")})
    assert answer.status_code == status
    if status == 303:
        answer = client.get(answer.location)
        assert answer.status_code == 200
    return " ".join(text_of(client.opened_page.all("main")[0]).split())


def test_the_code_of_an_issued_report_tells_what_it_is_and_whether_it_still_holds(
        client: PageClient, world: World, only_pdf: None, issued: SubmissionVersion) -> None:
    files = world.session.scalars(select(IssuedFile).where(IssuedFile.version_id == issued.id)).all()
    assert {file.kind for file in files} == {"pdf", "summary"}
    client.delete_cookie("portal")
    answer = client.get(f"/verify/{issued.code}")
    text = " ".join(text_of(client.opened_page.all("main")[0]).split())
    for words in ("Văn bản có thật", "Đang có hiệu lực", "Báo cáo", world.requirement.title, "số 05/BC-",
                  "25/05/2023", "Sở Giáo dục và Đào tạo (minh họa)", *(file.sha256 for file in files)):
        assert words in text
    for words in ("Văn phòng", "Phòng GDĐT A", "TH-a1", world.office.full_name):
        assert words not in text
    assert "Set-Cookie" not in answer.headers and answer.headers["X-Robots-Tag"] == "noindex"
    typed = issued.code.lower().replace("-", " ")
    assert client.get("/verify", query_string={"code": typed}).location.endswith(f"/verify/{issued.code}")
    assert client.get(f"/verify/{issued.code.lower()}").location.endswith(f"/verify/{issued.code}")
    assert "Kiểm tra văn bản" in client.get("/login").text
    client.sign_in(world.office)
    recall = f"/submissions/{issued.submission_id}/versions/1/recall"
    client.submit(recall, -1, 422, reason="")
    client.submit(recall, -1, reason="Sai số liệu của một trường")
    assert "25/05/2023. Lý do: Sai số liệu của một trường." in said(client, f"/verify/{issued.code}")
    assert said(client, OWN).count("Đã thu hồi ngày 25/05/2023. Lý do: Sai số liệu của một trường.") == 2
    again = client.get(recall)
    told = said(client, again.location)
    assert again.status_code == 303 and "đã được thu hồi" in told and "Phát hành lúc" in told
    client.submit(OWN, "revise", reason="Sửa số liệu")
    section = f"/reports/{world.obligation(world.department).id}/sections/VI"
    client.submit(section, -1, text="Viết dở", keep="1")
    client.submit(f"{OWN}/issue", "issue", number="6")
    barred = said(client, f"{OWN}/issue")
    assert "Còn chỗ cần bổ sung" in barred and "chưa lưu vào báo cáo ở mục: VI" in barred
    client.submit(section, -1, text="", act="save")
    assert form_fields(client.page(f"{OWN}/issue"), "issue")["reason"] == "Sửa số liệu"
    client.submit(f"{OWN}/issue", "issue", number="6", reason="sửa số liệu của một trường.")
    second = world.session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == issued.submission_id, SubmissionVersion.number == 2)).one()
    assert second.code != issued.code
    assert "Đang có hiệu lực" in said(client, f"/verify/{second.code}")
    first = words_by_page(client.get(f"{OWN}/report.pdf").data)[0]
    assert ("Báo cáo này thay thế Báo cáo số 05/BC-SGDĐT ngày 25/5/2023; lý do: sửa số liệu của một trường."
            in first)
    client.page(f"/submissions/{issued.submission_id}/versions/2/recall")
    assert "không phải một trang để xem" in said(client, f"{OWN}/revise", 405)
    leader = f"/submissions/{issued.submission_id}/versions/1/recall"
    client.sign_in(world.leader)
    assert client.get(leader).status_code == 403


def test_an_unknown_code_is_told_calmly(client: PageClient, db_session) -> None:
    assert "kiểm tra từng ký tự" in said(client, "/verify/K7PM-4TQX-92HD", 404)
    assert client.post("/verify/K7PM-4TQX-92HD", data={"file": (BytesIO(b"x"), "a.pdf")}).status_code == 404
    client.page("/verify/khong-co", 404)
    assert "12 chữ và số" in said(client, "/verify?code=SAI", 404)
    client.page("/verify")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # files are the same on either
def test_files_are_recognised_by_their_bytes_then_by_their_words_and_are_built_anew_when_the_disk_lost_them(
        client: PageClient, app: Any, world: World, issued: SubmissionVersion) -> None:
    pdf = client.get(f"{OWN}/report.pdf").data
    word = client.get(f"{OWN}/report.docx").data
    unit_pdf = client.get(f"/reports/{world.obligation(world.units['a1']).id}/report.pdf?version=1").data
    client.delete_cookie("portal")
    signed = make_signer().sign(pdf)
    writer, noted = pypdf.PdfWriter(clone_from=BytesIO(pdf)), BytesIO()
    writer.add_annotation(2, FreeText(text="99", rect=(100, 600, 160, 620)))
    writer.write(noted)
    other = "Không phải tệp do cổng phát hành"
    for content, words in (
            (pdf, "Đúng là tệp do cổng phát hành"), (word, "Đúng là tệp do cổng phát hành"),
            (signed, "chữ ký số còn nguyên vẹn"),
            (signed.replace(b"/Producer", b"/Producor", 1), "Tệp đã bị sửa"),
            (noted.getvalue(), "Trang 3: có ghi chú"), (noted.getvalue(), "riêng chữ không bảo đảm được cho cả tệp"),
            (drawn_anew(pdf), "Chữ đúng với bản phát hành, nhưng các trang đã được vẽ lại"),
            (pdf + b"\n% them", "đã được lưu lại"), (word[:-1] + b"x", other),
            (unit_pdf, "Là tệp của văn bản khác trên cổng"), (b"%PDF-1.4 hong", "Không đọc được tệp")):
        assert words in ask(client, issued.code, content), words
    assert "Tệp trống" in ask(client, issued.code, b"", 422)
    old = {"_ticket": "1.0", "file": (BytesIO(pdf), "a.pdf")}
    assert client.post(f"/verify/{issued.code}", data=old).status_code == 422
    signed_words = ask(client, issued.code, signed)
    assert "Người ký (minh họa)" in signed_words and hashlib.sha256(signed).hexdigest() in signed_words
    assert re.search(r"cổng chưa biết nơi cấp", signed_words)
    client.sign_in(world.office)
    store = FileStore(Path(app.config["SETTINGS"].instance) / FOLDER)
    for kind, name in (("pdf", "report.pdf"), ("docx", "report.docx"), ("xlsx", "report.xlsx"),
                       ("summary", "summary.pdf")):
        file = world.session.scalars(select(IssuedFile).where(
            IssuedFile.version_id == issued.id, IssuedFile.kind == kind)).one()
        before = client.get(f"{OWN}/{name}").data
        assert hashlib.sha256(before).hexdigest() == file.sha256 and len(before) == file.size
        store.path(file.sha256).unlink()
        assert client.get(f"{OWN}/{name}").data == before, f"{name} is built to other bytes"


def test_a_units_paper_tells_where_it_stands_and_one_network_has_so_many_files_a_day_read(
        client: PageClient, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.verification.MOST_FILES", 1)
    version = world.session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == world.submission(world.units["a1"]).id)).one()
    client.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    assert "Không phải tệp" in ask(client, version.code, b"mot tep la")
    assert "từ cùng một mạng" in ask(client, version.code, b"mot tep la khac", 429)
    forms: tuple[Kind, ...] = ("pdf", "docx")
    for kind in forms:
        assert "Đúng là tệp" in ask(client, version.code, print_version(world.session, version, None, kind))
    office = world.session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == world.submission(world.units["A"]).id)).one()
    for name, build in BUILDERS.items():
        assert "Đúng là tệp" in ask(client, office.code, build(frozen_document(office))), name
    client.environ_base["REMOTE_ADDR"] = "203.0.113.8"
    assert "Không phải tệp" in ask(client, version.code, b"mot tep la")
    version = world.session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == world.submission(world.units["a1"]).id)).one()
    text = said(client, f"/verify/{version.code}")
    assert "Đang có hiệu lực" in text and "Trường Tiểu học a1" in text
    waiting = world.session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == world.submission(world.units["b2"]).id)).one()
    assert "đang chờ cơ quan nhận duyệt" in said(client, f"/verify/{waiting.code}")
    returned = world.session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == world.submission(world.units["t2"]).id)).one()
    assert "trả lại để bổ sung" in said(client, f"/verify/{returned.code}")


def test_an_answer_is_sealed_and_does_not_last() -> None:
    seal.use("a key for tests alone")
    now = 1_700_000_000.0
    sealed = seal_result(Result(Outcome.GENUINE, "tệp.pdf", "0" * 64, ("một", "hai")), now)
    found = read_result(sealed, now + SECONDS)
    assert found is not None and found.name == "tệp.pdf" and found.lines == ("một", "hai")
    assert read_result(sealed, now + SECONDS + 1) is None
    spoiled = ("", "x", "é", sealed[:-2] + ("AA" if not sealed.endswith("AA") else "BB"), sealed[4:])
    assert [read_result(one, now) for one in spoiled] == [None] * len(spoiled)
    ticket = new_ticket("K7PM-4TQX-92HD", now)
    assert is_ticket(ticket, "K7PM-4TQX-92HD", now + TICKET_SECONDS)
    assert not is_ticket(ticket, "K7PM-4TQX-92HE", now) and not is_ticket(ticket, "K7PM-4TQX-92HD", now - 1)
    for wrong in ("", "1", "x.y", "²." + "0" * 32, ticket[:-1], f"{int(now)}.é"):
        assert not is_ticket(wrong, "K7PM-4TQX-92HD", now)
