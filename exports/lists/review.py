"""The reviewer's queue as a list."""

from exports.list_book import Columns, ListColumn
from queries.submission import SubmissionLine

QUEUE: Columns[SubmissionLine] = (
    ListColumn("Đơn vị", lambda line: line.unit_name, 48),
    ListColumn("Văn bản", lambda line: line.kind.label, 26),
    ListColumn("Yêu cầu", lambda line: line.requirement_title, 44),
    ListColumn("Gửi lần", lambda line: line.version_count, 8),
    ListColumn("Hạn của người duyệt", lambda line: line.review_due_on, 14),
    ListColumn("Tình trạng", lambda line: line.state_label, 16),
    ListColumn("Gửi chậm (ngày)", lambda line: line.late_days, 10),
    ListColumn("Trả lại (lần)", lambda line: line.return_count, 10),
    ListColumn("Gửi lúc", lambda line: line.submitted_at, 18),
    ListColumn("Số, ký hiệu", lambda line: line.document_number, 18),
    ListColumn("Ngày văn bản", lambda line: line.document_on, 14),
    ListColumn("Duyệt lúc", lambda line: line.accepted_at, 18),
    ListColumn("Yêu cầu mở khóa", lambda line: line.unlock_reason if line.unlock_asked_at else "", 40),
)
