"""Reading a file of units: rows checked among themselves, before the database is asked.

Columns: code, name, kind, parent_code; district, symbol, place, head, position, address, phone, email and confidence
may be left out; of a unit that is there already, an empty cell leaves things as they are.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.table_file import Column, Table, TableRow
from core.table_upload import read_upload
from core.text import fold
from core.translation import N_, _
from models.account import EMAIL_MAX_LENGTH, EMAIL_PATTERN
from models.contact import ADDRESS_MAX_LENGTH, PHONE_MAX_LENGTH, PHONE_PATTERN
from models.unit import (
    CODE_MAX_LENGTH,
    CODE_PATTERN,
    NAME_MAX_LENGTH,
    PLACE_MAX_LENGTH,
    SYMBOL_MAX_LENGTH,
    UnitKind,
)

COLUMNS = (
    Column("code", N_("Mã đơn vị"), CODE_MAX_LENGTH, is_required=True),
    Column("name", N_("Tên đơn vị"), NAME_MAX_LENGTH, is_required=True),
    Column("kind", N_("Loại đơn vị"), NAME_MAX_LENGTH, is_required=True),
    Column("parent_code", N_("Mã đơn vị cấp trên"), CODE_MAX_LENGTH, is_required=True),
    Column("district", N_("Địa bàn"), PLACE_MAX_LENGTH),
    Column("symbol", N_("Ký hiệu văn bản"), SYMBOL_MAX_LENGTH),
    Column("place", N_("Địa danh"), PLACE_MAX_LENGTH),
    Column("head", N_("Thủ trưởng"), NAME_MAX_LENGTH),
    Column("position", N_("Chức vụ"), NAME_MAX_LENGTH),
    Column("address", N_("Địa chỉ"), ADDRESS_MAX_LENGTH),
    Column("phone", N_("Điện thoại"), PHONE_MAX_LENGTH),
    Column("email", N_("Thư điện tử"), EMAIL_MAX_LENGTH),
    Column("confidence", N_("Độ tin cậy"), PLACE_MAX_LENGTH),
)
_KINDS = {**{fold(kind.label): kind for kind in UnitKind}, **{kind.value: kind for kind in UnitKind}}
_TOPS = (UnitKind.PROVINCE, UnitKind.PARTNER, UnitKind.DEPARTMENT)
_SYMBOLS = {
    UnitKind.PROVINCE: "UBND", UnitKind.DEPARTMENT: "SGDĐT", UnitKind.DISTRICT_OFFICE: "PGDĐT",
    UnitKind.WARD: "UBND", UnitKind.COMMUNE: "UBND", UnitKind.SPECIAL_ZONE: "UBND",
    UnitKind.UPPER_SECONDARY: "THPT", UnitKind.GIFTED: "THPT", UnitKind.SECONDARY: "THCS&THPT",
    UnitKind.BOARDING: "PTDTNT", UnitKind.CONTINUING_CENTRE: "TTHN&GDTX", UnitKind.VOCATIONAL_CENTRE: "TTGDNN-GDTX",
    UnitKind.NON_PUBLIC_UPPER_SECONDARY: "THPT", UnitKind.NON_PUBLIC_SCHOOL: "TH,THCS&THPT",
    UnitKind.KINDERGARTEN: "MN", UnitKind.PRIMARY: "TH", UnitKind.LOWER_SECONDARY: "THCS",
    UnitKind.PRIMARY_LOWER_SECONDARY: "TH&THCS",
}
_POSITIONS = {
    UnitKind.PROVINCE: "Chủ tịch", UnitKind.PARTNER: "Giám đốc", UnitKind.DEPARTMENT: "Giám đốc",
    UnitKind.DIVISION: "Trưởng phòng", UnitKind.DISTRICT_OFFICE: "Trưởng phòng", UnitKind.WARD: "Chủ tịch",
    UnitKind.COMMUNE: "Chủ tịch", UnitKind.SPECIAL_ZONE: "Chủ tịch", UnitKind.CONTINUING_CENTRE: "Giám đốc",
    UnitKind.VOCATIONAL_CENTRE: "Giám đốc",
}
_DIVISION_POSITIONS = {"van phong": "Chánh Văn phòng", "thanh tra": "Chánh Thanh tra"}
_AREA = re.compile(r"^(thành phố|thị xã|huyện|quận|phường|xã|đặc khu)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of a file. Empty text where the file says nothing; ``number`` is its row, 0 without a file."""

    code: str
    name: str
    kind: UnitKind
    parent_code: str = ""
    district: str = ""
    symbol: str = ""
    place: str = ""
    head: str = ""
    position: str = ""
    number: int = 0
    address: str = ""
    phone: str = ""
    email: str = ""


