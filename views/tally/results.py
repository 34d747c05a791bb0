"""What a tally's answers come to, as its page shows it: by question, by factor, and in general.

The formulae stand in ``models/satisfaction.py``. What has fewer than five answers is not shown, and a factor is
made of the questions that are shown, so that nothing hidden can be subtracted.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.chart import Chart, StackedRow, stacked_bars
from core.numbers import format_decimal, format_integer
from core.translation import _
from models.satisfaction import (
    SERVICE_FACTORS,
    TOO_FEW,
    LevelCounts,
    factor_mean,
    margin_of,
    mean_of,
    overall_mean,
    pool,
    satisfied_share,
    shown_only,
)
from queries.questionnaire import QuestionnaireLine

NARROW, WIDE = 270.0, 620.0


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One question or factor in words; ``cells`` are n, five counts, not applicable, blank, share, mean."""

    code: str
    label: str
    cells: tuple[str, ...]
    note: str
    """"chưa đủ 5 phiếu", "mẫu nhỏ", or nothing."""


@dataclass(frozen=True)
class Results:
    """Everything the page shows of a tally's answers."""

    facts: list[dict[str, Any]]
    questions: list[ResultRow]
    factors: list[ResultRow]
    wide: Chart
    narrow: Chart


def results_of(questionnaire: QuestionnaireLine, answers: dict[str, LevelCounts]) -> Results:
    """Work the results out. Questions without a row of answers count as not asked."""
    by_factor: dict[str, list[LevelCounts]] = {}
    names: dict[str, str] = {}
    for question in questionnaire.questions:
        names[question.factor_code] = question.factor_name
        by_factor.setdefault(question.factor_code, []).append(answers.get(question.code, LevelCounts()))
    factors = {code: shown_only(rows) for code, rows in by_factor.items()}
    headline = answers.get(questionnaire.headline_code, LevelCounts())
    charts = [_chart(questionnaire, names, factors, width) for width in (WIDE, NARROW)]
    return Results(
        facts=_facts(headline, factors),
        questions=[_question_row(question.code, question.text, answers.get(question.code, LevelCounts()))
                   for question in questionnaire.questions],
        factors=[_factor_row(code, names[code], rows, len(rows) < len(by_factor[code]))
                 for code, rows in factors.items()],
        wide=charts[0], narrow=charts[1])


def _percent(share: Decimal | None) -> str:
    """A share as "82,66%", half up; a dash without answers."""
    return "–" if share is None else f"{format_decimal(share * 100)}%"


def _mean(mean: Decimal | None) -> str:
    """A mean as "3,83", half up; a dash without answers."""
    return "–" if mean is None else format_decimal(mean)


def _note(counts: LevelCounts) -> str:
    """The words that go with few answers."""
    if not counts.is_shown:
        return _(TOO_FEW)
    return _("mẫu nhỏ") if counts.is_small else ""


def _question_row(code: str, text: str, counts: LevelCounts) -> ResultRow:
    """One question; its cells stay empty when there are too few answers."""
    if not counts.is_shown:
        return ResultRow(code, text, ("–",) * 10, _note(counts))
    numbers = (counts.n, *counts.levels, counts.not_applicable, counts.blank)
    cells = (*map(format_integer, numbers), _percent(satisfied_share(counts)), _mean(mean_of(counts)))
    return ResultRow(code, text, cells, _note(counts))


def _factor_row(code: str, name: str, rows: list[LevelCounts], is_partial: bool) -> ResultRow:
    """One factor: its answers pooled, the share Σ/Σ, the mean of its questions' means.

    ``is_partial`` tells that a question with too few answers was left out.
    """
    pooled = pool(rows)
    if not pooled.is_shown:
        return ResultRow(code, name, ("–",) * 3, _(TOO_FEW))
    return ResultRow(
        code, name, (format_integer(pooled.n), _percent(satisfied_share(pooled)), _mean(factor_mean(rows))),
        _("không tính câu chưa đủ 5 phiếu") if is_partial else "")


def _facts(headline: LevelCounts, factors: dict[str, list[LevelCounts]]) -> list[dict[str, Any]]:
    """The headline share with its interval, the mean beside it, the mean of the service factors."""
    share, mean = satisfied_share(headline), mean_of(headline)
    margin = margin_of(share, headline.n) if share is not None else None
    overall = overall_mean([factor_mean(factors.get(code, [])) for code in SERVICE_FACTORS])
    if not headline.is_shown or share is None or margin is None:
        rows: list[tuple[str, str, str | None, str | None]] = [(_("Hài lòng chung"), "–", None, _(TOO_FEW))]
    else:
        of = _("%(satisfied)s trên %(n)s trả lời", satisfied=format_integer(headline.satisfied),
               n=format_integer(headline.n))
        note = _("sai số ±%(margin)s điểm phần trăm ở độ tin cậy 95%%", margin=format_decimal(margin * 100))
        small = _("mẫu nhỏ, không xếp hạng; ") if headline.is_small else ""
        rows = [
            (_("Hài lòng chung"), _percent(share), of, small + note),
            (_("Điểm trung bình, câu chung"), _mean(mean), _("trên 5"), None),
        ]
    rows.append((_("Điểm trung bình năm yếu tố phục vụ"), _mean(overall), _("trên 5") if overall else None, None))
    return [{"label": label, "value": value, "of": of, "note": note, "url": None, "tone": None}
            for label, value, of, note in rows]


def _chart(questionnaire: QuestionnaireLine, names: dict[str, str], factors: dict[str, list[LevelCounts]],
           width: float) -> Chart:
    """Stacked bars of the five levels, a bar a factor."""
    rows = []
    for code, counts in factors.items():
        pooled = pool(counts)
        rows.append(StackedRow(names[code], pooled.levels if pooled.is_shown else None, _(TOO_FEW)))
    return stacked_bars(
        _("Mức độ hài lòng theo yếu tố"), _("Tỷ lệ trả lời ở năm mức, từ thấp đến cao."),
        [str(label) for label in questionnaire.level_labels], rows, heads=(_("Yếu tố"), _("Tổng số trả lời")),
        width=width)
