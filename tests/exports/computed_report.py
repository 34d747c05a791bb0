"""A consolidated report whose numbers belong together, for tests of workbooks: every kind of indicator."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from models.figure import (
    EMPTY,
    NIL,
    Aggregate,
    Figure,
    IndicatorRule,
    combine,
    compute,
    figure_of,
    mean_of,
    share_of,
    total,
)
from queries.document import ConsolidatedDocument, FigureRow, UnitFigures, UnitGroup
from queries.inspection_annex import FindingRow, FindingTally, InspectionAnnex
from queries.model_annex import ModelLine
from tests.exports import samples

RULES = (
    IndicatorRule("A1", Aggregate.SUM), IndicatorRule("A2", Aggregate.COUNT_YES), IndicatorRule("C1", Aggregate.SUM),
    IndicatorRule("C2", Aggregate.SUM), IndicatorRule("C5", Aggregate.LAST), IndicatorRule("G1", Aggregate.SUM),
    IndicatorRule("G2", Aggregate.SUM), IndicatorRule("G3", Aggregate.RATIO, ("G2", "G1")),
    IndicatorRule("H1", Aggregate.SUM), IndicatorRule("H2", Aggregate.WEIGHTED_SHARE, ("H1",)),
    IndicatorRule("H3", Aggregate.WEIGHTED_MEAN, ("H1",)), IndicatorRule("K2", Aggregate.SUM_DISTINCT),
    IndicatorRule("M1", Aggregate.SUM), IndicatorRule("M2", Aggregate.SUM),
    IndicatorRule("M5", Aggregate.SUM_OF, ("M1", "M2")))
COLUMNS = (("A1", "A1"), ("C1+C2", "C1+C2"), ("G3", "G3"), ("H2", "H2"), ("H3", "H3"), ("M5", "M5"))
KEPT_BELOW = frozenset({"A1", "C1", "C2", "G1", "G2", "G3", "H2", "H3", "M5"})


def figures(random: Random) -> dict[str, Figure]:
    """One unit's figures; some not answered, some nil, some zero."""
    found: dict[str, Figure] = {}
    for rule in RULES:
        lot, value = random.random(), random.randint(0, 90)
        if rule.aggregate.is_formula:
            found[rule.code] = compute(rule, found)
        elif lot < 0.15:
            found[rule.code] = EMPTY
        elif lot < 0.3:
            found[rule.code] = NIL
        elif rule.aggregate is Aggregate.COUNT_YES:
            found[rule.code] = figure_of(value % 2)
        elif rule.aggregate is Aggregate.WEIGHTED_SHARE:
            found[rule.code] = share_of(Decimal(value), Decimal(90))
        elif rule.aggregate is Aggregate.WEIGHTED_MEAN:
            found[rule.code] = mean_of(Decimal(value * 5), Decimal(100))
        else:
            found[rule.code] = figure_of(Decimal(value) / 4 if rule.code == "M1" else value if lot > 0.4 else 0)
    return found


def report(seed: int = 1, schools: int = 4, is_district: bool = False) -> ConsolidatedDocument:
    """Three offices with schools (a district: schools alone), five other units, one group that answered nothing."""
    random = Random(seed)
    offices = tuple(_office(random, number, 0 if is_district else schools) for number in range(1, 4))
    others = tuple(UnitFigures(f"THPT-{number}", f"Trường THPT số {number} (minh họa)", figures(random))
                   for number in range(1, 6))
    late = (UnitFigures("TT-1", "Trung tâm số 1 (minh họa)", {}, "Chưa nộp"),)
    groups = tuple(UnitGroup(label, units, _total([unit.figures for unit in units])) for label, units in (
        ("Phòng Giáo dục và Đào tạo", offices), ("Trường THPT", others), ("Trung tâm", late)))
    whole = _total([unit.figures for unit in (*offices, *others)])
    return samples.consolidated(
        0, 0, unit_groups=groups, unit_columns=COLUMNS, grand_total=whole, figures=_rows(random, whole),
        missing=("Trung tâm số 1 (minh họa)",), requirement="Báo cáo 6 tháng đầu năm 2023 (mã 2023-half-year)",
        period="số liệu tính từ ngày 01/12/2022 đến hết ngày 29/5/2023", models=MODELS, inspection=ANNEX)


def _office(random: Random, number: int, schools: int) -> UnitFigures:
    """An office whose figures are those of its schools together, or a school where there are none below."""
    below = [figures(random) for _ in range(schools)]
    children = tuple(UnitFigures(
        f"TH-{number}-{place}", f"Trường số {place} (minh họa)",
        {code: figure for code, figure in found.items() if code in KEPT_BELOW}) for place, found in enumerate(below))
    lacking = (UnitFigures(f"TH-{number}-x", "Trường chưa nộp (minh họa)", {}, "Chưa nộp"),) if schools else ()
    return UnitFigures(f"PGD-{number}", f"Phòng số {number} (minh họa)",
                       _total(below) if schools else figures(random), "", children + lacking)


def _total(parts: list[dict[str, Figure]]) -> dict[str, Figure]:
    """The figures of several units together."""
    return total(RULES, [part for part in parts if part])


def _rows(random: Random, whole: dict[str, Figure]) -> tuple[FigureRow, ...]:
    """Appendix I for the whole, with figures of last year."""
    last = _total([figures(random) for _ in range(9)])
    return tuple(FigureRow(
        rule.code, f"Chỉ tiêu {rule.code}", "đơn vị", rule.code[0], rule.aggregate, figure_of(100),
        whole.get(rule.code, combine(rule, ())), whole.get(rule.code, EMPTY), last[rule.code],
        group_name=f"Nhóm {rule.code[0]}", operands=rule.operands) for rule in RULES)


def with_huge(document: ConsolidatedDocument) -> ConsolidatedDocument:
    """The same with one unit's A1 of 10^15, in every total."""
    group = document.unit_groups[1]
    units = (replace(group.units[0], figures={**group.units[0].figures, "A1": figure_of(10**15)}), *group.units[1:])
    groups = (document.unit_groups[0], replace(group, units=units, total=_total([u.figures for u in units])),
              document.unit_groups[2])
    whole = _total([unit.figures for one in groups for unit in one.units])
    rows = tuple(replace(row, current=whole[row.code], cumulative=whole[row.code]) for row in document.figures)
    return replace(document, unit_groups=groups, grand_total=whole, figures=rows)


MODELS = (ModelLine("Mô hình hay", "Ngày thứ Sáu không viết (minh họa)", "Trường số 1 (minh họa)", "Kết quả tốt"),)
FINDING = FindingRow("Trường số 1 (minh họa)", "Kiểm tra ngày 12/04/2023", "Niêm yết còn thiếu", "Trung bình",
                     date(2023, 4, 12), date(2023, 5, 12), "Chưa trả lời", "Quá hạn 18 ngày", True)
ANNEX = InspectionAnnex(
    date(2023, 5, 29), 3, 9, (FindingTally("Hạ Long", 2, 1, 4, 1, 1, 1, 0, 1),
                               FindingTally("Cẩm Phả", 1, 1, 2, 2, 0, 0, 0, 0)),
    FindingTally("", 3, 2, 6, 3, 1, 1, 0, 1), (FINDING,))
