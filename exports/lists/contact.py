"""The contact list."""

from exports.list_book import Columns, ListColumn
from queries.contact import ContactLine

CONTACTS: Columns[ContactLine] = (
    ListColumn("Đơn vị", lambda line: line.name, 52),
    ListColumn("Mã", lambda line: line.code, 16),
    ListColumn("Loại", lambda line: line.kind.label, 30),
    ListColumn("Địa bàn", lambda line: line.district, 24),
    ListColumn("Địa chỉ", lambda line: line.address, 44),
    ListColumn("Điện thoại", lambda line: line.phone, 18),
    ListColumn("Thư điện tử", lambda line: "; ".join(line.emails), 34),
    ListColumn("Thủ trưởng", lambda line: line.head, 34),
    ListColumn("Người phụ trách", lambda line: "; ".join(line.in_charge), 40),
)
