"""The table of emulation points on paper: empty, ordinary and absurd, within its margins, the same bytes twice."""

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from exports.emulation import build
from models.emulation import RuleKind
from models.emulation_score import Measure, Part, Reason
from models.unit import UnitKind
from queries.consolidation.frozen import dump_document
from queries.document import DocumentHead
from queries.emulation import EmulationDocument, Ground, Judged, document_of, stand
from tests.support.house import ROOT
from tests.support.paper import Paper

ROWS: list[dict[str, Any]] = json.loads((ROOT / "data" / "programme" / "emulation.json").read_text(encoding="utf-8"))
HEAD = dump_document(DocumentHead(
    parent_agency="UBND TỈNH QUẢNG NINH", agency="SỞ GIÁO DỤC VÀ ĐÀO TẠO", number="", symbol="BĐ-SGDĐT",
    place="Quảng Ninh", issued_on=None, year=2023, type_name="BẢNG ĐIỂM THI ĐUA",
    subject="Tuyên truyền cải cách hành chính năm 2023", recipients=("Lưu: VT, VP",), authority="KT. GIÁM ĐỐC",
    signer_position="PHÓ GIÁM ĐỐC", signer_name="Người ký (minh họa)"))
SAID = Reason("thử")


def paper_of(count: int, name: str = "Trường Mầm non số {} (minh họa)",
             rows: list[dict[str, Any]] | None = None) -> EmulationDocument:
    """Points of so many schools: each a little later with its plan than the one before, the last without a report."""
    units = tuple(Judged(key, f"MN-{key}", name.format(key), UnitKind.KINDERGARTEN, "Phòng A", "mam_non")
                  for key in range(1, count + 1))
    measures = {unit.id: {
        RuleKind.PLAN_TIMELY: Measure((Part(Fraction(unit.id % 4), SAID),)),
        RuleKind.REPORT_TIMELY: Measure(() if unit.id == count else (Part(Fraction(0), SAID),)),
        RuleKind.FINDINGS: Measure((Part(Fraction(unit.id % 2), SAID, is_overdue=True),))} for unit in units}
    year = stand(Ground(2023, date(2023, 12, 31), units, measures), ROWS if rows is None else rows)
    return document_of(year, HEAD, "Biên bản họp (minh họa)")


def test_it_says_how_it_was_reckoned_and_marks_a_provisional_one_as_a_draft() -> None:
    paper = Paper(build(paper_of(3)))
    first = paper.text(0).replace("\n", " ")
    assert "BẢNG ĐIỂM THI ĐUA" in first and "3 đơn vị" in first and "31/12/2023" in first and "DỰ THẢO" in first
    assert "Căn cứ công bố: Biên bản họp (minh họa)" in first


def test_an_annex_lies_across_and_tells_what_does_not_apply_from_zero() -> None:
    paper = Paper(build(paper_of(3)))
    width, height = paper.sizes()[1]
    text = paper.text(1)
    assert width > height and "TRƯỜNG MẦM NON" in text
    said = " ".join(text.split())
    assert "số 2 (minh họa) 10,00 25,00 – – – – – 0,00" in said
    assert "số 3 (minh họa) 10,00 – – – – – – −3,00" in said
    assert "Ký hiệu cột: KH: nộp kế hoạch năm đúng hạn" in said


@pytest.mark.parametrize(("count", "name", "extra"), [
    (0, "{}", 0), (120, "Trường Mầm non số {} (minh họa)", 0), (2, "Trường" + "A" * 300 + "Z{}", 0), (5, "{}", 12),
])
def test_every_unit_stands_within_the_margins(count: int, name: str, extra: int) -> None:
    rows = [*ROWS, *({**ROWS[2], "code": f"X{key}", "points": 0} for key in range(extra))]
    paper = Paper(build(paper_of(count, name, rows)))
    for page in range(len(paper)):
        words = paper.words(page)
        width = paper.sizes()[page][0]
        assert all(word.left >= 0 and word.right <= width for word in words)
    assert count < 2 or name.format(count)[-6:] in paper.text().replace("\n", "")


def test_equal_points_are_equal_files() -> None:
    assert build(paper_of(20)) == build(paper_of(20))
