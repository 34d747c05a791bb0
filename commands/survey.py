"""flask survey: questionnaires and survey rounds from the terminal."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from core.clock import clock
from core.extensions import db
from queries.survey.count import place_lines
from services.questionnaire import publish_body
from services.survey_count import recount, roll_up
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


@group.command("roll-up")
def roll_up_() -> None:
    """Cộng dồn các phiếu chưa đếm, như cổng vẫn tự làm khi đang chạy."""
    total = 0
    while True:
        db.session.connection(execution_options={"writes": True})
        done = roll_up(db.session)
        db.session.commit()
        db.session.close()
        total += done
        if not done:
            break
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
