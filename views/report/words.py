"""Figures in words, for pages: "1.234", "82,66%", "Không phát sinh", "–"."""

from core.numbers import format_decimal, format_integer, format_number
from core.translation import _
from models.figure import Figure, Provenance
from models.indicator import SourceKind, ValueKind
from models.satisfaction import SMALLEST_GROUP
from models.withheld import POOLED, is_small
from queries.figure import IndicatorLine, OwnFigure

UNKNOWN = "–"
"""A cell about which nothing was said."""


def figure_words(indicator: IndicatorLine, figure: Figure) -> str:
    """A figure as pages show it; a dash where nothing was answered."""
    if figure.value is None:
        return _("Không phát sinh") if figure.is_nil else UNKNOWN
    is_over_sheets = indicator.source in (SourceKind.SURVEY_SHARE, SourceKind.SURVEY_MEAN)
    if (is_over_sheets or (indicator.aggregate in POOLED and figure.denominator)) and is_small(figure):
        return _("dưới %(count)s phiếu", count=SMALLEST_GROUP)
    match indicator.value_kind:
        case ValueKind.YES_NO if figure.denominator is None:
            return _("Có") if figure.value else _("Không")
        case ValueKind.YES_NO:
            return f"{format_integer(figure.value)}/{format_integer(figure.denominator or 0)}"
        case ValueKind.PERCENT:
            return f"{format_number(figure.value)}%"
        case ValueKind.MEAN:
            return format_decimal(figure.value)
        case _:
            return format_number(figure.value)


def unit_words(indicator: IndicatorLine) -> str:
    """The unit beneath a row's label; none for a rate, which carries its sign."""
    return "" if indicator.value_kind in (ValueKind.PERCENT, ValueKind.YES_NO) else indicator.unit


def source_word(indicator: IndicatorLine, own: OwnFigure) -> str:
    """Where a unit's figure comes from, in a word or two."""
    if own.provenance is Provenance.OVERRIDDEN:
        return _("Sửa có lý do")
    if own.provenance is Provenance.TYPED and indicator.is_counted and own.figure.is_nil:
        return _("Đơn vị ghi không phát sinh")
    return _(indicator.source.label)


def source_note(indicator: IndicatorLine, own: OwnFigure) -> str:
    """A sentence on where a unit's figure comes from."""
    counted = figure_words(indicator, own.counted)
    if own.provenance is Provenance.OVERRIDDEN:
        return _("Cổng đếm được: %(counted)s. Lý do: %(reason)s", counted=counted, reason=own.reason)
    if indicator.is_formula:
        return _("Cổng tự tính từ các chỉ tiêu %(codes)s.", codes=", ".join(indicator.rule.operands))
    if indicator.is_typed:
        return ""
    return _("Chưa ghi nhận được gì trong kỳ.") if own.counted.is_empty else ""


def formula_words(indicator: IndicatorLine) -> str:
    """A formula in codes, as "F5 : F4 × 100"; empty for an indicator without one."""
    operands = indicator.rule.operands
    if not indicator.is_formula:
        return ""
    if indicator.value_kind is ValueKind.PERCENT:
        return f"{operands[0]} : {operands[1]} × 100"
    return " + ".join(operands)


def aggregate_words(indicator: IndicatorLine) -> str:
    """How the figures of several units make the figure of all."""
    return {
        "sum": _("Cộng số của các đơn vị."),
        "sum distinct": _("Đếm người, không đếm lượt: cộng số người của các đơn vị."),
        "count_yes": _("Đếm số đơn vị trả lời có, trên số đơn vị đã trả lời."),
        "last": _("Lấy số cuối kỳ của mỗi đơn vị rồi cộng các đơn vị."),
        "ratio": _("Tính lại từ tổng của tử số và mẫu số, không lấy trung bình các tỷ lệ."),
        "weighted share": _("Gộp mọi phiếu của các đơn vị, không lấy trung bình các tỷ lệ."),
        "weighted mean": _("Gộp mọi phiếu của các đơn vị, không lấy trung bình các điểm."),
        "sum of": _("Cộng các chỉ tiêu thành phần."),
    }[indicator.aggregate.value]
