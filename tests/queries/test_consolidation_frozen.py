"""A document goes into a version as JSON and comes out equal."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figure import EMPTY, NIL, Aggregate, Figure, FigureState, figure_of
from queries.consolidation import dump_document, load_document, load_summary
from queries.document import (
    AppendixLine,
    ConsolidatedDocument,
    CountBar,
    DocumentHead,
    FigureRow,
    NarrativeSection,
    ScaleBar,
    SubmissionLine,
    SummaryDocument,
    SummaryFact,
    UnitFigures,
    UnitGroup,
)

numbers = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-10**12, max_value=10**12)
values = st.builds(lambda value, top, bottom: Figure(FigureState.VALUE, value, top, bottom), numbers,
                   st.none() | numbers, st.none() | numbers)
figures = st.just(EMPTY) | st.just(NIL) | values


def document(cells: dict[str, Figure], day: date | None, text: str) -> ConsolidatedDocument:
    child = UnitFigures("TH", text, cells, "Chưa nộp")
    cell = next(iter(cells.values()), EMPTY)
    row = FigureRow("A1", text, "văn bản", "A", Aggregate.SUM, cell, cell, cell, cell)
    return ConsolidatedDocument(
        head=DocumentHead("UBND", "SỞ", "05", "BC", "Quảng Ninh", day, 2023, "BÁO CÁO", text, ("A", "B"), ("C",)),
        opening=text, sections=(NarrativeSection("I.1", 2, "1.", "Mục", text),), coverage=text, missing=(text,),
        figures=(row,), unit_columns=(("A1", "A1"),),
        unit_groups=(UnitGroup("Nhóm", (UnitFigures("P", text, cells, "", (child,)),), cells),), grand_total=cells,
        submissions=(SubmissionLine(text, plan_on=day, is_group=True),), appendix=(AppendixLine(*[text] * 5),),
        satisfaction=(ScaleBar(text, (1, 2, 3, 4, 5)),), channels=(CountBar(text, 3),))


@given(st.dictionaries(st.sampled_from(["A1", "B2", "H2"]), figures), st.none() | st.dates(), st.text(max_size=40))
def test_a_report_comes_out_of_json_as_it_went_in(cells: dict[str, Figure], day: date | None, text: str) -> None:
    written = document(cells, day, text)
    assert load_document(json.loads(json.dumps(dump_document(written)))) == written


def test_a_summary_comes_out_of_json_as_it_went_in() -> None:
    written = SummaryDocument(
        "Sở", "Tóm tắt", "đến hết ngày", ("Một câu.",), (SummaryFact("a", "1/2", "50%"),),
        (ScaleBar("Chung", (0, 1, 2, 3, 4)),), (CountBar("Báo", 3),), (("Trường", "Chưa nộp"),), ("T1", "T2"),
        (("Huyện", (1, 0)),))
    assert load_summary(json.loads(json.dumps(dump_document(written)))) == written


@pytest.mark.parametrize("figure", [EMPTY, NIL, figure_of(0), figure_of(Decimal("82.66"), Decimal(62), Decimal(75))])
def test_zero_nothing_and_not_occurring_stay_three_things(figure: Figure) -> None:
    written = document({"A1": figure}, None, "")
    assert load_document(dump_document(written)).grand_total["A1"] == figure


def test_a_part_unknown_to_an_older_version_takes_its_default() -> None:
    content = dump_document(document({"A1": NIL}, None, ""))
    del content["channels"], content["head"]["recipients"]
    assert load_document(content).channels == () and load_document(content).head.recipients == ()
