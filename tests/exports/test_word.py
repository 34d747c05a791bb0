"""Documents as DOCX at three sizes: the paper's words, measures and parts, in Word's own styles and tables."""

import io
import re
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm, Pt
from lxml import etree
from reportlab.platypus import Spacer

from exports import chase_letter, consolidation, plan, report
from exports.layout.paper import Paper
from exports.word import write_word
from exports.word.foot import code_picture
from queries.document import ConsolidatedDocument, NarrativeSection
from tests.exports import samples, sizes
from tests.exports.official_papers import ABSURD, EMPTY, OFFICIAL, ORDINARY
from tests.exports.word_reading import W, WordReader, metafile_words, printed_by_office
from tests.support.paper import Paper as PaperReader

COMPOSE: dict[str, Callable[[Any], Paper]] = {
    "plan": plan.compose, "report": report.compose, "district": consolidation.compose,
    "consolidation": consolidation.compose, "letter": chase_letter.compose,
}
LONGEST = 40
"""Signs of a word that fits any line; longer ones are torn on paper."""
CASES = [(kind, size) for kind in COMPOSE for size in (EMPTY, ORDINARY, ABSURD)]
NAUGHTY = ("=1+1", "{ PAGE }", "\x00\x0b", "\ud800", "\ufffe", "<w:t>", "&amp;", "]]>", "\u202e", "@x", "\u2028")


@pytest.fixture(scope="module")
def files() -> dict[tuple[str, str], WordReader]:
    return {case: WordReader(written(*case)) for case in CASES}


Files = dict[tuple[str, str], WordReader]


def written(kind: str, size: str) -> bytes:
    compose, document = COMPOSE[kind], OFFICIAL[kind][size][0]
    return write_word(compose(document), compose(document).long_headings())


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_equal_documents_give_equal_bytes(files: Files, kind: str, size: str) -> None:
    assert written(kind, size) == files[kind, size].content


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_a_file_says_the_words_of_the_paper(files: Files, kind: str, size: str) -> None:
    word, paper = files[kind, size].text(), PaperReader(OFFICIAL[kind][size][1]())
    printed, pages = paper.text(), {str(page) for page in range(2, len(paper) + 1)}
    assert strange(word, printed) == set()
    assert strange(printed, word) - pages == set()
    for part in ("word/document.xml", "word/styles.xml"):  # contents stand where the paper has them
        assert (b"TOCHeading" in files[kind, size].parts[part]) == ("MỤC LỤC" in printed)


def strange(text: str, other: str) -> set[str]:
    """Words of a text that the other lacks; readers of paper join words over lines and part torn ones."""
    whole = other.replace(" ", "").replace("\u00a0", "")
    return {word for word in plain(text) if len(word) < LONGEST and word not in whole}


def plain(text: str) -> list[str]:
    """The words of a text; blanks that hold words together are blanks."""
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ").split()


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_every_text_is_in_times_new_roman(files: Files, kind: str, size: str) -> None:
    markup = b"".join(content for name, content in files[kind, size].parts.items() if name.endswith(".xml"))
    assert set(re.findall(rb'w:(?:ascii|hAnsi|cs|eastAsia)="(.*?)"', markup)) <= {b"Times New Roman", b"vi-VN"}
    assert b"Theme=" not in markup


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_the_only_fields_are_the_number_of_the_page_and_the_contents(files: Files, kind: str, size: str) -> None:
    for name, content in files[kind, size].parts.items():
        if name.endswith(".xml"):
            root = etree.fromstring(content)
            fields = [node.get(f"{W}instr") for node in root.iter(f"{W}fldSimple")]
            assert fields == ([" PAGE "] if fields else []), name
            said = [node.text for node in root.iter(f"{W}instrText")] if name == "word/document.xml" else []
            own = [f' PAGEREF _Toc{number:09} \\h ' for number in range(1, len(said))]
            assert said == [' TOC \\o "1-2" \\h \\z ', *own][:len(said)], name
            assert len(list(root.iter(f"{W}fldChar"))) == 3 * len(said), name
            assert not list(root.iter(f"{W}altChunk", f"{W}updateFields")), name


