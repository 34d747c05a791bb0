"""flask reorganisation: apply a decision from a file of steps, or draft that file from a file of units."""

from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup

from commands.unit import DayType
from core.clock import clock
from core.extensions import db
from core.table_file import Fault, TableFileError
from services.reorganisation import (
    Preview,
    ReorganisationError,
    add_decision,
    apply_decision,
    load_steps,
    preview_decision,
    steps_to_units,
    write_steps_csv,
    write_steps_xlsx,
)

group = AppGroup("reorganisation", help="Sắp xếp đơn vị theo quyết định.")


@group.command("apply")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--number", required=True, help="Số, ký hiệu của quyết định, ví dụ 1679/NQ-UBTVQH15.")
@click.option("--decided-on", required=True, type=DayType(), help="Ngày ký quyết định.")
@click.option("--effective-on", required=True, type=DayType(), help="Ngày đầu tiên có hiệu lực.")
@click.option("--issuer", default="", help="Cơ quan ban hành.")
@click.option("--title", default="", help="Trích yếu.")
@click.option("--preview", "only_preview", is_flag=True, help="Chỉ xem trước, không ghi gì.")
def apply(file: Path, number: str, decided_on: date, effective_on: date, issuer: str, title: str,
          only_preview: bool) -> None:
    """Áp dụng các việc trong tệp CSV hoặc XLSX: tất cả hoặc không gì cả; chạy lại thì được báo là đã áp dụng."""
    db.session.connection(execution_options={"writes": True})
    values = {"number": number.strip(), "decided_on": decided_on, "effective_on": effective_on, "issuer": issuer,
              "title": title or f"Sắp xếp đơn vị theo {number}"}
    now = clock.now()
    try:
        decision = add_decision(db.session, values, token=f"command:{number}:{decided_on}:{now.timestamp()}"[:64],
                                viewer=None, now=now)
        load_steps(db.session, decision, file.read_bytes(), viewer=None, now=now)
        if only_preview:
            done = preview_decision(db.session, decision, clock.today())
            if done.faults:
                raise ReorganisationError(done.faults)
        else:
            done = apply_decision(db.session, decision, viewer=None, now=now)
    except ReorganisationError as error:
        db.session.rollback()
        _refuse(error.faults)
    if only_preview:
        db.session.rollback()
    else:
        db.session.commit()
    _tell(done, only_preview)


def _refuse(faults: tuple[Fault, ...]) -> None:
    """Say every fault and end with 1."""
    for fault in faults:
        click.echo(fault.text, err=True)
    click.echo(f"Có {len(faults)} chỗ cần sửa; chưa ghi gì vào cổng.", err=True)
    raise click.exceptions.Exit(1)


def _tell(done: Preview, only_preview: bool) -> None:
    """Say what was done, or would be."""
    count = done.counts
    click.echo("Xem trước, chưa ghi gì:" if only_preview else "Đã áp dụng:")
    click.echo(f"  {count.get('found', 0)} đơn vị thành lập, {count.get('closed', 0)} thôi hoạt động, "
               f"{count.get('rename', 0)} đổi tên, {count.get('move', 0)} chuyển cấp trên;")
    click.echo(f"  {count.get('duties-moves', 0)} việc đang mở chuyển đi, {count.get('duties-ends', 0)} khép lại, "
               f"{count.get('duties-stays', 0)} giữ nguyên, {count.get('duties-reviewer', 0)} đổi đơn vị duyệt;")
    click.echo(f"  {count.get('accounts-moved', 0)} tài khoản chuyển đơn vị, {count.get('accounts-off', 0)} ngừng.")


@group.command("compare")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--effective-on", required=True, type=DayType(), help="Ngày đầu tiên có hiệu lực.")
@click.option("--follow", multiple=True, metavar="CŨ=MỚI", help="Đơn vị cũ sáp nhập vào đơn vị mới nào.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Tệp .csv hoặc .xlsx.")
def compare(file: Path, effective_on: date, follow: tuple[str, ...], output: Path) -> None:
    """Soạn tệp các việc từ cổng hiện nay đến danh sách đơn vị trong FILE, để Văn phòng rà lại."""
    followed: dict[str, str] = {}
    for pair in follow:
        old, _sign, new = pair.partition("=")
        if not old or not new:
            raise click.ClickException(f"“{pair}” không đọc được; viết như PTDTNT-TINH=PTDTNT-THCS-THPT-TINH.")
        followed[old] = new
    try:
        steps = steps_to_units(db.session, file.read_bytes(), effective_on, followed)
    except TableFileError as error:
        _refuse(error.faults)
    try:
        output.write_bytes(write_steps_xlsx(steps) if output.suffix == ".xlsx" else write_steps_csv(steps))
    except OSError as error:
        raise click.ClickException(f"Không ghi được tệp {output}: hãy chọn nơi khác.") from error
    click.echo(f"Đã ghi {len(steps)} việc vào {output}.")
