"""Every document at ordinary, empty and absurd size: the same words, sound files, embedded fonts, equal bytes."""

import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from exports import consolidation, plan, report, summary
from models.figure import EMPTY, NIL, Aggregate, figure_of
from queries.document import (
    ActivityLine,
    AppendixLine,
    CountBar,
    FigureRow,
    NarrativeSection,
    PlanLine,
    ScaleBar,
    SubmissionLine,
    SummaryFact,
    UnitFigures,
    UnitGroup,
)
from tests.exports import samples
from tests.exports.reading import ink_boxes
from tests.support.paper import Paper

HUGE = 10**15
LONG_NAME = "Trường Phổ thông dân tộc nội trú trung học cơ sở và trung học phổ thông " * 3
STORY = "Đơn vị đã tổ chức tuyên truyền bằng nhiều hình thức. " * 380
ODD = "Trường 😀 đã làm tốt\u200f, mã \u202eשלום\u202c <script>alert('x')</script> & <b>đậm</b> <img src=/etc/passwd>"
TALL_CELL = "\n".join(f"dòng thứ {number} của ô cao" for number in range(40))


def empty_head(**changes: object) -> Any:
    return samples.head(
        parent_agency="", number="", issued_on=None, addressees=(), recipients=(), authority="", signer_position="",
        signer_name="", **changes,
    )  # fmt: skip


def empty_documents() -> dict[str, Callable[[], bytes]]:
    head = empty_head()
    return {
        "plan": lambda: plan.build(samples.plan(0, head=head, opening="", sections=(), indicator_targets=())),
        "report": lambda: report.build(samples.unit_report(0, head=head, opening="", sections=(), figures=())),
        "consolidation": lambda: consolidation.build(
            samples.consolidated(
                head=head, opening="", sections=(), coverage="", missing=(), figures=(), unit_columns=(),
                unit_groups=(), grand_total={}, submissions=(), appendix=(), satisfaction=(), channels=(), districts=(),
            )
        ),
        "summary": lambda: summary.build(
            samples.summary(
                0, agency="", title="", period="", sentences=(), facts=(), satisfaction=(), channels=(),
                coverage_columns=(), coverage=(),
            )
        ),
    }  # fmt: skip


def absurd_head() -> Any:
    return samples.head(
        parent_agency=LONG_NAME.upper(), agency=LONG_NAME.upper(), symbol="BC-" + "SGDĐT" * 12, place=LONG_NAME,
        subject=LONG_NAME + ODD, addressees=(LONG_NAME,) * 9, recipients=(LONG_NAME,) * 60, authority=LONG_NAME,
        signer_position=LONG_NAME, signer_name=LONG_NAME, is_draft=True,
    )  # fmt: skip


def absurd_sections() -> tuple[NarrativeSection, ...]:
    odd = unicodedata.normalize("NFD", ODD)
    return (
        NarrativeSection("I", 1, "I.", LONG_NAME, STORY),
        NarrativeSection("II", 1, "II.", "Kết quả", "- " + "ắ" * 5000 + "\n\n\n" + odd),
        NarrativeSection("II.1.a", 3, "a)", "", ""),
        NarrativeSection("II.2", 2, "2.", LONG_NAME, TALL_CELL),
    )


def absurd_figures() -> tuple[FigureRow, ...]:
    huge = figure_of(HUGE)
    rate = figure_of(Decimal("99.994"), Decimal(HUGE), Decimal(HUGE))
    return (
        FigureRow("A1", LONG_NAME, "đồng", "A", Aggregate.SUM, huge, huge, huge, huge, "Sửa có lý do"),
        FigureRow("G3", ODD, "%", "G", Aggregate.RATIO, EMPTY, rate, rate, rate),
        FigureRow("B1", TALL_CELL, "tin, bài", "", Aggregate.SUM, NIL, NIL, EMPTY, NIL),
    )


