"""Two texts side by side: passages add up to the texts, and what is common is the same on both sides."""

import time

from hypothesis import given
from hypothesis import strategies as st

from models.text_change import Passage, compare_texts

TEXTS = st.text(st.sampled_from("ab ố\n."), max_size=60)


@given(TEXTS, TEXTS)
def test_passages_add_up_and_what_is_unchanged_is_common(old: str, new: str) -> None:
    left, right = compare_texts(old, new)
    assert "".join(part.text for part in left) == old
    assert "".join(part.text for part in right) == new
    if old == new:
        assert not any(part.is_changed for part in (*left, *right))


def test_changed_words_are_marked_and_drawn_together() -> None:
    left, right = compare_texts("Đã có 3 lớp mới.\nHai", "Đã có bốn năm lớp mới.\nHai")
    assert left == (Passage("Đã có "), Passage("3", True), Passage(" lớp mới.\nHai"))
    assert [part.text for part in right if part.is_changed] == ["bốn năm"]


def test_a_text_beside_nothing_is_changed_whole() -> None:
    assert compare_texts("", "a b") == ((), (Passage("a b", True),))


def test_twenty_thousand_signs_are_compared_in_a_moment() -> None:
    old = "Đơn vị đã tổ chức tuyên truyền bằng nhiều hình thức khác nhau. " * 320
    begun = time.process_time()
    left, _ = compare_texts(old, old.replace("nhiều", "mọi", 9) + " Thêm.")
    assert any(part.is_changed for part in left)
    assert time.process_time() - begun < 8
