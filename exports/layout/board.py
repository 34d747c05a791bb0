"""A page that is always one page: zones below each other, one of which takes what room is left.

Used by the two-page summary. What has no room is said in words ("và 12 đơn vị khác"), never left out silently.
"""

from collections.abc import Sequence

from reportlab.lib.colors import HexColor, black

from core.tokens import LIGHT
from exports.fonts import BOLD, ITALIC, REGULAR, require
from exports.layout.picture import Picture
from exports.layout.preset import Style
from exports.layout.sheet import Block, shift
from exports.layout.typesetter import Line, Typesetter, balance
from queries.document import SummaryFact

INK = HexColor(LIGHT.ink)
MUTED = HexColor(LIGHT.muted)
JADE = HexColor(LIGHT.jade)
HAIR = HexColor(LIGHT.line)
MORE = require(" …")
SMALL = Style(size=11, leading=15)
ITEM = Style(size=13, leading=17)
CUT_NOTE = Style(face=ITALIC, size=11, leading=14)
TITLE = Style(face=BOLD, size=13, leading=17)


class Zone(Block):
    """A part of a page. ``fit`` is called before drawing and returns the height that the zone takes."""

    is_elastic = False
    """Whether the zone cuts itself to the room that the others leave."""
    gap = 16.0

    def fit(self, width: float, room: float) -> float:
        """Prepare the zone for ``width`` and at most ``room``; returns its height in points."""
        raise NotImplementedError


