"""Texts brought back from a DOCX file: what was not changed comes back as the portal keeps it."""

from dataclasses import replace

import pytest

from exports import consolidation, report
from models.outline_text import Heading, place_texts
from queries.document import ConsolidatedDocument, NarrativeSection
from services.narrative_file import BroughtText, read_narrative, restore
from tests.exports import samples, sizes
from tests.support.word import edited, say, simple

NUMBERS = {"B1": "12", "B2": "5"}


@pytest.mark.parametrize(("stored", "typed", "wanted"), [
    ("Có {{B1}} tin. Có {{B2}} bài.", "Có 12 tin. Có 5 bài.", "Có {{B1}} tin. Có {{B2}} bài."),
    ("Có {{B1}} tin. Có {{B2}} bài.", "Có 12 tin. Có 7 bài. Thêm.", "Có {{B1}} tin. Có 7 bài. Thêm."),
    ("tốt 😀", "rất tốt [U+1F600]", "rất tốt 😀"),
    ("- một\n- hai  😀", "-\u00a0một\n-\u00a0hai [U+1F600]\nba", "- một\n- hai  😀\nba"),
    ("", "mới", "mới"),
    ("cũ", "", ""),
])
def test_unchanged_lines_and_sentences_keep_live_numbers_and_odd_signs(stored: str, typed: str, wanted: str) -> None:
    assert restore(stored, typed, NUMBERS) == wanted


def headings(sections: tuple[NarrativeSection, ...]) -> list[Heading]:
    return [Heading(row.code, row.level, row.mark, row.heading) for row in sections]


@pytest.mark.parametrize("document", [samples.consolidated(), sizes.ABSURD_CONSOLIDATION])
def test_a_consolidated_report_read_back_says_its_sections(document: ConsolidatedDocument) -> None:
    brought = read_narrative(consolidation.build_word(document))
    found = place_texts(brought.lines, headings(document.sections))
    assert found.strangers == []
    for row in document.sections:
        assert restore(row.text, found.texts[row.code], {}).split() == row.text.split(), row.code
    assert BroughtText.load(brought.dump()) == brought


def test_a_text_that_was_written_on_is_read_and_closing_and_annexes_are_not() -> None:
    document = samples.unit_report()
    content = edited(report.build_word(document), lambda file: say(file, "Không phát sinh", "Chi 12 triệu đồng."))
    found = place_texts(read_narrative(content).lines, headings(document.sections))
    changed = [row.code for row in document.sections if found.texts[row.code].split() != row.text.split()]
    assert changed == ["III"]
    assert found.texts["III"] == "Chi 12 triệu đồng."
    assert not any("Trên đây là" in text or "Ghi chú" in text for text in found.texts.values())


def test_signs_without_a_picture_come_back() -> None:
    row = NarrativeSection("I", 1, "I.", "Chỉ đạo", "Rất tốt 😀.\n- mã \u05e9 của đơn vị")
    document = replace(samples.unit_report(), sections=(row,))
    text = place_texts(read_narrative(report.build_word(document)).lines, headings((row,))).texts["I"]
    assert restore(row.text, text, {}) == row.text
    assert restore(row.text, text.replace("Rất tốt", "Tốt"), {}) == "Tốt 😀.\n- mã \u05e9 của đơn vị"


def test_bullets_of_word_become_dashes_and_tables_are_counted() -> None:
    brought = read_narrative(simple(("Heading 1", "I. Chỉ đạo"), ("List Bullet", "một")))
    assert [line.text for line in brought.lines] == ["I. Chỉ đạo", "một"]  # the bullet is the style's own
    assert brought.table_count == 0
