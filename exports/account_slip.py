"""Slips with one-time passwords: eight a page, with lines to cut along; each is handed to its own person."""

from collections.abc import Callable
from functools import partial

from reportlab.lib.units import mm

from exports.fonts import BOLD, REGULAR, require
from exports.layout.placard import Notice, cut_lines, fit, grid_cuts, print_pages
from exports.layout.preset import PAGE_HEIGHT, PAGE_WIDTH, Style
from exports.layout.sheet import Sheet
from exports.layout.typesetter import Line
from queries.account import AccountSlip, AccountSlipDocument

ACROSS, DOWN = 2, 4
PER_PAGE = ACROSS * DOWN
MARGIN = 8 * mm
TITLE = require("Tài khoản Cổng báo cáo tuyên truyền cải cách hành chính")
WHERE, NAME, SECRET = require("Đăng nhập tại:"), require("Tên đăng nhập:"), require("Mật khẩu dùng một lần:")
HOW = require("Lần đăng nhập đầu tiên, cổng yêu cầu chọn mật khẩu mới. Giữ phiếu kín, hủy phiếu khi đã đổi mật khẩu.")
NONE = require("Không có phiếu nào.")
Known = dict[tuple[str, str, float, float], tuple[list[Line], Style]]
"""How what stands on every slip was set."""


def build(document: AccountSlipDocument, sheet: type[Sheet] = Sheet) -> bytes:
    """The slips as a PDF file; without any one page that says so."""
    slips = document.slips
    pages = [slips[start:start + PER_PAGE] for start in range(0, len(slips), PER_PAGE)] or [()]
    known: Known = {}
    draws: list[Callable[[Sheet], None]] = [partial(_draw_page, document.address, page, known) for page in pages]
    return print_pages(draws, (PAGE_WIDTH, PAGE_HEIGHT), "Phiếu mật khẩu dùng một lần", TITLE, sheet)


def _draw_page(address: str, slips: tuple[AccountSlip, ...], known: Known, sheet: Sheet) -> None:
    """One page of slips, row by row from the top left."""
    width, height = PAGE_WIDTH / ACROSS, PAGE_HEIGHT / DOWN
    for number, slip in enumerate(slips):
        row, place = divmod(number, ACROSS)
        left, top = place * width + MARGIN, PAGE_HEIGHT - row * height - MARGIN
        for text, face, size, most, gap in _lines(address, slip):
            top = _write(sheet, known, Notice(text, _style(face, size), most, 6.5), left, top - gap)
    if not slips:
        line = sheet.typesetter.line(NONE, REGULAR, 13)
        sheet.write_block([line], Style(align="centre"), 0, PAGE_HEIGHT / 2, PAGE_WIDTH)
    cut_lines(sheet, grid_cuts(PAGE_WIDTH, PAGE_HEIGHT, ACROSS, DOWN))


def _lines(address: str, slip: AccountSlip) -> tuple[tuple[str, str, float, int, float], ...]:
    """What stands on a slip: text, face, size, lines at most, space above."""
    return (
        (TITLE, REGULAR, 8.5, 1, 0), (slip.full_name, BOLD, 12, 1, 2), (slip.unit_name, REGULAR, 10, 2, 0),
        (WHERE, REGULAR, 9, 1, 4), (address, BOLD, 10, 1, 0),
        (NAME, REGULAR, 9, 1, 4), (slip.username, BOLD, 13, 1, 0),
        (SECRET, REGULAR, 9, 1, 4), (slip.password, BOLD, 17, 1, 0),
        (HOW, REGULAR, 8.5, 3, 4),
    )


def _write(sheet: Sheet, known: Known, notice: Notice, x: float, top: float) -> float:
    """Write a notice that shrinks to its room; returns its bottom."""
    width = PAGE_WIDTH / ACROSS - 2 * MARGIN
    key = (notice.text, notice.style.face, notice.style.size, width)
    if key in known:
        lines, style = known[key]
    else:
        lines, style = fit(sheet.typesetter, notice, width)
        if notice.text in (TITLE, WHERE, NAME, SECRET, HOW):
            known[key] = lines, style
    return sheet.write_block(lines, style, x, top, width)


def _style(face: str, size: float) -> Style:
    """A line at the left."""
    return Style(face=face, size=size, leading=size * 1.24)


__all__ = ["PER_PAGE", "build"]
