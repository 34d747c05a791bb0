"""flask consolidation: write a consolidated report or its summary to a file."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from core.clock import clock
from core.extensions import db
from core.storage import FileStore
from exports.layout.paper import UnprintableError
from models.requirement import Requirement
from models.unit import UnitKind
from queries.consolidation import NoConsolidationError, find_report_requirement
from queries.unit import UnitLine, department_id, find_closed, find_unit, get_unit
from services.consolidation import FORMATS, Format, PrintedFile, print_file
from services.issue import FOLDER

WORDS = "pdf, docx (báo cáo), xlsx, csv (số liệu) hoặc summary (tóm tắt hai trang)"
group = AppGroup("consolidation", help="Báo cáo tổng hợp của Phòng GD&ĐT và của Sở.")


@group.command("build")
@click.option("--requirement", "code", required=True, help="Mã báo cáo, ví dụ 2023-half-year.")
@click.option("--unit", "unit_code", help="Mã đơn vị tổng hợp; bỏ trống là Sở.")
@click.option("--format", "kind", required=True, help=f"{WORDS}.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Tệp ghi ra.")
@click.option("--version", "number", type=click.IntRange(min=1), help="Số của bản đã lập.")
def build(code: str, unit_code: str | None, kind: str, output: Path, number: int | None) -> None:
    """Ghi báo cáo ra tệp, đúng từng byte như bản tải về từ trang."""
    file = _print(code, unit_code, _format(kind), number)
    try:
        output.write_bytes(file.content)
    except OSError as error:
        raise click.ClickException(f"Không ghi được tệp {output}: hãy chọn nơi khác.") from error
    what = f"bản {file.version}" if file.version is not None else "dự thảo"
    click.echo(f"Đã ghi {what} vào {output}.")


def _format(kind: str) -> Format:
    """The format asked for. Raises ClickException with what to do."""
    for known in FORMATS:
        if kind == known:
            return known
    raise click.ClickException(f"Không có dạng “{kind}”; hãy dùng {WORDS}.")


def _print(code: str, unit_code: str | None, kind: Format, number: int | None) -> PrintedFile:
    """Print the file. Raises ClickException with what to do."""
    requirement, unit = _requirement(code), _unit(unit_code)
    try:
        file = print_file(db.session, requirement, unit, kind, version=number, on=clock.today(), now=clock.now(),
                          store=FileStore(current_app.config["SETTINGS"].instance / FOLDER))
    except UnprintableError as error:
        raise click.ClickException(str(error)) from error
    except NoConsolidationError as error:
        raise click.ClickException(f"{unit.name} không phải gửi báo cáo {code}.") from error
    if file is None:
        raise click.ClickException(f"{unit.name} chưa lập bản {number} của báo cáo {code}.")
    return file


def _requirement(code: str) -> Requirement:
    """The report asked for. Raises ClickException when there is none."""
    found = find_report_requirement(db.session, code)
    if found is None:
        raise click.ClickException(f"Không có báo cáo mã {code}, hoặc báo cáo này chưa được giao.")
    return found


def _unit(code: str | None) -> UnitLine:
    """The consolidating unit. Raises ClickException when there is none."""
    today = clock.today()
    if code is None:
        department = department_id(db.session)
        found = get_unit(db.session, department, today) if department is not None else None
    else:
        found = find_unit(db.session, code, today) or find_closed(db.session, code, today)
    if found is None:
        raise click.ClickException(f"Không có đơn vị mã {code}." if code else "Chưa nạp danh sách đơn vị.")
    if found.kind is not UnitKind.DEPARTMENT and not found.kind.is_intermediate:
        raise click.ClickException(f"{found.name} không tổng hợp báo cáo của đơn vị khác.")
    return found
