"""Inspections and findings as lists."""

from exports.list_book import Columns, ListColumn
from queries.inspection import FindingLine, InspectionLine

INSPECTIONS: Columns[InspectionLine] = (
    ListColumn("Từ ngày", lambda line: line.starts_on, 12),
    ListColumn("Đến ngày", lambda line: line.ends_on, 12),
    ListColumn("Cuộc kiểm tra", lambda line: line.title, 60),
    ListColumn("Đơn vị kiểm tra", lambda line: line.owner_name, 36),
    ListColumn("Số quyết định", lambda line: line.decision_number, 18),
    ListColumn("Ngày quyết định", lambda line: line.decided_on, 12),
    ListColumn("Lồng ghép trong", lambda line: line.host_programme, 44),
    ListColumn("Tình trạng", lambda line: line.state.label, 18),
    ListColumn("Đơn vị", lambda line: line.unit_count, 10),
    ListColumn("Đã đến", lambda line: line.visited_count, 10),
    ListColumn("Kiến nghị", lambda line: line.findings.total, 10),
    ListColumn("Đã khắc phục", lambda line: line.findings.mended, 10),
    ListColumn("Quá hạn", lambda line: line.findings.overdue, 10),
)
FINDINGS: Columns[FindingLine] = (
    ListColumn("Hạn khắc phục", lambda line: line.due_on, 12),
    ListColumn("Kiến nghị", lambda line: line.what, 70),
    ListColumn("Đơn vị", lambda line: line.unit_name, 44),
    ListColumn("Mức độ", lambda line: line.severity.label, 18),
    ListColumn("Nội dung", lambda line: line.theme, 40),
    ListColumn("Cuộc kiểm tra", lambda line: line.inspection_title, 50),
    ListColumn("Ngày kiểm tra", lambda line: line.visited_on, 12),
    ListColumn("Ngày ghi", lambda line: line.raised_on, 12),
    ListColumn("Tình trạng", lambda line: line.standing.label, 20),
    ListColumn("Số ngày chậm", lambda line: line.late_days, 10),
)
