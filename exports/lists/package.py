"""The index of a package: unit by unit what lies in it, and plainly who is missing."""

from dataclasses import dataclass
from datetime import date

from exports.list_book import Columns, ListColumn
from exports.workbook import DAY, TEXT
from models.package import Entry


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One unit, with its file's path and hash where there is one."""

    entry: Entry
    path: str
    sha256: str


INDEX: Columns[IndexLine] = (
    ListColumn("Nhóm", lambda line: line.entry.group, 40),
    ListColumn("Đơn vị", lambda line: line.entry.unit, 48),
    ListColumn("Tình trạng", lambda line: line.entry.state, 16),
    ListColumn("Trong gói", lambda line: "có" if line.path else "KHÔNG CÓ", 12),
    ListColumn("Bản số", lambda line: line.entry.number, 8),
    ListColumn("Ngày gửi", lambda line: date.fromisoformat(line.entry.day) if line.entry.day else None, 12, DAY),
    ListColumn("Tệp", lambda line: line.path, 60),
    ListColumn("SHA-256", lambda line: line.sha256, 66, TEXT),
)
