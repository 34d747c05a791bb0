"""What is done with sentences loses no source, and a sentence that is not there changes nothing."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.narrative import SentenceKind
from models.sentence_list import (
    Line,
    Lines,
    Ref,
    changed,
    inserted,
    merged,
    moved,
    parted,
    picked,
    removed,
    restored,
    text_of,
    typed,
)


def ref(number: int) -> Ref:
    """A sentence of one unit's report."""
    return Ref(number, "IV.1", f"Nguyên văn {number}.")


LINES = (
    Line("s1", "Một.", True, SentenceKind.PICKED, (ref(1),), 1),
    Line("s2", "Hai.", False, SentenceKind.PICKED, (ref(2),), 2),
    Line("s3", "Ba.", True, SentenceKind.TYPED, (), 3), Line("s4", "Có {{B1}} tin.", False, SentenceKind.LIVE, (), 4))


def texts(lines: Lines) -> list[str]:
    """The wordings, a paragraph's first one marked."""
    return [("¶" if line.opens else "") + line.text for line in lines]


def test_the_text_is_paragraphs_of_sentences() -> None:
    assert text_of(LINES) == "Một. Hai.\nBa. Có {{B1}} tin."


def test_picking_adds_at_the_end_and_an_equal_sentence_only_gets_a_source() -> None:
    lines = picked(LINES, [("Hai.", ref(7)), ("Bốn  mới.\n", ref(8)), ("- Năm.", ref(9))])
    assert texts(lines)[4:] == ["Bốn mới.", "¶- Năm."] and lines[1].refs == (ref(2), ref(7))
    assert texts(picked(LINES, [("Sáu.", ref(8)), ("Bảy.", ref(8))], as_paragraph=True))[4:] == ["¶Sáu.", "Bảy."]
    assert texts(picked((), [("Đầu.", ref(1))])) == ["¶Đầu."]


def test_merging_keeps_all_sources_and_the_place_of_the_first() -> None:
    lines = merged(LINES, {"s2", "s1", "s4"})
    assert texts(lines) == ["¶Một; hai; có {{B1}} tin.", "¶Ba."]
    assert lines[0].refs == (ref(1), ref(2)) and lines[0].kind is SentenceKind.MERGED and lines[0].id is None
    assert merged(LINES, {"s1"}) == LINES


def test_changing_keeps_the_row_and_the_sources_of_every_part() -> None:
    lines = changed(LINES, "s1", "Một sửa. Thêm một.\nĐoạn khác.")
    assert texts(lines)[:3] == ["¶Một sửa.", "Thêm một.", "¶Đoạn khác."]
    assert [line.id for line in lines[:3]] == [1, None, None] and all(line.refs == (ref(1),) for line in lines[:3])
    assert changed(LINES, "s1", "  ")[0].text == "Hai." and changed(LINES, "s1", "  ")[0].opens
    assert changed(LINES, "s4", "Có 12 tin.")[3].kind is SentenceKind.TYPED
    assert changed(LINES, "s3", "Ba là {{C1}}.")[2].kind is SentenceKind.LIVE


def test_sentences_move_over_the_edge_of_a_paragraph() -> None:
    assert texts(moved(LINES, {"s2"}, -1)) == ["¶Hai.", "Một.", "¶Ba.", "Có {{B1}} tin."]
    assert texts(moved(LINES, {"s2"}, 1)) == ["¶Một.", "¶Hai.", "Ba.", "Có {{B1}} tin."]
    assert texts(moved(LINES, {"s3"}, -1)) == ["¶Một.", "Hai.", "Ba.", "¶Có {{B1}} tin."]
    assert texts(moved(LINES, {"s1"}, -1)) == texts(LINES) == texts(moved(LINES, {"s4"}, 1))
    assert texts(moved(LINES, {"s1", "s2"}, -1)) == texts(LINES)


def test_taking_out_the_first_of_a_paragraph_keeps_the_paragraph() -> None:
    assert texts(removed(LINES, {"s3"})) == ["¶Một.", "Hai.", "¶Có {{B1}} tin."]
    assert texts(removed(LINES, {"s1", "s2"})) == ["¶Ba.", "Có {{B1}} tin."]


def test_what_was_taken_out_comes_back_where_it_stood() -> None:
    assert restored(removed(LINES, {"s2"}), LINES[1], 1) == LINES
    assert restored(LINES, LINES[1], 1) == LINES
    assert texts(restored((), LINES[1], 9)) == ["¶Hai."]


def test_paragraphs_begin_and_end_where_they_are_told() -> None:
    assert texts(parted(LINES, {"s2", "s3"})) == ["¶Một.", "¶Hai.", "Ba.", "Có {{B1}} tin."]
    assert parted(LINES, {"s1"}) == LINES


def test_writing_on_and_inserting_figures_add_at_the_end() -> None:
    assert texts(typed(LINES, "Viết thêm. Nữa."))[4:] == ["¶Viết thêm.", "Nữa."]
    lines = inserted(LINES, [("Có {{B1}} tin.", True), ("Có {{C1}} bài.", False)])
    assert texts(lines)[4:] == ["Có {{C1}} bài."] and lines[4].kind is SentenceKind.LIVE


DEEDS: list[Callable[[Lines, set[str]], Lines]] = [
    merged, removed, parted, lambda lines, keys: moved(lines, keys, 1), lambda lines, keys: moved(lines, keys, -1)]


CHOICES = st.tuples(st.sampled_from(range(len(DEEDS))), st.sets(st.sampled_from(["s1", "s2", "s3", "s4", "gone"])))


@given(st.lists(CHOICES, max_size=8))
def test_no_deed_but_taking_out_loses_a_source(deeds: list[tuple[int, set[str]]]) -> None:
    lines: Lines = LINES
    for number, keys in deeds:
        before = {one for line in lines for one in line.refs}
        lost = {one for line in lines if line.key in keys for one in line.refs} if DEEDS[number] is removed else set()
        lines = DEEDS[number](lines, keys)
        assert {one for line in lines for one in line.refs} == before - lost
        assert not lines or lines[0].opens


@pytest.mark.parametrize("deed", DEEDS)
def test_a_sentence_that_is_not_there_changes_nothing(deed: Callable[[Lines, set[str]], Lines]) -> None:
    assert deed(LINES, {"gone"}) == LINES
