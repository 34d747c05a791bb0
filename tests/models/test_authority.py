import pytest

from models.authority import AUTHORITY_LINES, POSITIONS, Authority, write_authority


@pytest.mark.parametrize(("typed", "written"), [
    ("KT. GIÁM ĐỐC", "KT. GIÁM ĐỐC"), ("KT.GIÁM ĐỐC", "KT. GIÁM ĐỐC"), ("kt giám đốc", "KT. giám đốc"),
    ("Q TRƯỞNG PHÒNG", "Q. TRƯỞNG PHÒNG"), ("TUQ.  HIỆU TRƯỞNG ", "TUQ. HIỆU TRƯỞNG"), ("", ""), ("TM", "TM"),
    ("TLGIÁM ĐỐC", "TLGIÁM ĐỐC"), ("QUYỀN GIÁM ĐỐC", "QUYỀN GIÁM ĐỐC"), ("KTV TRƯỞNG", "KTV TRƯỞNG"),
])
def test_the_mark_of_an_authority_is_written_as_the_decree_writes_it(typed: str, written: str) -> None:
    assert write_authority(typed) == written
    assert write_authority(written) == written


def test_every_mark_has_its_meaning_and_stands_in_a_line_that_is_already_well_written() -> None:
    lines = (*AUTHORITY_LINES, *POSITIONS)
    for mark in Authority:
        assert mark.label
        assert any(line.startswith(f"{mark} ") for line in lines), mark
    assert [line for line in lines if write_authority(line) != line] == []
    assert {"KT. GIÁM ĐỐC", "TL. GIÁM ĐỐC", "KT. HIỆU TRƯỞNG", "TM. ỦY BAN NHÂN DÂN"} <= set(AUTHORITY_LINES)
