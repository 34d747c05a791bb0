"""Reading the first sheet of an Excel workbook that somebody uploaded, without being blown up by it.

A workbook is a ZIP archive: what it would unpack to is added up before anything is unpacked (libraries of the design:
a bomb of 1.1 MB took a reader to 1.2 GB). Texts only come out; formulas give what was last worked out.
"""

import datetime as days
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.utils.exceptions import InvalidFileException

from core.dates import format_day
from core.media_type import XLSX, UnsafeFileError, find_media_type
from core.table_file import Fault, TableFileError
from core.translation import N_, _

MOST_BYTES = 30 * 1024 * 1024
"""What all parts together may unpack to."""
MOST_ROWS, MOST_COLUMNS = 20_000, 300
MOST_CELLS = 600_000
"""In all worksheets together; a row is read whole, so what it holds is counted before."""
MOST_ROW_CELLS = 20_000
"""In one row, empty ones with a format too; a whole row that somebody has coloured has 16,384."""
BOMB, BROKEN = "bomb", "broken"
_ROW, _CELL = re.compile(rb"<(?:\w+:)?row[\s>/]"), re.compile(rb"<(?:\w+:)?(?:c|si)[\s>/]")
_REASONS = {
    BOMB: N_("Tệp Excel quá lớn khi mở ra. Chia thành nhiều tệp nhỏ hơn."),
    BROKEN: N_("Không đọc được tệp Excel này. Mở tệp, lưu lại dạng .xlsx rồi thử lại."),
    "encrypted": N_("Tệp Excel có mật khẩu. Bỏ mật khẩu rồi thử lại."),
    "macro": N_("Tệp có macro. Lưu lại dạng .xlsx không có macro rồi thử lại."),
}


def is_workbook(data: bytes) -> bool:
    """Whether the bytes begin as those of a ZIP archive, as every .xlsx does."""
    return data.startswith(b"PK\x03\x04")


def read_workbook(data: bytes) -> list[list[str]]:
    """The rows of the first worksheet as texts, without empty rows at the end.

    Raises TableFileError for what is no workbook, is too large, or holds macros.
    """
    _guard(data)
    with _reading():
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size is not believed
        rows = list(_rows(sheet.iter_rows(values_only=True)))
        book.close()
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def uncalculated(data: bytes) -> list[tuple[int, int]]:
    """Cells of the first worksheet with a formula that nobody has worked out yet: (row, column), counted from 1.

    ``read_workbook`` has taken the file before. A program that writes formulas leaves them so; Excel never does.
    Raises TableFileError for a formula that nobody can read.
    """
    if not _has_formulas(data):
        return []
    with _reading():
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        formulas = [(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        book.close()
    if not formulas:
        return []
    values = read_workbook(data)
    return [(row, column) for row, column in formulas
            if row > len(values) or column > len(values[row - 1]) or not values[row - 1][column - 1]]


@contextmanager
def _reading() -> Iterator[None]:
    """Say of whatever openpyxl raises on broken parts that the file is broken. Raises TableFileError."""
    try:
        yield
    except (InvalidFileException, TokenizerError, zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError,
            EOFError, OSError, AttributeError, SyntaxError, RuntimeError) as error:
        if isinstance(error, TableFileError):
            raise
        raise TableFileError([Fault(0, "", _(_REASONS[BROKEN]))]) from error


def _has_formulas(data: bytes) -> bool:
    """Whether a worksheet holds the element of a formula; read in blocks, so that little is held."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                with archive.open(name) as part:
                    rest = b""
                    while block := part.read(1 << 20):
                        block = rest + block
                        if b"<f>" in block or b"<f " in block or b"<f/" in block:
                            return True
                        rest = block[-2:]
    return False


def _guard(data: bytes) -> None:
    """Refuse what is no workbook, or would unpack to too much. Raises TableFileError."""
    try:
        is_good = find_media_type(io.BytesIO(data)) == XLSX
    except UnsafeFileError as error:
        raise TableFileError([Fault(0, "", _(_REASONS[error.reason]))]) from error
    if not is_good:
        raise TableFileError([Fault(0, "", _("Tệp Excel bị hỏng. Mở tệp, lưu lại dạng .xlsx rồi thử lại."))])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
            raise TableFileError([Fault(0, "", _(_REASONS[BOMB]))])
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") or name.lower().endswith("sharedstrings.xml"):
                _count(archive, name)


def _count(archive: zipfile.ZipFile, name: str) -> None:
    """Count cells or texts in blocks, none of which is kept. Raises TableFileError for too many."""
    cells = in_row = 0
    try:
        with archive.open(name) as part:
            while block := part.read(1 << 20):
                if b"\0" in block:  # UTF-16, which no spreadsheet writes and which would hide what is counted
                    raise TableFileError([Fault(0, "", _(_REASONS[BROKEN]))])
                counts = [len(_CELL.findall(row)) for row in _ROW.split(block)]
                cells += sum(counts)
                counts[0] += in_row
                in_row = counts[-1]
                if cells > MOST_CELLS or (max(counts) > MOST_ROW_CELLS and "sharedstrings" not in name.lower()):
                    raise TableFileError([Fault(0, "", _(_REASONS[BOMB]))])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise TableFileError([Fault(0, "", _(_REASONS[BROKEN]))]) from error


def _rows(rows: Iterable[tuple[object, ...]]) -> Iterable[list[str]]:
    """Rows as texts, within bounds. Raises TableFileError beyond them."""
    for number, row in enumerate(rows, start=1):
        texts = [_text(value) for value in row]
        while texts and not texts[-1]:
            texts.pop()
        if number > MOST_ROWS or len(texts) > MOST_COLUMNS:
            raise TableFileError([Fault(number, "", _("Bảng quá lớn: nhiều nhất %(rows)s dòng, %(columns)s cột.",
                                                      rows=MOST_ROWS, columns=MOST_COLUMNS))])
        yield texts


def _text(value: object) -> str:
    """One cell as it would be typed: 4 rather than 4.0, days as 30/05/2023, a decimal with a comma."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f").replace(".", ",")
    if isinstance(value, days.datetime):
        return format_day(value.date())
    if isinstance(value, days.date):
        return format_day(value)
    return str(value)


__all__ = ["is_workbook", "read_workbook", "uncalculated"]
