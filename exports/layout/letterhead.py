"""The head of an official document: the two columns of agency and national title, the kind and the subject.

Decree 30/2020/NĐ-CP, annex I, II.1-II.5: cells 1, 2, 3, 4 and 5a. Every "line under" is a drawn rule, never an
underline. The names give way in three steps until both columns stand side by side in the text width: 13 pt with a
motto of 14 pt, then 12 pt with 13 pt, then the agency's names broken into balanced lines.
"""

from dataclasses import dataclass
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from core.dates import format_long_day
from exports.fonts import BOLD, ITALIC, REGULAR, require
from exports.layout.preset import KIND, Style
from exports.layout.sheet import Block, Rule
from exports.layout.typesetter import Line, balance
from queries.document import DocumentHead

NATION = require("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
MOTTO = require("Độc lập - Tự do - Hạnh phúc")
ROOM_FOR_NUMBER = " " * 10
ROOM_FOR_DAY = " " * 8
ROOM_FOR_MONTH = " " * 8
RULE_WEIGHT = 0.75
RULE_DROP = 2.0
"""From the bottom of a line of text to the rule below it."""
SHARE_OF_TEXT = 0.4
"""A rule under an agency or a subject is one third to one half as long as the text."""
GUTTER = 4.0
"""The least space between the columns."""
NUMBER_SIZE = 13.0


@dataclass(frozen=True, slots=True)
class Fit:
    """One step of the fitting rule: sizes of the names and of the motto, the width of the right column."""

    name_size: float
    motto_size: float
    right_width: float


FITS = (Fit(13, 14, 98 * mm), Fit(12, 13, 91 * mm))
"""The steps of ``domain`` §1.9, measured with Tinos in 165 mm."""


def number_line(head: DocumentHead) -> str:
    """The number and symbol as "Số: 05/BC-SGDĐT"; without a number there is room to write one."""
    number = head.number.strip()
    if number.isdigit() and int(number) < 10:
        number = f"0{int(number)}"
    return f"Số: {number or ROOM_FOR_NUMBER}/{head.symbol}"


def day_line(head: DocumentHead, issued_on: date | None) -> str:
    """The place and day as "Quảng Ninh, ngày 05 tháng 02 năm 2023"; without a day there is room to write one."""
    if issued_on is None:
        return f"{head.place}, ngày{ROOM_FOR_DAY}tháng{ROOM_FOR_MONTH}năm {head.year}"
    return f"{head.place}, {format_long_day(issued_on)}"


class Letterhead(Block):
    """Cells 1 to 4: agency and number at the left, national title, motto, place and day at the right."""

    def __init__(self, head: DocumentHead) -> None:
        super().__init__()
        self.head = head
        self._fit = FITS[0]
        self._left: list[tuple[list[Line], Style]] = []
        self._right: list[tuple[list[Line], Style]] = []
        self._last: tuple[list[Line], list[Line]] = ([], [])
        self._widths = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Choose the step that fits and break the names."""
        self._fit = next((fit for fit in FITS if self._fits(fit, width)), FITS[-1])
        left, right = width - self._fit.right_width - GUTTER, self._fit.right_width
        self._widths = (left, right)
        size, motto_size = self._fit.name_size, self._fit.motto_size
        parent, agency = _style(REGULAR, size), _style(BOLD, size)
        motto = _style(BOLD, motto_size)
        setter = self.typesetter
        self._left = [
            (balance(setter, self.head.parent_agency, parent, left), parent),
            (balance(setter, self.head.agency, agency, left), agency),
        ]
        self._right = [
            ([setter.line(NATION, BOLD, size)], agency),
            ([setter.line(MOTTO, BOLD, motto_size)], motto),
        ]
        self._last = self._number_and_day(left, right)
        return width, self._upper_height() + 10 + self._lower_height()

    @property
    def left_width(self) -> float:
        """The width of the agency's column, once it was measured."""
        return self._widths[0]

    @property
    def left_lines(self) -> list[tuple[list[Line], Style]]:
        """The lines of cell 2, superior and agency, once they were broken."""
        return self._left

    @property
    def right_lines(self) -> list[tuple[list[Line], Style]]:
        """The lines of cell 1, national title and motto."""
        return self._right

    @property
    def last_lines(self) -> tuple[list[Line], list[Line]]:
        """The lines of cells 3 and 4, number and day."""
        return self._last

    @property
    def motto_size(self) -> float:
        """The size of the motto and the day in the step that fits."""
        return self._fit.motto_size

    def _fits(self, fit: Fit, width: float) -> bool:
        """Whether the agency's names stand on one line each beside the right column."""
        room = width - fit.right_width - GUTTER
        names = ((self.head.parent_agency, REGULAR), (self.head.agency, BOLD))
        return all(self.typesetter.line(name, face, fit.name_size)[1] <= room for name, face in names)

    def _number_and_day(self, left: float, right: float) -> tuple[list[Line], list[Line]]:
        """The lines of cells 3 and 4; blanks that leave room to write are kept, long names are broken."""
        setter, size = self.typesetter, self._fit.motto_size
        number = [setter.line(number_line(self.head), REGULAR, NUMBER_SIZE)]
        if number[0][1] > left:
            number = setter.wrap(number_line(self.head), _style(REGULAR, NUMBER_SIZE), left)
        day = [setter.line(day_line(self.head, self.head.issued_on), ITALIC, size)]
        if day[0][1] > right:
            day = balance(setter, day[0][0], _style(ITALIC, size), right)
        return number, day

    def _upper_height(self) -> float:
        """The height of the names, the taller column."""
        return max(_stack_height(self._left), _stack_height(self._right)) + RULE_DROP

    def _lower_height(self) -> float:
        """The height of the number and the day."""
        day_style = _style(ITALIC, self._fit.motto_size)
        return max(
            len(self._last[0]) * _style(REGULAR, NUMBER_SIZE).leading, len(self._last[1]) * day_style.leading
        )

    def draw(self) -> None:
        """Write both columns and draw the rules under the agency and the motto."""
        left, right = self._widths
        x_right = left + GUTTER
        top = self._upper_height() + 10 + self._lower_height()
        rules: list[Rule] = []
        bottom_left = self._write(self._left, 0, top, left)
        bottom_right = self._write(self._right, x_right, top, right)
        agency_lines = self._left[1][0]
        if agency_lines:
            rules.append(_rule(left / 2, bottom_left, SHARE_OF_TEXT * max(line[1] for line in agency_lines)))
        rules.append(_rule(x_right + right / 2, bottom_right, self._right[1][0][0][1]))
        self.canv.rules(rules, RULE_WEIGHT)
        lower = self._lower_height()
        self.canv.write_block(self._last[0], _style(REGULAR, NUMBER_SIZE), 0, lower, left)
        self.canv.write_block(self._last[1], _style(ITALIC, self._fit.motto_size), x_right, lower, right)

    def _write(self, stack: list[tuple[list[Line], Style]], x: float, top: float, width: float) -> float:
        """Write one column from the top down; returns its bottom."""
        for lines, style in stack:
            top = self.canv.write_block(lines, style, x, top, width)
        return top


class KindAndSubject(Block):
    """Cell 5a: the kind ("BÁO CÁO"), the subject below it, and a rule of two fifths of the subject's length."""

    gap = 14.0

    def __init__(self, kind: str, subject: str) -> None:
        super().__init__()
        self.kind = kind
        self.subject = subject
        self._lines: tuple[list[Line], list[Line]] = ([], [])
        self._size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the subject into balanced lines."""
        setter = self.typesetter
        self._lines = (
            balance(setter, self.kind, KIND, width),
            balance(setter, self.subject, KIND, width * 0.86),
        )
        count = len(self._lines[0]) + len(self._lines[1])
        self._size = width, count * KIND.leading + 2 * RULE_DROP + 6
        return self._size

    @property
    def lines(self) -> tuple[list[Line], list[Line]]:
        """The lines of kind and subject, once they were broken."""
        return self._lines

    def split(self, width: float, height: float) -> list[Flowable]:
        """The kind and the subject are never parted."""
        return []

    def draw(self) -> None:
        """Write the lines and draw the rule."""
        width, height = self._size
        bottom = self.canv.write_block([*self._lines[0], *self._lines[1]], KIND, 0, height, width)
        if self._lines[1]:
            length = SHARE_OF_TEXT * max(line[1] for line in self._lines[1])
            self.canv.rules([_rule(width / 2, bottom, length)], RULE_WEIGHT)


def _style(face: str, size: float) -> Style:
    """A centred line of the head; its leading leaves room for stacked Vietnamese marks."""
    return Style(face=face, size=size, leading=size * 1.22, align="centre")


def _stack_height(stack: list[tuple[list[Line], Style]]) -> float:
    """The height of a column of lines."""
    return sum(len(lines) * style.leading for lines, style in stack)


def _rule(centre: float, bottom: float, length: float) -> Rule:
    """A rule below text whose last line ends at ``bottom``."""
    y = bottom - RULE_DROP
    return centre - length / 2, y, centre + length / 2, y
