"""Signed copies of what a unit sent, and what it printed before: attached, read, taken off, held against the page."""

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.account import Account, Role
from models.event import Event
from models.issued import CopyState, PaperPrint, SignedCopy
from models.submission import SubmissionVersion
from services.signature import check_file
from services.submission import SubmissionError
from services.version_paper import print_version
from tests.support.client import PageClient
from tests.support.consolidation import World, make_reported_world
from tests.support.evidence import png_bytes
from tests.support.factories import make_account
from tests.support.pages import text_of
from tests.support.signing import make_signer, read_here, with_a_note, words_by_page


@pytest.fixture
def world(db_session) -> World:
    return make_reported_world(db_session)


@pytest.fixture
def officer(client: PageClient, world: World) -> Account:
    """Somebody of the school whose report was accepted."""
    account = make_account(world.session, Role.OFFICER, world.units["a1"])
    world.session.commit()
    client.sign_in(account)
    return account


@pytest.fixture(autouse=True)
def quick_reading(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read_here(monkeypatch, tmp_path, "services.signature")


def version_of(world: World, name: str) -> SubmissionVersion:
    """The first version of a unit's report."""
    return world.session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == world.submission(world.units[name]).id,
        SubmissionVersion.number == 1)).one()


def send(client: PageClient, version: SubmissionVersion, content: bytes, status: int = 303) -> str:
    """Attach a file to a version; the words of the page that follows."""
    path = f"/submissions/{version.submission_id}/versions/1/copies"
    answer = client.post(path, data={"csrf_token": client.csrf_token(), "file": (BytesIO(content), "Bản ký/số 1.pdf")})
    assert answer.status_code == status
    if status == 303:
        client.page(answer.location)
    return " ".join(text_of(client.opened_page.all("main")[0]).split())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # files are the same on either
def test_a_signed_copy_is_read_shown_to_all_who_see_the_version_and_taken_off_with_a_reason(
        client: PageClient, world: World, officer: Account) -> None:
    version, foreign = version_of(world, "a1"), version_of(world, "b1")
    paper = print_version(world.session, version)
    client.page(f"/submissions/{version.submission_id}/versions/1/copies")
    signed = make_signer().sign(paper)
    for _again in range(2):
        text = send(client, version, signed)
        assert "Đã ký số bởi Người ký (minh họa)" in text and "còn nguyên vẹn" in text
    copy = world.session.scalars(select(SignedCopy)).one()
    assert (copy.state, copy.name) == (CopyState.SIGNED, "số 1.pdf")
    assert "Bản quét" in send(client, version, png_bytes())
    assert "Tệp đã bị sửa sau khi ký" in send(client, version, signed.replace(b"/Producer", b"/Producor", 1))
    assert "Không có chữ ký số" in send(client, version, paper)
    assert "Tệp không còn như bản của cổng. Không có chữ ký số. Trang 1: có ghi chú" in send(
        client, version, with_a_note(paper))
    assert "một văn bản khác" in send(client, version, print_version(world.session, version_of(world, "A")), 422)
    assert "Chỉ nhận PDF" in send(client, version, b"khong phai tep", 422)
    assert "Đã ký số bởi" in " ".join(text_of(client.page(f"/verify/{version.code}").all("main")[0]).split())
    with client.get(f"/signed-copies/{copy.id}") as answer:
        assert answer.data == signed and "attachment" in answer.headers["Content-Disposition"]
    assert client.get(f"/submissions/{foreign.submission_id}/versions/1/copies").status_code == 404
    client.submit(f"/signed-copies/{copy.id}/remove", -1, 422, reason=" ")
    client.submit(f"/signed-copies/{copy.id}/remove", -1, reason="Ký nhầm bản")
    page = client.page(f"/submissions/{version.submission_id}/versions/1")
    assert "Ký nhầm bản" in text_of(page.all("main")[0])
    assert "Đã ký số bởi" not in client.get(f"/verify/{version.code}").text
    assert "Đã ký số bởi" in send(client, version, signed), "a copy that was taken off can come back"
    actions = world.session.scalars(select(Event.action).where(Event.action.like("%_copy")).order_by(Event.id)).all()
    assert actions.count("attach_copy") == 6 and actions.count("remove_copy") == 1
    client.sign_in(make_account(world.session, Role.OFFICER, world.units["b1"]))
    assert client.get(f"/signed-copies/{copy.id}").status_code == 404


def test_files_that_can_be_no_copy_are_refused_in_words() -> None:
    for content, words in ((b"", "Tệp trống"), (b"PK\x03\x04", "Chỉ nhận PDF"), (b"%PDF-" + b"0" * (31 << 20), "lớn")):
        with pytest.raises(SubmissionError) as error:
            check_file(content)
        assert words in str(error.value)
    assert check_file(png_bytes()) == "image/png"


def test_paper_printed_before_sending_is_held_against_the_page_and_paper_sent_again_against_its_version(
        client: PageClient, world: World) -> None:
    account = make_account(world.session, Role.OFFICER, world.units["b3"])
    obligation_id = world.obligation(world.units["b3"]).id
    world.session.commit()
    client.sign_in(account)
    path = f"/reports/{obligation_id}"
    for _again in range(2):
        answer = client.submit(path, "/print")
        assert answer.location.endswith(f"{path}/report.pdf")
    printed = world.session.scalars(select(PaperPrint)).one()
    assert printed.printed_by_id == account.id
    assert "vẫn khớp với nội dung trên cổng" in text_of(client.page(path).all("main")[0])
    world.add_activity(world.units["b3"], printed.printed_at.date(), "FACEBOOK", 5)
    text = " ".join(text_of(client.page(path).all("main")[0]).split())
    assert "đã thay đổi sau khi in lúc" in text and "khi in “" in text
    assert "đã thay đổi sau khi in lúc" in text_of(client.page(f"{path}/submit").all("main")[0])
    client.submit(path, "/print")
    assert world.session.scalar(select(func.count()).select_from(PaperPrint)) == 2
    assert "vẫn khớp" in text_of(client.page(path).all("main")[0])
    client.sign_in(make_account(world.session, Role.HEAD, world.units["t2"]))
    assert "Bản quét" in send(client, version_of(world, "t2"), png_bytes())
    world.send(world.units["t2"])
    version = world.session.scalars(select(SubmissionVersion).where(
        SubmissionVersion.submission_id == world.submission(world.units["t2"]).id,
        SubmissionVersion.number == 2)).one()
    pages = words_by_page(print_version(world.session, version))
    assert "Báo cáo này thay thế Báo cáo bản 1; lý do: bổ sung theo yêu cầu của cơ quan nhận." in pages[0]
    assert all(version.code in words for words in pages)
    assert "bản 2" in text_of(client.page(f"/verify/{version_of(world, 't2').code}").all("main")[0])
