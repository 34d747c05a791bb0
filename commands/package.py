"""flask package work: make the packages that people asked for, apart from the pages."""

import time
from collections.abc import Callable
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from core.clock import clock
from core.extensions import db
from core.settings import Settings
from core.storage import FileStore
from services.issue import FOLDER as ISSUED
from services.package import FOLDER, Workshop, work_once

group = AppGroup("package", help="Gói văn bản: tạo các gói đang chờ.")
WORK_SECONDS = 3.0


@group.command("work")
@click.option("--once", is_flag=True, help="Tạo hết các gói đang chờ rồi dừng.")
def work(once: bool) -> None:
    """Tạo các gói đang chờ, liên tục đến khi nhấn Ctrl+C."""
    try:
        while True:
            made = make_once()
            if once and not made:
                break
            if not made:
                time.sleep(WORK_SECONDS)
    except KeyboardInterrupt:
        click.echo("Đã dừng.")


def make_once(is_stopping: Callable[[], bool] = lambda: False) -> bool:
    """Make one package that waits, in this application's context; whether there was one."""
    settings: Settings = current_app.config["SETTINGS"]
    instance = Path(settings.instance)
    shop = Workshop(instance / FOLDER, FileStore(instance / ISSUED), is_stopping)
    try:
        return work_once(db.session, shop, clock.now)
    finally:
        db.session.close()
