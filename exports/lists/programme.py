"""What a year's programme asks of units, as a list."""

from exports.list_book import Columns, ListColumn
from models.requirement import Requirement

REQUIREMENTS: Columns[Requirement] = (
    ListColumn("Yêu cầu", lambda row: row.title, 60),
    ListColumn("Mã", lambda row: row.code, 20),
    ListColumn("Loại", lambda row: row.kind.label, 26),
    ListColumn("Kỳ số liệu", lambda row: row.coverage_from, 12),
    ListColumn("Đến ngày", lambda row: row.coverage_to, 12),
    ListColumn("Chốt số liệu", lambda row: row.cut_off_on, 12),
    ListColumn("Nhận từ ngày", lambda row: row.opens_on, 12),
    ListColumn("Hạn nộp", lambda row: row.due_on, 12),
    ListColumn("Tính cả ngày hạn", lambda row: "có" if row.counts_due_day else "không", 12),
    ListColumn("Tình trạng", lambda row: row.status.label, 14),
    ListColumn("Căn cứ", lambda row: row.source_quote, 60),
)