def default_symbol(kind: UnitKind) -> str:
    """What follows the kind of document in its number, until the unit says otherwise: "SGDĐT", "THPT"."""
    return _SYMBOLS.get(kind, "")


def default_position(kind: UnitKind, name: str) -> str:
    """The head's position as it is printed: "Giám đốc", "Trưởng phòng", "Chánh Văn phòng", "Hiệu trưởng"."""
    if kind is UnitKind.DIVISION:
        found = [title for start, title in _DIVISION_POSITIONS.items() if fold(name).startswith(start)]
        return found[0] if found else _POSITIONS[kind]
    return _POSITIONS.get(kind, "Hiệu trưởng")


def default_place(kind: UnitKind, district: str) -> str:
    """The place in the date line: a district office's is its district ("Hạ Long"), else "" (the default)."""
    return _AREA.sub("", district) if kind is UnitKind.DISTRICT_OFFICE else ""


def read_units(data: bytes) -> tuple[list[UnitRow], Table]:
    """Read a file of units; faults of cells and among the rows stand in ``Table.faults``.

    Raises TableFileError when the file is no table with these columns.
    """
    table = read_upload(data, COLUMNS)
    seen: dict[str, int] = {}
    units = [unit for row in table.rows if (unit := _read_row(table, row, seen)) is not None]
    departments = [unit for unit in units if unit.kind is UnitKind.DEPARTMENT]
    rows = {row.number: row for row in table.rows}
    for unit in departments[1:]:
        first = departments[0].number
        table.fault(rows[unit.number], "kind", _("Tệp đã có một Sở ở dòng %(row)s.", row=first))
    return units, table


def _read_row(table: Table, row: TableRow, seen: dict[str, int]) -> UnitRow | None:
    """Check one row's code, name, kind and parent; None when it cannot stand for a unit."""
    code, kind = row["code"], _KINDS.get(fold(row["kind"]))
    if not code:
        table.fault(row, "code", _("Nhập mã đơn vị."))
    elif not re.fullmatch(CODE_PATTERN, code):
        table.fault(row, "code", _("Mã chỉ gồm chữ, số, dấu chấm, gạch nối, gạch dưới; không có dấu cách."))
    elif code.casefold() in seen:
        first = seen[code.casefold()]
        table.fault(row, "code", _("Mã “%(code)s” đã có ở dòng %(row)s.", code=code, row=first))
    seen.setdefault(code.casefold(), row.number)
    if not row["name"]:
        table.fault(row, "name", _("Nhập tên đơn vị."))
    if kind is None:
        table.fault(row, "kind", _("Không có loại đơn vị “%(kind)s”. Các loại: %(kinds)s.", kind=row["kind"],
                                   kinds=", ".join(_(one.label) for one in UnitKind)))
    elif not row["parent_code"] and kind not in _TOPS:
        table.fault(row, "parent_code", _("Nhập mã đơn vị cấp trên."))
    if row["phone"] and not re.fullmatch(PHONE_PATTERN, row["phone"]):
        table.fault(row, "phone", _("Nhập số điện thoại, ví dụ 0203 3825 000."))
    if row["email"] and not re.fullmatch(EMAIL_PATTERN, row["email"]):
        table.fault(row, "email", _("Nhập địa chỉ thư điện tử, ví dụ vanphong@truong.edu.vn."))
    if kind is None or not code:
        return None
    return UnitRow(code, row["name"], kind, row["parent_code"], row["district"], row["symbol"], row["place"],
                   row["head"], row["position"], row.number, row["address"], row["phone"], row["email"])


def find_cycles(parents: Mapping[str, str], starts: Iterable[str]) -> list[tuple[str, ...]]:
    """Find circles in "reports to": each once, as the codes along it, beginning with the first one met.

    ``parents`` maps a unit's code to its parent's; ``starts`` are the codes to begin from.
    """
    finished: set[str] = set()
    cycles: list[tuple[str, ...]] = []
    for start in starts:
        path: dict[str, int] = {}
        code = start
        while code and code not in finished and code not in path:
            path[code] = len(path)
            code = parents.get(code, "")
        if code in path:
            cycles.append(tuple(path)[path[code]:])
        finished.update(path)
    return cycles
