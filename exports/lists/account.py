"""Accounts as a list; never a password."""

from exports.list_book import Columns, ListColumn
from queries.account import AccountLine

ACCOUNTS: Columns[AccountLine] = (
    ListColumn("Người dùng", lambda line: line.full_name, 30),
    ListColumn("Tên đăng nhập", lambda line: line.username, 22),
    ListColumn("Chức vụ", lambda line: line.position, 22),
    ListColumn("Đơn vị", lambda line: line.unit_name, 48),
    ListColumn("Mã đơn vị", lambda line: line.unit_code, 16),
    ListColumn("Vai trò", lambda line: line.role.label, 26),
    ListColumn("Thư điện tử", lambda line: line.email, 30),
    ListColumn("Đăng nhập gần nhất", lambda line: line.last_sign_in_at, 18),
    ListColumn("Tạo lúc", lambda line: line.created_at, 18),
    ListColumn("Tình trạng", lambda line: line.state.label, 20),
)
