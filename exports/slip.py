"""Slips with codes that are good for one answer: ten a page, with lines to cut along.

A slip says what it is for, how to answer and that nobody knows whose it is. The QR code opens the questions at once;
who has no camera types the address and the code.
"""

from collections.abc import Callable
from functools import partial

from reportlab.lib.units import mm

from core.dates import format_document_day
from exports.fonts import BOLD, REGULAR, require
from exports.layout.placard import Notice, cut_lines, fit, grid_cuts, print_pages
from exports.layout.preset import PAGE_HEIGHT, PAGE_WIDTH, Style
from exports.layout.qr import draw_code, quiet_edge
from exports.layout.sheet import Sheet
from exports.layout.typesetter import Line
from exports.poster import plain_address
from queries.survey.document import SlipDocument

ACROSS, DOWN = 2, 5
PER_PAGE = ACROSS * DOWN
MARGIN = 6 * mm
CODE_EDGE = 30 * mm
"""The edge of a slip's QR code without its quiet zone."""
YOUR_CODE = require("Mã của Ông/Bà:")
HOW = require("Quét mã bên, hoặc nhập mã này tại:")
WHAT = require("Dùng được một lần, đến hết ngày {day}. Phiếu được phát ngẫu nhiên; không ai biết mã nào của ai.")
NONE = require("Không có mã nào.")
Known = dict[tuple[Notice, float], tuple[list[Line], Style]]
"""How what stands on every slip was set."""


def build(document: SlipDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The slips as a PDF file; without codes one page that says so."""
    codes = document.codes
    pages = [codes[start:start + PER_PAGE] for start in range(0, len(codes), PER_PAGE)] or [()]
    known: Known = {}
    draws: list[Callable[[Sheet], None]] = [partial(_draw_page, document, page, known) for page in pages]
    title = f"Mã trả lời một lần: {document.title}"
    return print_pages(draws, (PAGE_WIDTH, PAGE_HEIGHT), title, document.agency, sheet)


def _draw_page(document: SlipDocument, codes: tuple[str, ...], known: Known, sheet: Sheet) -> None:
    """One page of slips, row by row from the top left."""
    width, height = PAGE_WIDTH / ACROSS, PAGE_HEIGHT / DOWN
    for number, code in enumerate(codes):
        row, place = divmod(number, ACROSS)
        _draw_slip(document, code, known, sheet, place * width, PAGE_HEIGHT - row * height, width)
    if not codes:
        line = sheet.typesetter.line(NONE, REGULAR, 13)
        sheet.write_block([line], Style(align="centre"), 0, PAGE_HEIGHT / 2, PAGE_WIDTH)
    cut_lines(sheet, grid_cuts(PAGE_WIDTH, PAGE_HEIGHT, ACROSS, DOWN))


def _draw_slip(document: SlipDocument, code: str, known: Known, sheet: Sheet, left: float, top: float,
               width: float) -> None:
    """One slip: who asks and what for, the code at the right, how to answer at the left."""
    content = f"{document.address}/{code}"
    edge, quiet = CODE_EDGE, quiet_edge(content, CODE_EDGE)
    x, room = left + MARGIN, width - 2 * MARGIN
    top -= MARGIN
    top = _write(sheet, known, Notice(document.agency, _style(BOLD, 9.5), 2, 6.5), x, top, room)
    top = _write(sheet, known, Notice(document.title, _style(REGULAR, 9.5), 2, 7), x, top, room) - 2
    draw_code(sheet, content, left + width - quiet - edge, top - quiet - edge, edge)
    narrow = room + MARGIN - edge - 2 * quiet
    what = WHAT.format(day=format_document_day(document.closes_on))
    top = _write(sheet, known, Notice(YOUR_CODE, _style(REGULAR, 9.5), 1, 7), x, top - 3, narrow)
    top = _write(sheet, known, Notice(code, _style(BOLD, 21), 1, 9), x, top, narrow)
    top = _write(sheet, known, Notice(HOW, _style(REGULAR, 9.5), 1, 7), x, top - 2, narrow)
    top = _write(sheet, known, Notice(plain_address(document.address), _style(BOLD, 9.5), 2, 6), x, top, narrow)
    _write(sheet, known, Notice(what, _style(REGULAR, 8.5), 4, 6.5), x, top - 3, narrow)


def _write(sheet: Sheet, known: Known, notice: Notice, x: float, top: float, width: float) -> float:
    """Write a notice that shrinks to its room; returns its bottom."""
    if (notice, width) not in known:
        known[notice, width] = fit(sheet.typesetter, notice, width)
    lines, style = known[notice, width]
    return sheet.write_block(lines, style, x, top, width)


def _style(face: str, size: float) -> Style:
    """A line at the left."""
    return Style(face=face, size=size, leading=size * 1.24)


__all__ = ["PER_PAGE", "build"]
