"""flask reminder: write the reminders that are due, send the letters of the outbox, or do both again and again."""

import time

import click
from flask import current_app
from flask.cli import AppGroup

from core.clock import clock
from core.dates import LOCAL_ZONE
from core.extensions import db
from core.settings import Settings
from services.reminder import Mailing, Queued, Sent, queue_due, send_due

group = AppGroup("reminder", help="Nhắc nộp: xếp thư nhắc đến hạn, gửi thư, hoặc chạy liên tục.")
FIRST_HOUR, LAST_HOUR = 7, 19
"""Nobody is reminded by a clock at night."""
QUEUE_SECONDS, SEND_SECONDS = 600.0, 20.0


@group.command("queue")
def queue() -> None:
    """Ghi các lượt nhắc đến hạn hôm nay; chạy lại không nhắc hai lần."""
    queued = queue_once()
    click.echo(f"Đã nhắc {queued.units} lượt đơn vị trên cổng, xếp {queued.mails} thư chờ gửi.")


@group.command("send")
def send() -> None:
    """Gửi các thư đang chờ."""
    sent = send_once()
    if sent is None:
        raise click.ClickException("Chưa đặt PORTAL_SMTP_URL và PORTAL_MAIL_FROM nên không gửi được thư.")
    click.echo(f"Đã gửi {sent.sent} thư, không gửi được {sent.failed}, chờ gửi lại {sent.put_off}, "
               f"không cần gửi nữa {sent.cancelled}.")
    if sent.trouble:
        raise click.ClickException(f"Máy chủ thư: {sent.trouble}")


@group.command("work")
@click.option("--seconds", default=SEND_SECONDS, show_default=True, help="Nghỉ bao nhiêu giây giữa hai lượt.")
def work(seconds: float) -> None:
    """Nhắc và gửi thư liên tục, đến khi nhấn Ctrl+C."""
    click.echo("Đang nhắc và gửi thư. Nhấn Ctrl+C để dừng.")
    next_queue = 0.0
    try:
        while True:
            if time.monotonic() >= next_queue:
                queue_by_day()
                next_queue = time.monotonic() + QUEUE_SECONDS
            send_once()
            time.sleep(seconds)
    except KeyboardInterrupt:
        click.echo("Đã dừng.")


def queue_once() -> Queued:
    """Write what is due in one transaction of its own."""
    settings: Settings = current_app.config["SETTINGS"]
    mailing = Mailing(settings.mail_server is not None, settings.public_url)
    db.session.connection(execution_options={"writes": True})
    queued = queue_due(db.session, on=clock.today(), now=clock.now(), mailing=mailing)
    db.session.commit()
    db.session.close()
    return queued


def queue_by_day() -> Queued:
    """The same, in office hours alone."""
    hour = clock.now().astimezone(LOCAL_ZONE).hour
    return queue_once() if FIRST_HOUR <= hour < LAST_HOUR else Queued()


def send_once() -> Sent | None:
    """Send what waits; None when no mail server is set."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.mail_server is None:
        return None
    try:
        return send_due(db.session, settings.mail_server, now=clock.now, secret=settings.secret_key)
    finally:
        db.session.close()
