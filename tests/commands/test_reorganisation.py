"""flask reorganisation: exit code, words, nothing half done, and nothing twice."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.settings import ROOT
from models.reorganisation import Reorganisation
from models.unit import Unit, UnitSuccessor
from tests.support.clock import FrozenClock

UNITS, LATER = (str(ROOT / "data" / f"units-{year}.csv") for year in (2023, 2025))
DAYS = ("--decided-on", "16/06/2025", "--effective-on", "01/07/2025")


def run(app: Flask, *words: str) -> Result:
    """Run a command."""
    return app.test_cli_runner().invoke(args=list(words))


@pytest.fixture
def steps(app: Flask, db_session: Session, tmp_path: Path, clock: FrozenClock) -> Path:
    """The units of 2023, and the file of steps to those of 2025, drafted on the day of the reform."""
    assert run(app, "unit", "load", UNITS).exit_code == 0
    clock.move(days=800)
    path = tmp_path / "steps.csv"
    drafted = run(app, "reorganisation", "compare", LATER, "--effective-on", "01/07/2025", "--output", str(path),
                  "--follow", "PTDTNT-TINH=PTDTNT-THCS-THPT-TINH")
    assert drafted.exit_code == 0, drafted.output
    return path


def test_the_reform_is_drafted_from_a_file_of_units_looked_through_and_applied_once(
        app: Flask, db_session: Session, steps: Path) -> None:
    apply = ("reorganisation", "apply", str(steps), "--number", "1679/NQ-UBTVQH15", *DAYS)
    shown = run(app, *apply, "--preview")
    assert (shown.exit_code, "Xem trước, chưa ghi gì" in shown.output) == (0, True)
    assert db_session.scalar(select(func.count()).select_from(Reorganisation)) == 0
    done = run(app, *apply)
    assert done.exit_code == 0, done.output
    assert "57 đơn vị thành lập, 14 thôi hoạt động" in done.output
    count = db_session.scalar(select(func.count()).select_from(UnitSuccessor))
    again = run(app, *apply)
    assert again.exit_code == 1
    assert db_session.scalar(select(func.count()).select_from(UnitSuccessor)) == count


def test_a_wrong_file_ends_with_1_names_every_fault_and_writes_nothing(
        app: Flask, db_session: Session, steps: Path, tmp_path: Path) -> None:
    path = tmp_path / "wrong.csv"
    path.write_text("step;unit_code;target_code\nmerge;THPT-HON-GAI;THPT-HON-GAI\nmerge;PGD-193;XA-1\n")
    result = run(app, "reorganisation", "apply", str(path), "--number", "1/QĐ", *DAYS)
    assert result.exit_code == 1
    assert "Dòng 2, cột “target_code”" in result.output and "Dòng 3, cột “target_code”" in result.output
    assert "chưa ghi gì vào cổng" in result.output
    assert db_session.scalar(select(func.count()).select_from(Unit).where(Unit.valid_to.is_not(None))) == 0


def test_what_cannot_be_read_is_told(app: Flask, steps: Path, tmp_path: Path) -> None:
    bad = ("reorganisation", "compare", LATER, "--effective-on", "01/07/2025", "--output", str(tmp_path / "a.csv"))
    assert "viết như" in run(app, *bad, "--follow", "chỉ-một").output
    assert run(app, *bad[:2], str(steps), *bad[3:]).exit_code == 1
