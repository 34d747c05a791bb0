"""What the blocks of one DOCX file share: printable words, measures of the paper's face, the width of the text."""

import re
from collections.abc import Iterable
from io import BytesIO

from reportlab.platypus import Flowable

from exports.fonts import printable
from exports.layout import preset
from exports.layout.preset import Style
from exports.layout.sheet import LANDSCAPE, PORTRAIT, Sheet
from exports.layout.typesetter import Line, bind
from exports.word.styles import Styles

_BLANKS = re.compile(" {2,}")
SLACK = 3.0
"""Room that a balanced line gets beside its measure, points: another machine's Times New Roman may differ by a hair."""


class Scribe:
    """Says how one file writes a text, and remembers the signs that no face can print."""

    def __init__(self) -> None:
        self.styles = Styles()
        self.orientation = PORTRAIT
        self._sheet = Sheet(BytesIO())

    @property
    def width(self) -> float:
        """The width of the text on the pages of this part."""
        return preset.LANDSCAPE_WIDTH if self.orientation == LANDSCAPE else preset.TEXT_WIDTH

    @property
    def missing(self) -> list[str]:
        """Signs that no face can print, in the order in which they were met."""
        return list(self._sheet.typesetter.missing)

    def words(self, text: str) -> str:
        """The printable form of a text, blanks drawn together as on paper."""
        found, missing = printable(text)
        self._sheet.typesetter.missing.update(dict.fromkeys(missing))
        return _BLANKS.sub(" ", found).strip(" ")

    def note(self, texts: Iterable[str]) -> None:
        """Remember the signs of texts that are drawn elsewhere, as in a chart."""
        for text in texts:
            self.words(text)

    def wrap(self, text: str, style: Style, width: float) -> list[Line]:
        """The lines that a text takes on paper."""
        return self._sheet.typesetter.wrap(text, style, width)

    def measure(self, block: Flowable, width: float = 0.0) -> None:
        """Let a block break its lines as it does on paper, to learn from them."""
        block.wrapOn(self._sheet, width or self.width, 1e6)

    def side(self, lines: list[Line], width: float) -> float:
        """The indent on both sides within which Word breaks a balanced text into the paper's lines."""
        return max((width - max((line[1] for line in lines), default=width)) / 2 - SLACK, 0.0) if lines[1:] else 0.0

    def balanced(self, text: str, lines: list[Line]) -> str:
        """The words of a balanced text; compounds are held together where it takes several lines."""
        return bind(self.words(text)) if lines[1:] else self.words(text)


__all__ = ["Scribe"]
