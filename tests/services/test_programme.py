"""Loading a year's programme from files."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.settings import ROOT
from models.figure import Aggregate
from models.indicator import Indicator, OutlineSection
from models.programme import AppendixRow, Audience, Channel, FundingSource, LegalBasis, Medium, Passage, Theme
from services.programme import load_programme, parse_aggregate
from services.programme_file import ProgrammeFileError, read_files

PLAN = ROOT / "data" / "programme" / "plan-2023.json"


def count(session: Session, kind: type) -> int:
    """How many rows of a kind there are."""
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_the_real_plan_becomes_rows(db_session: Session) -> None:
    """Eight themes, five channels, eight audiences, three sources, seven bases, four appendix rows, 61 indicators."""
    programme = load_programme(db_session, read_files(PLAN)).programme
    assert programme.title == "Tuyên truyền cải cách hành chính năm 2023"
    assert (programme.signer_authority, programme.signer_name) == ("KT. GIÁM ĐỐC", "Châu Hoài Thu")
    found = [
        count(db_session, kind)
        for kind in (Theme, Channel, Audience, FundingSource, LegalBasis, AppendixRow, Indicator)
    ]
    assert found == [8, 5, 8, 3, 7, 4, 61]
    assert count(db_session, Medium) == 18
    assert count(db_session, Passage) == 5 + 4 + 1 + 2 + 6
    assert count(db_session, OutlineSection) > 40


def test_loading_the_same_year_again_changes_nothing(db_session: Session) -> None:
    """The Office's own edits are not overwritten."""
    first = load_programme(db_session, read_files(PLAN))
    first.programme.title = "Tên do Văn phòng sửa"
    again = load_programme(db_session, read_files(PLAN))
    assert (first.is_new, again.is_new) == (True, False)
    assert again.programme.title == "Tên do Văn phòng sửa"
    assert count(db_session, Theme) == 8


def test_another_provinces_plan_of_another_year_loads_without_a_change_of_code(
    db_session: Session, tmp_path: Path
) -> None:
    """A year is data."""
    plan = json.loads(PLAN.read_text(encoding="utf-8"))
    plan["document"].update(
        year=2024, subject_quote="Tuyên truyền CCHC năm 2024", parent_agency_quote="UBND TỈNH BẮC NINH"
    )
    plan["themes"] = plan["themes"][:2]
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
    programme = load_programme(db_session, read_files(path)).programme
    assert (programme.year, programme.parent_agency) == (2024, "UBND TỈNH BẮC NINH")
    assert count(db_session, Theme) == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "JSON"),
        (b"[]", "c\u1ea5u tr\u00fac"),
        (b"{}", "document"),
        ("chữ".encode("utf-16"), "UTF-8"),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_loaded(
    db_session: Session, tmp_path: Path, content: bytes, says: str
) -> None:
    """The message says what is wrong."""
    path = tmp_path / "hong.json"
    path.write_bytes(content)
    with pytest.raises(ProgrammeFileError, match=says):
        load_programme(db_session, read_files(path))
    assert count(db_session, Theme) == 0


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Not a trace but a sentence."""
    with pytest.raises(ProgrammeFileError, match=r"khong-co\.json"):
        read_files(tmp_path / "khong-co.json")


def test_an_indicator_that_names_an_unknown_one_is_refused(db_session: Session, tmp_path: Path) -> None:
    """A formula must be computable."""
    (tmp_path / "plan.json").write_bytes(PLAN.read_bytes())
    (tmp_path / "indicators.csv").write_text(
        "code,name,unit,aggregate,core\nA1,Một,%,ratio B9/A1,x\n", encoding="utf-8"
    )
    with pytest.raises(ProgrammeFileError, match="B9"):
        load_programme(db_session, read_files(tmp_path / "plan.json"))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("sum", (Aggregate.SUM, [])),
        ("ratio F5/F4", (Aggregate.RATIO, ["F5", "F4"])),
        ("sum M2+M3+M4", (Aggregate.SUM_OF, ["M2", "M3", "M4"])),
        ("ratio weighted by H1", (Aggregate.WEIGHTED_SHARE, ["H1"])),
        ("weighted mean by H1", (Aggregate.WEIGHTED_MEAN, ["H1"])),
        ("sum distinct", (Aggregate.SUM_DISTINCT, [])),
    ],
)
def test_every_rule_of_the_table_is_understood(text: str, rule: tuple[Aggregate, list[str]]) -> None:
    """The words of indicators.csv."""
    assert parse_aggregate(text, "%") == rule
