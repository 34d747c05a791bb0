"""What is in a package of papers, and which units are missing."""

from dataclasses import dataclass
from datetime import datetime

from exports.list_book import Columns, ListColumn


@dataclass(frozen=True, slots=True)
class PackedPaper:
    """One unit that owes the paper; without a file where it is missing."""

    above: str
    code: str
    unit: str
    state: str
    number: int | None
    document_number: str
    submitted_at: datetime | None
    path: str
    sha256: str


PAPERS: Columns[PackedPaper] = (
    ListColumn("Nơi nhận báo cáo", lambda line: line.above, 40),
    ListColumn("Mã đơn vị", lambda line: line.code, 18),
    ListColumn("Đơn vị", lambda line: line.unit, 44),
    ListColumn("Tình trạng", lambda line: line.state, 18),
    ListColumn("Bản", lambda line: line.number, 8),
    ListColumn("Số, ký hiệu", lambda line: line.document_number, 20),
    ListColumn("Gửi lúc", lambda line: line.submitted_at, 18),
    ListColumn("Tệp trong gói", lambda line: line.path or "Chưa có", 70),
    ListColumn("SHA-256", lambda line: line.sha256, 66),
)
