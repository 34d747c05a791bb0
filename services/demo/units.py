"""Schools of the demonstration province, below the thirteen real district offices."""

from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.unit import Unit, UnitHead, UnitKind, UnitName, UnitParent

MARK = "(minh họa)"
"""Stands in every name that is not in the unit lists."""
_KINDS = (
    (UnitKind.KINDERGARTEN, "MN", "Trường Mầm non", 35),
    (UnitKind.PRIMARY, "TH", "Trường Tiểu học", 31),
    (UnitKind.LOWER_SECONDARY, "THCS", "Trường THCS", 24),
    (UnitKind.PRIMARY_LOWER_SECONDARY, "TH-THCS", "Trường TH và THCS", 10),
)
_PLACES = (
    "Hoa Sen", "Bình Minh", "Sao Mai", "Hướng Dương", "Hòa Bình", "Thống Nhất", "Đoàn Kết", "Quyết Thắng", "Tân Lập",
    "Đông Hải", "Tây Sơn", "Nam Sơn", "Bắc Sơn", "Minh Châu", "Ngọc Vừng", "Hải Yến", "Ánh Dương", "Phong Lan",
    "Hoa Ban", "Vành Khuyên",
)


def add_schools(session: Session, number: int, random: Random) -> list[Unit]:
    """Add ``number`` schools, shared out over the district offices by size. Does not commit."""
    offices = session.execute(
        select(Unit).where(Unit.kind == UnitKind.DISTRICT_OFFICE).order_by(Unit.code)).scalars().all()
    weights = [_weight(office.district) for office in offices]
    owners = [offices[place % len(offices)] for place in range(min(number, len(offices) * 4))]
    owners += random.choices(offices, weights=weights, k=number - len(owners))
    schools, counts = [], dict.fromkeys((office.code for office in offices), 0)
    for office in sorted(owners, key=lambda unit: unit.code):
        counts[office.code] += 1
        place = counts[office.code]
        kind, prefix, title = _kind(place, random)
        area = office.district.split(" ", 2)[-1] if office.district.startswith(("Thành phố", "Thị xã")) \
            else office.district.removeprefix("Huyện ")
        name = f"{title} {_PLACES[(place - 1) % len(_PLACES)]} {_suffix(place)}{area} {MARK}"
        schools.append((office, f"{prefix}-{office.code.removeprefix('PGD-')}-{place:02d}", kind, name))
    return [_school(session, office, code, kind, name) for office, code, kind, name in schools]


def _weight(district: str) -> int:
    """How many schools a district has beside the others: cities more than islands."""
    if district.startswith("Thành phố"):
        return 8
    return 6 if district.startswith("Thị xã") else (1 if "Cô Tô" in district else 4)


def _kind(place: int, random: Random) -> tuple[UnitKind, str, str]:
    """A kind of school; the first three of a district are one of each of the common kinds."""
    if place <= 3:
        return _KINDS[place - 1][:3]
    return random.choices([row[:3] for row in _KINDS], weights=[row[3] for row in _KINDS])[0]


def _suffix(place: int) -> str:
    """Tell apart schools whose names come round again: "", "2 ", "3 "."""
    turn = (place - 1) // len(_PLACES)
    return f"{turn + 1} " if turn else ""


def _school(session: Session, office: Unit, code: str, kind: UnitKind, name: str) -> Unit:
    """Write one school with its name, parent and position of its head."""
    school = Unit(code=code, kind=kind, district=office.district, symbol=code.split("-")[0], place=office.place,
                  is_demonstration=True)
    session.add(school)
    session.flush()
    session.add_all([
        UnitName(unit_id=school.id, name=name), UnitParent(unit_id=school.id, parent_id=office.id),
        UnitHead(unit_id=school.id, full_name="", position="Hiệu trưởng"),
    ])
    return school
