"""flask programme: load a year's programme from files."""

from pathlib import Path

import click
from flask.cli import AppGroup

from core.extensions import db
from services.programme import load_programme
from services.programme_file import ProgrammeFileError, read_files
from services.requirement import add_requirements

group = AppGroup("programme", help="Chương trình năm: nội dung, hình thức, chỉ tiêu, yêu cầu.")


@group.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--indicators", type=click.Path(path_type=Path), default=None,
              help="Bảng chỉ tiêu (CSV); mặc định là indicators.csv cạnh tệp kế hoạch, hoặc bảng của cổng.")
def load(file: Path, indicators: Path | None) -> None:
    """Nạp chương trình từ FILE (JSON). Chương trình của năm đã có thì giữ nguyên."""
    try:
        files = read_files(file, indicators)
        loaded = load_programme(db.session, files)
        if loaded.is_new:
            add_requirements(db.session, loaded.programme, files.plan["deadlines"])
    except ProgrammeFileError as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    db.session.commit()
    year = loaded.programme.year
    click.echo(f"Đã nạp chương trình năm {year}." if loaded.is_new else f"Chương trình năm {year} đã có, giữ nguyên.")
