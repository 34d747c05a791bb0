"""Documents at ordinary, empty and absurd size: their words, titles, bookmarks, and what they say is missing."""

import unicodedata
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from exports import consolidation, plan, summary
from exports.layout.paper import UnprintableError
from queries.document import (
    CountBar,
    NarrativeSection,
)
from tests.exports import samples
from tests.exports.reading import ink_boxes
from tests.exports.sizes import ALL, LONG_NAME, SIZES, STORY
from tests.support.paper import Paper


@pytest.fixture(scope="module")
def papers() -> dict[tuple[str, str], Paper]:
    return {(size, kind): Paper(SIZES[size][kind]()) for size, kind in ALL}


Papers = dict[tuple[str, str], Paper]


@pytest.mark.parametrize("size", SIZES)
def test_no_word_of_the_summary_leaves_the_page(papers: Papers, size: str) -> None:
    for width, height, left, top, right, bottom in ink_boxes(papers[size, "summary"]):
        assert left > 0
        assert right < width - 28
        assert top > 0
        assert bottom < height


@pytest.mark.parametrize(("size", "kind"), ALL)
def test_the_file_says_its_title_and_author_and_has_bookmarks(
    papers: Papers, size: str, kind: str
) -> None:
    reader = papers[size, kind].reader
    assert reader.metadata is not None
    if size == "ordinary":
        assert "cải cách hành chính" in str(reader.metadata.title)
        assert "GIÁO DỤC" in str(reader.metadata.author)
        assert len(reader.outline) >= 1


def words_in(document: Any) -> Counter[str]:
    """All words of the texts in a document, codes and states left out; headings of level 1 in capitals."""
    found: Counter[str] = Counter()
    for section in document.sections:
        heading = section.heading.upper() if section.level == 1 else section.heading
        found.update(f"{section.mark} {heading} {section.text}".split())
    found.update(document.opening.split())
    return found


@pytest.mark.parametrize(
    ("kind", "document"),
    [("plan", samples.plan()), ("report", samples.unit_report()), ("consolidation", samples.consolidated())],
)
def test_the_words_that_go_in_come_out(papers: Papers, kind: str, document: Any) -> None:
    printed = Counter(papers["ordinary", kind].text().split())
    missing = words_in(document) - printed
    assert not missing


def test_every_cell_of_the_annexes_is_printed(papers: Papers) -> None:
    text = papers["ordinary", "consolidation"].text()
    document = samples.consolidated()
    for group in document.unit_groups:
        for unit in group.units:
            for name in (unit.name, *(child.name for child in unit.children)):
                assert name in text
    assert "Phòng GD&ĐT Ba Chẽ (chưa nộp)" in text
    assert "120/133" in text
    assert "82,71% (6.213/7.512)" in text
    assert "KPS" in text
    assert "Chưa có số liệu của 1 đơn vị: Phòng GD&ĐT Ba Chẽ." in text
    assert "Biểu đồ 3. Mức độ hài lòng" in text


def test_a_text_of_twenty_thousand_signs_in_one_paragraph_is_printed_whole(papers: Papers) -> None:
    assert len(STORY) > 20_000
    printed = Counter(papers["absurd", "plan"].text().split())
    assert not Counter(STORY.split()) - printed


@pytest.mark.parametrize("kind", ["plan", "report", "consolidation", "summary"])
def test_markup_is_only_text_and_signs_without_glyph_are_named(papers: Papers, kind: str) -> None:
    text = papers["absurd", kind].text()
    assert "<script>alert('x')</script>" in text
    assert "<img src=/etc/passwd>" in text
    assert "[U+1F600]" in text
    assert "Ghi chú: có 5 ký tự không có trong phông chữ" in text
    assert "Ghi chú: có" not in papers["ordinary", kind].text()


def test_decomposed_text_is_printed_composed() -> None:
    text = unicodedata.normalize("NFD", "Đẩy mạnh tuyên truyền ở Hạ Long")
    paper = Paper(plan.build(samples.plan(opening=text)))
    assert "Đẩy mạnh tuyên truyền ở Hạ Long" in paper.text()


