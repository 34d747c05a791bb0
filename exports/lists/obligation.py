"""What units owe as a list: of one requirement, and of one unit."""

from exports.list_book import Columns, ListColumn
from queries.obligation import ObligationLine

_STANDING: Columns[ObligationLine] = (
    ListColumn("Hạn", lambda line: line.due_on, 12),
    ListColumn("Gia hạn đến", lambda line: line.extended_to, 12),
    ListColumn("Tình trạng", lambda line: line.state_label, 16),
    ListColumn("Số ngày chậm", lambda line: line.days_late if line.is_owed else None, 10),
    ListColumn("Gửi lúc", lambda line: line.submitted_at, 18),
    ListColumn("Trả lại (lần)", lambda line: line.return_count, 10),
    ListColumn("Đang chờ", lambda line: line.waiting.label if line.waiting else "", 26),
)
OF_A_REQUIREMENT: Columns[ObligationLine] = (
    ListColumn("Đơn vị", lambda line: line.unit_name, 48),
    ListColumn("Mã", lambda line: line.unit_code, 16),
    ListColumn("Loại", lambda line: line.unit_kind.label, 28),
    *_STANDING,
)
OF_A_UNIT: Columns[ObligationLine] = (
    ListColumn("Yêu cầu", lambda line: line.requirement_title, 60),
    *_STANDING,
)
