"""Reading a table that somebody made in a spreadsheet: CSV, with every fault named by row and column.

The separator (comma, semicolon or tab) is found out; the text must be UTF-8, with or without a byte order mark, or
UTF-16 with one, as Excel's "Unicode text". Rows are counted as a spreadsheet shows them: the heads are row 1.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.text import fold, normalise
from core.translation import _

SEPARATORS = ",;\t"
_STRANGE_SEPARATORS = {"|": "|"}
_VIETNAMESE_1258 = frozenset(b"\xcc\xd2\xde\xec\xf2\xc3\xe3\xd0\xf0\xd5\xf5\xdd\xfd")
"""Bytes that Windows-1258 uses for marks of tone and for ă, đ, ơ, ư, and Western text hardly ever."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend in a file; row 0 is the file as a whole, an empty column the whole row."""

    row: int
    column: str
    message: str

    @property
    def text(self) -> str:
        """The fault with its place, as 'Dòng 5, cột “code”: Mã này đã có ở dòng 3.'."""
        if self.row and self.column:
            return _("Dòng %(row)s, cột “%(column)s”: %(message)s", row=self.row, column=self.column,
                     message=self.message)
        if self.row:
            return _("Dòng %(row)s: %(message)s", row=self.row, message=self.message)
        return self.message


