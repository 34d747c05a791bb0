"""Shapes of a chart: plain strokes, bars and words in points, origin at the upper left, y growing downwards."""

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled bar; points."""

    x: float
    y: float
    width: float
    height: float
    role: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight stroke of ``weight`` points."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: str
    weight: float = 0.75


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled disc."""

    x: float
    y: float
    radius: float
    role: str


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text whose baseline is at ``y``."""

    x: float
    y: float
    text: str
    size: float
    role: str
    anchor: Anchor = "start"
    bold: bool = False


Shape = Rect | Line | Dot | Text


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished picture, ``width`` × ``height`` points, with its words and the table behind it."""

    title: str
    description: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    columns: tuple[str, ...]
    """Heads of the table; the first is the head of the row labels."""
    rows: tuple[tuple[str, ...], ...]
    """Cells as they are shown, one tuple per row, the label first."""
