"""Results in words and pictures, in the reader's language."""

from decimal import Decimal
from typing import Any

from flask import url_for

from core.chart import Chart, StackedRow, TrendPoint, stacked_bars, trend_line
from core.dates import format_day
from core.numbers import format_decimal, format_integer, format_share
from core.translation import _
from models.satisfaction import WITHHELD, LevelCounts
from queries.survey.result import SurveyResult

WIDE, NARROW = 480.0, 270.0
Pair = tuple[Chart, Chart]


def share_words(share: Decimal | None) -> str:
    """A share as "83%", "–" without one."""
    return "–" if share is None else format_share(share)


def mean_words(mean: Decimal | None) -> str:
    """A mean as "4,12", "–" without one."""
    return "–" if mean is None else format_decimal(mean)


def margin_words(margin: Decimal | None) -> str:
    """Half an interval as "±3,2 điểm %"; empty without one, and where all answered alike and it says nothing."""
    return "" if not margin else _("± %(points)s điểm %%", points=format_decimal(margin * 100, 1))


def facts_of(found: SurveyResult) -> list[dict[str, Any]]:
    """The numbers that lead."""
    facts = [_fact(_("Phiếu hợp lệ"), format_integer(found.sheets), _sheets_note(found))]
    head = found.headline
    if head is not None:
        facts.append(_fact(_("Tỷ lệ hài lòng chung"), share_words(head.satisfied) if head.is_shown else _(WITHHELD),
                           _headline_note(head.n, head.margin) if head.is_shown else "",
                           _("trên %(count)s trả lời", count=format_integer(head.n)) if head.n else ""))
        facts.append(_fact(_("Điểm trung bình các yếu tố dịch vụ"), mean_words(found.overall_mean),
                           _("thang 5 điểm") if found.overall_mean is not None else ""))
    if found.knowledge is not None:
        known = found.knowledge
        facts.append(_fact(_("Trả lời đạt"), share_words(known.share) if known.answered is not None else _(WITHHELD),
                           "", _("%(passed)s trên %(count)s phiếu", passed=format_integer(known.passed or 0),
                                 count=format_integer(known.answered)) if known.answered else ""))
    facts.append(_fact(_("Đơn vị có phiếu"), format_integer(found.answered_count), "",
                       _("trên %(count)s đơn vị", count=format_integer(found.place_count))))
    return facts


def _fact(label: str, value: str, note: str = "", of: str = "") -> dict[str, Any]:
    """One leading number."""
    return {"label": label, "value": value, "of": of, "note": note, "url": None, "tone": None}


def _sheets_note(found: SurveyResult) -> str:
    """How many were asked, and what the Office excluded."""
    parts = []
    if found.population:
        parts.append(_("%(share)s của %(count)s người; mẫu cần đạt %(sample)s phiếu",
                       share=share_words(found.response_share), count=format_integer(found.population),
                       sample=format_integer(found.sample or 0)))
    if found.excluded:
        parts.append(_("đã loại %(count)s phiếu có lý do", count=format_integer(found.excluded)))
    return "; ".join(parts)


def _headline_note(n: int | None, margin: Decimal | None) -> str:
    """The interval, and whether the sample is small."""
    parts = [margin_words(margin), _("mẫu nhỏ") if n is not None and 0 < n < 30 else ""]
    return "; ".join(part for part in parts if part)


def charts_of(found: SurveyResult, language: str) -> dict[str, Pair]:
    """Charts by name, each for a desk and a phone; none where nothing may be shown."""
    charts = {}
    scale = next((question for question in found.questions if question.is_scale), None)
    if scale is not None and any(factor.counts for factor in found.factors):
        levels = [words.of(language) for words in scale.options]
        rows = [_row(factor.name.of(language), factor.counts) for factor in found.factors]
        charts["factors"] = _stacked(_("Mức độ hài lòng theo yếu tố"), _("Yếu tố"), levels, rows)
        if len(found.channels) > 1 and any(channel.headline for channel in found.channels):
            rows = [_row(_(channel.channel.label), channel.headline) for channel in found.channels]
            charts["channels"] = _stacked(_("Đánh giá chung theo kênh"), _("Kênh"), levels, rows)
    if len([point for point in found.trend if point.satisfied is not None]) > 0:
        charts["trend"] = _trend(found)
    return charts


def _row(label: str, counts: LevelCounts | None) -> StackedRow:
    """One bar, or why there is none."""
    return StackedRow(label, counts.levels if counts is not None else None, "" if counts is not None else _(WITHHELD))


def _stacked(title: str, head: str, levels: list[str], rows: list[StackedRow]) -> Pair:
    """Stacked bars in both widths."""
    said = _("Tỷ lệ trả lời ở năm mức, từ thấp đến cao.")
    heads = (head, _("Tổng số trả lời"))
    return (stacked_bars(title, said, levels, rows, heads=heads, width=WIDE),
            stacked_bars(title, said, levels, rows, heads=heads, width=NARROW))


def _trend(found: SurveyResult) -> Pair:
    """The headline's share, round by round, this one last."""
    head = found.headline
    told = [(point.closes_on, point.satisfied) for point in found.trend]
    told.append((found.round.closes_on, head.satisfied if head is not None else None))
    points = [TrendPoint(format_day(day), None if share is None else float(share) * 100,
                         _(WITHHELD) if share is None else format_share(share)) for day, share in told]
    said = (_("Tỷ lệ hài lòng chung qua các đợt"), _("Cùng câu hỏi, cùng đơn vị; chia theo ngày kết thúc đợt."))
    heads = (_("Đợt kết thúc"), _("Tỷ lệ hài lòng"))
    return (trend_line(*said, points, heads=heads, width=WIDE, limit=100),
            trend_line(*said, points, heads=heads, width=NARROW, limit=100))


def margins_of(found: SurveyResult) -> str:
    """What the intervals are, in a sentence."""
    if found.population:
        return _("Khoảng tin cậy 95%%, đã hiệu chỉnh theo tổng thể hữu hạn N = %(count)s.",
                 count=format_integer(found.population))
    return _("Khoảng tin cậy 95%%, chưa hiệu chỉnh vì chưa biết tổng số người được hỏi.")


def steps_of(found: SurveyResult, above: list[tuple[int, str]]) -> list[dict[str, str]]:
    """The way back up: the rounds, this round, the units above."""
    steps = [{"label": _("Khảo sát"), "url": url_for("survey.index")},
             {"label": found.round.title, "url": url_for("survey.show", code=found.round.code)}]
    return steps + [{"label": name, "url": url_for("result.show", round_id=found.round.id, unit=id_)}
                    for id_, name in above]


__all__ = ["charts_of", "facts_of", "margin_words", "margins_of", "mean_words", "share_words", "steps_of"]
