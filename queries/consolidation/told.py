"""What of a consolidation's figures by unit may be told: the one place for page, PDF, DOCX, XLSX and CSV (law 9)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.figure import EMPTY, Figure
from models.withheld import Node, withhold
from queries.consolidation.ground import Ground
from queries.document import ConsolidatedDocument, FigureRow, UnitFigures, UnitGroup
from queries.figure import IndicatorLine


def tell(ground: Ground, document: ConsolidatedDocument) -> ConsolidatedDocument:
    """The document without rates over fewer than five answers and without what they could be worked out from.

    Of appendices I and II alike, before a version freezes them.
    """
    root = Node(document.grand_total, tuple(_group(group) for group in document.unit_groups))
    told = withheld(ground.gathered.indicators, root)
    if told is root:
        return document
    groups = tuple(_told_group(group, node) for group, node in zip(document.unit_groups, told.below, strict=True))
    figures = tuple(_told_row(row, root.figures, told.figures) for row in document.figures)
    return replace(document, unit_groups=groups, grand_total=dict(told.figures), figures=figures)


def withheld(indicators: Sequence[IndicatorLine], root: Node) -> Node:
    """The same table without what may not be told; the very same where all may be."""
    return withhold([line.rule for line in indicators], [line.code for line in indicators if line.from_surveys], root)


def _group(group: UnitGroup) -> Node:
    """A kind of unit as a line of the table."""
    return Node(group.total, tuple(
        Node(unit.figures, tuple(Node(child.figures) for child in unit.children)) for unit in group.units))


def _told_group(group: UnitGroup, node: Node) -> UnitGroup:
    """A kind of unit with what is told of it."""
    units = tuple(_told_unit(unit, below) for unit, below in zip(group.units, node.below, strict=True))
    return replace(group, units=units, total=dict(node.figures))


def _told_unit(unit: UnitFigures, node: Node) -> UnitFigures:
    """A unit with what is told of it and of those below it."""
    children = tuple(_told_unit(child, below) for child, below in zip(unit.children, node.below, strict=True))
    return replace(unit, figures=dict(node.figures), children=children)


def _told_row(row: FigureRow, whole: Mapping[str, Figure], told: Mapping[str, Figure]) -> FigureRow:
    """A row of appendix I, which says what the total of appendix II says."""
    if whole.get(row.code, EMPTY) == told.get(row.code, EMPTY):
        return row
    return replace(row, current=EMPTY, cumulative=EMPTY)


__all__ = ["tell", "withheld"]
