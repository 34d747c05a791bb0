"""The table of units to be filled in: empty, or with those of today."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from exports.table_template import TableTemplate, TemplateColumn
from models.contact import UnitContact
from models.unit import UnitKind
from queries.unit import list_all_units

TITLE, KINDS, PARENTS = "Đơn vị", "Loại đơn vị", "Đơn vị cấp trên"
_HINTS = (
    "Mỗi dòng của bảng “Đơn vị” là một đơn vị, bắt đầu từ dòng 4. Không sửa dòng tiêu đề.",
    "Mã có sẵn trong cổng: dòng ấy sửa địa bàn, ký hiệu, địa danh, thủ trưởng, liên hệ. Ô trống thì giữ nguyên.",
    "Đổi tên, loại hay đơn vị cấp trên cần có quyết định: ghi ở trang “Sắp xếp đơn vị”, không ghi ở tệp này.",
    "Đơn vị không có trong tệp giữ nguyên.",
)


def unit_template(session: Session, on: date, *, is_filled: bool) -> TableTemplate:
    """The template with the kinds and the units that may stand above others. Two queries."""
    units = list_all_units(session, on)
    codes = {unit.id: unit.code for unit in units}
    above = [unit for unit in units if unit.kind is UnitKind.DEPARTMENT or unit.kind.is_intermediate]
    reached = {one.unit_id: (one.address, one.phone, one.email) for one in session.scalars(select(UnitContact))}
    rows = [(unit.code, unit.name, unit.kind.label, codes.get(unit.parent_id or 0, ""), unit.district, unit.symbol,
             unit.place, unit.head_name, unit.head_position, *reached.get(unit.id, ("", "", "")))
            for unit in (units if is_filled else ())]
    return TableTemplate(TITLE, (
        TemplateColumn("Mã đơn vị", "Chữ, số, dấu chấm, gạch nối; không đổi về sau", "TH-193-02", True, 26),
        TemplateColumn("Tên đơn vị", "Tên đầy đủ như trên con dấu", "Trường Tiểu học A (minh họa)", True, 44),
        TemplateColumn("Loại đơn vị", "Chọn trong danh sách", UnitKind.PRIMARY.label, True, 30, KINDS),
        TemplateColumn("Mã đơn vị cấp trên", "Mã của đơn vị nhận báo cáo", above[0].code if above else "", True, 22,
                       PARENTS, is_closed=False),
        TemplateColumn("Địa bàn", "Huyện, thị xã, thành phố", "Thành phố Hạ Long"),
        TemplateColumn("Ký hiệu văn bản", "Phần sau loại văn bản trong số ký hiệu", "TH"),
        TemplateColumn("Địa danh", "Đứng trước ngày tháng của văn bản", "Hạ Long"),
        TemplateColumn("Thủ trưởng", "Họ tên, in dưới chỗ ký", "Thủ trưởng A (minh họa)", width=28),
        TemplateColumn("Chức vụ", "Chức vụ của thủ trưởng", "Hiệu trưởng"),
        TemplateColumn("Địa chỉ", "Số nhà, đường, phường hoặc xã", "Số 1, phường A (minh họa)", width=30),
        TemplateColumn("Điện thoại", "Hai số cách nhau bằng dấu /", "0203 3825 000"),
        TemplateColumn("Thư điện tử", "Hộp thư chung của đơn vị", "vanphong@truong.example", width=30),
    ), tuple(rows), {
        KINDS: [(kind.label, "") for kind in UnitKind if kind is not UnitKind.DEPARTMENT],
        PARENTS: [(unit.code, unit.name) for unit in above],
    }, _HINTS)


__all__ = ["unit_template"]
