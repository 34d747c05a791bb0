"""Freezing figures: what a report says becomes rows of a version (product laws 5 and 6)."""

from models.figure import EMPTY
from models.submission import VersionFigure
from queries.figure import Gathered


def freeze_figures(gathered: Gathered) -> list[VersionFigure]:
    """One new row per indicator, without a version yet: the figure, its provenance, what was counted then.

    ``own_value`` is the consolidating unit's own part, None for a unit without units below.
    """
    rows = []
    for line in gathered.indicators:
        own, figure = gathered.own[line.code], gathered.figures.get(line.code, EMPTY)
        rows.append(VersionFigure(
            indicator_id=line.id, state=figure.state, value=figure.value, numerator=figure.numerator,
            denominator=figure.denominator, provenance=gathered.provenance(line.code), reason=own.reason,
            counted=own.counted.value, own_value=own.figure.value if gathered.consolidates else None))
    return rows
