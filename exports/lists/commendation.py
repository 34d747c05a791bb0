"""Commendations as a list."""

from core.dates import format_moment
from exports.list_book import Columns, ListColumn
from queries.commendation import CommendationLine

COMMENDATIONS: Columns[CommendationLine] = (
    ListColumn("Tên", lambda line: line.title, 60),
    ListColumn("Loại", lambda line: line.kind.label, 18),
    ListColumn("Đơn vị", lambda line: line.unit_name, 44),
    ListColumn("Đề xuất lúc", lambda line: format_moment(line.proposed_at), 22),
    ListColumn("Tình trạng", lambda line: line.status.label, 24),
    ListColumn("Chọn vào báo cáo", lambda line: "có" if line.is_picked else "không", 12),
    ListColumn("Đăng công khai", lambda line: "có" if line.is_public else "không", 12),
)
