"""flask package: make the packages that were asked for, apart from the pages."""

import time
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from core.clock import clock
from core.extensions import db
from core.settings import Settings
from models.permission import Viewer
from queries.account import find_person
from services.package import work_once

group = AppGroup("package", help="Lập các gói văn bản đã yêu cầu.")
PACKAGE_SECONDS = 3.0


@group.command("work")
@click.option("--once", is_flag=True, help="Lập các gói đang chờ rồi dừng.")
def work(once: bool) -> None:
    """Lập gói liên tục, đến khi nhấn Ctrl+C."""
    try:
        while True:
            made = make_packages()
            if once:
                click.echo(f"Đã lập {made} gói.")
                return
            time.sleep(PACKAGE_SECONDS)
    except KeyboardInterrupt:
        click.echo("Đã dừng.")


def make_packages() -> int:
    """Make all packages that wait; how many there were."""
    settings: Settings = current_app.config["SETTINGS"]
    count = 0
    while work_once(db.session, Path(settings.instance), clock.now, _who):
        count += 1
    return count


def _who(account_id: int) -> Viewer | None:
    """The person behind an account that is switched on."""
    person = find_person(db.session, account_id, clock.today())
    return person.viewer if person is not None else None
