"""Activities as a list."""

from exports.list_book import Columns, ListColumn
from queries.activity import ActivityLine

ACTIVITIES: Columns[ActivityLine] = (
    ListColumn("Ngày", lambda line: line.starts_on, 12),
    ListColumn("Đến ngày", lambda line: line.ends_on, 12),
    ListColumn("Hoạt động", lambda line: line.title, 60),
    ListColumn("Đơn vị", lambda line: line.unit_name, 44),
    ListColumn("Nội dung", lambda line: "; ".join(label for _code, label in line.themes), 44),
    ListColumn("Hình thức", lambda line: line.medium_label, 30),
    ListColumn("Số lượng", lambda line: line.quantity, 10),
    ListColumn("Đơn vị tính", lambda line: line.medium_unit, 12),
    ListColumn("Lượt tiếp cận", lambda line: line.reach, 12),
    ListColumn("Kinh phí (đồng)", lambda line: line.cost, 16),
    ListColumn("Theo kế hoạch", lambda line: "có" if line.is_planned else "không", 10),
    ListColumn("Lồng ghép", lambda line: "có" if line.is_integrated else "không", 10),
    ListColumn("Minh chứng", lambda line: line.file_count, 10),
    ListColumn("Đường dẫn", lambda line: line.link, 40),
)
