"""Reading DOCX files that somebody uploaded: paragraphs and styles; wicked and broken ones are refused in words."""

import pytest

from core.word_file import MOST_TAGS, MOST_TEXT_BYTES, WordFileError, read_word_about, read_word_file
from tests.support.word import MAIN, part_of, simple, with_parts

FILE = simple(("Heading 1", "I. Mục đích"), ("Normal", "Lời văn"), ("List Bullet", "Chấm"))
LINKS = "word/_rels/document.xml.rels"


def body(markup: str) -> bytes:
    """The file with other paragraphs, as Word writes them."""
    start, end = part_of(FILE).split(b"<w:body>")[0], b"</w:body></w:document>"
    return with_parts(FILE, {MAIN: start + b"<w:body>" + markup.encode() + end})


def texts(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in read_word_file(content)]


def test_paragraphs_come_with_their_texts_styles_and_levels() -> None:
    found = read_word_file(FILE)
    assert [(one.text, one.style, one.level) for one in found] == [
        ("I. Mục đích", "heading 1", 1), ("Lời văn", "", 0), ("Chấm", "list bullet", 0)]


def test_text_is_put_into_the_one_normal_form() -> None:
    assert texts(simple(("Normal", "Hạ Long"))) == ["Hạ Long"]


def test_what_was_struck_out_is_left_out_and_what_was_put_in_counts() -> None:
    markup = ("<w:p><w:r><w:t>giữ </w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
              "<w:ins><w:r><w:t>thêm</w:t><w:br/><w:t>dòng</w:t></w:r></w:ins></w:p>")
    assert texts(body(markup)) == ["giữ thêm\ndòng"]


def test_tables_are_told_but_not_read_and_reading_ends_with_the_first_part() -> None:
    cell = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    end = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    text = "<w:p><w:r><w:t>a</w:t></w:r></w:p>"
    found = read_word_file(body(f"{text}{cell}{end}{text}"))
    assert [(one.text, one.is_table) for one in found] == [("a", False), ("", True), ("", False)]


def test_bullets_that_word_draws_are_told() -> None:
    markup = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>việc</w:t></w:r></w:p>'
    assert [one.is_listed for one in read_word_file(body(markup))] == [True]


def test_text_boxes_and_notes_are_told_and_hyphens_that_nobody_sees_are_gone() -> None:
    box = ("<w:p><w:r><w:t>tuyên tru\u00adyền</w:t></w:r><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>khung</w:t></w:r>"
           "</w:p></w:txbxContent></w:pict></w:r></w:p>")
    note = '<w:p><w:r><w:t>lời</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    found = read_word_file(body(f"{box}{note}<w:p><w:r><w:t>trơn</w:t></w:r></w:p>"))
    assert [(one.text, one.has_aside) for one in found] == [("tuyên truyền", True), ("lời", True), ("trơn", False)]


@pytest.mark.parametrize("broken", [b"", b"<", b"<!DOCTYPE x><a/>", b"<a/>", None])
def test_a_file_that_does_not_say_what_it_is_says_nothing(broken: bytes | None) -> None:
    assert read_word_about(FILE) == ("", "python-docx")
    assert read_word_about(with_parts(FILE, {"docProps/core.xml": broken})) == ("", "")
    assert read_word_about(b"PK") == ("", "")


BOMB = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'aaaa'>]>" + part_of(FILE)[55:]
EXTERNAL = (b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="r1" '
            b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
            b'Target="http://127.0.0.1/x.dotm" TargetMode="External"/></Relationships>')
WICKED = {
    "empty": (b"", "không phải tệp Word"),
    "pdf": (b"%PDF-1.7\n", "không phải tệp Word"),
    "zip without a document": (with_parts(FILE, {"[Content_Types].xml": b"<Types/>"}), "không phải tệp Word"),
    "macro": (with_parts(FILE, {"word/vbaProject.bin": b"x"}), "macro"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "entities": (with_parts(FILE, {MAIN: BOMB}), "Không đọc được"),
    "utf-16": (with_parts(FILE, {MAIN: part_of(FILE).decode().encode("utf-16")}), "Không đọc được"),
    "no xml": (with_parts(FILE, {MAIN: b"<w:document"}), "Không đọc được"),
    "no text": (with_parts(FILE, {MAIN: None}), "Không đọc được"),
    "template elsewhere": (with_parts(FILE, {LINKS: EXTERNAL}), "nơi khác"),
    "cut short": (FILE[:-400], "không phải tệp Word"),
    "bomb of tags": (with_parts(FILE, {MAIN: b"<w>" + b"<a/>" * MOST_TAGS + b"</w>"}), "quá lớn"),
    "bomb": (with_parts(FILE, {MAIN: b" " * (MOST_TEXT_BYTES + 1)}), "quá lớn"),
    "deep": (body("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "Không đọc được"),
    "endless": (body("<w:p/>" * 20_002), "quá lớn"),
}


@pytest.mark.parametrize("what", WICKED)
def test_what_is_no_sound_word_file_is_refused_in_words(what: str) -> None:
    content, words = WICKED[what]
    with pytest.raises(WordFileError) as refused:
        read_word_file(content)
    assert words in refused.value.message


def test_a_link_in_the_text_is_no_reason_to_refuse() -> None:
    link = EXTERNAL.replace(b"attachedTemplate", b"hyperlink")
    assert texts(with_parts(FILE, {LINKS: link}))[:2] == ["I. Mục đích", "Lời văn"]
