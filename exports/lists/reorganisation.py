"""Decisions that reorganise units, and reports of then by the units of now, as lists."""

from exports.list_book import Columns, ListColumn
from queries.reorganisation import DecisionLine, NowLine

DECISIONS: Columns[DecisionLine] = (
    ListColumn("Quyết định", lambda line: line.number, 20),
    ListColumn("Ngày quyết định", lambda line: line.decided_on, 14),
    ListColumn("Cơ quan ban hành", lambda line: line.issuer, 32),
    ListColumn("Nội dung", lambda line: line.title, 60),
    ListColumn("Hiệu lực từ", lambda line: line.effective_on, 14),
    ListColumn("Số việc", lambda line: line.step_count, 10),
    ListColumn("Trạng thái", lambda line: line.status.label, 16),
    ListColumn("Áp dụng lúc", lambda line: line.applied_at, 18),
    ListColumn("Người áp dụng", lambda line: line.applied_by, 28),
)
AS_NOW: Columns[NowLine] = (
    ListColumn("Đơn vị hiện nay", lambda line: ", ".join(line.units) or "Không còn đơn vị kế thừa", 56),
    ListColumn("Đơn vị khi đó", lambda line: ", ".join(line.then), 56),
    ListColumn("Đã duyệt", lambda line: line.accepted, 10),
    ListColumn("Phải nộp", lambda line: line.owed, 10),
)
