"""The frame of a consolidated report: who writes, to whom, who signs (Decree 30/2020/NĐ-CP, annex I; domain §1.4)."""

from models.programme import Programme
from models.unit import UnitKind
from queries.consolidation.material import Material
from queries.document import DocumentHead
from queries.unit import UnitLine

REPORT_ABBREVIATION = "BC"
"""Of "Báo cáo" (Decree 30/2020/NĐ-CP, annex III)."""
TYPE_NAME = "BÁO CÁO"
AS_ABOVE = "Như trên"
_DEPARTMENT_ADDRESSEE = "Sở Giáo dục và Đào tạo tỉnh"


def head_of(material: Material) -> DocumentHead:
    """The frame of the live draft; number, day and signer as far as they are known."""
    return _department_head(material) if material.is_department else _office_head(material)


def symbol_of(material: Material) -> str:
    """The symbol of the report, as "BC-SGDĐT"."""
    return symbol_for(material.programme, material.unit)


def symbol_for(programme: Programme, unit: UnitLine) -> str:
    """The symbol of a unit's report: the agency's part is set by the head of each body."""
    own = unit.symbol
    if not own and unit.kind is UnitKind.DEPARTMENT:
        own = programme.symbol.partition("-")[2]
    return "-".join(filter(None, [REPORT_ABBREVIATION, own]))


def recipients_of(material: Material) -> tuple[str, ...]:
    """The lines of "Nơi nhận" of the Department's report: as above, then who gets the plan and is no addressee."""
    addressees = {_plain(name) for name in material.programme.report_addressees}
    others = [name for name in material.programme.recipients if _plain(name) not in addressees]
    return (AS_ABOVE, *others)


def _plain(name: str) -> str:
    """A body's name without abbreviation, for telling whether two names mean one body."""
    return name.replace("UBND", "Ủy ban nhân dân").strip(" ;.").casefold()


def _department_head(material: Material) -> DocumentHead:
    """The frame of the Department's own report, from the programme."""
    programme = material.programme
    line = material.state.line
    number, _slash, symbol = line.document_number.partition("/")
    return DocumentHead(
        parent_agency=programme.parent_agency, agency=programme.agency, number=number,
        symbol=symbol or symbol_of(material), place=programme.place or material.unit.place,
        issued_on=line.document_on, year=material.on.year, type_name=TYPE_NAME, subject=material.requirement.title,
        addressees=tuple(programme.report_addressees), recipients=recipients_of(material),
        authority=line.signer_authority if line.signer_position else programme.signer_authority,
        signer_position=line.signer_position or programme.signer_position,
        signer_name=line.signer_name if line.signer_position else programme.signer_name, is_draft=True)


def _office_head(material: Material) -> DocumentHead:
    """The frame of a district office's report."""
    unit, line = material.unit, material.state.line
    number, _slash, symbol = line.document_number.partition("/")
    district = unit.district.upper()
    small = unit.name.casefold().find(unit.district.casefold()) if unit.district else -1
    agency = unit.name[:small].strip() if small > 0 else unit.name
    return DocumentHead(
        parent_agency=f"UBND {district}" if district else unit.parent_name.upper(), agency=agency.upper(),
        number=number, symbol=symbol or symbol_of(material), place=unit.place, issued_on=line.document_on,
        year=material.on.year, type_name=TYPE_NAME, subject=material.requirement.title,
        addressees=(unit.parent_name or _DEPARTMENT_ADDRESSEE,),
        recipients=(AS_ABOVE, "Các trường trực thuộc", "Lưu: VT"), authority=line.signer_authority.upper(),
        signer_position=(line.signer_position or unit.head_position or "Trưởng phòng").upper(),
        signer_name=line.signer_name or unit.head_name, is_draft=True)
