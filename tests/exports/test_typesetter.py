import unicodedata
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.fonts import BOLD
from exports.layout.preset import Style
from exports.layout.prose import Prose
from exports.layout.sheet import Sheet
from exports.layout.typesetter import MOST_WORDS, Typesetter, balance, bind_numbers

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậÁĐƠƯ0123456789.,;:-/()%"
TEXTS = st.text(alphabet=VIETNAMESE + "    \n\t", max_size=300)


@given(TEXTS, st.floats(min_value=40, max_value=400), st.floats(min_value=0, max_value=30))
def test_wrapping_loses_no_letter_and_no_line_is_too_wide(text: str, width: float, first: float) -> None:
    lines = Typesetter().wrap(text, Style(size=14, first=first), width)
    joined = "".join(line for line, _ in lines).replace(" ", "")
    assert joined == unicodedata.normalize("NFC", "".join(text.split()))
    for number, (_, length) in enumerate(lines):
        assert length <= width - (first if number == 0 else 0) + 0.01


@given(TEXTS, st.floats(min_value=200, max_value=400))
def test_words_that_fit_are_never_torn_or_joined(text: str, width: float) -> None:
    setter, style = Typesetter(), Style(size=10)
    words = [word for word in text.split() if setter.line(word, style.face, style.size)[1] < width]
    lines = setter.wrap(" ".join(words), style, width)
    assert [word for line, _ in lines for word in line.split()] == words


def test_a_long_number_is_broken_after_a_dot_and_never_at_its_comma() -> None:
    lines = [line for line, _ in Typesetter().wrap("1.000.000.000.000.000", Style(size=11), 60)]
    assert lines == ["1.000.000.", "000.000.000"]
    assert [line for line, _ in Typesetter().wrap("45,36%", Style(size=10), 34)] == ["45,36%"]


def test_a_span_of_days_is_broken_between_them() -> None:
    lines = [line for line, _ in Typesetter().wrap("01/12/2022-28/10/2023", Style(size=11), 80)]
    assert lines == ["01/12/2022-", "28/10/2023"]


def test_one_word_of_twenty_thousand_letters_is_broken_and_whole() -> None:
    lines = Typesetter().wrap("ắ" * 20_000, Style(), 400)
    assert "".join(line for line, _ in lines) == "ắ" * 20_000


@pytest.mark.parametrize(("text", "bound"), [
    ("có 286 cá nhân; 7 kiến nghị", "có 286_cá_nhân; 7_kiến_nghị"),
    ("đến hết ngày 29/5/2023, toàn ngành", "đến hết ngày_29/5/2023, toàn ngành"),
    ("106.701 người theo dõi (5/13 phòng)", "106.701_người theo dõi (5/13_phòng)"),
    ("đạt 91,93%. 38.311 người học", "đạt 91,93%. 38.311_người học"),
    ("số 45/KH-UBND, mã A1 đúng", "số_45/KH-UBND, mã A1 đúng"),
    ("năm 2023 và 1.408 lượt người dự", "năm_2023_và 1.408_lượt_người dự"),
    ("từ1 từ2 2 3 4", "từ1 từ2 2 3 4"),
    ("có 1.150.736.698.978/2.241.285 lượt", "có 1.150.736.698.978/2.241.285 lượt"),
])
def test_a_number_stays_with_what_it_counts(text: str, bound: str) -> None:
    assert bind_numbers(text) == bound.replace("_", "\u00a0")


def test_numbers_in_prose_are_printed_with_plain_blanks() -> None:
    block = Prose("có 286 cá nhân " * 60)
    block.wrapOn(Sheet(BytesIO()), 300, 1e6)
    lines = [line for line, _ in block.lines(300)]
    assert " ".join(lines).split() == block.text.split()
    assert not any("\u00a0" in line or line.endswith(("286", "cá")) for line in lines)


def test_a_title_is_broken_into_lines_of_about_the_same_length() -> None:
    lines = balance(Typesetter(), "Kết quả công tác tuyên truyền cải cách hành chính năm 2023", Style(), 300)
    assert len(lines) == 2
    assert abs(lines[0][1] - lines[1][1]) < 80


def test_what_was_met_without_glyph_is_remembered_once() -> None:
    setter = Typesetter()
    setter.wrap("😀 tốt 😀 שלום", Style(), 300)
    setter.wrap("😀", Style(), 300)
    assert list(setter.missing) == ["😀", "ש", "ל", "ו", "ם"]


def test_the_memory_for_words_is_bounded() -> None:
    setter = Typesetter()
    for number in range(MOST_WORDS + 10):
        setter.wrap(str(number), Style(), 300)
    assert len(setter.face("Tinos", 14).words) <= MOST_WORDS


@pytest.mark.parametrize(("text", "size", "width", "broken"), [
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO QUẢNG NINH", 12, 210, ["SỞ GIÁO DỤC VÀ ĐÀO TẠO", "QUẢNG NINH"]),
    ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO", 13, 190, ["PHÒNG", "GIÁO DỤC VÀ ĐÀO TẠO"]),
    ("Kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm 2023", 14, 300,
     ["Kết quả tuyên truyền cải cách hành chính", "6 tháng đầu năm 2023"]),
    ("Những nơi làm chưa tốt trong công tác cải cách hành chính năm 2023", 14, 330,
     ["Những nơi làm chưa tốt trong công tác", "cải cách hành chính năm 2023"]),
    ("V/v đôn đốc gửi báo cáo 6 tháng đầu năm về công tác tuyên truyền cải cách hành chính", 12, 200,
     ["V/v đôn đốc gửi báo cáo", "6 tháng đầu năm về công tác", "tuyên truyền cải cách hành chính"]),
])
def test_names_and_subjects_break_between_their_parts(text: str, size: float, width: float, broken: list[str]) -> None:
    lines = balance(Typesetter(), text, Style(face=BOLD, size=size), width)
    assert [line[0].replace("\u00a0", " ") for line in lines] == broken
    assert max(line[1] for line in lines) <= width


def test_no_word_is_torn_to_make_lines_even_while_it_fits_the_width() -> None:
    name = "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO THÀNH PHỐ HẠ LONG"
    for width in range(150, 420, 7):
        lines = balance(Typesetter(), name, Style(face=BOLD, size=13), width)
        assert " ".join(line[0].replace("\u00a0", " ") for line in lines) == name
