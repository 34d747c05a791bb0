"""Leadership's two pages: two whatever happened, nothing left out without being counted, quick."""

from dataclasses import replace
from time import process_time

import pytest

from exports import summary
from queries.document import SummaryDocument, SummaryFact
from tests.exports import samples, sizes
from tests.support.paper import Paper

NOTES = ("Dựng lại từ nhật ký của cổng. " * 20,) * 9
MODELS = ((sizes.LONG_NAME, sizes.LONG_NAME),) * 60
PLAN = ((sizes.LONG_NAME, "10/113 bài (8,8%)"),) * 80
DISTRICTS = tuple((f"Huyện số {number} (minh họa)", (number, 0, 3, 4, 5, 6, 7, 8)) for number in range(20))


@pytest.mark.parametrize("document", [
    samples.summary(), sizes.EMPTY_SUMMARY, sizes.ABSURD_SUMMARY,
    replace(sizes.ABSURD_SUMMARY, notes=NOTES, models=MODELS, plan=PLAN),
    replace(sizes.EMPTY_SUMMARY, notes=NOTES, models=MODELS, plan=PLAN),
], ids=["ordinary", "empty", "absurd", "absurd with all lists", "nothing but lists"])
def test_there_are_two_pages_and_the_same_bytes_twice(document: SummaryDocument) -> None:
    content = summary.build(document)
    assert len(Paper(content)) == 2
    assert summary.build(document) == content


def test_every_district_has_its_row_and_every_sentence_is_whole() -> None:
    document = samples.summary(60, coverage=DISTRICTS, plan=PLAN[:9], facts=tuple(
        SummaryFact(f"Số {number}", "12/13", "92,3%") for number in range(5)))
    text = Paper(summary.build(document)).text()
    assert all(name in text for name, _counts in DISTRICTS)
    joined = " ".join(text.split())
    assert all(sentence in joined for sentence in document.sentences)
    assert "chỉ tiêu khác" in joined or joined.count("10/113 bài") == 9


def test_units_stand_by_their_state_and_those_without_room_are_counted() -> None:
    text = " ".join(Paper(summary.build(samples.summary(300, coverage=DISTRICTS))).text().split())
    shown = text.count("Trường THPT số")
    assert "Chậm 2 ngày (300):" in text and 10 < shown < 300
    assert f"… và {300 - shown} đơn vị khác." in text


def test_the_notes_of_an_earlier_day_are_printed() -> None:
    text = " ".join(Paper(summary.build(samples.summary(notes=("Không rõ khi đó ghi gì.",)))).text().split())
    assert "Không rõ khi đó ghi gì." in text


def test_the_two_pages_take_little_time() -> None:
    document = samples.summary(300, coverage=DISTRICTS, plan=PLAN)
    summary.build(document)

    def once() -> float:
        began = process_time()
        summary.build(document)
        return process_time() - began

    assert min(once() for _number in range(3)) < 0.15