class TableFileError(ValueError):
    """The file cannot be read as a table; ``faults`` say why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Hold the faults in the order of their rows."""
        super().__init__("; ".join(f"{fault.row}:{fault.column}: {fault.message}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a file may have: known by its name or by its Vietnamese label, whatever the case."""

    name: str
    label: str
    max_length: int
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in the spreadsheet, and every known column's text (NFC, trimmed; "" where none)."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """The text of the column ``name``."""
        return self.cells.get(name, "")


@dataclass
class Table:
    """A file's rows, the head under which each column stands there, and the faults found in single cells."""

    rows: list[TableRow]
    heads: dict[str, str]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row: TableRow, name: str, message: str) -> None:
        """Note a fault in a cell of ``row``."""
        self.faults.append(Fault(row.number, self.heads.get(name, name), message))


def read_table(data: bytes, columns: Sequence[Column]) -> Table:
    """Read a CSV file into rows. Raises TableFileError when it is no such table at all.

    Faults of single rows and cells (too many, too long, control signs) are collected in ``Table.faults``.
    """
    return make_table(_records(_decode(data)), columns)


def make_table(records: Sequence[Sequence[str]], columns: Sequence[Column]) -> Table:
    """Make a table of rows of texts, the heads first. Raises TableFileError as ``read_table`` does."""
    if not records:
        raise TableFileError([Fault(0, "", _("Tệp trống."))])
    heads = _heads(records[0], columns)
    table = Table([], {name: head for name, head, _place in heads})
    limits = {column.name: column.max_length for column in columns}
    for number, record in enumerate(records[1:], start=2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(records[0]):
            table.faults.append(Fault(number, "", _(
                "Có %(found)s ô, phải có %(wanted)s. Kiểm tra dấu phân cách và dấu ngoặc kép của dòng này.",
                found=len(record), wanted=len(records[0]))))
            continue
        row = TableRow(number, {name: _clean(record[place]) for name, _head, place in heads})
        table.rows.append(row)
        _check_cells(table, row, limits)
    if not table.rows and not table.faults:
        raise TableFileError([Fault(0, "", _("Tệp chỉ có dòng tiêu đề, chưa có dòng dữ liệu nào."))])
    return table


def _decode(data: bytes) -> str:
    """Read the bytes as UTF-8, or say what they seem to be and what to do."""
    advice = _("Trong Excel chọn Lưu thành, kiểu “CSV UTF-8”, rồi dùng tệp mới.")
    if not data.strip():
        raise TableFileError([Fault(0, "", _("Tệp trống."))])
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableFileError([Fault(0, "", _(
            "Đây là tệp Excel kiểu cũ (.xls) hoặc có mật khẩu. Lưu lại dạng .xlsx không mật khẩu, hoặc CSV UTF-8."))])
    if data.startswith(b"PK\x03\x04"):
        raise TableFileError([Fault(0, "", _("Đây là tệp Excel, không phải CSV.") + " " + advice)])
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        elif b"\x00" in data[:200]:
            message = _("Tệp được lưu ở mã UTF-16 không có dấu nhận, cần UTF-8.")
            raise TableFileError([Fault(0, "", f"{message} {advice}")])
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise TableFileError([Fault(row, "", f"{_encoding_of(data, error.start)} {advice}")]) from error
    if "\ufffd" in text:
        row = text.count("\n", 0, text.index("\ufffd")) + 1
        message = _("Dòng này có chữ đã hỏng từ trước (dấu �). Lấy lại từ tệp gốc.")
        raise TableFileError([Fault(row, "", message)])
    return text


def _encoding_of(data: bytes, start: int) -> str:
    """Say in what the text from the first strange byte on seems to be written."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _("Tệp UTF-16 bị cắt hoặc hỏng ở chỗ này.")
    strange = set(data[start:data.find(b"\n", start) if b"\n" in data[start:] else len(data)]) - set(range(128))
    name = "Windows-1258" if strange & _VIETNAMESE_1258 else "Windows-1252"
    if any(byte > 127 for byte in data.removeprefix(b"\xef\xbb\xbf")[:start]):  # what stands before is UTF-8
        return _("Tệp trộn hai bảng mã: các dòng trên là UTF-8, dòng này không phải mã UTF-8 (có vẻ là %(name)s).",
                 name=name)
    return _("Chữ ở dòng này không phải mã UTF-8 (có vẻ là %(name)s).", name=name)


def _records(text: str) -> list[list[str]]:
    """Split the text into cells with the separator that the heads use."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    if separator not in first:
        for strange, name in _STRANGE_SEPARATORS.items():
            if strange in first:
                raise TableFileError([Fault(1, "", _(
                    "Các ô cách nhau bằng dấu %(sign)s; cần dấu phẩy, dấu chấm phẩy hoặc dấu nhảy cột.", sign=name))])
    records: list[list[str]] = []
    try:
        records.extend(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise TableFileError([Fault(len(records) + 1, "", _(
            "Không đọc được từ dòng này: dấu ngoặc kép mở mà không đóng, hoặc ô quá dài."))]) from error
    return records


def _heads(first: Sequence[str], columns: Sequence[Column]) -> list[tuple[str, str, int]]:
    """Find the columns: name, head as written, place. Raises TableFileError naming those that are wrong."""
    by_head = {head: column.name for column in columns for head in (column.name, fold(column.label))}
    found: list[tuple[str, str, int]] = []
    faults: list[Fault] = []
    for place, raw in enumerate(first):
        head = _clean(raw)
        name = by_head.get(fold(head))
        if name is None:
            faults.append(Fault(1, head or str(place + 1), _(
                "Không có cột tên này trong mẫu. Các cột dùng được: %(names)s.",
                names=", ".join(column.name for column in columns))))
        elif name in {known for known, _head, _place in found}:
            faults.append(Fault(1, head, _("Cột này có hai lần.")))
        else:
            found.append((name, head, place))
    present = {name for name, _head, _place in found}
    faults += [
        Fault(1, column.name, _("Thiếu cột này (%(label)s).", label=_(column.label)))
        for column in columns if column.is_required and column.name not in present
    ]
    if faults:
        raise TableFileError(faults)
    return found


def _clean(cell: str) -> str:
    """NFC, without blanks around and without the no-break spaces that spreadsheets like."""
    return normalise(cell.replace("\u00a0", " ").replace("\ufeff", "")).strip()


def _check_cells(table: Table, row: TableRow, limits: Mapping[str, int]) -> None:
    """Note cells that are too long or hold control signs (a line break within a cell is one)."""
    for name, text in row.cells.items():
        if len(text) > limits[name]:
            table.fault(row, name, _("Dài %(length)s ký tự, nhiều nhất là %(most)s.", length=len(text),
                                     most=limits[name]))
        elif _CONTROL.search(text):
            table.fault(row, name, _("Có ký tự xuống dòng hoặc ký tự điều khiển; hãy xóa đi."))
