"""Reading figures: counted, own, of units below, consolidated, drifted, and what stands behind them."""

from queries.figure.counted import Window, count_figures
from queries.figure.gather import Gathered, gather
from queries.figure.indicator import IndicatorLine, list_indicators
from queries.figure.own import OwnFigure, own_figures, until_of, window_of
from queries.figure.part import ChildPart, child_parts, consolidated_figures, frozen_figures

__all__ = [
    "ChildPart", "Gathered", "IndicatorLine", "OwnFigure", "Window", "child_parts", "consolidated_figures",
    "count_figures", "frozen_figures", "gather", "list_indicators", "own_figures", "until_of", "window_of",
]
