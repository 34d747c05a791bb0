"""A page that is always one page: zones below each other, one of which takes what room is left.

Used by the two-page summary. What has no room is said in words ("và 12 đơn vị khác"), never left out silently.
"""

from reportlab.lib.colors import HexColor, black

from core.tokens import LIGHT
from exports.fonts import BOLD, ITALIC, require
from exports.layout.picture import Picture
from exports.layout.preset import Style
from exports.layout.sheet import Block
from exports.layout.typesetter import Line, Typesetter, balance

INK = HexColor(LIGHT.ink)
MUTED = HexColor(LIGHT.muted)
JADE = HexColor(LIGHT.jade)
MORE = require(" …")
CUT_NOTE = Style(face=ITALIC, size=11, leading=14)
TITLE = Style(face=BOLD, size=13, leading=17)


class Zone(Block):
    """A part of a page. ``fit`` is called before drawing and returns the height that the zone takes."""

    is_elastic = False
    """Whether the zone cuts itself to the room that the others leave."""
    claim = 0.0
    """The share of that room that it may take before the others are asked, 0..1; 0 takes its turn."""
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
        """Measure the fixed zones, then give the elastic ones what is left, those with a claim first."""
        for zone in self.zones:
            zone.canv = self.canv
        gaps = sum(zone.gap for zone in self.zones[1:])
        fixed = {id(zone): zone.fit(width, height) for zone in self.zones if not zone.is_elastic}
        left = height - gaps - sum(fixed.values())
        elastic = sorted((zone for zone in self.zones if zone.is_elastic), key=lambda zone: -zone.claim)
        for waiting, zone in zip(range(len(elastic), 0, -1), elastic, strict=True):
            fixed[id(zone)] = zone.fit(width, max(left * (zone.claim or 1 / waiting), 0.0))
            left -= fixed[id(zone)]
        self._heights = [fixed[id(zone)] for zone in self.zones]
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


def clipped(setter: Typesetter, lines: list[Line], style: Style, width: float, most: int) -> list[Line]:
    """At most ``most`` lines; dots at the end of the last say that there is more."""
    if len(lines) <= most:
        return lines
    kept = lines[:most]
    words = kept[-1][0].split(" ")
    while len(words) > 1 and setter.line(" ".join(words) + MORE, style.face, style.size)[1] > width:
        words.pop()
    return [*kept[:-1], setter.line(" ".join(words) + MORE, style.face, style.size)]