def absurd_documents() -> dict[str, Callable[[], bytes]]:
    head, sections, figures = absurd_head(), absurd_sections(), absurd_figures()
    items = (PlanLine(TALL_CELL, ODD, figure_of(HUGE), LONG_NAME, LONG_NAME, "Quý II", figure_of(HUGE)),) * 3
    activities = (ActivityLine("06-08/03/2023", TALL_CELL, ODD, "https://" + "a" * 300, figure_of(HUGE)),) * 3
    unit = UnitFigures("X", LONG_NAME, {"A1": figure_of(HUGE)}, "", (UnitFigures("Y", ODD, {}, "Chưa nộp"),))
    lonely = UnitFigures("Z", "Phòng không có trường", {})
    groups = (UnitGroup(LONG_NAME, (unit, lonely), {"A1": figure_of(HUGE)}),)
    bars = tuple(CountBar(LONG_NAME, HUGE + number) for number in range(40))
    scales = tuple(ScaleBar(ODD, (HUGE, 0, 0, 1, 0)) for _ in range(9))
    return {
        "plan": lambda: plan.build(
            samples.plan(head=head, opening=STORY, sections=sections, items=items, indicator_targets=figures)
        ),
        "report": lambda: report.build(
            samples.unit_report(head=head, opening=ODD, sections=sections, figures=figures, activities=activities)
        ),
        "consolidation": lambda: consolidation.build(
            samples.consolidated(
                head=head, sections=sections, missing=(LONG_NAME,) * 700, figures=figures,
                unit_columns=tuple((f"A{number}+B1", "A1+B1") for number in range(13)), unit_groups=groups,
                grand_total={"A1": figure_of(HUGE)},
                submissions=(SubmissionLine(LONG_NAME, is_group=True), SubmissionLine(ODD)) * 9,
                appendix=(AppendixLine(TALL_CELL, ODD, LONG_NAME, STORY, ""),), satisfaction=scales, channels=bars,
                districts=bars,
            )
        ),
        "summary": lambda: summary.build(
            samples.summary(
                0, agency=LONG_NAME, title=LONG_NAME * 3, period=LONG_NAME, sentences=(STORY, ODD) * 6,
                facts=(SummaryFact(LONG_NAME, "1.000.000.000.000.000.000", LONG_NAME),) * 20, satisfaction=scales,
                channels=bars, late=((LONG_NAME, "Chậm 20 ngày"),) * 700, coverage_columns=(LONG_NAME,) * 14,
                coverage=((LONG_NAME, (0, HUGE) * 7),) * 90,
            )
        ),
    }  # fmt: skip


def ordinary_documents() -> dict[str, Callable[[], bytes]]:
    return {
        "plan": lambda: plan.build(samples.plan()),
        "report": lambda: report.build(samples.unit_report()),
        "consolidation": lambda: consolidation.build(samples.consolidated()),
        "summary": lambda: summary.build(samples.summary()),
    }


SIZES = {"empty": empty_documents(), "ordinary": ordinary_documents(), "absurd": absurd_documents()}
ALL = [(size, kind) for size, kinds in SIZES.items() for kind in kinds]


@pytest.fixture(scope="module")
def papers() -> dict[tuple[str, str], Paper]:
    return {(size, kind): Paper(SIZES[size][kind]()) for size, kind in ALL}


Papers = dict[tuple[str, str], Paper]


@pytest.mark.parametrize(("size", "kind"), ALL)
def test_equal_documents_give_equal_bytes(papers: Papers, size: str, kind: str) -> None:
    assert SIZES[size][kind]() == papers[size, kind].content


@pytest.mark.parametrize(("size", "kind"), ALL)
def test_all_fonts_are_embedded_faces_of_tinos(papers: Papers, size: str, kind: str) -> None:
    fonts = papers[size, kind].fonts()
    assert fonts
    assert all(name.startswith("Tinos") and embedded for name, embedded in fonts.items()), fonts


@pytest.mark.pdf
@pytest.mark.parametrize(("size", "kind"), ALL)
def test_the_file_is_sound(papers: Papers, size: str, kind: str, tmp_path: Path) -> None:
    assert papers[size, kind].complaints(tmp_path) == ""


@pytest.mark.parametrize(("size", "kind"), ALL)
def test_no_word_leaves_the_page(papers: Papers, size: str, kind: str) -> None:
    for width, height, left, top, right, bottom in ink_boxes(papers[size, kind]):
        assert left > 0
        assert right < width - 28
        assert top > 0
        assert bottom < height


@pytest.mark.parametrize(("size", "kind"), ALL)
def test_the_file_says_its_language_title_and_author_and_has_bookmarks(
    papers: Papers, size: str, kind: str
) -> None:
    reader = papers[size, kind].reader
    assert str(reader.root_object["/Lang"]) == "vi"
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
    shown = text.count("Chậm 20 ngày") + text.count("…: Chậm")
    assert "đơn vị khác." in text
    assert "địa bàn, khối đơn vị khác" in text
    assert "… và 4 nội dung khác" in text
    assert "(6 trong 40 dòng)" in text
    assert shown < 700


def test_a_summary_of_a_good_day_says_that_nobody_is_late() -> None:
    assert "Không có đơn vị nào chưa nộp hoặc nộp chậm." in Paper(summary.build(samples.summary(0))).text()


def test_a_district_without_schools_stands_alone_in_its_line(papers: Papers) -> None:
    text = papers["ordinary", "consolidation"].text()
    assert "Phòng GD&ĐT Cô Tô" in text
    assert "số 1 Cô Tô" not in text


def test_blocks_for_a_section_that_the_outline_lacks_are_printed_at_the_end() -> None:
    document = samples.consolidated(sections=samples.outline()[:1])
    assert Paper(consolidation.build(document)).text().count("Biểu đồ") == 3


def test_a_changed_document_changes_the_bytes() -> None:
    document = samples.plan()
    changed = replace(document, head=replace(document.head, number="9"))
    assert plan.build(document) != plan.build(changed)
