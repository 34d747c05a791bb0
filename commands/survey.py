"""flask survey: questionnaires and survey rounds from the terminal."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from core.clock import clock
from core.extensions import db
from core.numbers import format_integer
from exports import survey_csv, survey_workbook
from models.survey import SurveyRound
from queries.survey.count import place_lines
from queries.survey.paper import report_of
from queries.survey.raw import get_raw
from queries.survey.whole import Whole, get_whole
from queries.unit import department_id, find_unit
from services.questionnaire import publish_body
from services.survey_count import BATCH, recount, roll_up
from services.xlsform import XLSFormError, read_xlsform

group = AppGroup("survey", help="Mẫu phiếu và đợt khảo sát.")


@group.command("load")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def load(file: Path) -> None:
    """Ban hành phiếu của FILE (XLSForm). Phiếu đã có bản y hệt thì giữ nguyên."""
    try:
        form = read_xlsform(file.read_bytes(), file.name)
    except XLSFormError as error:
        raise click.ClickException("\n".join([f"Tệp {file.name} chưa dùng được:",
                                              *(problem.text for problem in error.problems)])) from error
    code = form.code or file.stem
    made = publish_body(db.session, code, form.body, clock.now())
    db.session.commit()
    click.echo(f"Phiếu {code}: bản {made.version}.")


@group.command("list")
def list_() -> None:
    """In mọi địa chỉ khảo sát dạng JSON: mã, đơn vị, đợt, số phiếu theo kênh."""
    rows = [{"code": line.code, "unit": line.unit, "round": line.round,
             "sheets": {channel.value: count for channel, count in line.sheets.items()}}
            for line in place_lines(db.session)]
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2))


@group.command("results")
@click.option("--round", "code", required=True, help="Mã đợt khảo sát, như ở flask survey list.")
@click.option("--unit", "unit_code", help="Mã đơn vị, tính cả các đơn vị ở dưới; bỏ trống là Sở.")
@click.option("--format", "kind", required=True, type=click.Choice(("xlsx", "csv")), help="xlsx hoặc csv.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Tệp ghi ra.")
def results(code: str, unit_code: str | None, kind: str, output: Path) -> None:
    """Ghi kết quả một đợt với từng phiếu ra tệp: mọi phiếu được phép đưa ra, không có lời người dân viết."""
    whole = _whole(code, unit_code)
    raw = get_raw(db.session, whole.composer, whole.result, with_texts=False)
    try:
        with output.open("wb") as target:
            if kind == "csv":
                target.writelines(survey_csv.build(raw))
            else:
                document = report_of(db.session, whole.result, whole.units, clock.today())
                survey_workbook.write(target, document, raw)
    except OSError as error:
        raise click.ClickException(f"Không ghi được tệp {output}: hãy chọn nơi khác.") from error
    click.echo(f"Đã ghi {format_integer(raw.count)} phiếu vào {output}.")


def _whole(code: str, unit_code: str | None) -> Whole:
    """The results asked for. Raises ClickException with what to do."""
    round_id = db.session.scalar(select(SurveyRound.id).where(SurveyRound.code == code))
    if round_id is None:
        raise click.ClickException(f"Không có đợt khảo sát mã {code}.")
    line = find_unit(db.session, unit_code, clock.today()) if unit_code else None
    unit_id = line.id if line is not None else None if unit_code else department_id(db.session)
    whole = get_whole(db.session, round_id, unit_id) if unit_id is not None else None
    if whole is None:
        raise click.ClickException(f"Đợt {code} không có kết quả của đơn vị {unit_code or 'Sở'}.")
    return whole


@group.command("roll-up")
def roll_up_() -> None:
    """Cộng dồn các phiếu chưa đếm, như cổng vẫn tự làm khi đang chạy."""
    total = 0
    done = BATCH
    while done == BATCH:
        db.session.connection(execution_options={"writes": True})
        done = roll_up(db.session)
        db.session.commit()
        db.session.close()
        total += done
    click.echo(f"Đã đếm {total} phiếu.")


@group.command("recount")
@click.option("--check", is_flag=True, help="Chỉ so số đã đếm với phiếu, không sửa; sai khác thì kết thúc với mã 1.")
def recount_(check: bool) -> None:
    """Đếm lại từ phiếu gốc và nói rõ chỗ nào khác số đã đếm."""
    db.session.connection(execution_options={"writes": not check})
    differences = recount(db.session, check=check)
    db.session.commit()
    for found in differences:
        click.echo(f"{found.place_code} · {found.channel.label} · {found.answered_on:%d/%m/%Y}: đã đếm "
                   f"{found.sheets[0]} phiếu, đếm lại {found.sheets[1]}; đã loại {found.excluded[0]}, "
                   f"đếm lại {found.excluded[1]}; số theo câu {'khớp' if found.is_same_answers else 'không khớp'}.")
    if not differences:
        click.echo("Số đã đếm khớp với phiếu.")
    elif check:
        raise click.exceptions.Exit(1)
    else:
        click.echo(f"Đã sửa {len(differences)} chỗ.")
