"""Headings found again among paragraphs that somebody wrote on: by mark and style, in the order of the outline."""

from models.outline_text import Heading, Line, place_texts

OUTLINE = (
    Heading("I", 1, "I.", "Chỉ đạo"), Heading("I.1", 2, "1.", "Văn bản"), Heading("I.2", 2, "2.", "Kiểm tra"),
    Heading("II", 1, "II.", "Kết quả"), Heading("II.1", 2, "1.", "Nội dung"), Heading("II.1.a", 3, "a)", "Báo chí"),
    Heading("II.2", 2, "2.", "Hình thức"),
)
WHOLE = [
    Line("Trường báo cáo như sau:"), Line("I.\u00a0CHỈ ĐẠO", 1), Line("1. Văn bản", 2), Line("một"), Line("- hai"),
    Line("2. Kiểm tra", 2), Line("ba"), Line("II. KẾT QUẢ", 1), Line("1. Nội dung", 2), Line("a) Báo chí", 3),
    Line("bốn"), Line("2. Hình thức", 2), Line("năm\nsáu"),
]


def test_each_heading_gets_the_paragraphs_below_it() -> None:
    found = place_texts(WHOLE, OUTLINE)
    assert found.texts == {"I": "", "I.1": "một\n- hai", "I.2": "ba", "II": "", "II.1": "", "II.1.a": "bốn",
                           "II.2": "năm\nsáu"}
    assert found.strangers == []


def test_headings_are_known_without_their_style() -> None:
    assert place_texts([Line(line.text) for line in WHOLE], OUTLINE).texts == place_texts(WHOLE, OUTLINE).texts


def test_headings_are_known_without_their_mark_when_word_numbers_them() -> None:
    lines = [Line("Chỉ đạo", 1), Line("Văn bản", 2), Line("một"), Line("Kết quả", 1), Line("Nội dung", 2), Line("hai")]
    assert place_texts(lines, OUTLINE).texts == {"I": "", "I.1": "một", "II": "", "II.1": "hai"}


def test_a_heading_whose_words_were_changed_is_known_by_its_mark() -> None:
    found = place_texts([Line("I. Chỉ đạo", 1), Line("1. Các văn bản đã ban hành", 2), Line("một")], OUTLINE)
    assert found.texts["I.1"] == "một"


def test_a_mark_is_not_looked_for_beyond_the_next_heading_above() -> None:
    found = place_texts([Line("I. Chỉ đạo", 1), Line("1. Văn bản", 2), Line("2. Kiểm tra", 2), Line("3. Khác", 2),
                         Line("một"), Line("II. Kết quả", 1)], OUTLINE)
    assert found.strangers == ["3. Khác"]
    assert found.texts["I.2"] == "3. Khác\nmột"  # nothing is lost
    assert "II.2" not in found.texts


def test_a_paragraph_that_begins_like_a_heading_is_text() -> None:
    found = place_texts([Line("I. Chỉ đạo", 1), Line("1. Văn bản", 2), Line("2. Kiểm tra được làm hằng quý.")], OUTLINE)
    assert found.texts == {"I": "", "I.1": "2. Kiểm tra được làm hằng quý."}


def test_a_file_without_a_heading_has_no_texts() -> None:
    assert place_texts([Line("Một bài thơ"), Line("")], OUTLINE).texts == {}