def test_headings_and_body_are_words_own_styles_with_the_measures_of_the_decree(files: Files) -> None:
    file = files["consolidation", ORDINARY]
    headings = [(p.style.name, p.text.replace("\u00a0", " ")) for p in file.document.paragraphs
                if p.style is not None and str(p.style.name).startswith("Heading")]
    outline = samples.consolidated().sections
    assert headings == [
        (f"Heading {row.level}", f"{row.mark} {row.heading.upper() if row.level == 1 else row.heading}")
        for row in outline]
    body: Any = file.document.styles["Body Text"]
    assert body.font.size == Pt(14)
    assert body.paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.1)
    assert body.paragraph_format.space_before >= Pt(6)
    assert body.paragraph_format.line_spacing == Pt(18)
    assert body.paragraph_format.alignment == 3  # justified
    first: Any = file.document.styles["Heading 1"]
    assert first.font.bold
    assert first.paragraph_format.keep_with_next


def test_each_appendix_is_a_part_of_its_own_with_numbers_from_one(files: Files) -> None:
    sections = files["consolidation", ORDINARY].document.sections
    assert [section.orientation for section in sections] == [WD_ORIENT.PORTRAIT] + [WD_ORIENT.LANDSCAPE] * 4
    for section in sections:
        lengths = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(length.mm) for length in lengths if length is not None] == [20, 20, 30, 15]
        short, long = sorted((section.page_width or 0, section.page_height or 0))
        assert short == pytest.approx(Mm(210), abs=1000)
        assert long == pytest.approx(Mm(297), abs=1000)
        assert section.different_first_page_header_footer
        assert section._sectPr.find(f"{W}pgNumType").get(f"{W}start") == "1"
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_tables_repeat_their_head_and_keep_their_widths(files: Files, kind: str, size: str) -> None:
    for table in files[kind, size].tables():
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert table.find(f"{W}tblPr/{W}tblLayout").get(f"{W}type") == "fixed"
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert abs(sum(grid) - int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))) <= len(grid)
        for row in rows:
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
            assert sum(int(span.get(f"{W}val")) if span is not None else 1 for span in spans) == len(grid)


def test_figures_stand_at_the_right_and_only_tall_rows_may_break(files: Files) -> None:
    table = files["consolidation", ORDINARY].tables()[0]
    figures = [row.findall(f"{W}tc") for row in table.findall(f"{W}tr") if len(row.findall(f"{W}tc")) == 8]
    aligned = {cell.find(f"{W}p/{W}pPr/{W}jc").get(f"{W}val") for cells in figures[1:] for cell in cells[3:]}
    assert aligned == {"right"}
    whole = [row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.findall(f"{W}tr")]
    assert all(whole)
    tall = [row for table in files["plan", ABSURD].tables() for row in table.findall(f"{W}tr")]
    assert any(row.find(f"{W}trPr/{W}cantSplit") is None for row in tall)


def test_rows_that_stay_together_on_paper_stay_together_in_the_file(files: Files) -> None:
    """A group, a unit with schools below it, the row above a total, the last but one."""
    table = next(table for table in files["consolidation", ORDINARY].document.tables if table.cell(0, 0).text == "TT"
                 and table.cell(0, 2).text.startswith("A1"))
    marks = {row.cells[0].text: bool(row._tr.findall(f".//{W}keepNext")) for row in table.rows}
    assert [marks[mark] for mark in ("I", "12", "12.1", "12.2", "12.3")] == [True, True, False, False, False]
    names = {row.cells[1].text: bool(row._tr.findall(f".//{W}keepNext")) for row in table.rows}
    assert names["Phòng GD&ĐT Cô Tô"] and names["Cộng Trường trung học phổ thông"] and not names["TỔNG CỘNG"]
    rows = files["report", ORDINARY].document.tables[-1].rows
    assert [row._tr.find(f".//{W}keepNext") is not None for row in rows][-3:] == [False, True, False]


