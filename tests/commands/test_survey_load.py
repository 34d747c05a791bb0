"""flask survey load: an XLSForm is published whole, or every fault is named and nothing is loaded."""

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.question import Body
from models.questionnaire import Questionnaire
from services.xlsform import write_xlsform
from tests.support.survey import default_body


def count(session: Session) -> int:
    """How many versions there are."""
    session.expire_all()
    return session.scalar(select(func.count()).select_from(Questionnaire)) or 0


def test_a_form_is_published_once(app: Flask, db_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(write_xlsform("HL-TTHC", 1, default_body()))
    run = app.test_cli_runner()
    before = count(db_session)
    first, second = (run.invoke(args=["survey", "load", str(path)]) for _number in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert first.output == second.output == "Phiếu HL-TTHC: bản 1.\n"
    assert count(db_session) == before + 1


def test_a_wrong_form_ends_with_1_and_names_its_place(app: Flask, db_session: Session, tmp_path: Path) -> None:
    path = tmp_path / "phieu.xlsx"
    path.write_bytes(write_xlsform("P-1", 1, Body()))
    before = count(db_session)
    done = app.test_cli_runner().invoke(args=["survey", "load", str(path)])
    assert done.exit_code == 1
    assert "Trang tính “survey”" in done.output
    assert count(db_session) == before
