"""Words in charts: how wide they are, where they break, where they stand beside or above a bar."""

from collections.abc import Callable

from core.shapes import Text
from core.tokens import CHART_TYPE

Measure = Callable[[str, float], float]
"""Width in points of a text at a size, by the metrics of the painter's font."""

NARROW = 360.0
"""Below this width (points) labels stand above their bars."""
LABEL_SHARE = 0.36
LABEL_GAP = 10.0
BAR = 18.0
GAP = 12.0
RISE = 5.5
"""From the bottom of a bar to the baseline of the words in it."""
MORE = " …"


def approximate_width(text: str, size: float) -> float:
    """Return a safe width of ``text`` in points without the metrics of a font (0.56 em a sign)."""
    return len(text) * size * 0.56


def wrap(text: str, width: float, size: float, measure: Measure = approximate_width) -> list[str]:
    """Break ``text`` at spaces into lines no wider than ``width``; a word wider than a line is broken, nothing cut."""
    lines: list[str] = []
    for word in text.split():
        for number, piece in enumerate(_pieces(word, width, size, measure)):
            joined = f"{lines[-1]} {piece}" if lines else piece
            if lines and not number and measure(joined, size) <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    return lines or [""]


def _pieces(word: str, width: float, size: float, measure: Measure) -> list[str]:
    """The word, or parts of it of at least one letter that are no wider than ``width``."""
    if measure(word, size) <= width:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter, size) > width:
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def clip(lines: list[str], most: int, width: float, size: float, measure: Measure = approximate_width) -> list[str]:
    """Return at most ``most`` of ``lines``; dots at the end of the last say that there is more."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measure(last + MORE, size) > width:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: most - 1], last + MORE]


def bar_start(width: float) -> tuple[float, float]:
    """Return how wide labels are (0: they stand above their bars) and where bars begin in a chart of ``width``."""
    if width < NARROW:
        return 0.0, 0.0
    return width * LABEL_SHARE, width * LABEL_SHARE + LABEL_GAP


def place_label(text: str, y: float, width: float, label_width: float, measure: Measure) -> tuple[list[Text], float]:
    """Return the label's lines from ``y`` down, and the height that they take."""
    size = CHART_TYPE.label
    leading = size * CHART_TYPE.leading
    lines = wrap(text, label_width or width, size, measure)
    height = leading * len(lines)
    first = y + (leading if label_width == 0 else max(BAR - height, 0) / 2 + size)
    return [Text(0, first + i * leading, line, size, "label") for i, line in enumerate(lines)], height


__all__ = ["BAR", "GAP", "RISE", "Measure", "approximate_width", "bar_start", "clip", "place_label", "wrap"]