def test_the_letterhead_has_two_drawn_rules_and_no_underline(files: Files) -> None:
    file = files["consolidation", ORDINARY]
    head = next(file.body.iter(f"{W}tbl"))
    assert len(list(head.iter(f"{W}pBdr"))) == 2
    assert not list(file.body.iter(f"{W}u"))
    texts = ["".join(cell.itertext()) for cell in head.iter(f"{W}tc")]
    assert texts[0] == "UBND TỈNH QUẢNG NINHSỞ GIÁO DỤC VÀ ĐÀO TẠO"
    assert texts[1] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúc"


def test_the_signature_has_its_room_and_stays_with_the_last_words(files: Files) -> None:
    file = files["consolidation", ORDINARY]
    name = next(p for p in file.body.iter(f"{W}p") if "".join(p.itertext()) == "Châu Hoài Thu")
    assert int(name.find(f"{W}pPr/{W}spacing").get(f"{W}before")) / 20 == pytest.approx(35 * 72 / 25.4, abs=0.1)
    last = next(p for p in file.document.paragraphs if p.text.endswith("./."))
    assert last.paragraph_format.keep_with_next


def test_a_file_tells_its_title_author_and_language(files: Files) -> None:
    about = files["consolidation", ORDINARY].document.core_properties
    assert about.title.startswith("BÁO CÁO Kết quả công tác")
    assert "SỞ GIÁO DỤC VÀ ĐÀO TẠO" in about.author
    assert about.language == "vi-VN"
    assert len(files["consolidation", ABSURD].document.core_properties.title) <= 255


def test_a_draft_is_marked_at_its_foot_and_a_frozen_version_by_its_code() -> None:
    document = samples.unit_report()
    draft = WordReader(report.build_word(replace(document, head=replace(document.head, is_draft=True, code="K7PM"))))
    assert [footer(draft, number) for number in (1, 2)] == ["DỰ THẢO", "DỰ THẢO"]
    head = replace(document.head, is_draft=False, code="K7PM-4TQX-92HD", verify_url="https://a.example/verify/K7PM-4TQX-92HD")
    frozen = WordReader(report.build_word(replace(document, head=head)))
    assert footer(frozen, 1) == footer(frozen, 2) == "Mã kiểm tra: K7PM-4TQX-92HDKiểm tra tại a.example/verify"
    assert "word/media/code.emf" in frozen.parts


def footer(file: WordReader, number: int) -> str:
    return "".join(etree.fromstring(file.parts[f"word/footer{number}.xml"]).itertext())


@pytest.mark.parametrize("text", NAUGHTY)
def test_odd_signs_are_written_or_named_and_never_break_the_file(text: str) -> None:
    section = NarrativeSection("I", 1, "I.", "Đề mục", f"trước {text} sau")
    document = samples.unit_report(sections=(section,))
    file, printed = WordReader(report.build_word(document)), PaperReader(report.build(document)).text()
    assert strange(file.text(), printed) == set()
    assert "trước" in file.text()
    assert {paragraph.text for paragraph in file.document.paragraphs if paragraph.text.endswith("sau")} <= {
        f"trước {shown} sau" for shown in (text, "[U+D800]", "[U+FFFE]")} | {"sau", "trước sau"}


def test_a_chart_is_drawn_in_vectors_and_told_in_words(files: Files) -> None:
    file = files["consolidation", ORDINARY]
    pictures = [content for name, content in sorted(file.parts.items()) if name.startswith("word/media/")]
    assert len(pictures) == 3
    for content in pictures:
        kind, size, signature = *struct.unpack_from("<II", content), struct.unpack_from("<I", content, 40)[0]
        assert (kind, size, signature) == (1, 108, 0x464D4520)
        told, records = struct.unpack_from("<II", content, 48)
        assert told == len(content)
        assert records == count_records(content)
    assert "5.410" in list(metafile_words(pictures[0]))
    descriptions = re.findall(r'docPr [^>]*descr="([^"]*)"', file.parts["word/document.xml"].decode())
    assert "Mạng xã hội và hình thức khác: 5.410" in descriptions[0]


