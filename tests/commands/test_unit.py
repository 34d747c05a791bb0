"""flask unit load: exit code, words, and nothing half loaded."""

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.settings import ROOT
from models.unit import Unit, UnitName

UNITS = str(ROOT / "data" / "units-2023.csv")


def count(session: Session) -> int:
    """How many units there are."""
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Unit)) or 0


def test_the_list_of_2023_loads_and_a_second_time_says_that_nothing_changed(app: Flask, db_session: Session) -> None:
    run = app.test_cli_runner()
    first, second = (run.invoke(args=["unit", "load", UNITS]) for _number in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "68 đơn vị mới" in first.output
    assert "không có gì thay đổi" in second.output
    assert count(db_session) == 68


def test_a_wrong_file_ends_with_1_names_every_fault_and_loads_nothing(
    app: Flask, db_session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("code;name;kind;parent_code\nSO;Sở;so;\nA;;thpt;SO\nA;Trường;thpt;B\n", encoding="utf-8")
    result = app.test_cli_runner().invoke(args=["unit", "load", str(path)])
    assert result.exit_code == 1
    assert "Dòng 3, cột “name”" in result.output
    assert "Dòng 4, cột “code”" in result.output and "Dòng 4, cột “parent_code”" in result.output
    assert "Có 3 chỗ cần sửa; chưa nạp gì vào cổng." in result.output
    assert count(db_session) == 0


def test_a_new_name_needs_a_day_that_can_be_read(app: Flask, db_session: Session, tmp_path: Path) -> None:
    run = app.test_cli_runner()
    run.invoke(args=["unit", "load", UNITS])
    path = tmp_path / "units.csv"
    text = Path(UNITS).read_text(encoding="utf-8").replace("Trường THPT Hòn Gai", "Trường THPT Hồng Gai")
    path.write_text(text, encoding="utf-8")
    assert "--from" in run.invoke(args=["unit", "load", str(path)]).output
    assert run.invoke(args=["unit", "load", str(path), "--from", "31/02/2023"]).exit_code == 2
    assert run.invoke(args=["unit", "load", str(path), "--from", "01/03/2023"]).exit_code == 0
    renamed = select(Unit.id).where(Unit.code == "THPT-HON-GAI").scalar_subquery()
    names = db_session.scalars(select(UnitName.name).where(UnitName.unit_id == renamed)
                               .order_by(UnitName.valid_from)).all()
    assert names == ["Trường THPT Hòn Gai", "Trường THPT Hồng Gai"]


def test_a_file_that_is_not_there_is_told_by_the_command_line(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["unit", "load", "khong-co.csv"]).exit_code == 2
