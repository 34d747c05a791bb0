"""Names of papers in a package: no two are the same, whatever units are called."""

from types import SimpleNamespace
from typing import Any

from models.requirement import RequirementKind
from services.package import papers_of


def content(version_id: int, code: str, name: str) -> Any:
    """A unit with a version, as far as names ask."""
    line = SimpleNamespace(unit_code=code, unit_name=name)
    return SimpleNamespace(line=line, parent_name="Phòng / Một", version_id=version_id, number=1)


def test_units_whose_codes_look_alike_in_a_file_name_keep_a_paper_each() -> None:
    units = [content(number, code, "Hoa Sen\0/..") for number, code in enumerate(("MN.1", "MN-1", "MN_1"), start=1)]
    asked: Any = SimpleNamespace(kind=next(kind for kind in RequirementKind if kind.is_report))
    paths = [paper.path for paper in papers_of(units, [1, 2, 3], asked)]
    assert paths == ["01-phong-mot/mn-1-hoa-sen-bao-cao-ban-1.pdf", "01-phong-mot/mn-1-hoa-sen-bao-cao-ban-1-2.pdf",
                     "01-phong-mot/mn-1-hoa-sen-bao-cao-ban-1-3.pdf"]
