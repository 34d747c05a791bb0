"""flask unit: load the units that report."""

from datetime import date
from pathlib import Path

import click
from flask.cli import AppGroup

from core.clock import clock
from core.dates import DayFormatError, parse_day
from core.extensions import db
from services.unit import load_units

group = AppGroup("unit", help="Đơn vị báo cáo.")


class DayType(click.ParamType[date]):
    """A day as 01/07/2025."""

    name = "NGÀY/THÁNG/NĂM"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day, or say how to write it."""
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except DayFormatError:
            self.fail(f"“{value}” không phải một ngày; viết như 01/07/2025.", param, ctx)


@group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "from_day", type=DayType(), help="Ngày tên, cấp trên, thủ trưởng mới có hiệu lực.")
def load(file: Path, from_day: date | None) -> None:
    """Load units from an XLSX or CSV file (code, name, kind, parent_code …): all or nothing, safe to repeat."""
    db.session.connection(execution_options={"writes": True})
    result = load_units(db.session, file.read_bytes(), on=clock.today(), now=clock.now(), from_day=from_day)
    if result.is_good:
        db.session.commit()
    else:
        db.session.rollback()
    for fault in result.faults:
        click.echo(fault.text, err=True)
    if not result.is_good:
        click.echo(f"Có {len(result.faults)} chỗ cần sửa; chưa nạp gì vào cổng.", err=True)
        raise click.exceptions.Exit(1)
    if not result.created and not result.changed:
        click.echo(f"{result.unchanged} đơn vị đã có sẵn, không có gì thay đổi.")
    else:
        click.echo(f"Đã nạp: {result.created} đơn vị mới, {result.changed} thay đổi, "
                   f"{result.unchanged} giữ nguyên.")
