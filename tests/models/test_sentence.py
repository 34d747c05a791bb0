"""Texts are taken apart and put together without loss; numbers follow figures; a sentence is found after a change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.sentence import (
    UNKNOWN,
    Piece,
    align,
    digest,
    join_text,
    keep_live,
    merge,
    render,
    split_sentences,
    split_text,
    tokens_of,
)
from tests.support.naughty import NAUGHTY

SIGNS = st.text(alphabet="aăđê TPHB.!?…;:-–“”\"'()1290\n\t{}@", max_size=120)


@pytest.mark.parametrize(("paragraph", "sentences"), [
    ("Một việc. Hai việc! Ba việc?", ["Một việc.", "Hai việc!", "Ba việc?"]),
    ("Tính đến 25/5/2023, đạt 1.234 lượt, 82,7%. Hết.", ["Tính đến 25/5/2023, đạt 1.234 lượt, 82,7%.", "Hết."]),
    ("UBND TP. Hạ Long và TX. Quảng Yên. Đã xong.", ["UBND TP. Hạ Long và TX. Quảng Yên.", "Đã xong."]),
    ("Bà Nguyễn T. A. Hoa dự. Xong.", ["Bà Nguyễn T. A. Hoa dự.", "Xong."]),
    ("1. Công tác chỉ đạo. 2. Kết quả.", ["1. Công tác chỉ đạo.", "2. Kết quả."]),
    ("Theo mục a. Điều 3. Xong.", ["Theo mục a.", "Điều 3.", "Xong."]),
    ("Cô nói: “Tốt lắm.” Trò cười.", ["Cô nói: “Tốt lắm.”", "Trò cười."]),
    ("Đang làm… Sẽ xong... Rồi.", ["Đang làm…", "Sẽ xong...", "Rồi."]),
    ("tin, bài, v.v. Nhiều nơi", ["tin, bài, v.v. Nhiều nơi"]),
    ("không có dấu kết thúc", ["không có dấu kết thúc"]),
    ("địa chỉ a.b.vn. và c", ["địa chỉ a.b.vn. và c"]),
    ("  \t ", []),
])
def test_a_paragraph_falls_into_its_sentences(paragraph: str, sentences: list[str]) -> None:
    assert split_sentences(paragraph) == sentences


def test_paragraphs_and_dashes_keep_their_place() -> None:
    pieces = split_text("Mở đầu. Tiếp.\n\n- Một việc.\r\n- Hai việc.")
    assert pieces == [Piece("Mở đầu.", True), Piece("Tiếp."), Piece("- Một việc.", True), Piece("- Hai việc.", True)]
    assert join_text(pieces) == "Mở đầu. Tiếp.\n- Một việc.\n- Hai việc."


def ink(text: str) -> str:
    """What is printed of a text: all but blanks."""
    return "".join(text.split())


@given(SIGNS)
def test_nothing_but_blanks_is_lost_and_twice_is_once(text: str) -> None:
    pieces = split_text(text)
    assert ink(join_text(pieces)) == ink(text)
    assert split_text(join_text(pieces)) == pieces


@pytest.mark.parametrize("text", [*NAUGHTY, "dài " * 5000, "Câu. " * 4000])
def test_odd_and_long_texts_survive(text: str) -> None:
    pieces = split_text(text)
    assert ink(join_text(pieces)) == ink(text) and all(piece.text and "\n" not in piece.text for piece in pieces)


def test_live_numbers_follow_and_strangers_stay() -> None:
    text = "Có {{B1}} tin, {{C5}} bài, {{@Lacking}}, {{b1}} và {{Z9}}."
    assert tokens_of(text) == ("B1", "C5", "@Lacking", "Z9")
    assert render(text, {"B1": "12", "C5": ""}) == f"Có 12 tin, {UNKNOWN} bài, {UNKNOWN}, {{{{b1}}}} và {{{{Z9}}}}."


def test_a_typed_text_keeps_what_was_left_alone_live() -> None:
    before = "Có {{B1}} tin. Có {{B2}} bài.\nHết."
    typed = "Có 12 tin. Chỉ có 3 bài.\nHết.\n\nThêm."
    assert keep_live(before, typed, {"B1": "12", "B2": "3"}) == "Có {{B1}} tin. Chỉ có 3 bài.\nHết.\n\nThêm."
    assert keep_live("Không có số.", typed, {}) == typed


def test_merging_joins_with_semicolons_and_keeps_abbreviations() -> None:
    assert merge(["Đã họp.", "- Hai việc đã xong.", "THPT A dẫn đầu."]) == "Đã họp; hai việc đã xong; THPT A dẫn đầu."


def test_a_changed_sentence_is_found_again_and_a_new_one_is_new() -> None:
    old = ["Đơn vị đã tổ chức ba hội nghị về cải cách.", "Kết quả tốt ở mọi nơi.", "Hết."]
    fit = align(old, [], ["Đơn vị đã tổ chức bốn hội nghị về cải cách.", "Một câu chẳng giống gì cả.", "Hết."])
    assert fit.known == (0, None, 2) and fit.lost == (1,)


def test_a_sentence_that_comes_back_is_the_one_that_was_taken_out() -> None:
    fit = align(["A b c d; e f g h.", "Hết."], ["A b c d.", "E f g h."], ["A b c d.", "E f g h.", "Hết."])
    assert fit.known == (2, 3, 1) and fit.lost == (0,)


@given(st.lists(st.sampled_from("abcdef"), max_size=8), st.lists(st.sampled_from("abcdef"), max_size=8),
       st.lists(st.sampled_from("abcdefgh"), max_size=8))
def test_each_known_sentence_is_used_once_and_equal_ones_are_used_first(
        standing: list[str], removed: list[str], wanted: list[str]) -> None:
    fit = align(standing, removed, wanted)
    used = [place for place in fit.known if place is not None]
    assert len(set(used)) == len(used)
    every = standing + removed
    assert all(place is None or every[place] == text for place, text in zip(fit.known, wanted, strict=True))
    for text in set(wanted):
        matched = sum(place is not None for place, one in zip(fit.known, wanted, strict=True) if one == text)
        assert matched == min(every.count(text), wanted.count(text))
    assert set(fit.lost) == set(range(len(standing))) - set(used)


def test_a_wording_has_one_short_name() -> None:
    assert digest("a") == digest("a") != digest("b") and len(digest("")) == 12
