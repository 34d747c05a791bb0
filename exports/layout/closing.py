"""The end of a document: its last words, "Nơi nhận" and the signature, which are never parted.

Cells 7a, 7b, 7c and 9b of Decree 30/2020/NĐ-CP, annex I: recipients at the left (label 12 pt bold italic, list 11),
authority, position and name at the right with room for signature and seal between them.
"""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from exports.fonts import BOLD, BOLD_ITALIC, REGULAR, require
from exports.layout.preset import SIGNATURE_ROOM, Style
from exports.layout.prose import FEW, Prose
from exports.layout.sheet import Block
from exports.layout.typesetter import Line, balance
from models.authority import write_authority
from queries.document import DocumentHead

RECIPIENTS = require("Nơi nhận:")
LABEL = Style(face=BOLD_ITALIC, size=12, leading=15)
LIST = Style(face=REGULAR, size=11, leading=13.5)
SIGNER = Style(face=BOLD, size=14, leading=17, align="centre")
GAP = 14.0
MOST_LINES = 40
"""Lines of recipients that stand beside the signature; more of them go on below it."""


class Signature(Block):
    """Recipients at the left, authority, position, room and name at the right; never broken."""

    gap = GAP

    def __init__(self, head: DocumentHead) -> None:
        super().__init__()
        self.head = head
        self._left: list[Line] = []
        self._authority: list[Line] = []
        self._upper: list[Line] = []
        self._name: list[Line] = []
        self._size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The taller of the two sides."""
        setter, half = self.typesetter, width / 2
        self._left = [
            line for text in recipient_lines(self.head) for line in setter.wrap(text, LIST, half - 6 * mm)
        ][:MOST_LINES]
        self._authority = balance(setter, write_authority(self.head.authority), SIGNER, half)
        self._upper = [*self._authority, *balance(setter, self.head.signer_position, SIGNER, half)]
        self._name = balance(setter, self.head.signer_name, SIGNER, half)
        left = (LABEL.leading + LIST.leading * len(self._left)) if self._left else 0.0
        right = SIGNER.leading * (len(self._upper) + max(len(self._name), 1)) + SIGNATURE_ROOM
        self._size = width, max(left, right)
        return self._size

    @property
    def signer_lines(self) -> tuple[tuple[list[Line], list[Line]], list[Line]]:
        """The lines of authority and position, and those of the name, once they were broken."""
        return (self._authority, self._upper[len(self._authority):]), self._name

    def rest(self, width: float) -> list[Line]:
        """The lines of recipients that do not stand beside the signature."""
        lines = [
            line
            for text in recipient_lines(self.head)
            for line in self.typesetter.wrap(text, LIST, width / 2 - 6 * mm)
        ]
        return lines[MOST_LINES:]

    def draw(self) -> None:
        """Write both sides from the top down."""
        width, height = self._size
        half = width / 2
        if self._left:
            label = self.typesetter.line(RECIPIENTS, LABEL.face, LABEL.size)
            top = self.canv.write_block([label], LABEL, 0, height, half)
            self.canv.write_block(self._left, LIST, 0, top, half)
        top = self.canv.write_block(self._upper, SIGNER, half, height, half)
        self.canv.write_block(self._name, SIGNER, half, top - SIGNATURE_ROOM, half)


class RecipientsRest(Block):
    """Recipients beyond those beside the signature, below it; breaks over pages."""

    def __init__(self, signature: Signature, lines: list[Line] | None = None) -> None:
        super().__init__()
        self.signature = signature
        self.lines = lines

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The height of the lines; nothing when all stand beside the signature."""
        if self.lines is None:
            self.signature.canv = self.canv
            self.lines = self.signature.rest(width)
        return width, LIST.leading * len(self.lines)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break between lines."""
        fits = int(height / LIST.leading)
        if not self.lines or fits < 1:
            return []
        return [
            RecipientsRest(self.signature, self.lines[:fits]),
            RecipientsRest(self.signature, self.lines[fits:]),
        ]

    def draw(self) -> None:
        """Write the lines."""
        lines = self.lines or []
        self.canv.write_block(lines, LIST, 0, LIST.leading * len(lines), 0)


class Closing(Block):
    """The last paragraphs and the signature: a page with the signature carries at least two lines of text."""

    def __init__(self, paragraphs: tuple[Prose, ...], signature: Signature) -> None:
        super().__init__()
        self.paragraphs = paragraphs
        self.signature = signature
        self.gap = paragraphs[0].gap if paragraphs else GAP
        self._width = 0.0

    def _blocks(self) -> tuple[Block, ...]:
        return (*self.paragraphs, self.signature)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The height of paragraphs and signature with the spaces between them."""
        self._width = width
        sizes = [block.wrapOn(self.canv, width, height)[1] for block in self._blocks()]
        return width, sum(sizes) + sum(block.gap for block in self._blocks()[1:])

    def split(self, width: float, height: float) -> list[Flowable]:
        """Break in the paragraphs as late as leaves two lines with the signature; [] when that is nowhere."""
        best: list[Flowable] = []
        used = 0.0
        for number, paragraph in enumerate(self.paragraphs):
            used += paragraph.gap if number else 0.0
            size = paragraph.wrapOn(self.canv, width, height)[1]
            lines = paragraph.lines(width)
            room = min(int((height - used) / paragraph.style.leading + 1e-6), len(lines) - FEW)
            parts = paragraph.cut(room)
            before, after = self.paragraphs[:number], self.paragraphs[number + 1 :]
            if parts:
                best = [*before, parts[0], Closing((parts[1], *after), self.signature)]
            used += size
            left = sum(len(rest.lines(width)) for rest in after if rest.wrapOn(self.canv, width, height))
            if used <= height and left >= FEW:
                best = [*before, paragraph, Closing(after, self.signature)]
        return best

    def draw(self) -> None:
        """Draw everything from the top down."""
        blocks = self._blocks()
        sizes = [block.wrapOn(self.canv, self._width, 1e6)[1] for block in blocks]
        top = sum(sizes) + sum(block.gap for block in blocks[1:])
        for number, (block, size) in enumerate(zip(blocks, sizes, strict=True)):
            top -= size + (block.gap if number else 0.0)
            block.drawOn(self.canv, 0, top)


def recipient_lines(head: DocumentHead) -> list[str]:
    """The list below "Nơi nhận:" as "- Như trên;" … "- Lưu: VT, VP."."""
    last = len(head.recipients) - 1
    return [f"- {name}{';' if number < last else '.'}" for number, name in enumerate(head.recipients)]
