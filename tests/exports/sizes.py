"""Every document at three sizes: empty, ordinary, absurd."""

import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from exports import consolidation, plan, report, summary
from models.figure import EMPTY, NIL, Aggregate, figure_of
from queries.document import (
    ActivityLine,
    AppendixLine,
    CountBar,
    FigureRow,
    NarrativeSection,
    PlanLine,
    ScaleBar,
    SubmissionLine,
    SummaryFact,
    UnitFigures,
    UnitGroup,
)
from tests.exports import samples

HUGE = 10**15
LONG_NAME = "Trường Phổ thông dân tộc nội trú trung học cơ sở và trung học phổ thông " * 3
STORY = "Đơn vị đã tổ chức tuyên truyền bằng nhiều hình thức. " * 380
ODD = "Trường 😀 đã làm tốt\u200f, mã \u202eשלום\u202c <script>alert('x')</script> & <b>đậm</b> <img src=/etc/passwd>"
TALL_CELL = "\n".join(f"dòng thứ {number} của ô cao" for number in range(40))


def empty_head(**changes: object) -> Any:
    return samples.head(
        parent_agency="", number="", issued_on=None, addressees=(), recipients=(), authority="", signer_position="",
        signer_name="", **changes,
    )  # fmt: skip


EMPTY_PLAN = samples.plan(0, head=empty_head(), opening="", sections=(), indicator_targets=())
EMPTY_REPORT = samples.unit_report(0, head=empty_head(), opening="", sections=(), figures=())
EMPTY_CONSOLIDATION = samples.consolidated(
    head=empty_head(), opening="", sections=(), coverage="", missing=(), figures=(), unit_columns=(),
    unit_groups=(), grand_total={}, submissions=(), appendix=(), satisfaction=(), channels=(), districts=(),
)  # fmt: skip
EMPTY_SUMMARY = samples.summary(
    0, agency="", title="", period="", sentences=(), facts=(), satisfaction=(), channels=(),
    coverage_columns=(), coverage=(),
)  # fmt: skip


def absurd_head() -> Any:
    return samples.head(
        parent_agency=LONG_NAME.upper(), agency=LONG_NAME.upper(), symbol="BC-" + "SGDĐT" * 12, place=LONG_NAME,
        subject=LONG_NAME + ODD, addressees=(LONG_NAME,) * 9, recipients=(LONG_NAME,) * 60, authority=LONG_NAME,
        signer_position=LONG_NAME, signer_name=LONG_NAME, is_draft=True,
    )  # fmt: skip


def absurd_sections() -> tuple[NarrativeSection, ...]:
    odd = unicodedata.normalize("NFD", ODD)
    return (
        NarrativeSection("I", 1, "I.", LONG_NAME, STORY),
        NarrativeSection("II", 1, "II.", "Kết quả", "- " + "ắ" * 5000 + "\n\n\n" + odd),
        NarrativeSection("II.1.a", 3, "a)", "", ""),
        NarrativeSection("II.2", 2, "2.", LONG_NAME, TALL_CELL),
    )


def absurd_figures() -> tuple[FigureRow, ...]:
    huge = figure_of(HUGE)
    rate = figure_of(Decimal("99.994"), Decimal(HUGE), Decimal(HUGE))
    return (
        FigureRow("A1", LONG_NAME, "đồng", "A", Aggregate.SUM, huge, huge, huge, huge, "Sửa có lý do"),
        FigureRow("G3", ODD, "%", "G", Aggregate.RATIO, EMPTY, rate, rate, rate),
        FigureRow("B1", TALL_CELL, "tin, bài", "", Aggregate.SUM, NIL, NIL, EMPTY, NIL),
    )


_HEAD, _SECTIONS, _FIGURES = absurd_head(), absurd_sections(), absurd_figures()
_UNIT = UnitFigures("X", LONG_NAME, {"A1": figure_of(HUGE)}, "", (UnitFigures("Y", ODD, {}, "Chưa nộp"),))
_LONELY = UnitFigures("Z", "Phòng không có trường", {})
_BARS = tuple(CountBar(LONG_NAME, HUGE + number) for number in range(40))
_SCALES = tuple(ScaleBar(ODD, (HUGE, 0, 0, 1, 0)) for _ in range(9))
ABSURD_PLAN = samples.plan(
    head=_HEAD, opening=STORY, sections=_SECTIONS, indicator_targets=_FIGURES,
    items=(PlanLine(TALL_CELL, ODD, figure_of(HUGE), LONG_NAME, LONG_NAME, "Quý II", figure_of(HUGE)),) * 3,
)  # fmt: skip
ABSURD_REPORT = samples.unit_report(
    head=_HEAD, opening=ODD, sections=_SECTIONS, figures=_FIGURES,
    activities=(ActivityLine("06-08/03/2023", TALL_CELL, ODD, "https://" + "a" * 300, figure_of(HUGE)),) * 3,
)  # fmt: skip
ABSURD_CONSOLIDATION = samples.consolidated(
    head=_HEAD, sections=_SECTIONS, missing=(LONG_NAME,) * 700, figures=_FIGURES,
    unit_columns=tuple((f"A{number}+B1", "A1+B1") for number in range(13)),
    unit_groups=(UnitGroup(LONG_NAME, (_UNIT, _LONELY), {"A1": figure_of(HUGE)}),),
    grand_total={"A1": figure_of(HUGE)},
    submissions=(SubmissionLine(LONG_NAME, is_group=True), SubmissionLine(ODD)) * 9,
    appendix=(AppendixLine(TALL_CELL, ODD, LONG_NAME, STORY, ""),), satisfaction=_SCALES, channels=_BARS,
    districts=_BARS,
)  # fmt: skip
ABSURD_SUMMARY = samples.summary(
    0, agency=LONG_NAME, title=LONG_NAME * 3, period=LONG_NAME, sentences=(STORY, ODD) * 6,
    facts=(SummaryFact(LONG_NAME, "1.000.000.000.000.000.000", LONG_NAME),) * 20, satisfaction=_SCALES,
    channels=_BARS, late=((LONG_NAME, "Chậm 20 ngày"),) * 700, coverage_columns=(LONG_NAME,) * 14,
    coverage=((LONG_NAME, (0, HUGE) * 7),) * 90,
)  # fmt: skip
LONELY_DISTRICT = samples.consolidated(
    unit_groups=(UnitGroup("Trường trực thuộc", (), {}),), submissions=(), missing=(), head=absurd_head(),
    coverage="Địa bàn không có trường.",
)  # fmt: skip
"""A district office without schools, under names that are too long."""

SIZES: dict[str, dict[str, Callable[[], bytes]]] = {
    "empty": {
        "plan": lambda: plan.build(EMPTY_PLAN),
        "report": lambda: report.build(EMPTY_REPORT),
        "consolidation": lambda: consolidation.build(EMPTY_CONSOLIDATION),
        "summary": lambda: summary.build(EMPTY_SUMMARY),
    },
    "ordinary": {
        "plan": lambda: plan.build(samples.plan()),
        "report": lambda: report.build(samples.unit_report()),
        "consolidation": lambda: consolidation.build(samples.consolidated()),
        "summary": lambda: summary.build(samples.summary()),
    },
    "absurd": {
        "plan": lambda: plan.build(ABSURD_PLAN),
        "report": lambda: report.build(ABSURD_REPORT),
        "consolidation": lambda: consolidation.build(ABSURD_CONSOLIDATION),
        "summary": lambda: summary.build(ABSURD_SUMMARY),
    },
}
ALL = [(size, kind) for size, kinds in SIZES.items() for kind in kinds]
