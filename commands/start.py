"""flask start: prepare the portal on its first start, then serve it."""

import sys
from collections.abc import Callable
from dataclasses import replace

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import exists, select

from commands.package import PACKAGE_SECONDS, make_packages
from commands.reminder import QUEUE_SECONDS, SEND_SECONDS, queue_by_day, send_once
from core.background import Background, Chore
from core.clock import clock
from core.extensions import alembic, db
from core.serving import listen, serve
from core.settings import Settings, keep_today
from models.account import Account
from services.account import make_first_administrator
from services.basics import load_basics
from services.demo import DEMO_DAY, DEMO_PASSWORD, ORDINARY, USERNAMES, is_loaded, load_demo
from services.holiday import load_holidays
from services.sheet import blur_paces, forget_paces
from services.survey_count import BATCH, roll_up

ROLL_UP_SECONDS = 10.0
FORGET_SECONDS = 3600.0


@click.command("start", help="Chuẩn bị lần đầu rồi chạy cổng.")
@click.option("--empty", is_flag=True, help="Để dùng thật: chỉ có chương trình, đơn vị và một người quản trị.")
@with_appcontext
def group(empty: bool) -> None:
    """Prepare what a first start needs, print how to get in, and serve until interrupted."""
    settings: Settings = current_app.config["SETTINGS"]
    alembic.upgrade()
    if load_basics(db.session, on=clock.today(), now=clock.now()):
        db.session.commit()
        click.echo("Đã nạp danh sách đơn vị, chương trình năm 2023 và phiếu khảo sát.")
    if empty:
        _make_administrator()
    elif not db.session.scalar(select(exists().where(Account.id.is_not(None)))):
        settings = _start_demonstration(settings)
    if load_holidays(db.session):
        db.session.commit()
    is_demonstration = is_loaded(db.session)
    db.session.close()
    _serve(settings, is_demonstration)


def _start_demonstration(settings: Settings) -> Settings:
    """Build the demonstration province and set the clock to its day, now and for every later start."""
    click.echo("Lần chạy đầu: đang dựng tỉnh minh họa …")
    load_demo(db.session, ORDINARY, click.echo)
    db.session.commit()
    keep_today(settings.instance, DEMO_DAY)
    if settings.today is None:
        settings = replace(settings, today=DEMO_DAY)
        current_app.config["SETTINGS"] = settings
        clock.start_on(DEMO_DAY)
    return settings


def _make_administrator() -> None:
    """Make the first administrator, once, and print the one-time password."""
    made = make_first_administrator(db.session, clock.now())
    db.session.commit()
    if made is not None:
        username, password = made
        click.echo(f"Tài khoản quản trị đầu tiên: {username}, mật khẩu dùng một lần: {password}")
        click.echo("Ghi lại ngay: mật khẩu này chỉ hiện một lần và phải đổi khi đăng nhập.")


def _serve(settings: Settings, is_demonstration: bool) -> None:
    """Serve on the settings' address until interrupted."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # the proxy's own name for it
    try:
        listener = listen(settings.host, settings.port)
    except OSError as error:
        raise click.ClickException(
            f"Không mở được cổng {settings.port} trên {settings.host}: {error.strerror or error}. "
            "Đặt PORTAL_PORT khác rồi chạy lại.") from error
    click.echo(f"Cổng báo cáo đang chạy tại http://{settings.host}:{listener.getsockname()[1]}")
    if is_demonstration:
        click.echo(f"Tài khoản minh họa: {', '.join(USERNAMES)}; mật khẩu {DEMO_PASSWORD}")
    click.echo("Nhấn Ctrl+C để dừng.")
    sys.stdout.flush()
    background = Background([
        Chore("survey roll-up", ROLL_UP_SECONDS, lambda: _roll_up(app)),
        Chore("forget paces", FORGET_SECONDS, lambda: _within(app, _forget_paces)),
        Chore("queue reminders", QUEUE_SECONDS, lambda: _within(app, queue_by_day)),
        Chore("send mail", SEND_SECONDS, lambda: _within(app, send_once)),
        Chore("make packages", PACKAGE_SECONDS, lambda: _within(app, make_packages)),
    ])
    serve(app, listener, settings.processes, db.engine.dispose, background)


def _forget_paces() -> None:
    """Forget how fast sheets came on earlier days, and the keys of those days."""
    db.session.connection(execution_options={"writes": True})
    forget_paces(db.session, clock.today())
    db.session.commit()


def _within(app: Flask, do: Callable[[], object]) -> None:
    """Do something in the application's context, with a session of its own."""
    with app.app_context():
        do()


def _roll_up(app: Flask) -> None:
    """Count the sheets that came in since, batch by batch, each in a transaction of its own; blur whence they came."""
    with app.app_context():
        done = BATCH
        while done == BATCH:
            db.session.connection(execution_options={"writes": True})
            done = roll_up(db.session)
            db.session.commit()
            if done:
                blur_paces(db.session, clock.today())
                db.session.commit()
            db.session.close()
