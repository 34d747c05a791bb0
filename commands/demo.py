"""flask demo: the demonstration province."""

from dataclasses import replace

import click
from flask import current_app
from flask.cli import AppGroup

from core.clock import clock
from core.extensions import alembic, db
from core.settings import keep_today
from services.basics import load_basics
from services.demo import DEMO_DAY, FULL, ORDINARY, DemoError, load_demo

group = AppGroup("demo", help="Tỉnh minh họa để xem thử và tập dượt.")


@group.command("load")
@click.option("--full", is_flag=True, help="Cả tỉnh: 640 trường, 20.000 hoạt động.")
@click.option("--schools", type=click.IntRange(3, 2000), help="Số trường dưới các phòng GD&ĐT.")
@click.option("--activities", type=click.IntRange(0, 200_000), help="Số hoạt động.")
@click.option("--sheets", type=click.IntRange(0, 2_000_000), help="Số phiếu khảo sát giấy.")
@click.option("--seed", type=int, help="Hạt giống; cùng hạt giống cho cùng dữ liệu.")
def load(full: bool, schools: int | None, activities: int | None, sheets: int | None, seed: int | None) -> None:
    """Nạp tỉnh minh họa; cổng còn trống thì nạp đơn vị, chương trình và phiếu khảo sát trước."""
    wanted = {"schools": schools, "activities": activities, "sheets": sheets, "seed": seed}
    size = replace(FULL if full else ORDINARY, **{name: value for name, value in wanted.items() if value is not None})
    alembic.upgrade()
    load_basics(db.session, on=clock.today(), now=clock.now())
    try:
        load_demo(db.session, size, click.echo)
    except DemoError as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    db.session.commit()
    keep_today(current_app.config["SETTINGS"].instance, DEMO_DAY)
    click.echo("Đã nạp tỉnh minh họa.")