def count_records(content: bytes) -> int:
    start = count = 0
    while start < len(content):
        start += struct.unpack_from("<I", content, start + 4)[0]
        count += 1
    return count


def test_the_qr_code_is_black_modules_within_twelve_millimetres() -> None:
    content = code_picture("https://a.example/verify/K7PM-4TQX-92HD")
    frame = struct.unpack_from("<iiii", content, 24)
    assert frame[2] == frame[3] == 1200  # hundredths of a millimetre


def test_the_archive_tells_no_time(files: Files) -> None:
    with zipfile.ZipFile(io.BytesIO(files["plan", ORDINARY].content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())


def test_a_part_that_word_has_no_form_for_is_not_left_out_without_a_word() -> None:
    paper = Paper(samples.head())
    paper.add(Spacer(1, 1))
    with pytest.raises(TypeError, match="Spacer"):
        write_word(paper)


def test_seven_hundred_missing_units_stand_in_the_file(files: Files) -> None:
    assert len(sizes.ABSURD_CONSOLIDATION.missing) == 700
    assert "và 680 đơn vị khác" in " ".join(p.text for p in files["consolidation", ABSURD].document.paragraphs)


@pytest.mark.pdf
def test_libreoffice_prints_a_file_as_the_portal_prints_the_paper(files: Files, tmp_path: Any) -> None:
    office = PaperReader(printed_by_office(files["consolidation", ORDINARY].content, tmp_path))
    paper = PaperReader(OFFICIAL["consolidation"][ORDINARY][1]())
    assert sorted(plain(office.text())) == sorted(plain(paper.text()))
    assert [width > height for width, height in office.sizes()] == [width > height for width, height in paper.sizes()]
    assert all("Tinos" in name for name in office.fonts())


def long_report() -> ConsolidatedDocument:
    return samples.consolidated(schools=0, sections=samples.outline("\n".join([samples.SENTENCE] * 14)))


def test_a_long_document_has_the_contents_of_the_paper_with_its_pages() -> None:
    file, paper = WordReader(consolidation.build_word(long_report())), PaperReader(consolidation.build(long_report()))
    here = next(page for page in range(len(paper)) if "MỤC LỤC" in paper.text(page))
    told = [row.text for row in file.document.paragraphs if row.style is not None and "toc" in str(row.style.name)]
    assert plain(" ".join(told)) == plain(paper.text(here))[1:]  # there the number of the page stands above
    assert paper.text(here + 1).startswith("Phụ lục I ")
    targets = [str(link.get(f"{W}anchor")) for link in file.body.iter(f"{W}hyperlink")]
    marks = {str(mark.get(f"{W}name")): mark.getparent() for mark in file.body.iter(f"{W}bookmarkStart")}
    assert len(targets) == len(set(targets)) == 16 and set(targets) == set(marks)
    headings = ["".join(marks[target].itertext()).replace("\u00a0", " ") for target in targets]
    assert headings[:2] == ["I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", "II. KẾT QUẢ THỰC HIỆN"]
    assert headings[-4:] == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]


@pytest.mark.pdf
def test_libreoffice_prints_the_contents_with_the_pages_of_the_paper(tmp_path: Any) -> None:
    office = PaperReader(printed_by_office(consolidation.build_word(long_report()), tmp_path))
    paper = PaperReader(consolidation.build(long_report()))
    pages = [next(page for page in range(len(file)) if "MỤC LỤC" in file.text(page)) for file in (office, paper)]
    assert pages[0] == pages[1]
    shown = [re.sub(r"\.{4,}", " ", file.text(pages[0])) for file in (office, paper)]
    assert plain(shown[0]) == plain(shown[1])
