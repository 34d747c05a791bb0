"""To whom a document goes: "Kính gửi" above the text (cell 9a), and the heading of an appendix."""

from reportlab.platypus import Flowable

from exports.fonts import require
from exports.layout.preset import BODY_LEADING, BODY_SIZE, KIND, REFERENCE, REGULAR_LINE, TITLE
from exports.layout.sheet import Block
from exports.layout.typesetter import Line, balance

DEAR = require("Kính gửi:")
MOST_WHOLE = 12
"""Lines of addressees that are never parted."""
AFTER = 4.0
"""Space below the addressees beside the gap of the paragraph that follows."""


class Addressees(Block):
    """One addressee stands on the line of "Kính gửi:"; several stand below each other, dashes under the colon."""

    gap = 8.0

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names
        self._lines: list[tuple[float, Line]] = []
        self._height = 0.0
        self._starts = (0.0, 0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break names that are too long, and centre the whole."""
        setter = self.typesetter
        label = setter.line(DEAR, REGULAR_LINE.face, BODY_SIZE)
        blank = setter.face(REGULAR_LINE.face, BODY_SIZE).space
        if len(self.names) == 1:
            lines = balance(setter, self.names[0], REGULAR_LINE, width - label[1] - blank)
            widest = max((line[1] for line in lines), default=0.0)
            start = (width - label[1] - blank - widest) / 2
            self._starts = (start, start + label[1] + blank, start)
            self._lines = [(start, (f"{label[0]} {lines[0][0]}", 0.0))] if lines else [(start, label)]
            self._lines += [(start + label[1] + blank, line) for line in lines[1:]]
        else:
            self._lines = self._several(width, label, blank)
        self._height = BODY_LEADING * len(self._lines) + AFTER
        return width, self._height

    @property
    def starts(self) -> tuple[float, float, float]:
        """From the left, once broken: where "Kính gửi:" begins, where names begin, where their dashes do."""
        return self._starts

    def _several(self, width: float, label: Line, blank: float) -> list[tuple[float, Line]]:
        """The label and one dash paragraph a name, ``;`` after each and ``.`` after the last."""
        setter = self.typesetter
        colon = label[1] - setter.line(":", REGULAR_LINE.face, BODY_SIZE)[1]
        dash = setter.line("- ", REGULAR_LINE.face, BODY_SIZE)[1]
        room = width - colon - dash
        last = len(self.names) - 1
        blocks = [
            balance(setter, name + (";" if number < last else "."), REGULAR_LINE, room)
            for number, name in enumerate(self.names)
        ]
        widest = max((line[1] for lines in blocks for line in lines), default=0.0)
        start = max((width - colon - dash - widest) / 2, 0.0)
        self._starts = (start, start + colon + dash, start + colon)
        found: list[tuple[float, Line]] = [(start, label)]
        for lines in blocks:
            for number, line in enumerate(lines):
                first = number == 0
                x = start + colon + (0.0 if first else dash)
                found.append((x, (f"- {line[0]}" if first else line[0], line[1])))
        return found

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break a long list between lines; a short one moves whole."""
        fits = int(height / BODY_LEADING)
        if len(self._lines) <= MOST_WHOLE or fits < 2:
            return []
        return [AddressLines(self._lines[:fits]), AddressLines(self._lines[fits:])]

    def draw(self) -> None:
        """Write the lines below the space that follows them."""
        lines = AddressLines(self._lines)
        lines.drawOn(self.canv, 0, self._height - BODY_LEADING * len(self._lines))


class AddressLines(Block):
    """Lines of addressees at their places."""

    def __init__(self, lines: list[tuple[float, Line]]) -> None:
        super().__init__()
        self.lines = lines

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The height of the lines."""
        return width, BODY_LEADING * len(self.lines)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break between lines."""
        fits = int(height / BODY_LEADING)
        return [AddressLines(self.lines[:fits]), AddressLines(self.lines[fits:])] if fits else []

    def draw(self) -> None:
        """Write the lines from the top down."""
        baseline = BODY_LEADING * len(self.lines) - REGULAR_LINE.rise
        inked = []
        for x, line in self.lines:
            inked.append((x, baseline, line[0]))
            baseline -= BODY_LEADING
        self.canv.write(inked, REGULAR_LINE.face, BODY_SIZE)


class AppendixHeading(Block):
    """The heading of an appendix: label, title in capitals, unfilled reference, rule (annex I, III)."""

    def __init__(self, label: str, title: str, kind: str) -> None:
        super().__init__()
        self.label = label
        self.title = title
        self.reference = f"(Kèm theo {kind} số …/…-… ngày … tháng … năm … của …)"
        self._title: list[Line] = []
        self._rule_length = 0.0
        self._key = ""
        self._size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Break the title into balanced lines."""
        self._title = balance(self.typesetter, self.title.upper(), TITLE, width * 0.9)
        self._rule_length = 0.4 * self.typesetter.line(self.reference, REFERENCE.face, REFERENCE.size)[1]
        height = KIND.leading + TITLE.leading * len(self._title) + REFERENCE.leading + 14
        self._size = width, height
        return self._size

    @property
    def called(self) -> str:
        """The appendix in one line: "Phụ lục II. Kết quả theo đơn vị"."""
        return f"{self.label}. {self.title}"

    def key(self, number: int) -> str:
        """Fix and return the name of its bookmark, so that the contents lead to it before it is drawn."""
        self._key = f"appendix-{number + 1}"
        return self._key

    @property
    def title_lines(self) -> list[Line]:
        """The lines of the title, once they were broken."""
        return self._title

    @property
    def rule_length(self) -> float:
        """The length of the rule below the reference."""
        return self._rule_length

    def draw(self) -> None:
        """Write the three parts, draw the rule, set the bookmark."""
        width, height = self._size
        setter = self.typesetter
        self.canv.bookmark(self.called, 0, height, self._key)
        top = self.canv.write_block([setter.line(self.label, KIND.face, KIND.size)], KIND, 0, height, width)
        top = self.canv.write_block(self._title, TITLE, 0, top, width)
        reference = setter.line(self.reference, REFERENCE.face, REFERENCE.size)
        bottom = self.canv.write_block([reference], REFERENCE, 0, top, width)
        half = self._rule_length / 2
        self.canv.rules([(width / 2 - half, bottom - 2, width / 2 + half, bottom - 2)], 0.75)
