"""The table of accounts to be filled in: empty, or with those that the viewer looks after now."""

from datetime import date

from sqlalchemy.orm import Session

from exports.table_template import TableTemplate, TemplateColumn
from models.account import role_fits
from models.delegation import given_roles, may_give
from models.permission import Action, Viewer
from queries.account import list_given_accounts
from queries.unit import list_units

TITLE, ROLES, UNITS = "Tài khoản", "Vai trò", "Mã đơn vị"
_HINTS = (
    "Mỗi dòng của bảng “Tài khoản” là một người, bắt đầu từ dòng 4. Không sửa dòng tiêu đề.",
    "Tên đăng nhập có sẵn trong cổng: dòng ấy sửa tài khoản. Chưa có: cổng tạo tài khoản, cấp mật khẩu dùng một lần.",
    "Tài khoản không có trong tệp giữ nguyên. Bỏ hẳn cột Chức vụ hoặc Thư điện tử thì các ô ấy giữ nguyên.",
)


def account_template(session: Session, viewer: Viewer, on: date, *, is_filled: bool) -> TableTemplate:
    """The template with the roles and units that the viewer may give. One or two queries."""
    units = list_units(session, viewer, on, action=Action.ACCOUNT_MANAGE)
    roles = given_roles(viewer)
    takers = [unit for unit in units
              if any(may_give(viewer, role, unit.id) and role_fits(role, unit.kind) for role in roles)]
    rows = [(one.username, one.full_name, one.role.label, one.unit_code, one.position, one.email)
            for one in (list_given_accounts(session, viewer, on) if is_filled else ())]
    return TableTemplate(TITLE, (
        TemplateColumn("Tên đăng nhập", "Chữ thường không dấu, số, dấu chấm, gạch nối", "thpt.hongai", True, 28),
        TemplateColumn("Họ và tên", "Họ tên đầy đủ, có dấu", "Cán bộ A (minh họa)", True, 28),
        TemplateColumn("Vai trò", "Chọn trong danh sách", roles[-1].label, True, 24, ROLES),
        TemplateColumn("Mã đơn vị", "Mã của đơn vị nơi người này làm việc", takers[0].code if takers else "", True, 22,
                       UNITS),
        TemplateColumn("Chức vụ", "Như in trên danh sách", "Văn thư"),
        TemplateColumn("Thư điện tử", "Để nhận nhắc việc, mật khẩu dùng một lần", "vanphong@truong.example", width=30),
    ), tuple(rows), {
        ROLES: [(role.label, "") for role in roles],
        UNITS: [(unit.code, unit.name) for unit in takers],
    }, _HINTS)


__all__ = ["account_template"]