class Board(Block):
    """Zones that fill exactly one page."""

    def __init__(self, *zones: Zone) -> None:
        super().__init__()
        self.zones = zones
        self._heights: list[float] = []
        self._size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Measure the fixed zones, then give the elastic ones what is left, from the top down."""
        for zone in self.zones:
            zone.canv = self.canv
        gaps = sum(zone.gap for zone in self.zones[1:])
        fixed = {id(zone): zone.fit(width, height) for zone in self.zones if not zone.is_elastic}
        left = height - gaps - sum(fixed.values())
        self._heights = []
        waiting = sum(zone.is_elastic for zone in self.zones)
        for zone in self.zones:
            taken = fixed.get(id(zone))
            if taken is None:
                taken = zone.fit(width, max(left / waiting, 0.0))
                left, waiting = left - taken, waiting - 1
            self._heights.append(taken)
        self._size = width, min(sum(self._heights) + gaps, height)
        return self._size

    def draw(self) -> None:
        """Draw the zones from the top down."""
        top = self._size[1]
        for number, (zone, height) in enumerate(zip(self.zones, self._heights, strict=True)):
            top -= height + (zone.gap if number else 0.0)
            zone.drawOn(self.canv, 0, top)
        self.canv.setFillColor(black)
        self.canv.setStrokeColor(black)


class TitleZone(Zone):
    """Agency, title and period, centred above a hairline."""

    STYLES = (
        Style(face=BOLD, size=12, leading=15, align="centre"),
        Style(face=BOLD, size=17, leading=22, align="centre"),
        Style(face=ITALIC, size=12, leading=16, align="centre"),
    )

    def __init__(self, agency: str, title: str, period: str) -> None:
        super().__init__()
        self.texts = (agency, title, period)
        self._lines: list[list[Line]] = []
        self._size = (0.0, 0.0)

    def fit(self, width: float, room: float) -> float:
        """At most three lines each."""
        setter = self.typesetter
        self._lines = [
            clipped(setter, balance(setter, text, style, width), style, width, 3)
            for text, style in zip(self.texts, self.STYLES, strict=True)
        ]
        self._size = (
            width,
            4
            + sum(len(lines) * style.leading for lines, style in zip(self._lines, self.STYLES, strict=True)),
        )
        return self._size[1]

    def draw(self) -> None:
        """Write the lines and the hairline."""
        width, top = self._size
        self.canv.bookmark(self.texts[1], 0, top)
        for lines, style in zip(self._lines, self.STYLES, strict=True):
            top = self.canv.write_block(lines, style, 0, top, width)
        self.canv.setStrokeColor(JADE)
        self.canv.rules([(0, 0, width, 0)], 1)


class FactsZone(Zone):
    """Facts as big numbers, four a row, at most two rows."""

    ACROSS, MOST = 4, 8
    HEIGHT = 66.0
    LABEL = Style(size=10.5, leading=12.5)
    NOTE = Style(face=ITALIC, size=10.5, leading=12.5)
    BIGGEST, SMALLEST = 22.0, 9.0

    def __init__(self, facts: Sequence[SummaryFact]) -> None:
        super().__init__()
        self.facts = facts[: self.MOST]
        self._width = 0.0

    def fit(self, width: float, room: float) -> float:
        """One or two rows of cards."""
        self._width = width
        return self._rows() * (self.HEIGHT + 6) - 6 if self.facts else 0.0

    def _rows(self) -> int:
        return -(-len(self.facts) // self.ACROSS)

    def draw(self) -> None:
        """Draw one card a fact."""
        across = min(self.ACROSS, len(self.facts)) or 1
        width = (self._width - 6 * (across - 1)) / across
        top = self._rows() * (self.HEIGHT + 6) - 6
        for number, fact in enumerate(self.facts):
            row, place = divmod(number, across)
            self._card(fact, place * (width + 6), top - row * (self.HEIGHT + 6), width)

    def _card(self, fact: SummaryFact, x: float, top: float, width: float) -> None:
        """A number, what it counts, and over what."""
        sheet, setter, room = self.canv, self.typesetter, width - 12
        sheet.setStrokeColor(HAIR)
        sheet.rect(x, top - self.HEIGHT, width, self.HEIGHT)
        size = self.BIGGEST
        while size > self.SMALLEST and setter.line(fact.value, BOLD, size)[1] > room:
            size -= 1
        value = Style(face=BOLD, size=size, leading=28)
        sheet.setFillColor(JADE)
        sheet.write_block(
            clipped(setter, setter.wrap(fact.value, value, room), value, room, 1), value, x + 6, top, room
        )
        sheet.setFillColor(INK)
        label = clipped(
            setter, setter.wrap(fact.label, self.LABEL, room), self.LABEL, room, 2 if fact.note else 3
        )
        below = sheet.write_block(label, self.LABEL, x + 6, top - 27, room)
        sheet.setFillColor(MUTED)
        note = clipped(
            setter, setter.wrap(fact.note, self.NOTE, room), self.NOTE, room, 1 if len(label) > 1 else 2
        )
        sheet.write_block(note, self.NOTE, x + 6, below, room)


class SentencesZone(Zone):
    """Sentences as dash paragraphs; what has no room is counted."""

    is_elastic = True
    INDENT = 12.0

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__()
        self.sentences = sentences
        self._lines: list[tuple[float, Line]] = []

    def fit(self, width: float, room: float) -> float:
        """As many whole sentences as fit; a sentence too long for the page ends with dots."""
        setter, room = self.typesetter, room - ITEM.leading
        self._lines = []
        for number, sentence in enumerate(self.sentences):
            lines = setter.wrap(sentence, ITEM, width - self.INDENT)
            free = int(room / ITEM.leading) - len(self._lines)
            if len(lines) > free and (number or free < 1):
                rest = f"… và {len(self.sentences) - number} ý khác trong báo cáo đầy đủ."
                self._lines.append((0.0, setter.line(rest, REGULAR, ITEM.size)))
                break
            lines = clipped(setter, lines, ITEM, width - self.INDENT, max(free, 1))
            marked = [(self.INDENT if place else 0.0, line) for place, line in enumerate(lines)]
            if marked:
                marked[0] = (0.0, (f"–\u00a0{lines[0][0]}", 0.0))
            self._lines += marked
        return len(self._lines) * ITEM.leading

    def draw(self) -> None:
        """Write the lines."""
        top = len(self._lines) * ITEM.leading
        self.canv.setFillColor(INK)
        self.canv.write(
            [
                (x, top - ITEM.rise - number * ITEM.leading, line[0])
                for number, (x, line) in enumerate(self._lines)
            ],
            ITEM.face,
            ITEM.size,
        )


class CodesZone(Zone):
    """One line that says that signs were printed as codes, kept free at the foot of the last page."""

    gap = 4.0

    def fit(self, width: float, room: float) -> float:
        """The height of one line."""
        return CUT_NOTE.leading

    def draw(self) -> None:
        """Write the line when a sign was met that no face can print."""
        count = len(self.typesetter.missing)
        if count:
            words = f"Ghi chú: có {count} ký tự không có trong phông chữ, được in bằng mã trong ngoặc vuông."
            self.canv.setFillColor(MUTED)
            self.canv.write([(0, CUT_NOTE.leading - CUT_NOTE.rise, words)], CUT_NOTE.face, CUT_NOTE.size)


class PictureZone(Zone):
    """A chart made to stand in at most ``most`` points."""

    def __init__(self, picture: Picture, most: float) -> None:
        super().__init__()
        picture.most = most
        self.picture = picture

    def fit(self, width: float, room: float) -> float:
        """The height of the picture with its title."""
        return self.picture.wrapOn(self.canv, width, room)[1]

    def draw(self) -> None:
        """Draw the picture."""
        self.picture.drawOn(self.canv, 0, 0)


class ListZone(Zone):
    """Pairs (unit, state) in two columns below a title; those without room are counted."""

    is_elastic = True
    ACROSS = 2

    def __init__(self, title: str, pairs: Sequence[tuple[str, str]], nothing: str) -> None:
        super().__init__()
        self.title = title
        self.pairs = pairs
        self.nothing = nothing
        self._entries: list[list[Line]] = []
        self._rest = 0
        self._size = (0.0, 0.0)

    def fit(self, width: float, room: float) -> float:
        """As many pairs as both columns hold, each on at most two lines."""
        setter, column = self.typesetter, width / self.ACROSS - 8
        most = max(int((room - TITLE.leading) / SMALL.leading) - 1, 0)
        used = [0] * self.ACROSS
        self._entries = []
        for name, state in self.pairs:
            lines = clipped(setter, setter.wrap(f"{name}: {state}", SMALL, column), SMALL, column, 2)
            place = len(self._entries) % self.ACROSS
            if used[place] + len(lines) > most:
                break
            used[place] += len(lines)
            self._entries.append(lines)
        self._rest = len(self.pairs) - len(self._entries)
        last = 1 if self._rest or not self.pairs else 0
        self._size = width, TITLE.leading + (max(used) + last) * SMALL.leading
        return self._size[1]

    def draw(self) -> None:
        """Write the title, the columns and what was left out."""
        width, height = self._size
        sheet, setter = self.canv, self.typesetter
        sheet.setFillColor(INK)
        sheet.write_block([setter.line(self.title, TITLE.face, TITLE.size)], TITLE, 0, height, width)
        tops = [height - TITLE.leading] * self.ACROSS
        for number, lines in enumerate(self._entries):
            place = number % self.ACROSS
            tops[place] = sheet.write_block(lines, SMALL, place * width / self.ACROSS, tops[place], width)
        last = f"… và {self._rest} đơn vị khác." if self._rest else "" if self.pairs else self.nothing
        if last:
            sheet.setFillColor(MUTED)
            line = setter.line(last, CUT_NOTE.face, CUT_NOTE.size)
            sheet.write_block([line], CUT_NOTE, 0, min(tops), width)


def clipped(setter: Typesetter, lines: list[Line], style: Style, width: float, most: int) -> list[Line]:
    """At most ``most`` lines; dots at the end of the last say that there is more."""
    if len(lines) <= most:
        return lines
    kept = lines[:most]
    words = kept[-1][0].split(" ")
    while len(words) > 1 and setter.line(" ".join(words) + MORE, style.face, style.size)[1] > width:
        words.pop()
    return [*kept[:-1], setter.line(" ".join(words) + MORE, style.face, style.size)]


def centred(text: Line, x: float, width: float) -> float:
    """Where a line starts that stands in the middle of a cell."""
    return x + shift("centre", width, text[1])
