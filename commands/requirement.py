"""flask requirement: open what units owe."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from core.clock import clock
from core.extensions import db
from models.requirement import Requirement
from queries.ad_hoc import find_ad_hoc
from services.ad_hoc import open_ad_hoc
from services.requirement import RequirementError, open_requirement

group = AppGroup("requirement", help="Yêu cầu báo cáo: kế hoạch, báo cáo 6 tháng, báo cáo năm.")


@group.command("open")
@click.argument("code")
def open_(code: str) -> None:
    """Mở yêu cầu CODE và giao cho mọi đơn vị phải báo cáo, hoặc các đơn vị đã chọn."""
    requirement = db.session.scalar(select(Requirement).where(Requirement.code == code))
    if requirement is None:
        raise click.ClickException(f"Không có yêu cầu {code}.")
    give_out = open_requirement if find_ad_hoc(db.session, requirement.id) is None else open_ad_hoc
    try:
        added = give_out(db.session, requirement, on=clock.today(), now=clock.now(), viewer=None)
    except RequirementError as error:
        db.session.rollback()
        raise click.ClickException(str(error)) from error
    db.session.commit()
    click.echo(f"Đã mở {code}: thêm {added} đơn vị.")


@group.command("list")
def list_() -> None:
    """Liệt kê các yêu cầu và hạn."""
    for requirement in db.session.scalars(select(Requirement).order_by(Requirement.due_on, Requirement.id)):
        click.echo(f"{requirement.code}\t{requirement.due_on:%d/%m/%Y}\t{requirement.status.label}")
