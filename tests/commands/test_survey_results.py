"""flask survey results: every single sheet that may be shown, in a file, without what people wrote."""

import csv
import io
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from tests.queries.test_survey_result import Field

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the same reading as the page's


@pytest.fixture
def field(db_session: Session) -> Field:
    found = Field(db_session)
    for unit, count in zip(found.schools, (3, 20, 20, 30, 40), strict=True):
        found.fill(unit, count)
    db_session.commit()
    return found


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["survey", "results", *arguments])
    return done.exit_code, done.output


def test_both_files_hold_the_same_sheets_and_none_of_a_small_group(app: Flask, field: Field, tmp_path: Path) -> None:
    for kind in ("xlsx", "csv"):
        code, output = run(app, "--round", field.round.code, "--format", kind, "--output", str(tmp_path / f"a.{kind}"))
        assert code == 0 and "Đã ghi 90 phiếu" in output, output
    book = load_workbook(tmp_path / "a.xlsx")
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig")), delimiter=";"))
    cells = [["" if value is None else str(value) for value in row]
             for row in book["Phiếu"].iter_rows(values_only=True)]
    assert cells == rows and len(rows) == 91


@pytest.mark.parametrize(("arguments", "sentence"), [
    (("--round", "KHONG"), "Không có đợt khảo sát mã KHONG"), (("--unit", "KHONG"), "không có kết quả")])
def test_what_is_not_there_is_said_in_a_sentence(app: Flask, field: Field, tmp_path: Path, arguments: tuple[str, ...],
                                                 sentence: str) -> None:
    target = tmp_path / "a.xlsx"
    known = () if "--round" in arguments else ("--round", field.round.code)
    code, output = run(app, *known, *arguments, "--format", "xlsx", "--output", str(target))
    assert code == 1 and sentence in output and not target.exists()
