"""The poster of a survey: A4, A5, and two of A5 on a sheet of A4 with a line to cut along.

Who asks, what for, one thing to do, and what people want to know first: how long, that no account is needed, that
nobody is named, until when. The code is at least 84 mm wide on A4 and 59 mm on A5, readable from two metres.
"""

from reportlab.lib.units import mm

from core.dates import format_document_day
from exports.fonts import BOLD, ITALIC, REGULAR, require
from exports.layout.placard import (
    JADE,
    MUTED,
    Code,
    Facts,
    Notice,
    Part,
    Placard,
    cut_lines,
    grid_cuts,
    print_pages,
)
from exports.layout.preset import PAGE_HEIGHT, PAGE_WIDTH, Style
from exports.layout.sheet import Sheet
from queries.survey.document import PosterDocument

A4 = (PAGE_WIDTH, PAGE_HEIGHT)
A5 = (148 * mm, 210 * mm)
MARGIN = 17 * mm
LEAST, MOST = 84 * mm, 112 * mm
"""Edges of the code on A4, without its quiet zone."""

CALL = require("Xin Ông/Bà cho biết ý kiến")
STAFF_CALL = require("Xin mời tham gia khảo sát")
SCAN = require("Dùng máy ảnh của điện thoại quét mã trên, hoặc vào địa chỉ:")
UNTIL = require("Nhận ý kiến đến hết ngày")
ASK = require("Cần hỏi thêm, xin liên hệ:")
FACTS = (("Không cần tài khoản", "mở ra là trả lời được"), ("Không hỏi tên", "không lưu số điện thoại, địa chỉ"))
STAFF_FACTS = (("Mã dùng một lần", "ghi trên mẩu giấy được phát"), ("Không hỏi tên", "mã không gắn với người trả lời"))
for _words in (*FACTS, *STAFF_FACTS):
    require(" ".join(_words))


def build_a4(document: PosterDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """One poster on A4."""
    return _print(document, A4, 1, sheet)


def build_a5(document: PosterDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """One poster on A5."""
    return _print(document, A5, 1, sheet)


def build_two(document: PosterDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """Two posters of A5 beside each other on A4 laid across, with a line to cut along."""
    return _print(document, (PAGE_HEIGHT, PAGE_WIDTH), 2, sheet)


def _print(document: PosterDocument, size: tuple[float, float], across: int, sheet: type[Sheet]) -> bytes:
    """The same placard once or twice on a page of ``size``, scaled to its piece of the page."""
    placard = Placard(parts_of(document), *A4, MARGIN)
    width, height = size[0] / across, size[1]
    scale = min(width / A4[0], height / A4[1])

    def draw(canvas: Sheet) -> None:
        for number in range(across):
            canvas.saveState()
            canvas.translate(number * width + (width - scale * A4[0]) / 2, (height - scale * A4[1]) / 2)
            canvas.scale(scale, scale)
            placard.draw(canvas)
            canvas.restoreState()
        cut_lines(canvas, grid_cuts(*size, across, 1))

    title = f"{CALL}: {document.title}"
    return print_pages([draw], size, title, f"{document.parent_agency} {document.agency}".strip(), sheet)


def parts_of(document: PosterDocument) -> tuple[Part, ...]:
    """The parts of a poster from the top down."""
    facts = STAFF_FACTS if document.for_staff else FACTS
    parts: list[Part] = [
        Notice(document.parent_agency, _style(REGULAR, 14), 2, 9),
        Notice(document.agency, _style(BOLD, 15.5), 2, 9, rule=0.4),
        Notice(STAFF_CALL if document.for_staff else CALL, _style(BOLD, 38), 1, 24, JADE, gap=10),
        Notice(document.title, _style(REGULAR, 19), 4, 11),
        Notice(f"tại {document.unit_name}" if document.unit_name else "", _style(BOLD, 21), 3, 11),
        Code(document.qr_address, LEAST, MOST),
        Notice(SCAN, _style(REGULAR, 15), 1, 10),
        Notice(plain_address(document.address), _style(BOLD, 24), 2, 10),
        Facts(((f"Khoảng {document.minutes} phút", "trả lời từng câu bằng một chạm"), *facts),
              _style(BOLD, 16), _style(REGULAR, 12.5), gap=8),
        Notice(f"{UNTIL} {format_document_day(document.closes_on)}", _style(BOLD, 19), 1, 12, JADE, gap=6),
    ]
    if document.contact:
        parts.append(Notice(f"{ASK} {document.contact}", _style(ITALIC, 13), 2, 9, MUTED))
    return tuple(parts)


def plain_address(address: str) -> str:
    """An address as people type it, without the scheme that a phone adds: "cchc.example.vn/s/abcd2345"."""
    return address.removeprefix("https://").removeprefix("http://")


def _style(face: str, size: float) -> Style:
    """A centred line."""
    return Style(face=face, size=size, leading=size * 1.24, align="centre")


__all__ = ["build_a4", "build_a5", "build_two", "parts_of", "plain_address"]
