"""Reading figures: counted, own, of units below, consolidated, drifted, and what stands behind them."""

from queries.figure.counted import Window, count_figures
from queries.figure.drift import (
    ChildDrift,
    ChildSource,
    Drift,
    DriftRow,
    FigureSources,
    drift,
    figure_sources,
)
from queries.figure.gather import Gathered, gather
from queries.figure.heir import heirs_of
from queries.figure.indicator import IndicatorLine, list_indicators
from queries.figure.own import OwnFigure, own_figures, until_of, weigh, window_of
from queries.figure.part import ChildPart, child_parts, consolidated_figures, frozen_figures
from queries.figure.source import (
    ActivityRecord,
    Records,
    TallyRecord,
    get_records,
    load_records,
    records_behind,
)

__all__ = [
    "ActivityRecord", "ChildDrift", "ChildPart", "ChildSource", "Drift", "DriftRow", "FigureSources", "Gathered",
    "IndicatorLine", "OwnFigure", "Records", "TallyRecord", "Window", "child_parts", "consolidated_figures",
    "count_figures", "drift", "figure_sources", "frozen_figures", "gather", "get_records", "heirs_of",
    "list_indicators", "load_records", "own_figures", "records_behind", "until_of", "weigh", "window_of",
]
