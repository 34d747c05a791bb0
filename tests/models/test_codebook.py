"""Sheets are packed into bytes, and counts into lanes of one number; nothing is lost on the way."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.codebook import BLANK, NOT_APPLICABLE, NOT_ASKED, OUTCOME, Codebook
from models.question import LARGEST_NUMBER, Body, Choice, Question, QuestionKind, Section, Words
from tests.support.survey import default_body, default_book, random_choices

PAIR = (Choice("a", Words("a")), Choice("b", Words("b")))
BOOK = Codebook(Body(sections=(Section("A", questions=(
    Question("One", QuestionKind.SINGLE, choices=PAIR), Question("Many", QuestionKind.MULTIPLE, choices=PAIR),
    Question("Level", QuestionKind.SCALE), Question("Note", QuestionKind.NOTE),
    Question("Grid", QuestionKind.GRID, rows=PAIR), Question("Count", QuestionKind.INTEGER),
    Question("Share", QuestionKind.DECIMAL, decimals=2), Question("Text", QuestionKind.LONG_TEXT),
    Question("Day", QuestionKind.DATE))),)))
VALUES = [(BLANK, NOT_APPLICABLE, NOT_ASKED, *range(1, len(cell.values) + 1)) for cell in BOOK.cells]
SHEETS = st.lists(st.tuples(*map(st.sampled_from, VALUES)).map(bytes), max_size=30)


def test_every_answer_has_a_cell_and_a_note_has_none() -> None:
    assert [cell.code for cell in BOOK.cells] == [
        "One", "Many.a", "Many.b", "Level", "a", "b", "Count", "Share", "Text", "Day"]
    assert [len(cell.values) for cell in BOOK.cells] == [2, 2, 2, 5, 5, 5, 1, 1, 1, 1]
    assert [cell.code for cell in BOOK.cells if cell.has_sum] == ["Count", "Share"]


def test_a_sheet_of_knowledge_has_a_cell_for_its_outcome() -> None:
    assert default_book("NT-CBVC").cells[-1].code == OUTCOME
    assert OUTCOME not in default_book().index


def test_no_two_lanes_lie_on_each_other() -> None:
    lanes = [cell.lane(value) for cell, values in zip(BOOK.cells, VALUES, strict=True) for value in values]
    assert len(set(lanes)) == len(lanes)
    ends = [cell.offset + cell.width for cell in BOOK.cells]
    assert [cell.offset for cell in BOOK.cells] == [0, *ends[:-1]]
    assert BOOK.size * 8 == ends[-1]


@settings(derandomize=True, deadline=None)
@given(SHEETS)
def test_all_sheets_are_in_the_counts_of_every_cell(sheets: list[bytes]) -> None:
    counts = sum(BOOK.count(sheet) for sheet in sheets)
    assert counts == BOOK.tally(sheets)
    assert BOOK.unpack(BOOK.pack(counts)) == counts
    assert BOOK.unsqueeze(BOOK.squeeze(counts)) == counts
    for place, cell in enumerate(BOOK.cells):
        found = BOOK.read(counts, cell.code)
        assert sum(found.values) + found.missing + found.not_applicable == found.sheets == len(sheets)
        assert list(found.values) == [
            sum(sheet[place] == value for sheet in sheets) for value in range(1, len(cell.values) + 1)]
        assert found.not_asked == sum(sheet[place] == NOT_ASKED for sheet in sheets)


@settings(derandomize=True, deadline=None)
@given(SHEETS, SHEETS)
def test_the_counts_of_two_places_are_the_sum_of_their_counts(first: list[bytes], second: list[bytes]) -> None:
    assert BOOK.tally(first) + BOOK.tally(second) == BOOK.tally(first + second)


NUMBERS = st.lists(st.tuples(
    st.integers(-LARGEST_NUMBER, LARGEST_NUMBER),
    st.decimals(-LARGEST_NUMBER, LARGEST_NUMBER, places=2, allow_nan=False, allow_infinity=False)), max_size=20)


@settings(derandomize=True, deadline=None)
@given(NUMBERS)
def test_sums_of_numbers_of_either_sign_are_exact(numbers: list[tuple[int, Decimal]]) -> None:
    blank = bytes(len(BOOK.cells))
    details = [{"Count": count, "Share": str(share)} for count, share in numbers]
    counts = sum(BOOK.count(blank, row) for row in details)
    assert counts == BOOK.tally([blank] * len(numbers)) + sum(map(BOOK.sums, details))
    assert BOOK.read(counts, "Count").total == sum(count for count, _share in numbers)
    assert BOOK.read(counts, "Share").total == sum((share for _count, share in numbers), Decimal())
    assert BOOK.read(counts, "Day").sheets == len(numbers)


def test_a_million_of_the_largest_numbers_stay_in_their_lane() -> None:
    one = BOOK.count(bytes(len(BOOK.cells)), {"Share": f"-{LARGEST_NUMBER}.99"})
    found = BOOK.read(one * 1_000_000, "Share")
    assert found.total == -1_000_000 * Decimal(f"{LARGEST_NUMBER}.99")
    assert BOOK.read(one * 1_000_000, "Text").sheets == 1_000_000


def test_a_byte_that_is_no_value_and_a_sheet_of_another_length_are_refused() -> None:
    sheet = bytearray(len(BOOK.cells))
    sheet[0] = 3
    with pytest.raises(KeyError):
        BOOK.count(bytes(sheet))
    with pytest.raises(ValueError, match="shorter"):
        BOOK.count(bytes(len(BOOK.cells) - 1))


def test_levels_count_sheets_led_past_as_blank() -> None:
    def sheet(level: int) -> bytes:
        return bytes(level if cell.code == "Level" else BLANK for cell in BOOK.cells)

    found = BOOK.levels(BOOK.tally([sheet(value) for value in (1, 5, 5, BLANK, NOT_ASKED, NOT_APPLICABLE)]), "Level")
    assert (found.levels, found.blank, found.not_applicable) == ((1, 0, 0, 0, 2), 2, 1)


def test_the_default_questionnaire_is_counted_sheet_by_sheet_and_column_by_column_alike() -> None:
    random, book = Random(3), default_book()
    sheets = [random_choices(random) for _number in range(500)]
    counts = book.tally(sheets)
    assert counts == sum(book.count(sheet) for sheet in sheets)
    assert {book.read(counts, cell.code).sheets for cell in book.cells} == {500}


@pytest.mark.parametrize("code", ["HL-TTHC", "NT-CBVC"])
def test_a_tree_comes_back_from_json_as_it_was(code: str) -> None:
    body = default_body(code)
    assert Body.load(body.dump()) == body
