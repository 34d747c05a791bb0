"""Announcements, and the units that one goes to, as lists."""

from core.dates import format_moment
from exports.list_book import Columns, ListColumn
from queries.announcement import STATES, AnnouncementLine
from queries.reader import READER_STATES, Reader

ANNOUNCEMENTS: Columns[AnnouncementLine] = (
    ListColumn("Ngày đăng", lambda line: line.published_on, 12),
    ListColumn("Tiêu đề", lambda line: line.title, 70),
    ListColumn("Loại", lambda line: line.kind.label, 22),
    ListColumn("Nơi đăng", lambda line: line.issuer, 44),
    ListColumn("Bản", lambda line: line.version, 8),
    ListColumn("Tệp kèm theo", lambda line: line.file_count, 10),
    ListColumn("Tình trạng", lambda line: "; ".join(STATES[key] for key in STATES if key in line.states), 30),
    ListColumn("Đơn vị nhận", lambda line: line.unit_count, 10),
    ListColumn("Đã đọc", lambda line: line.read_count, 10),
)
READERS: Columns[Reader] = (
    ListColumn("Đơn vị", lambda line: line.unit_name, 52),
    ListColumn("Mã", lambda line: line.unit_code, 16),
    ListColumn("Cấp trên", lambda line: line.parent_name, 44),
    ListColumn("Tình trạng", lambda line: READER_STATES[line.state], 22),
    ListColumn("Người đọc", lambda line: line.reader, 28),
    ListColumn("Đọc lúc", lambda line: format_moment(line.read_at) if line.read_at else "", 20),
    ListColumn("Đã nhắc", lambda line: line.reminded_on, 12),
)
