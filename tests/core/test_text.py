"""Vietnamese text: one form, search without marks, the order of the alphabet."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, normalise, sort_key

ICU = pytest.importorskip("icu", reason="pip install pyicu-wheels để so thứ tự với ICU")
VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hạ Long", "ha long"),
        ("Phường Hiệp Hòa", "phuong hiep hoa"),
        ("Hiệp Hoà", "hiep hoa"),
        ("ĐÔNG TRIỀU", "dong trieu"),
        ("  Quảng   Yên ", "quang yen"),
        ("Đầm Hà", "dam ha"),
    ],
)
def test_search_form_drops_marks_case_and_spare_blanks(text: str, folded: str) -> None:
    """ "ha long" finds "Hạ Long"."""
    assert fold(text) == folded


def test_the_two_spellings_of_unicode_become_one() -> None:
    """Text from a Mac's file name equals typed text."""
    apart = unicodedata.normalize("NFD", "Hoành Bồ")
    assert apart != "Hoành Bồ"
    assert normalise(apart) == "Hoành Bồ"
    assert sort_key(apart) == sort_key("Hoành Bồ")


def test_names_stand_in_the_order_of_the_alphabet() -> None:
    """Đ comes after D, ă and â after a."""
    names = ["Hạ Long", "Đông Triều", "Ơn", "Cô Tô", "Ăn", "Hải Hà", "An Sinh", "Ôn", "Đầm Hà", "Ân", "On"]
    assert sorted(names, key=sort_key) == [
        "An Sinh",
        "Ăn",
        "Ân",
        "Cô Tô",
        "Đầm Hà",
        "Đông Triều",
        "Hạ Long",
        "Hải Hà",
        "On",
        "Ôn",
        "Ơn",
    ]


def test_tones_stand_in_the_order_of_the_dictionary() -> None:
    """ngang, huyền, hỏi, ngã, sắc, nặng."""
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


@given(st.lists(st.text(alphabet=VIETNAMESE, min_size=1, max_size=6), min_size=2, max_size=8))
def test_the_order_is_that_of_icu(words: list[str]) -> None:
    """Any words sort as ICU's Vietnamese collation sorts them."""
    collator = ICU.Collator.createInstance(ICU.Locale("vi"))
    ours = sorted(words, key=lambda word: (sort_key(word), word))
    theirs = sorted(words, key=lambda word: (collator.getSortKey(word), word))
    assert ours == theirs


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    """The search form is a fixed point."""
    assert fold(fold(text)) == fold(text)
