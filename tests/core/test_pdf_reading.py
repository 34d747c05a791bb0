"""A stranger's PDF is read in a process of its own: who signed it, whether it is whole, what its words are."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from core import pdf_reading, signed_pdf
from core.pdf_reading import read_pdf
from exports import plan, report
from tests.exports import samples
from tests.support.signing import apart, make_signer

CODE = "K7PM-4TQX-92HD"


@pytest.fixture(scope="module")
def issued() -> bytes:
    """A unit's report with its code."""
    document = samples.unit_report()
    return report.build(replace(document, head=replace(document.head, is_draft=False, code=CODE)))


@pytest.fixture(scope="module")
def signed(issued: bytes) -> bytes:
    """The same, signed."""
    return make_signer().sign(issued)


def read(folder: Path, content: bytes, issued: bytes, roots: Path | None = None) -> dict[str, Any]:
    """Read in this process: the process of its own is tried once below."""
    (folder / "file.pdf").write_bytes(content)
    (folder / "issued.pdf").write_bytes(issued)
    return apart(signed_pdf.read, folder / "file.pdf", folder / "issued.pdf", roots)


def saved_again(content: bytes) -> bytes:
    """The PDF as another program writes it."""
    buffer = BytesIO()
    pypdf.PdfWriter(clone_from=BytesIO(content)).write(buffer)
    return buffer.getvalue()


def with_more_on_it(content: bytes) -> bytes:
    """The PDF with its last page drawn once more, added as an update behind what was signed."""
    writer = pypdf.PdfWriter(BytesIO(content), incremental=True)
    writer.pages[0].merge_page(writer.pages[len(writer.pages) - 1])
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_the_very_file_says_the_same_and_names_its_code(tmp_path: Path, issued: bytes) -> None:
    answer = read(tmp_path, issued, issued)
    assert answer["ok"] and answer["signatures"] == [] and answer["differing"] == []
    assert answer["codes"] == [CODE] and answer["words"] > 100


def test_a_signature_tells_who_and_when_and_is_known_only_where_its_root_is_trusted(
        tmp_path: Path, issued: bytes) -> None:
    signer = make_signer("Phó Giám đốc (minh họa)")
    content = signer.sign(issued)
    one = read(tmp_path, content, issued)
    assert [(row["name"], row["intact"], row["trusted"], row["changed"]) for row in one["signatures"]] == [
        ("Phó Giám đốc (minh họa)", True, False, False)]
    assert one["signatures"][0]["organisation"] and one["signatures"][0]["at"] and one["differing"] == []
    signer.trust(tmp_path / "roots")
    (tmp_path / "roots" / "khac.txt").write_text("không phải chứng thư")
    assert read(tmp_path, content, issued, tmp_path / "roots")["signatures"][0]["trusted"]


def test_a_second_signature_leaves_the_first_whole(tmp_path: Path, issued: bytes, signed: bytes) -> None:
    answer = read(tmp_path, make_signer("Sở (minh họa)").sign(signed, "ChuKy2"), issued)
    assert [(row["intact"], row["changed"]) for row in answer["signatures"]] == [(True, False), (True, False)]


@pytest.mark.parametrize("spoil", [
    lambda content: content.replace(b"/Producer", b"/Producor", 1), saved_again, with_more_on_it])
def test_a_file_that_was_changed_after_signing_says_so(tmp_path: Path, issued: bytes, signed: bytes,
                                                       spoil: Any) -> None:
    content = spoil(signed)
    assert content != signed
    rows = read(tmp_path, content, issued)["signatures"]
    assert rows and all(not row["intact"] or row["changed"] for row in rows)


def test_other_words_are_found_page_by_page(tmp_path: Path, issued: bytes) -> None:
    document = samples.unit_report()
    head = replace(document.head, is_draft=False, code=CODE, signer_name="Người khác hẳn")
    answer = read(tmp_path, report.build(replace(document, head=head)), issued)
    assert "khác" in " ".join(word for row in answer["differing"] for word in row["added"])
    assert 0.5 < answer["likeness"] < 1


@pytest.mark.parametrize(("ours", "theirs", "is_alike"), [
    (["1", "2"], ["12"], False), (["12", "3"], ["1", "23"], False), (["12", "%"], ["1", "2%"], False),
    (["5", "đơn", "vị"], ["5đơn", "vị"], True), (["đơn", "vị"], ["đ", "ơnvị"], True), ([], [], True),
])
def test_blanks_may_move_but_not_between_figures(ours: list[str], theirs: list[str], is_alike: bool) -> None:
    """Programs set the blanks of words in their own way."""
    assert (signed_pdf.compared([ours], [theirs])["differing"] == []) is is_alike


def test_what_lies_over_the_words_is_read_too(tmp_path: Path, issued: bytes) -> None:
    writer, buffer = pypdf.PdfWriter(clone_from=BytesIO(issued)), BytesIO()
    writer.pages[0].merge_page(writer.pages[0])
    writer.write(buffer)
    assert read(tmp_path, saved_again(issued), issued)["laid"] == []
    assert [row["page"] for row in read(tmp_path, buffer.getvalue(), issued)["laid"]] == [1]


def test_another_document_is_unlike_and_bears_no_code(tmp_path: Path, issued: bytes) -> None:
    answer = read(tmp_path, plan.build(samples.plan()), issued)
    assert answer["likeness"] < 0.5 and answer["codes"] == []


def test_a_locked_file_is_not_read(tmp_path: Path, issued: bytes) -> None:
    writer, buffer = pypdf.PdfWriter(clone_from=BytesIO(issued)), BytesIO()
    writer.encrypt("mat-khau", algorithm="AES-256")
    writer.write(buffer)
    assert read(tmp_path, buffer.getvalue(), issued) == {"ok": False, "reason": "encrypted"}


def test_the_process_of_its_own_answers_and_survives_what_is_no_pdf(issued: bytes, signed: bytes) -> None:
    answer = read_pdf(signed, issued)
    assert answer["ok"] and answer["signatures"][0]["intact"] and answer["differing"] == []
    assert read_pdf(b"%PDF-1.7 khong phai") == {"ok": False, "reason": "damaged"}


def test_a_reading_that_takes_too_much_is_given_up(monkeypatch: pytest.MonkeyPatch, issued: bytes) -> None:
    monkeypatch.setattr(pdf_reading, "PATIENCE", 0.05)
    assert read_pdf(issued) == {"ok": False, "reason": "heavy"}
