"""Units as a list."""

from exports.list_book import Columns, ListColumn
from queries.unit import UnitLine

UNITS: Columns[UnitLine] = (
    ListColumn("Đơn vị", lambda line: line.name, 52),
    ListColumn("Mã", lambda line: line.code, 16),
    ListColumn("Loại", lambda line: line.kind.label, 30),
    ListColumn("Đơn vị cấp trên", lambda line: line.parent_name, 44),
    ListColumn("Địa bàn", lambda line: line.district, 24),
    ListColumn("Thủ trưởng", lambda line: line.head_name, 28),
    ListColumn("Chức vụ", lambda line: line.head_position, 20),
    ListColumn("Ký hiệu", lambda line: line.symbol, 14),
)
