"""Ad hoc reports as a list."""

from exports.list_book import Columns, ListColumn
from queries.ad_hoc import AdHocLine

AD_HOC: Columns[AdHocLine] = (
    ListColumn("Mã", lambda line: line.code, 18),
    ListColumn("Báo cáo", lambda line: line.title, 60),
    ListColumn("Nhận từ ngày", lambda line: line.opens_on, 14),
    ListColumn("Hạn nộp", lambda line: line.due_on, 12),
    ListColumn("Đơn vị", lambda line: line.unit_count, 10),
    ListColumn("Tình trạng", lambda line: line.state_label, 24),
    ListColumn("Lý do rút", lambda line: line.withdrawn_reason, 50),
)
