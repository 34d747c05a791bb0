"""Readers of paper for the geometry tests: rules, lines of words and their places in millimetres."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2

from tests.support.paper import POINTS_PER_MM, Paper, Word


@dataclass(frozen=True)
class TextLine:
    """A line of words: its text, its edges in millimetres from the left and the top, its first word's font and size."""

    text: str
    left: float
    right: float
    top: float
    font: str
    size: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def lines(paper: Paper, page: int, left_mm: float = 0, right_mm: float = 400) -> list[TextLine]:
    """The lines of a page whose words stand between two uprights, from the top down."""
    inside = [
        word
        for word in paper.words(page)
        if word.left / POINTS_PER_MM >= left_mm - 0.01 and word.right / POINTS_PER_MM <= right_mm + 0.01
    ]
    inside.sort(key=lambda word: (round(word.bottom), word.left))
    return [line_of(list(group)) for _, group in groupby(inside, key=lambda word: round(word.bottom))]


def line_of(words: list[Word]) -> TextLine:
    first = words[0]
    return TextLine(
        " ".join(word.text for word in words),
        first.left / POINTS_PER_MM,
        words[-1].right / POINTS_PER_MM,
        first.top / POINTS_PER_MM,
        first.font,
        first.size,
    )


def find(found: list[TextLine], text: str) -> TextLine:
    """The line that starts with ``text``."""
    return next(line for line in found if line.text.startswith(text))


@dataclass(frozen=True)
class DrawnRule:
    """A straight stroke in millimetres from the left and the top; its weight in points."""

    left: float
    right: float
    top: float
    bottom: float
    weight: float

    @property
    def length(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def level_rules(paper: Paper, page: int) -> list[DrawnRule]:
    """The level rules of a page, from the top down."""
    rules = [
        DrawnRule(
            line["x0"] / POINTS_PER_MM,
            line["x1"] / POINTS_PER_MM,
            line["top"] / POINTS_PER_MM,
            line["bottom"] / POINTS_PER_MM,
            float(line["linewidth"]),
        )
        for line in paper.strokes(page)
    ]
    return sorted((rule for rule in rules if abs(rule.bottom - rule.top) < 0.1), key=lambda rule: rule.top)


def ink_boxes(paper: Paper) -> Iterator[tuple[float, float, float, float, float, float]]:
    """Width and height of each page in points, and the edges of all its letters together (from the top left)."""
    with pypdfium2.PdfDocument(paper.content) as document:
        for page in document:
            width, height = page.get_size()
            letters = page.get_textpage()
            boxes = [letters.get_charbox(number) for number in range(letters.count_chars())]
            boxes = [box for box in boxes if box[2] > box[0]]
            if boxes:
                yield (
                    width, height, min(box[0] for box in boxes), height - max(box[3] for box in boxes),
                    max(box[2] for box in boxes), height - min(box[1] for box in boxes),
                )  # fmt: skip


def upright_rules(paper: Paper, page: int) -> list[tuple[float, float, float]]:
    """The upright rules of a page as (from the left, top, bottom) in millimetres."""
    return [(line["x0"] / POINTS_PER_MM, line["top"] / POINTS_PER_MM, line["bottom"] / POINTS_PER_MM)
            for line in paper.strokes(page) if abs(line["x1"] - line["x0"]) < 0.1]
