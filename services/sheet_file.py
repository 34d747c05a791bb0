"""A file of sheets: read whole with every fault named, stored whole or not at all, and never twice."""

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.dates import DayFormatError, format_day, parse_day
from core.seal import seal
from core.table_file import Column, Fault, Table, TableFileError, TableRow, read_table
from core.text import fold
from core.translation import _
from core.workbook import is_workbook, read_workbook
from exports.sheet_template import DAY_COLUMN, DAY_WORDS
from models.answering import SHEET, Answering, Judged
from models.event import Event, Subject
from models.paper import PaperCell, read_signs
from models.permission import Viewer
from models.question import LONGEST_TEXT
from models.survey import SurveyChannel, SurveyPlace
from services.sheet import NewSheet, store_sheet
from services.trail import record

MOST_SHEETS = 5_000
"""Sheets in one file (ours)."""


@dataclass(frozen=True, slots=True)
class FileSheet:
    """One good row: its number in the spreadsheet, the day, the judged answers."""

    number: int
    collected_on: date
    judged: Judged


@dataclass
class SheetFile:
    """What a file holds."""

    digest: str
    """SHA-256 of the file."""
    sheets: list[FileSheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it may be stored."""
        return bool(self.sheets) and not self.faults


def read_sheets(data: bytes, cells: Sequence[PaperCell], answering: Answering, first: date, last: date,
                today: date) -> SheetFile:
    """Read a workbook or CSV of sheets, collected from ``first`` to ``last``; faults by row and column."""
    found = SheetFile(hashlib.sha256(data).hexdigest())
    try:
        table = read_table(_as_csv(data) if is_workbook(data) else data, _columns(cells))
    except TableFileError as error:
        found.faults = list(error.faults)
        return found
    rows = [row for row in table.rows if fold(row[DAY_COLUMN]) != fold(DAY_WORDS)]
    words = {row.number for row in table.rows} - {row.number for row in rows}
    if len(rows) > MOST_SHEETS:
        found.faults = [Fault(0, "", _("Tệp có %(rows)s phiếu, nhiều nhất là %(most)s. Chia thành nhiều tệp.",
                                       rows=len(rows), most=MOST_SHEETS))]
        return found
    for row in rows:
        sheet = _read_row(table, row, cells, answering, (first, last, today))
        if sheet is not None:
            found.sheets.append(sheet)
    found.faults = sorted(fault for fault in table.faults if fault.row not in words)
    if not rows and not found.faults:
        found.faults = [Fault(0, "", _("Tệp chưa có phiếu nào."))]
    return found


def _columns(cells: Sequence[PaperCell]) -> list[Column]:
    """The day and a column a field; the day alone must be there."""
    return [Column(DAY_COLUMN, DAY_WORDS, LONGEST_TEXT, is_required=True),
            *(Column(cell.name.casefold(), cell.name, LONGEST_TEXT) for cell in cells)]


def _as_csv(data: bytes) -> bytes:
    """A workbook's first sheet as CSV, rows kept in their places, line breaks within cells made spaces."""
    rows = read_workbook(data)
    width = max((len(row) for row in rows[:1]), default=0)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        writer.writerow(cells + [""] * (width - len(cells)))
    return text.getvalue().encode()


def _read_row(table: Table, row: TableRow, cells: Sequence[PaperCell], answering: Answering,
              days: tuple[date, date, date]) -> FileSheet | None:
    """Judge one row; None, with its faults noted, when something is to be mended."""
    first, last, today = days
    before = len(table.faults)
    try:
        day = parse_day(row[DAY_COLUMN])
    except DayFormatError:
        day = None
        table.fault(row, DAY_COLUMN, _("Ghi ngày thu phiếu theo mẫu ngày/tháng/năm, ví dụ 10/05/2023."))
    if day is not None and not first <= day <= last:
        table.fault(row, DAY_COLUMN, _("Ngày phải từ %(first)s đến %(last)s.", first=format_day(first),
                                       last=format_day(last)))
    posted, errors = read_signs(cells, {cell.name: row[cell.name.casefold()] for cell in cells})
    judged = None
    if not errors:
        judged = answering.judge(posted, today=today, drop_hidden=True)
        errors = {name: str(message) for name, message in judged.errors.items()}
        if judged.is_empty and not errors:
            errors = {SHEET: _("Phiếu không có câu trả lời nào.")}
    for name, message in errors.items():
        if name == SHEET:
            table.faults.append(Fault(row.number, "", message))
        else:
            table.fault(row, name.casefold(), message)
    if day is None or judged is None or len(table.faults) > before:
        return None
    return FileSheet(row.number, day, judged)


def stored_before(session: Session, place_id: int, digest: str) -> datetime | None:
    """When this very file was stored at the place, or None."""
    events = session.execute(select(Event.at, Event.detail).where(
        Event.subject_kind == Subject.PLACE, Event.subject_id == place_id, Event.action == "upload"))
    return next((at for at, detail in events if detail.get("hash") == digest), None)


def store_file(session: Session, place: SurveyPlace, found: SheetFile, *, viewer: Viewer, now: datetime) -> int:
    """Store all sheets of a file; how many are new: a row of a file makes one sheet, however often it is sent.

    Raises ValueError for a file with faults. Does not commit.
    """
    if not found.is_good:
        raise ValueError("a file with faults is not stored")
    count = sum(store_sheet(
        session, NewSheet(place.id, SurveyChannel.UPLOAD, sheet.collected_on, sheet.judged.choices,
                          sheet.judged.details), _sheet_id(place.id, found.digest, sheet.number))
        for sheet in found.sheets)
    if count:
        record(session, at=now, viewer=viewer, subject=Subject.PLACE, subject_id=place.id, action="upload",
               unit_id=place.unit_id, detail={"count": count, "hash": found.digest})
    return count


def _sheet_id(place_id: int, digest: str, number: int) -> int:
    """The key of a row's sheet: 63 bits that nobody without the portal's secret can work out."""
    return int.from_bytes(seal.sign("file", f"{place_id} {digest} {number}".encode())[:8]) >> 1


__all__ = ["MOST_SHEETS", "FileSheet", "SheetFile", "read_sheets", "store_file", "stored_before"]
