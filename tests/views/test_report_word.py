"""A report's texts go out as DOCX and come back heading by heading, all that was ticked or nothing."""

import io
import re

import pytest
from docx.document import Document
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import clock
from core.media_type import DOCX
from core.word_file import read_word_about
from models.indicator import OutlineSection
from models.plan import SectionText
from models.unit import Unit
from models.workflow import Status
from queries.unit import department_id
from services.submission import ensure_submission, return_for_completion
from tests.support.client import PageClient
from tests.support.pages import Page, text_of
from tests.support.province import Province
from tests.support.word import edited, simple
from tests.views.test_report import obligation_of, submission_of

MOST_STATEMENTS = 20


@pytest.fixture
def path(client: PageClient, db_session: Session, province: Province) -> str:
    """The half-year report of a school that has not begun it, its officer signed in."""
    account = client.sign_in(province["school"])
    return f"/reports/{obligation_of(db_session, account.unit_id).id}"


def downloaded(client: PageClient, path: str) -> bytes:
    with client.get(f"{path}/report.docx") as answer:
        assert answer.status_code == 200
        assert answer.mimetype == DOCX
        assert re.search(r'attachment; filename="bao-cao-[\w-]+\.docx"', answer.headers["Content-Disposition"])
        return bytes(answer.data)


def written(content: bytes, *texts: str) -> bytes:
    """The file with other texts in place of its first paragraphs without any."""
    def change(document: Document) -> None:
        empty = [row for row in document.paragraphs if row.text == "(Chưa có nội dung.)"]
        for row, text in zip(empty, texts, strict=False):
            row.runs[0].text = text
    return edited(content, change)


def values(page: Page, name: str) -> list[str]:
    """The values of the page's fields of one name."""
    return [str(field.get("value")) for field in page.root.iter("input") if field.get("name") == name]


def upload(client: PageClient, path: str, content: bytes, status: int = 303) -> str:
    token = values(client.page(f"{path}/word"), "csrf_token")[-1]
    answer = client.post(f"{path}/word", data={"csrf_token": token, "file": (io.BytesIO(content), "sửa.docx")},
                         content_type="multipart/form-data")
    assert answer.status_code == status
    return text_of(client.opened_page.root) if status != 303 else ""


def apply(client: PageClient, path: str, *sections: str, **changed: str) -> str:
    """Press "Áp dụng" with these headings ticked; where it leads."""
    data = sent(client.page(f"{path}/word"))
    answer = client.post(f"{path}/word/apply", data={**data, "act": "apply", "section": list(sections), **changed})
    assert answer.status_code == 303
    return str(answer.location)


def sent(page: Page) -> dict[str, str]:
    """What the form of the comparison sends whatever is ticked."""
    return {name: values(page, name)[-1] for name in ("csrf_token", "token", "seen")}


def saved(session: Session, path: str) -> list[str]:
    submission = submission_of(session, path)
    if submission is None:
        return []
    return sorted(session.scalars(select(SectionText.text).where(SectionText.submission_id == submission.id)))


@pytest.fixture
def content(client: PageClient, path: str) -> bytes:
    return written(downloaded(client, path), "Chi từ nguồn khoán <b>12</b>.", "Nhiều cách làm mới.\n- thêm dòng")


def test_ticked_texts_are_taken_over_and_the_rest_stays(client: PageClient, db_session: Session, path: str,
                                                         content: bytes) -> None:
    upload(client, path, content)
    page = client.page(f"{path}/word")
    assert len(client.statements) <= MOST_STATEMENTS
    codes = values(page, "section")
    assert len(codes) == 2
    assert "Chi từ nguồn khoán <b>12</b>." in text_of(page.root)
    assert page.root.find(".//ins") is not None
    assert apply(client, path, codes[0]) == path
    assert saved(db_session, path) == ["Chi từ nguồn khoán <b>12</b>."]
    assert values(client.page(f"{path}/word"), "token") == []  # the file is let go


def test_pressing_twice_or_without_a_tick_writes_nothing_more(client: PageClient, db_session: Session, path: str,
                                                              content: bytes) -> None:
    upload(client, path, content)
    assert apply(client, path) == f"{path}/word"
    assert saved(db_session, path) == []
    page = client.page(f"{path}/word")
    data = {**sent(page), "act": "apply", "section": values(page, "section")}
    for _ in range(2):
        assert client.post(f"{path}/word/apply", data=data).status_code == 303
    assert len(saved(db_session, path)) == 2


def test_nothing_is_taken_over_that_was_not_looked_at(client: PageClient, db_session: Session, path: str,
                                                      content: bytes) -> None:
    upload(client, path, content)
    assert apply(client, path, "IV.1", seen="another") == f"{path}/word"
    assert saved(db_session, path) == []
    assert "vừa thay đổi" in text_of(client.page(f"{path}/word").root)


