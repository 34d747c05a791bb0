"""Names within a package: readable, each its own, and harmless on every system."""

import pytest

from models.package import LONGEST_NAME, Entry, digest_of, place_entries, safe_name

NAUGHTY = ["../../etc/passwd", "CON", "a/b\\c:d*?\"<>|", "...", "", "Trường Đỗ Ưng", "\u202e\0\n", "x" * 300, "トヨタ"]


def entry(unit: str, version_id: int | None = 1, group: str = "Phòng GDĐT (minh họa)") -> Entry:
    return Entry(1, unit, group, "Đã duyệt", version_id, 1 if version_id else None, "2023-05-30" if version_id else "")


@pytest.mark.parametrize("name", NAUGHTY)
def test_a_name_is_plain_ascii_of_bounded_length(name: str) -> None:
    made = safe_name(name)
    assert made and len(made) <= LONGEST_NAME
    assert all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in made)


def test_paths_differ_even_where_names_are_the_same_and_lead_nowhere_else() -> None:
    placed = list(place_entries([entry(name, group=group) for name in (*NAUGHTY, "TH A", "TH A", "th-a")
                                 for group in ("Phòng/..", "Phòng ..")], "bao-cao"))
    paths = [place.path.lower() for place in placed]
    assert len(set(paths)) == len(paths)
    assert all(len(path.split("/")) == 3 and ".." not in path and len(path) < 200 for path in paths)
    assert all(part[0].isdigit() for path in paths for part in path.split("/")[:2])


def test_who_is_missing_has_no_path_and_keeps_its_place() -> None:
    placed = list(place_entries([entry("A"), entry("B", None), entry("C")], "bao-cao"))
    assert [place.path for place in placed] == [
        "01-phong-gddt-minh-hoa/001-a/bao-cao-ban-1.pdf", "", "01-phong-gddt-minh-hoa/003-c/bao-cao-ban-1.pdf"]


def test_a_new_version_makes_another_wish() -> None:
    assert digest_of([entry("A")], True) == digest_of([entry("A")], True)
    assert len({digest_of([entry("A")], True), digest_of([entry("A", 2)], True), digest_of([entry("A")], False)}) == 3