def test_an_empty_section_says_so_and_an_empty_annex_too(papers: Papers) -> None:
    assert papers["ordinary", "consolidation"].text().count("(Chưa có nội dung.)") == 1
    assert "Không có hoạt động nào được ghi nhận trong kỳ." in papers["empty", "report"].text()
    assert "Không có đơn vị nào." in papers["empty", "consolidation"].text()
    assert "Kế hoạch chưa có hoạt động nào." in papers["empty", "plan"].text()


def test_missing_units_are_named_and_those_beyond_twenty_are_counted(papers: Papers) -> None:
    text = papers["absurd", "consolidation"].text()
    assert "Chưa có số liệu của 700 đơn vị" in text
    assert "và 680 đơn vị khác nêu tại Phụ lục III" in text


@pytest.mark.parametrize("size", SIZES)
def test_the_summary_has_two_pages_whatever_happened(papers: Papers, size: str) -> None:
    assert len(papers[size, "summary"]) == 2


def test_the_summary_says_how_much_it_leaves_out(papers: Papers) -> None:
    text = papers["absurd", "summary"].text()
    roll = text[text.index("Chậm 20 ngày (700):"):text.index("đơn vị khác.")]
    shown = roll.count(";")
    assert "địa bàn, khối đơn vị khác" in text
    assert "… và 4 nội dung khác" in text
    assert "(6 trong 40 dòng)" in text
    assert 0 < shown < 700
    assert f"và {700 - shown} đơn vị khác." in text


def test_a_summary_of_a_good_day_says_that_nobody_is_late() -> None:
    assert "Không có đơn vị nào chưa nộp hoặc nộp chậm." in Paper(summary.build(samples.summary(0))).text()


def test_a_district_without_schools_stands_alone_in_its_line(papers: Papers) -> None:
    text = papers["ordinary", "consolidation"].text()
    assert "Phòng GD&ĐT Cô Tô" in text
    assert "số 1 Cô Tô" not in text


def test_blocks_for_a_section_that_the_outline_lacks_are_printed_at_the_end() -> None:
    document = samples.consolidated(sections=samples.outline()[:1])
    assert Paper(consolidation.build(document)).text().count("Biểu đồ") == 3


def test_forty_addressees_are_all_printed_over_two_pages() -> None:
    names = tuple(f"Cơ quan số {number}" for number in range(40))
    document = samples.consolidated(head=samples.head(addressees=names))
    text = Paper(consolidation.build(document)).text()
    assert [text.count(f"- Cơ quan số {number};") for number in range(39)] == [1] * 39
    assert "- Cơ quan số 39." in text


def test_a_heading_longer_than_a_page_is_refused_with_the_reason_and_not_cut() -> None:
    sections = (NarrativeSection("I", 1, "I.", "Đề mục dài " * 1500, "Nội dung."),)
    with pytest.raises(UnprintableError, match="dài hơn một trang") as refused:
        plan.build(samples.plan(sections=sections))
    assert refused.value.start.startswith("Đề mục dài Đề mục dài")


def test_a_subject_and_a_signer_longer_than_a_page_are_refused_by_name() -> None:
    for changes in ({"subject": "Về việc rất dài " * 900}, {"signer_name": "Họ và tên dài " * 900}):
        with pytest.raises(UnprintableError) as refused:
            plan.build(samples.plan(head=samples.head(**changes)))
        assert refused.value.start == next(iter(changes.values()))[:80].rstrip()


def test_charts_with_long_labels_keep_their_size_and_make_more_pictures() -> None:
    bars = tuple(CountBar(f"{number} {LONG_NAME}", number) for number in range(1, 19))
    paper = Paper(consolidation.build(samples.consolidated(districts=bars)))
    labels = [
        word
        for page in range(len(paper))
        for word in paper.words(page)
        if word.size == 10 and word.text == "nội"
    ]
    assert len(labels) >= 18
    assert "(tiếp theo)" in paper.text()


def test_a_changed_document_changes_the_bytes() -> None:
    document = samples.plan()
    changed = replace(document, head=replace(document.head, number="9"))
    assert plan.build(document) != plan.build(changed)