def test_a_file_may_be_let_go(client: PageClient, db_session: Session, path: str, content: bytes) -> None:
    upload(client, path, content)
    assert apply(client, path, "IV.1", act="drop") == f"{path}/word"
    assert saved(db_session, path) == []
    assert values(client.page(f"{path}/word"), "token") == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_files_that_cannot_be_read_are_refused_in_words(client: PageClient, path: str) -> None:
    assert "không phải tệp Word" in upload(client, path, b"%PDF-1.7", 422)
    assert "Tệp trống" in upload(client, path, b"", 422)
    assert "không có mục nào của báo cáo này" in upload(client, path, simple(("Normal", "Thơ")), 422)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_file_that_says_the_same_changes_nothing(client: PageClient, path: str) -> None:
    upload(client, path, downloaded(client, path))
    page = client.page(f"{path}/word")
    assert "giống hệt trong cổng" in text_of(page.root)
    assert values(page, "section") == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_consolidated_report_goes_out_and_comes_back(client: PageClient, db_session: Session,
                                                       province: Province) -> None:
    client.sign_in(province["office"])
    department = department_id(db_session)
    assert department is not None
    path = f"/reports/{obligation_of(db_session, department).id}"
    with client.get("/consolidations/2023-half-year/SGDDT/report.docx") as answer:
        assert (answer.status_code, answer.mimetype) == (200, DOCX)
        content = written(answer.data, "Kinh phí do Sở bảo đảm (minh họa).")
    upload(client, path, content)
    page = client.page(f"{path}/word")
    assert len(values(page, "section")) == 1  # what is drafted from figures reads as it was printed
    assert len(client.statements) <= MOST_STATEMENTS
    apply(client, path, *values(page, "section"))
    assert "Kinh phí do Sở bảo đảm (minh họa)." in saved(db_session, path)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_file_of_another_document_is_told_and_nothing_is_ticked(client: PageClient, path: str,
                                                                  content: bytes) -> None:
    """A plan has headings with the same marks; the report's own file keeps its ticks."""
    def call(title: str, author: str) -> str:
        def change(file: Document) -> None:
            file.core_properties.title, file.core_properties.author = title, author
        upload(client, path, edited(content, change))
        return text_of(client.page(f"{path}/word").root)

    title, author = read_word_about(content)
    assert "văn bản khác" not in call(title.replace(" ", "\u00a0"), author) + call("Tài liệu của tôi", "Tôi")
    for other in (("KẾ HOẠCH Tuyên truyền", author), (title, "UBND HUYỆN KHÁC PHÒNG GIÁO DỤC VÀ ĐÀO TẠO")):
        assert f"“{other[0]} ({other[1]})”" in call(*other)
        boxes = [box for box in client.page(f"{path}/word").root.iter("input") if box.get("name") == "section"]
        assert boxes and not any("checked" in box.attrib for box in boxes)


def test_a_text_that_is_too_long_is_shown_and_not_offered(client: PageClient, db_session: Session, path: str) -> None:
    upload(client, path, written(downloaded(client, path), "Một câu rất dài. " * 1_300))
    page = client.page(f"{path}/word")
    assert "dài hơn 20.000 ký tự" in text_of(page.root)
    assert values(page, "section") == []
    assert apply(client, path, "I.1", "III", "IV.1") == f"{path}/word"
    assert saved(db_session, path) == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_after_a_return_only_the_named_headings_take_a_text(client: PageClient, db_session: Session,
                                                            path: str) -> None:
    client.submit(f"{path}/submit", form="submit")
    submission = submission_of(db_session, path)
    assert submission is not None
    return_for_completion(db_session, submission, [("section:II.3", "Viết rõ hơn")], "", None, clock.now())
    db_session.commit()
    upload(client, path, written(downloaded(client, path), "Sửa ngoài phần được mở."))
    page = client.page(f"{path}/word")
    assert "không được mở để sửa" in text_of(page.root)
    assert values(page, "section") == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_report_that_was_sent_takes_no_file(client: PageClient, db_session: Session, path: str,
                                              content: bytes) -> None:
    upload(client, path, content)
    codes = values(client.page(f"{path}/word"), "section")
    apply(client, path, codes[0])
    submission = submission_of(db_session, path)
    assert submission is not None
    submission.status = Status.SUBMITTED
    db_session.commit()
    assert client.get(f"{path}/word").location == path
    db_session.rollback()


@pytest.mark.parametrize("who", ["office", "district"])
def test_a_report_as_full_as_can_be_is_compared_within_the_bound(client: PageClient, db_session: Session,
                                                                 province: Province, who: str) -> None:
    account = client.sign_in(province[who])
    unit = db_session.get_one(Unit, department_id(db_session) if who == "office" else account.unit_id)
    obligation = obligation_of(db_session, unit.id)
    path = f"/reports/{obligation.id}"
    submission = ensure_submission(db_session, obligation.id, clock.now(), None)
    with client.get(f"/consolidations/2023-half-year/{unit.code}/report.docx") as answer:
        content = answer.data

    def change(document: Document) -> None:
        """Write under every heading."""
        for row in document.paragraphs:
            if row.runs and row.style is not None and row.style.name in ("Body Text", "Chưa có nội dung"):
                row.runs[0].text = f"Viết thêm (minh họa). {row.runs[0].text}"

    if who == "district":
        sections = db_session.scalars(select(OutlineSection.code).where(OutlineSection.has_text)).unique()
        submission.status, submission.version_count = Status.SUBMITTED, 1
        return_for_completion(db_session, submission, [(f"section:{code}", "Viết rõ hơn") for code in set(sections)],
                              "", None, clock.now())
    db_session.commit()
    upload(client, path, edited(content, change))
    page = client.page(f"{path}/word")
    assert len(values(page, "section")) > 15  # every heading that has a text
    assert len(client.statements) <= MOST_STATEMENTS, client.statements
